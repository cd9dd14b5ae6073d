/*
 * Makes one system call of a process fail, for those whose path holds a given text: loaded by LD_PRELOAD.
 *   EMFT_FAIL_CALL    open, read, write, fsync, rename, link, unlink, mkdir, readdir or stat
 *   EMFT_FAIL_NUMBER  which of these calls, from 1, over all threads
 *   EMFT_FAIL_ERRNO   what it fails with
 *   EMFT_FAIL_PATH    the text
 *   EMFT_FAIL_MARK    a file that is made when it has failed
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int count;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void mark(void) {
  const char *file = getenv("EMFT_FAIL_MARK");
  if (!file) return;
  int fd = (int)REAL(syscall)(SYS_openat, AT_FDCWD, file, O_CREAT | O_WRONLY, 0644);
  if (fd >= 0) REAL(syscall)(SYS_close, fd);
}

static int fails(const char *call, const char *path) {
  const char *wanted = getenv("EMFT_FAIL_CALL"), *text = getenv("EMFT_FAIL_PATH");
  if (!wanted || !text || !path || strcmp(wanted, call) || !strstr(path, text)) return 0;
  if (atomic_fetch_add(&count, 1) + 1 != atoi(getenv("EMFT_FAIL_NUMBER"))) return 0;
  mark();
  errno = atoi(getenv("EMFT_FAIL_ERRNO"));
  return 1;
}

static int fdFails(const char *call, int fd) {
  char link[64], path[4096];
  const char *wanted = getenv("EMFT_FAIL_CALL");
  if (!wanted || strcmp(wanted, call)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = REAL(readlink)(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return fails(call, path);
}

#define OPEN(name)                                                                                   \
  int name(const char *path, int flags, ...) {                                                       \
    va_list list;                                                                                    \
    va_start(list, flags);                                                                           \
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, int) : 0;                              \
    va_end(list);                                                                                    \
    return fails("open", path) ? -1 : ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

ssize_t read(int fd, void *data, size_t n) { return fdFails("read", fd) ? -1 : REAL(read)(fd, data, n); }
ssize_t write(int fd, const void *data, size_t n) { return fdFails("write", fd) ? -1 : REAL(write)(fd, data, n); }
int fsync(int fd) { return fdFails("fsync", fd) ? -1 : REAL(fsync)(fd); }
int rename(const char *a, const char *b) { return fails("rename", a) ? -1 : REAL(rename)(a, b); }
int link(const char *a, const char *b) { return fails("link", a) ? -1 : REAL(link)(a, b); }
int unlink(const char *path) { return fails("unlink", path) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return fails("mkdir", path) ? -1 : REAL(mkdir)(path, mode); }

#define SCANDIR(name, entry)                                                                         \
  int name(const char *path, struct entry ***list, int (*filter)(const struct entry *),              \
           int (*order)(const struct entry **, const struct entry **)) {                             \
    return fails("readdir", path) ? -1 : REAL(name)(path, list, filter, order);                      \
  }
SCANDIR(scandir, dirent)
SCANDIR(scandir64, dirent64)

long syscall(long number, ...) {
  va_list list;
  long a[6];
  va_start(list, number);
  for (int i = 0; i < 6; ++i) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_statx && (a[2] & AT_EMPTY_PATH ? fdFails("stat", (int)a[0]) : fails("stat", (const char *)a[1]))) return -1;
  return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int statx(int dir, const char *path, int flags, unsigned mask, struct statx *out) {
  if (flags & AT_EMPTY_PATH ? fdFails("stat", dir) : fails("stat", path)) return -1;
  return REAL(statx)(dir, path, flags, mask, out);
}

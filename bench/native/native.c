// One LAPACK library, loaded by path, and driven by lines on standard input: `load problem n file`, `run driver count`, `save driver
// file`; many small matrices by `stack n count file`, `loop driver threads`, `keep file`. Each is answered by one line of JSON, and so is
// the start. A driver's name ends in _N for eigenvalues alone. Usage: native LIBRARY THREADS
#define _GNU_SOURCE
#include <complex.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef int64_t word; // of 32 bits in most libraries, which then read the lower half: little endian throughout
typedef void (*routine)();

static void *library;
static int wide; // 1 where integers have 64 bits

// Names of a routine, with the prefixes and suffixes of the builds that there are.
static routine find(const char *name, const char *const *patterns, int *found) {
  char full[96];
  for (int k = 0; patterns[k]; ++k) {
    snprintf(full, sizeof full, patterns[k], name);
    routine f = (routine)dlsym(library, full);
    if (f) {
      if (found) *found = k;
      return f;
    }
  }
  return NULL;
}
static const char *const DRIVERS[] = {"scipy_%s_64_", "%s_64_", "%s64_", "scipy_%s_", "%s_", NULL};
static const char *const ABOUT[] = {"scipy_openblas_%s64_", "openblas_%s64_", "openblas_%s_64_", "scipy_openblas_%s", "openblas_%s", NULL};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}
static double spent(void) {
  struct rusage r;
  getrusage(RUSAGE_SELF, &r);
  return r.ru_utime.tv_sec + r.ru_stime.tv_sec + 1e-6 * (r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

// Text as JSON has it.
static void quoted(const char *text) {
  putchar('"');
  for (; *text; ++text) {
    if (*text == '"' || *text == '\\') putchar('\\');
    if ((unsigned char)*text >= 32) putchar(*text);
  }
  putchar('"');
}

static word n;
static size_t entries; // numbers of one matrix
static double *given, *a, *b, *w, *z, *work, *rwork;
static word *iwork, *isuppz;
static word lwork, lrwork, liwork;
static char prepared[16];
static const char *job, *asked; // V or N

static void *room(void *before, size_t bytes) {
  free(before);
  void *p = NULL;
  if (posix_memalign(&p, 64, bytes + 64)) return NULL;
  memset(p, 0, bytes);
  return p;
}

// Calls a driver once on a copy of the matrix, which it destroys. With lwork = −1 it asks how much room it wants.
static word call(const char *driver, routine f) {
  word info = 0, itype = 1, found = 0;
  double zero = 0;
  if (lwork != -1) memcpy(a, given, entries * sizeof(double));
  if (!strcmp(driver, "dsyevd")) {
    f(job, "L", &n, a, &n, w, work, &lwork, iwork, &liwork, &info, 1, 1);
  } else if (!strcmp(driver, "dsyev")) {
    f(job, "L", &n, a, &n, w, work, &lwork, &info, 1, 1);
  } else if (!strcmp(driver, "dsyevr")) {
    f(job, "A", "L", &n, a, &n, &zero, &zero, &itype, &n, &zero, &found, w, z, &n, isuppz, work, &lwork, iwork, &liwork, &info, 1, 1, 1);
  } else if (!strcmp(driver, "zheevd")) {
    f(job, "L", &n, a, &n, w, work, &lwork, rwork, &lrwork, iwork, &liwork, &info, 1, 1);
  } else {
    if (lwork != -1) memcpy(b, given + entries, entries * sizeof(double));
    f(&itype, job, "L", &n, a, &n, b, &n, w, work, &lwork, iwork, &liwork, &info, 1, 1);
  }
  return wide ? info : (int32_t)info;
}

// Asks the driver for its workspace; complex counts are pairs.
static int prepare(const char *driver, routine f) {
  if (!strcmp(driver, prepared) && job == asked) return 1;
  lwork = lrwork = liwork = -1;
  work = room(work, 64);
  rwork = room(rwork, 64);
  iwork = room(iwork, 64);
  if (call(driver, f) != 0) return 0;
  lwork = (word)work[0];
  lrwork = (word)rwork[0];
  liwork = wide ? iwork[0] : *(int32_t *)iwork;
  work = room(work, (size_t)lwork * 16);
  rwork = room(rwork, (size_t)(lrwork > 0 ? lrwork : 1) * 8);
  iwork = room(iwork, (size_t)(liwork > 0 ? liwork : 1) * 8);
  snprintf(prepared, sizeof prepared, "%s", driver);
  asked = job;
  return work && rwork && iwork;
}

static const char *load(const char *problem, const char *file) {
  size_t matrices = strcmp(problem, "symmetric") ? 2 : 1;
  entries = (size_t)n * n * (strcmp(problem, "hermitian") ? 1 : 2);
  size_t count = (size_t)n * n * matrices;
  given = room(given, count * 8);
  a = room(a, entries * 8);
  b = room(b, entries * 8);
  z = room(z, entries * 8);
  w = room(w, (size_t)n * 8);
  isuppz = room(isuppz, (size_t)n * 16);
  prepared[0] = 0;
  FILE *f = fopen(file, "rb");
  if (!f || !given || !a || !b || !z || !w || !isuppz) return "the matrix cannot be loaded";
  size_t got = fread(given, 8, count, f);
  fclose(f);
  return got == count ? NULL : "the file of the matrix is short";
}

static const char *save(const char *driver, const char *file) {
  FILE *f = fopen(file, "wb");
  if (!f) return "cannot write";
  size_t vectors = strstr(driver, "_N") ? 0 : entries;
  size_t got = fwrite(w, 8, n, f) + fwrite(strcmp(driver, "dsyevr") ? a : z, 8, vectors, f);
  return fclose(f) == 0 && got == n + vectors ? NULL : "cannot write";
}

// A stack of matrices of order n, and its decompositions.
static long count;
static double *stack, *decomposed, *levels;

static const char *loadStack(const char *file) {
  size_t numbers = (size_t)n * n * count;
  stack = room(stack, numbers * 8);
  decomposed = room(decomposed, numbers * 8);
  levels = room(levels, (size_t)n * count * 8);
  FILE *f = fopen(file, "rb");
  if (!f || !stack || !decomposed || !levels) return "the matrices cannot be loaded";
  size_t got = fread(stack, 8, numbers, f);
  fclose(f);
  return got == numbers ? NULL : "the file of the matrices is short";
}

static const char *keepStack(const char *file) {
  size_t numbers = (size_t)n * n * count;
  FILE *f = fopen(file, "wb");
  if (!f) return "cannot write";
  size_t got = fwrite(levels, 8, n * count, f) + fwrite(decomposed, 8, numbers, f);
  return fclose(f) == 0 && got == n * count + numbers ? NULL : "cannot write";
}

// A part of the stack, by one thread, with room of its own.
struct part {
  pthread_t thread;
  routine f;
  int divides; // dsyevd, which takes integers too
  long first, last;
  double *work;
  word *iwork;
  long info;
};

// Matrix after matrix is copied to where its vectors go, which is what the driver wants: it overwrites what it is given.
static void *decompose(void *given) {
  struct part *p = given;
  word lw = lwork, li = liwork, info = 0;
  for (long k = p->first; k < p->last && p->info == 0; ++k) {
    double *z = decomposed + k * n * n;
    memcpy(z, stack + k * n * n, n * n * sizeof(double));
    if (p->divides) p->f("V", "L", &n, z, &n, levels + k * n, p->work, &lw, p->iwork, &li, &info, 1, 1);
    else p->f("V", "L", &n, z, &n, levels + k * n, p->work, &lw, &info, 1, 1);
    p->info = wide ? info : (int32_t)info;
  }
  return NULL;
}

enum { MOST = 64 };

// Seconds of the whole stack; below 0 where a driver failed.
static double loop(const char *driver, routine f, long threads) {
  static struct part parts[MOST];
  for (long t = 0; t < threads; ++t) {
    struct part *p = parts + t;
    *p = (struct part){.f = f, .divides = !strcmp(driver, "dsyevd"), .work = room(NULL, (size_t)lwork * 16), .iwork = room(NULL, (size_t)(liwork > 0 ? liwork : 1) * 8)};
    p->first = count * t / threads;
    p->last = count * (t + 1) / threads;
  }
  double start = now();
  for (long t = 1; t < threads; ++t) pthread_create(&parts[t].thread, NULL, decompose, parts + t);
  decompose(parts);
  for (long t = 1; t < threads; ++t) pthread_join(parts[t].thread, NULL);
  double seconds = now() - start;
  for (long t = 0; t < threads; ++t) {
    if (parts[t].info != 0) seconds = -1;
    free(parts[t].work);
    free(parts[t].iwork);
  }
  return seconds;
}

static void answer(const char *error) {
  printf("{\"error\":");
  quoted(error);
  puts("}");
}

int main(int arguments, char **words) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (arguments != 3) return 2;
  library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  int form = 0;
  if (!library || !find("dsyevd", DRIVERS, &form)) {
    answer(library ? "has no dsyevd" : dlerror());
    return 1;
  }
  wide = form < 3;
  void (*set)(int) = (void (*)(int))find("set_num_threads", ABOUT, NULL);
  if (set) set(atoi(words[2]));
  int (*threads)(void) = (int (*)(void))find("get_num_threads", ABOUT, NULL);
  char *(*core)(void) = (char *(*)(void))find("get_corename", ABOUT, NULL);
  char *(*config)(void) = (char *(*)(void))find("get_config", ABOUT, NULL);
  printf("{\"kernel\":");
  quoted(core ? core() : "");
  printf(",\"config\":");
  quoted(config ? config() : "");
  printf(",\"threads\":%d,\"wide\":%s}\n", threads ? threads() : 0, wide ? "true" : "false");

  char line[4096], verb[16], name[16], file[4000];
  long number;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "load %15s %ld %3999[^\n]", name, &number, file) == 3) {
      n = number;
      const char *wrong = load(name, file);
      if (wrong) answer(wrong);
      else puts("{}");
    } else if (sscanf(line, "save %15s %3999[^\n]", name, file) == 2) {
      const char *wrong = save(name, file);
      if (wrong) answer(wrong);
      else puts("{}");
    } else if (sscanf(line, "stack %ld %ld %3999[^\n]", &number, &count, file) == 3) {
      n = number;
      a = room(a, n * n * 8);
      w = room(w, n * 8);
      prepared[0] = 0;
      const char *wrong = loadStack(file);
      if (wrong) answer(wrong);
      else puts("{}");
    } else if (sscanf(line, "keep %3999[^\n]", file) == 1) {
      const char *wrong = keepStack(file);
      if (wrong) answer(wrong);
      else puts("{}");
    } else if (sscanf(line, "loop %15s %ld", name, &number) == 2) {
      job = "V";
      routine f = find(name, DRIVERS, NULL);
      int known = !strcmp(name, "dsyevd") || !strcmp(name, "dsyev");
      if (!f || !known || number < 1 || number > MOST || !prepare(name, f)) {
        answer(f && known ? "refuses its arguments" : "is not in this library");
        continue;
      }
      double seconds = loop(name, f, number);
      if (seconds < 0) answer("failed");
      else printf("{\"seconds\":%.9g}\n", seconds);
    } else if (sscanf(line, "%15s %15s %ld", verb, name, &number) == 3 && !strcmp(verb, "run")) {
      char *end = strstr(name, "_N");
      job = end ? "N" : "V";
      if (end) *end = 0;
      routine f = find(name, DRIVERS, NULL);
      if (!f || !prepare(name, f)) {
        answer(f ? "refuses its arguments" : "is not in this library");
        continue;
      }
      word info = 0;
      double processor = spent(), start = now();
      for (long k = 0; k < number && info == 0; ++k) info = call(name, f);
      double seconds = now() - start;
      printf("{\"seconds\":%.9g,\"processor\":%.9g,\"info\":%ld}\n", seconds, spent() - processor, (long)info);
    } else {
      answer("no such request");
    }
  }
  return 0;
}

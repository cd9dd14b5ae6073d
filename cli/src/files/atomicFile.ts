// Files appear whole or not at all: written under a temporary name, synced, then linked or renamed, and the directory
// synced. The file system is an option, so that tests can make any single call fail.
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from 'emft/check';
import { fileError, systemCode } from './fileError.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from './fileSystem.js';
import { holdFile, releaseFile } from './heldFiles.js';
import { type Place, placeOf, taken } from './place.js';
import { temporaryName } from './temporaries.js';

interface WriteOptions {
  /** Whether a regular file that is there may be replaced. */
  overwrite: boolean;
  /** Replace the file only if its status is still this one, so that nobody has touched it since. */
  unchangedSince?: Stats;
  fs?: FileSystem;
}

/**
 * Writes `content`, whole or piece by piece, to `path`, whose directory must exist. With `overwrite: false` nothing
 * with that name is ever touched, not even a file that appears while this runs: the error names it. With `true` a
 * regular file is replaced and keeps its mode and, if this process may give files away, its owner; a link to one stays
 * a link; anything else is refused. When this throws, `path` holds what it held before, or (if only the last sync of
 * the directory failed) the new content, whole.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  { overwrite, unchangedSince, fs = nodeFileSystem }: WriteOptions,
): Promise<void> {
  try {
    const place = await placeOf(path, overwrite, fs);
    const temporary = temporaryName(place.path);
    holdFile(temporary);
    try {
      await writeTemporary(temporary, content, place.found, fs);
      await publish(temporary, path, place, { overwrite, unchangedSince, fs });
    } catch (error) {
      await fs.unlink(temporary).catch(() => {});
      throw error;
    } finally {
      releaseFile(temporary);
    }
    await syncDirectory(dirname(place.path), fs);
  } catch (error) {
    throw fileError(error, path, 'written');
  }
}

async function writeTemporary(
  temporary: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  replaced: Stats | undefined,
  fs: FileSystem,
): Promise<void> {
  // The temporary file must not be open to more readers than the final one.
  const file = await fs.open(temporary, 'wx', replaced ? 0o600 : 0o666);
  try {
    if (typeof content === 'string') await writeAll(file, Buffer.from(content));
    else if (content instanceof Uint8Array) await writeAll(file, content);
    else for await (const piece of content) await writeAll(file, piece);
    if (replaced) await keepRights(temporary, replaced, fs);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes everything: a single write may take only a part. */
async function writeAll(file: OpenFile, content: Uint8Array): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done);
    if (bytesWritten === 0) throw new Error('the disk takes no more data');
    done += bytesWritten;
  }
}

/** Gives the new file the owner, group and mode of the old one; nobody gets more rights than before. */
async function keepRights(temporary: string, { uid, gid, mode }: Stats, fs: FileSystem): Promise<void> {
  const own = await fs.lstat(temporary);
  const kept =
    (own.uid === uid && own.gid === gid) ||
    (await allowed(fs.chown(temporary, uid, gid))) ||
    own.gid === gid ||
    (await allowed(fs.chown(temporary, own.uid, gid)));
  // If the group is another one, its members get at most the rights of everybody.
  const group = kept ? mode & 0o070 : mode & 0o070 & ((mode & 0o007) << 3);
  await allowed(fs.chmod(temporary, (mode & 0o707) | group));
}

/** Whether a change of rights was possible; some file systems know none, and only the superuser gives files away. */
async function allowed(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EPERM' || code === 'EINVAL' || NO_SUPPORT.has(code)) return false;
    throw error;
  }
}

/** Moves the temporary file to its name. */
async function publish(
  temporary: string,
  name: string,
  seen: Place,
  { overwrite, unchangedSince, fs = nodeFileSystem }: WriteOptions,
): Promise<void> {
  if (!overwrite) return publishNew(fs, temporary, name);
  // As late as possible: the file found now is the one that is replaced.
  const { path, found } = await placeOf(name, true, fs);
  if (path !== seen.path || (unchangedSince && !(found && isSame(found, unchangedSince))))
    throw touched(name);
  if (found && found.ino !== seen.found?.ino) await keepRights(temporary, found, fs);
  await fs.rename(temporary, path);
}

function touched(path: string): InputError {
  return new InputError(
    path,
    'was changed by another program while it was to be replaced; it is not overwritten',
  );
}

/** Whether it is the same file with the same content, as far as its directory entry shows. */
function isSame(a: Stats, b: Stats): boolean {
  return (
    a.dev === b.dev &&
    a.ino === b.ino &&
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs
  );
}

const NO_SUPPORT = new Set(['ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);
/** Error codes of file systems without hard links. */
const NO_LINKS = new Set(['EPERM', 'EACCES', 'EMLINK', 'EINVAL', 'EXDEV', ...NO_SUPPORT]);

/** Uses a hard link, which fails if the name is taken; a rename would not. */
async function publishNew(fs: FileSystem, temporary: string, path: string): Promise<void> {
  try {
    await fs.link(temporary, path);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (NO_LINKS.has(code)) return replaceReserved(fs, temporary, path);
    if (code !== 'EEXIST') throw error;
    // A file server whose answer was lost gets the request twice, and then reports its own link as the obstacle.
    const [ours, there] = [await fs.lstat(temporary), await fs.lstat(path).catch(() => undefined)];
    if (there?.ino !== ours.ino || there.dev !== ours.dev) throw taken(path);
  }
  await fs.unlink(temporary);
}

/**
 * Without hard links: an empty file that only this process can have made reserves the name
 * until the whole file replaces it.
 */
async function replaceReserved(fs: FileSystem, temporary: string, path: string): Promise<void> {
  try {
    await (await fs.open(path, 'wx')).close();
  } catch (error) {
    throw systemCode(error) === 'EEXIST' ? taken(path) : error;
  }
  try {
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.unlink(path).catch(() => {});
    throw error;
  }
}

/** Makes new names and removals durable; skipped on systems that cannot open a directory. */
export async function syncDirectory(directory: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  try {
    const handle = await fs.open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EINVAL' && code !== 'EACCES') {
      throw fileError(error, directory, 'written');
    }
  }
}

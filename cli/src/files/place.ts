// Where a file is to be written, and whether it may be: only a regular file is ever replaced, also through a link, and
// never one that is protected from writing. Devices, FIFOs, sockets, directories and dangling links stay what they are.
import type { Stats } from 'node:fs';
import { constants, mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from 'emft/check';
import { fileError, mayMakeFiles, systemCode } from './fileError.js';
import { type FileSystem, nodeFileSystem } from './fileSystem.js';

export interface Place {
  /** Where the bytes go: the target, if the name was a link. */
  path: string;
  /** The regular file with that name; undefined if there is none. */
  found: Stats | undefined;
}

/** The kind of a file, with its article. */
export function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'a file';
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isSymbolicLink()) return 'a link';
  return 'a device';
}

/** Examines a name; throws when its file must not be replaced, or exists although `overwrite` is false. */
export async function placeOf(
  path: string,
  overwrite: boolean,
  fs: FileSystem = nodeFileSystem,
): Promise<Place> {
  const found = await lstatIfThere(path, fs);
  if (!found) return { path, found };
  if (!overwrite) throw taken(path);
  if (!found.isSymbolicLink()) return { path, found: await replaceable(path, path, found, fs) };
  let real: string;
  try {
    real = await fs.realpath(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT')
      throw new InputError(path, 'is a link to something that does not exist; it is not replaced');
    if (code === 'ELOOP') throw new InputError(path, 'is a loop of links; it is not replaced');
    throw fileError(error, path, 'written');
  }
  const target = await lstatIfThere(real, fs);
  return { path: real, found: target && (await replaceable(path, real, target, fs)) };
}

/** Refuses anything but a regular file, and a file that its owner or this process's rights protect. */
async function replaceable(name: string, path: string, found: Stats, fs: FileSystem): Promise<Stats> {
  if (!found.isFile())
    throw new InputError(name, `is ${kindOf(found)} where a file is to be written; it is not replaced`);
  const locked = (found.mode & 0o222) === 0 || !(await may(path, constants.W_OK, fs));
  if (locked) throw new InputError(name, 'is protected from writing; it is not replaced');
  return found;
}

export function taken(path: string): InputError {
  return new InputError(path, 'exists already and is not overwritten unasked');
}

async function lstatIfThere(path: string, fs: FileSystem): Promise<Stats | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') throw new InputError(path, 'cannot be written: a part of its path is a file');
    if (code === 'ENAMETOOLONG')
      throw new InputError(path, 'cannot be written: the name is too long for the file system');
    throw fileError(error, path, 'written');
  }
}

async function may(path: string, mode: number, fs: FileSystem): Promise<boolean> {
  try {
    await fs.access(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Tests by making a file: rights to write are granted in /proc, too, where nothing can be made. */
async function admits(directory: string): Promise<boolean> {
  return mkdtemp(join(directory, '.emft-'))
    .then(rmdir)
    .then(
      () => true,
      () => false,
    );
}

async function isGone(directory: string, fs: FileSystem): Promise<boolean> {
  return fs.realpath(directory).then(
    () => false,
    (error) => systemCode(error) === 'ENOENT',
  );
}

/** Refuses a directory in which files cannot be made. `name` is the file or directory that the error names. */
export async function checkDirectory(
  name: string,
  directory: string,
  fs: FileSystem = nodeFileSystem,
): Promise<void> {
  let stats: Stats;
  try {
    stats = await fs.stat(directory);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT')
      throw new InputError(name, `cannot be written: there is no directory ${directory}`);
    if (code === 'ENOTDIR') throw new InputError(name, 'cannot be written: a part of its path is a file');
    throw fileError(error, name, 'written');
  }
  // A working directory that was removed still has a status.
  if (stats.nlink === 0 && (await isGone(directory, fs)))
    throw new InputError(name, `cannot be written: ${directory} was removed`);
  if (!stats.isDirectory()) throw new InputError(name, `cannot be written: ${directory} is ${kindOf(stats)}`);
  if (!mayMakeFiles(directory)) {
    throw new InputError(name, "cannot be written: Node's permission model forbids it: see --allow-fs-write");
  }
  if (!(await may(directory, constants.W_OK | constants.X_OK, fs)) || !(await admits(directory))) {
    throw new InputError(name, `cannot be written: ${directory} admits no new files`);
  }
}

/** Checks all that can be known of an output file before the work whose result it will hold. */
export async function checkOutputFile(path: string, overwrite: boolean): Promise<void> {
  if (path.endsWith('/')) throw new InputError(path, 'names a directory, expected a file');
  const place = await placeOf(path, overwrite);
  await checkDirectory(path, dirname(place.path));
}

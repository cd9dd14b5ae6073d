// Files appear whole or not at all: written under a temporary name, synced, then renamed.
import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/errors.js';

/**
 * Writes `content` to `path`. With `overwrite: false` an existing file is never touched, not even one
 * that appears while this runs: the error names it. Missing directories are made.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  { overwrite }: { overwrite: boolean },
): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  const temporary = join(directory, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (overwrite) await rename(temporary, path);
    else await publishNew(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(directory);
}

/** A hard link fails where the name is taken, which a rename does not; file systems without links copy. */
async function publishNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return copyFile(temporary, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new InputError(path, 'exists already and is not overwritten unasked');
    }
    throw error;
  }
  await unlink(temporary);
}

/** Makes the new name durable; systems that cannot open a directory skip this. */
async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EINVAL' && code !== 'EACCES') throw error;
  }
}

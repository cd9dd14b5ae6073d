// Files appear whole or not at all: written under a temporary name, synced, then renamed, and the directory
// synced. The file system is an option, so that tests can make any single call fail.
import { constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../core/errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from './fileSystem.js';
import { temporaryName } from './temporaries.js';

/**
 * Writes `content`, whole or piece by piece, to `path`. With `overwrite: false` an existing file is never touched, not even one
 * that appears while this runs: the error names it. Missing directories are made. When this throws, `path`
 * holds what it held before, or (only the last sync of the directory failed) the new content, whole.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  { overwrite, fs = nodeFileSystem }: { overwrite: boolean; fs?: FileSystem },
): Promise<void> {
  const directory = dirname(path);
  await fs.mkdir(directory, { recursive: true });
  const temporary = temporaryName(path);
  try {
    const file = await fs.open(temporary, 'wx');
    try {
      if (typeof content === 'string') await writeAll(file, Buffer.from(content));
      else if (content instanceof Uint8Array) await writeAll(file, content);
      else for await (const piece of content) await writeAll(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
    if (overwrite) await fs.rename(temporary, path);
    else await publishNew(fs, temporary, path);
  } catch (error) {
    await fs.unlink(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(directory, fs);
}

/** A write may take only a part of what it is given. */
async function writeAll(file: OpenFile, content: Uint8Array): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done);
    if (bytesWritten === 0) throw new Error('the disk takes no more data');
    done += bytesWritten;
  }
}

/** A hard link fails where the name is taken, which a rename does not; file systems without links copy. */
async function publishNew(fs: FileSystem, temporary: string, path: string): Promise<void> {
  try {
    await fs.link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return fs.copyFile(temporary, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new InputError(path, 'exists already and is not overwritten unasked');
    }
    throw error;
  }
  await fs.unlink(temporary);
}

/** Makes new names and removals durable; systems that cannot open a directory skip this. */
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
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EINVAL' && code !== 'EACCES') throw error;
  }
}

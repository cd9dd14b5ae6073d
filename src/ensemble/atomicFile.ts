// Files appear whole or not at all: written under a temporary name, synced, then renamed, and the directory
// synced. The file system is an option, so that tests can make any single call fail.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from './fileSystem.js';

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

/**
 * Within which process ids mean the same processes: host, boot and, on Linux, the namespace of process ids, since
 * containers and cluster nodes can share a host name.
 */
function processScope(): string {
  const parts = [hostname()];
  for (const read of [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'),
    () => readlinkSync('/proc/self/ns/pid'),
  ]) {
    try {
      parts.push(read());
    } catch {
      // No Linux.
    }
  }
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

let scope: string | undefined;

/** Names the process, so that what it leaves when killed can be told from a running one's work. */
function temporaryName(path: string): string {
  scope ??= processScope();
  const owner = `${scope}-${process.pid}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), `.${basename(path)}.${owner}.tmp`);
}

/** Whether `name` is one that a temporary file has. */
export function isTemporary(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

/** A temporary file from another scope counts as abandoned after a day. */
const ABANDONED_MS = 24 * 3600 * 1000;

/** Removes what killed processes left in `directory`; returns how many files. Running ones keep theirs. */
export async function removeStaleTemporaries(
  directory: string,
  fs: FileSystem = nodeFileSystem,
): Promise<number> {
  let removed = 0;
  for (const { name } of await fs.readdir(directory, { withFileTypes: true })) {
    const owner = /\.([0-9a-f]{12})-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name);
    if (!owner || !isTemporary(name)) continue;
    const path = join(directory, name);
    scope ??= processScope();
    if (owner[1] === scope ? isAlive(Number(owner[2])) : await isRecent(path, fs)) continue;
    await fs.unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    removed++;
  }
  return removed;
}

async function isRecent(path: string, fs: FileSystem): Promise<boolean> {
  const { mtimeMs } = await fs.stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs < ABANDONED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

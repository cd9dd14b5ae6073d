// Names of files that are being written. They name the process, so that files left by a killed process are
// distinguished from those of a running one: on this machine by the process, on other machines by the age of the file.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './fileError.js';
import { type FileSystem, nodeFileSystem } from './fileSystem.js';

/**
 * The scope in which process ids are unique: host, boot and, on Linux, the namespace of process ids, because containers
 * and cluster nodes can share a host name.
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
      // Not Linux.
    }
  }
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

let scope: string | undefined;

/**
 * Names the process, so that its leftovers can be distinguished from a running process's files; new with every call.
 */
export function processTag(): string {
  scope ??= processScope();
  return `${scope}-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** Whether the process of a tag has ended; undefined if that cannot be known, as for other machines. */
export function hasEnded(tag: string): boolean | undefined {
  const owner = /^([0-9a-f]{12})-(\d+)-[0-9a-f]{12}$/.exec(tag);
  scope ??= processScope();
  return owner?.[1] === scope ? !isAlive(Number(owner[2])) : undefined;
}

export function temporaryName(path: string): string {
  return join(dirname(path), `.${stem(basename(path))}.${processTag()}.tmp`);
}

/** Bytes of a file's name with which its temporary name begins: names of the greatest length leave room. */
const STEM_BYTES = 128;

function stem(name: string): string {
  const bytes = Buffer.from(name);
  if (bytes.length <= STEM_BYTES) return name;
  let end = STEM_BYTES;
  while ((bytes[end] & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/** Whether `name` is the name of a temporary file. */
export function isTemporary(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

/** A temporary file from another scope counts as abandoned after a day. */
const ABANDONED_MS = 24 * 3600 * 1000;

/**
 * Removes files that killed processes left in `directory`, only those for the file `only` if it is given; returns how
 * many. Running processes keep theirs.
 */
export async function removeStaleTemporaries(
  directory: string,
  fs: FileSystem = nodeFileSystem,
  only?: string,
): Promise<number> {
  let removed = 0;
  for (const entry of await fs.readdir(directory, { withFileTypes: true })) {
    const owner = /^\.(.+)\.([0-9a-f]{12})-(\d+)-[0-9a-f]{12}\.tmp$/.exec(entry.name);
    if (!owner || !entry.isFile() || (only !== undefined && owner[1] !== stem(only))) continue;
    const path = join(directory, entry.name);
    scope ??= processScope();
    if (owner[2] === scope ? isAlive(Number(owner[3])) : !(await isAbandoned(path, fs))) continue;
    try {
      await fs.unlink(path);
      removed++;
    } catch (error) {
      // Another process was faster; if the file stays for another reason, it does no harm.
      if (systemCode(error) === undefined) throw error;
    }
  }
  return removed;
}

/** Both times are the file server's, whose clock may differ from this machine's. A file of unknown age is kept. */
async function isAbandoned(path: string, fs: FileSystem): Promise<boolean> {
  const probe = temporaryName(join(dirname(path), 'clock'));
  try {
    const { mtimeMs } = await fs.stat(path);
    if (Date.now() - mtimeMs < ABANDONED_MS) return false;
    await (await fs.open(probe, 'wx')).close();
    const now = (await fs.stat(probe)).mtimeMs;
    await fs.unlink(probe);
    return now - mtimeMs > ABANDONED_MS;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

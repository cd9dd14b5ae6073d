// One process at a time changes a directory: a file in it names that process, and stays behind
// only if the process was killed.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EmftError, InputError } from 'emft/check';
import { writeFileAtomic } from './atomicFile.js';
import { systemCode } from './fileError.js';
import { nodeFileSystem as fs } from './fileSystem.js';
import { holdFile, releaseFile } from './heldFiles.js';
import { hasEnded, processTag, temporaryName } from './temporaries.js';

const NAME = '.emft.lock';
/** Milliseconds between two attempts. */
const PAUSE_MS = 20;
/** Nobody holds the lock for long: it protects the writing of finished results. */
const PATIENCE_MS = 30_000;

/** Runs `body` while no other process runs one for the same directory. */
export async function withLock<T>(directory: string, body: () => Promise<T>): Promise<T> {
  const lock = join(directory, NAME);
  await acquire(lock);
  holdFile(lock);
  try {
    return await body();
  } finally {
    releaseFile(lock);
    await fs.unlink(lock).catch(() => {});
  }
}

async function acquire(lock: string): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  while (true) {
    try {
      return await writeFileAtomic(lock, processTag(), { overwrite: false });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    const holder = await contentIfThere(lock);
    if (holder === undefined) continue;
    if (hasEnded(holder)) await breakLock(lock, holder);
    else if (performance.now() > patience) {
      throw new EmftError(
        `${lock}: another process writes here; if none is at work any more, remove that file`,
      );
    } else await setTimeout(PAUSE_MS);
  }
}

/** Removes the lock of a process that has ended, unless another process was faster and has a new one. */
async function breakLock(lock: string, holder: string): Promise<void> {
  const aside = temporaryName(lock);
  try {
    await fs.rename(lock, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await contentIfThere(aside)) !== holder) await fs.link(aside, lock).catch(() => {});
  await fs.unlink(aside);
}

async function contentIfThere(path: string): Promise<string | undefined> {
  try {
    return (await fs.readFile(path)).toString('utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

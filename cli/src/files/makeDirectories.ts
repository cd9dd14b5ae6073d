// Directories, one level at a time. Node's own `mkdir` with `recursive` asks for ever, in a thread that no signal ends, where
// the system says that there is no such place although what is above it is there: a working directory that was removed
// meanwhile, or a file system such as /proc in which nothing is made.
import { dirname } from 'node:path';
import { InputError } from 'emft';
import { systemCode } from './fileError.js';
import { type FileSystem, nodeFileSystem } from './fileSystem.js';

/** Makes `path` and whatever above it is missing. Errors of the system come as they are. */
export async function makeDirectories(path: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isDirectory(at, fs)); at = dirname(at)) {
    missing.push(at);
    if (dirname(at) === at) break;
  }
  for (const at of missing.reverse()) await makeOne(path, at, fs);
}

async function makeOne(path: string, at: string, fs: FileSystem): Promise<void> {
  try {
    await fs.mkdir(at);
  } catch (error) {
    // Another process was faster, or the name leads back to one that is there: a/..
    if (await isDirectory(at, fs)) return;
    if (systemCode(error) !== 'ENOENT') throw error;
    const above = dirname(at);
    const where = above === '.' ? 'the working directory' : above;
    throw new InputError(path, `cannot be made: ${where} was removed, or admits no new directories`);
  }
}

/** What cannot be looked at is taken to be missing: making it tells why. */
async function isDirectory(path: string, fs: FileSystem): Promise<boolean> {
  return fs.stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

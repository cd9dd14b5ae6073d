// Makes directories, one level at a time. Node's own `mkdir` with `recursive` tries for ever, in a thread that no
// signal ends, if the system reports that a path does not exist although its parent does: in a working directory that
// was removed meanwhile, or a file system such as /proc in which nothing can be made.
import { dirname } from 'node:path';
import { InputError } from 'emft/check';
import { systemCode } from './fileError.js';
import { type FileSystem, nodeFileSystem } from './fileSystem.js';

/** Makes `path` and its missing parents. Errors of the system are thrown unchanged. */
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
    // Another process was faster, or the name leads back to an existing directory: a/..
    if (await isDirectory(at, fs)) return;
    if (systemCode(error) !== 'ENOENT') throw error;
    const above = dirname(at);
    const where = above === '.' ? 'the working directory' : above;
    throw new InputError(path, `cannot be made: ${where} was removed, or admits no new directories`);
  }
}

/** A path that cannot be examined is taken to be missing: the attempt to make it then shows why. */
async function isDirectory(path: string, fs: FileSystem): Promise<boolean> {
  return fs.stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

// Reading what the user names: every failure is bad input and says which file and why.
import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../core/errors.js';

/** What Node reads in one piece. */
const MAX_FILE = 2 ** 31 - 1;

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is not a directory',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a directory, expected a file',
  ELOOP: 'is a loop of links',
};

export async function readInput(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE)
      throw new InputError(path, `is ${size} bytes long, more than the ${MAX_FILE} allowed`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(path, reasons[code ?? ''] ?? `cannot be read: ${message}`);
  }
}

/** Refuses a file that exists, before the work whose result it is to hold. */
export async function refuseExisting(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new InputError(path, reasons[error.code ?? ''] ?? `cannot be written: ${error.message}`);
  });
  if (found) throw new InputError(path, 'exists already; --force replaces it');
}

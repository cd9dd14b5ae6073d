// Checks of an output file before the work whose result it will hold.
import { lstat } from 'node:fs/promises';
import { InputError } from 'emft/check';
import { OccupiedError } from './occupiedError.js';
import { checkOutputFile } from './place.js';

/** Refuses a name to which the result could not be written, the value of `argument`: better now than after hours. */
export async function checkOutput(argument: string, path: string, force = false): Promise<void> {
  if (path === '' || path === '-') {
    throw new InputError(
      argument,
      `expected the name of a file, got '${path}'${path && ' (./- is a file of that name)'}`,
    );
  }
  if (!force && !path.endsWith('/') && (await isTaken(path))) {
    throw new OccupiedError(path, 'exists already', false);
  }
  await checkOutputFile(path, force);
}

async function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

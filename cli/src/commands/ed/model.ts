// emft ed for the model in a file.
import type { GrainModel } from 'emft';
import { InputError } from 'emft/check';
import { parseJson } from '../../common/text.js';
import { inputName, readText } from '../../files/inputFile.js';
import { withCore } from '../common.js';
import { printStates, type Work } from './shared.js';

export async function edOfFile(path: string, { window, method, threads, json }: Work): Promise<void> {
  const model = await readModel(path);
  const states = await withCore(
    (core) =>
      inFile(inputName(path), () => core.diagonalizeGrain({ ...model, window, method, verify: true })),
    threads,
  );
  await printStates(states, json);
}

/** Arguments of the library that take the parts of a model. */
const PARTS = ['complex', 'grain', 'grain dimension', 'fields', 'couplings'];

/** The parts of a model are not flags: an error about one of them names the file. */
function inFile<T>(name: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first, ...rest] = error.path;
    if (PARTS.includes(String(first))) throw new InputError(name, error.message);
    if (first === 'options' && rest.length === 0) throw new InputError(name, error.reason);
    throw error;
  }
}

/** Most bytes of a file; the grain of a model that can be diagonalized takes far fewer. */
const LARGEST_MODEL = 2 ** 26;

async function readModel(path: string): Promise<GrainModel> {
  const name = inputName(path);
  const value = parseJson(name, await readText(path, LARGEST_MODEL));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(name, 'expected an object { grain, fields, couplings }');
  }
  // Other keys, such as results next to the model, are ignored.
  const { grain, complex, fields, couplings } = value as GrainModel;
  for (const [key, part] of Object.entries({ grain, fields, couplings })) {
    if (!Array.isArray(part)) throw new InputError(name, `'${key}' is missing or not an array`);
  }
  return { grain, complex, fields, couplings };
}

// Long lists of places and of entries, looked through in steps: a matrix of millions of entries takes half a second. They are copied
// first and at once, for what the caller does with them meanwhile shall not matter.
import { listSteps } from '../sparse/steps.js';
import { checkInteger, checkNumber, type Name, readList, show, within } from '../wasm/check.js';
import { copyTyped } from '../wasm/copies.js';
import { InputError } from '../wasm/errors.js';
import { LARGEST_ENTRY } from '../wasm/limits.js';
import { hasLists } from '../wasm/numbers.js';
import type { Steps } from '../wasm/steps.js';
import { isFloat64Array } from '../wasm/typedArrays.js';

export function list(name: Name, value: unknown, of: string): unknown[] {
  const found = readList(name, value);
  if (!found) throw new InputError(name, `expected an array of ${of}, got ${show(value)}`);
  return Array.isArray(found) ? found : Array.from(found);
}

/** A list of whole numbers as it came, but for being a copy. */
type Words = Int32Array | Uint32Array | unknown[];

export function copyWords(name: Name, value: unknown): Words {
  return copyTyped(name, value, 'Int32Array', 'Uint32Array') ?? list(name, value, 'whole numbers');
}

/** A list of entries as it came, but for being a copy. */
export function copyEntries(name: Name, value: unknown): ArrayLike<unknown> {
  return copyTyped(name, value, 'Float64Array') ?? list(name, value, 'numbers');
}

export function checkLength(name: Name, { length }: ArrayLike<unknown>, wanted: number): void {
  if (length !== wanted) throw new InputError(name, `expected ${wanted} elements, got ${length}`);
}

/** The numbers 0 … 2³² − 1 of a copied list, in its own memory where it is an array of such. */
export function* wordSteps(name: Name, given: Words): Steps<Uint32Array> {
  const words = Array.isArray(given) ? new Uint32Array(given.length) : new Uint32Array(given.buffer);
  const range = { min: 0, max: 2 ** 32 - 1 };
  yield* listSteps(words.length, (from, to) => {
    for (let i = from; i < to; ++i) {
      const x: unknown = given[i];
      // The name is put together only for one that is refused: for each of millions it takes longer than all the rest.
      if (typeof x !== 'number' || x !== x >>> 0) checkInteger(within(name, i), x, range);
      words[i] = x as number;
    }
  });
  return words;
}

/** The entries of a copied list, `length` numbers. */
export function* entrySteps(name: Name, given: ArrayLike<unknown>, length: number): Steps<Float64Array> {
  if (hasLists(given)) {
    throw new InputError(
      name,
      'has lists in it, expected numbers: of complex entries real and imaginary parts one after the other, as data.flat() has them',
    );
  }
  if (given.length !== length) {
    const pairs = given.length === 2 * length ? ': complex entries need complex: true' : '';
    throw new InputError(name, `expected ${length} elements, got ${given.length}${pairs}`);
  }
  const range = { min: -LARGEST_ENTRY, max: LARGEST_ENTRY };
  const entries = isFloat64Array(given) ? given : new Float64Array(length);
  yield* listSteps(length, (from, to) => {
    for (let i = from; i < to; ++i) {
      const x: unknown = given[i];
      if (!(typeof x === 'number' && Math.abs(x) <= LARGEST_ENTRY)) checkNumber(within(name, i), x, range);
      entries[i] = x as number;
    }
  });
  return entries;
}

// Checks the arguments of this room.
import { checkInteger, type Name, readList, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers } from '../wasm/numbers.js';

/** Numbers in `spectra` parts of equal length, `least` or more in each. */
export function checkParts(name: Name, value: unknown, spectra: number, least: number): Float64Array {
  const levels = checkNumbers(name, value);
  const n = levels.length / spectra;
  if (!Number.isInteger(n) || n < least) {
    const wanted = `${least} or more for ${spectra === 1 ? 'a spectrum' : `each of ${spectra} spectra`}`;
    throw new InputError(name, `expected ${wanted}, all of one length, got ${levels.length}`);
  }
  return levels;
}

/** As `checkParts`, with levels that ascend within each part; `hint` follows where they do not. */
export function checkSpectra(
  name: Name,
  value: unknown,
  spectra: number,
  least: number,
  hint = '',
): Float64Array {
  const levels = checkParts(name, value, spectra, least);
  const n = levels.length / spectra;
  for (let i = 1; i < levels.length; ++i) {
    if (i % n !== 0 && levels[i] < levels[i - 1]) {
      throw new InputError(
        name,
        `element ${i} is ${levels[i]}, expected no less than ${levels[i - 1]} before it${hint}`,
      );
    }
    if (!Number.isFinite(levels[i] - levels[i - (i % n)])) {
      throw new InputError(
        name,
        `element ${i} is ${levels[i]}: its distance to the first level is no double`,
      );
    }
  }
  return levels;
}

/** The elements of an operator between the states of `n` energies: real, or complex in pairs. */
export function checkElements(value: unknown, n: number): { elements: Float64Array; width: number } {
  const elements = checkNumbers('elements', value);
  if (elements.length !== n * n && elements.length !== 2 * n * n) {
    throw new InputError(
      'elements',
      `expected ${n * n} numbers, or ${2 * n * n} of complex ones, for ${n} energies, got ${elements.length}`,
    );
  }
  return { elements, width: elements.length === n * n ? 1 : 2 };
}

/** First and last of `n` states. */
export function checkStates(name: Name, value: unknown, n: number): [first: number, last: number] {
  const list = readList(name, value);
  if (list?.length !== 2) throw new InputError(name, `expected two indices, got ${show(value)}`);
  const first = checkInteger(name, list[0], { min: 0, max: n - 1 });
  return [first, checkInteger(name, list[1], { min: first, max: n - 1 })];
}

/** Numbers, each above the one before. */
export function checkAscending(name: Name, value: unknown, least: number): Float64Array {
  const numbers = checkNumbers(name, value);
  if (numbers.length < least) {
    throw new InputError(name, `expected ${least} numbers or more, got ${numbers.length}`);
  }
  for (let i = 1; i < numbers.length; ++i) {
    if (!(numbers[i] > numbers[i - 1])) {
      throw new InputError(
        name,
        `element ${i} is ${numbers[i]}, expected more than ${numbers[i - 1]} before it`,
      );
    }
  }
  return numbers;
}

// The numbers of Matrix Market files.
import { InputError } from '../wasm/errors.js';
import { parseDecimal } from './decimal.js';
import { quoted } from './text.js';

export type Field = 'real' | 'complex' | 'integer' | 'unsigned-integer' | 'pattern';

/** Sums of integers must stay integers that a double holds, so that no addition rounds. */
export function checkSum(name: string, line: number, x: number, y: number): void {
  if (y < 0 ? x >= -(2 ** 53) - y : x <= 2 ** 53 - y) return;
  throw new InputError(
    name,
    `line ${line}: with it the entries there add up to an integer beyond 2^53, which a double may not hold`,
  );
}

/** An index, from 0 on. */
export function parseIndex(name: string, line: number, word: string, n: number): number {
  const index = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  if (!(index >= 1 && index <= n)) {
    throw new InputError(
      name,
      `line ${line}: index ${word.slice(0, 40)}, expected a whole number from 1 to ${n}`,
    );
  }
  return index - 1;
}

/** A number as the field has it. */
export function parseValue(name: string, line: number, word: string, field: Field): number {
  const refuse = (why: string): never => {
    throw new InputError(name, `line ${line}: ${quoted(word)} is ${why}`);
  };
  if (field === 'real' || field === 'complex') {
    const value = parseDecimal(word);
    return value !== undefined && Number.isFinite(value) ? value : refuse('not a finite number');
  }
  if (!/^[+-]?\d+$/.test(word)) return refuse('not a whole number');
  if (field === 'unsigned-integer' && word.startsWith('-'))
    return refuse('negative in a file of unsigned integers');
  const digits = word.replace(/^[+-]?0*(?=\d)/, '');
  // Compared in full: the next integer would round to 2^53.
  if (digits.length > 16 || BigInt(digits) > 2n ** 53n) {
    return refuse('an integer beyond 2^53, which a double may not hold');
  }
  return Number(word);
}

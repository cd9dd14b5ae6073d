// Part of the spectrum: eigenpairs by index or by value.
import { readList, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';

/** A part of the ascending spectrum, by place or by value. */
export type EighRange =
  /** `[first, last]`: eigenvalues with these indices, both ends included, counted from 0. */
  | {
      /** `[first, last]`, 0 ≤ first ≤ last < n. */
      index: readonly [number, number];
    }
  /**
   * `(lo, hi]`: the computed eigenvalues above lo and up to hi; lo = −Infinity and hi = Infinity are no bounds. The result
   * is what the same call without `range` gives, less what is outside: parts of a cut make the whole.
   */
  | {
      /** `(lo, hi]`, lo < hi; an interval without eigenvalues gives none. */
      value: readonly [number, number];
    };

function pair(name: string, value: unknown): [number, number] {
  const list = readList(name, value);
  if (list?.length === 2) {
    const [lo, hi] = list;
    if (typeof lo === 'number' && typeof hi === 'number') return [lo, hi];
  }
  throw new InputError(name, `expected two numbers, as [from, to], got ${show(value)}`);
}

/** A checked range as the driver takes it. */
export interface Selection {
  byValue: boolean;
  lo: number;
  hi: number;
}

/** Checks a range against the order n. */
export function checkRange(range: unknown, n: number): Selection {
  const { index, value } = readOptions<{ index?: unknown; value?: unknown }>('options.range', range, [
    'index',
    'value',
  ]);
  if ((index === undefined) === (value === undefined)) {
    throw new InputError('options.range', 'expected { index: [first, last] } or { value: [lo, hi] }');
  }
  if (index !== undefined) {
    const [lo, hi] = pair('options.range.index', index);
    if (!Number.isInteger(lo) || !Number.isInteger(hi) || lo < 0 || hi < lo || hi >= n) {
      throw new InputError(
        'options.range.index',
        `expected whole numbers 0 ≤ first ≤ last < n = ${n}, got [${lo}, ${hi}]`,
      );
    }
    return { byValue: false, lo, hi };
  }
  const [lo, hi] = pair('options.range.value', value);
  if (!(lo < hi)) throw new InputError('options.range.value', `expected lo < hi, got [${lo}, ${hi}]`);
  return { byValue: true, lo, hi };
}

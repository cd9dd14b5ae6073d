// Vectors that operators act on, and operators that act on the same vectors, checked.
import { copyOf } from '../wasm/arena.js';
import { checkBoolean, type Name, readList, show, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { LARGEST_ENTRY } from '../wasm/limits.js';
import { checkNumbers, hasLists } from '../wasm/numbers.js';
import { isFloat64Array } from '../wasm/typedArrays.js';
import type { Computed } from './compute.js';
import { checkBeside, computedOf } from './operator.js';
import { ambiguous, checkOwn, writtenAs } from './written.js';

/** Vectors one after another, `width` numbers an amplitude. */
export interface CheckedVectors {
  psi: Float64Array;
  width: 1 | 2;
  columns: number;
}

/** A copy of the arrays of numbers of a task: callers may change theirs while it computes. */
export function kept<T extends object>(task: T): T {
  const copies = Object.entries(task).map(([key, value]) => [
    key,
    isFloat64Array(value) ? copyOf(value) : value,
  ]);
  return Object.fromEntries(copies) as T;
}

/** One or more vectors of this order, none of them zero; in pairs if `complex` says so, by default as they were handed out, else if the operator is complex; what may be either is refused. */
export function checkVectors(
  name: string,
  value: unknown,
  of: Pick<Computed, 'n' | 'complex' | 'basis'>,
  given: boolean | undefined,
): CheckedVectors {
  const said = given === undefined ? undefined : checkBoolean(['options', 'complex'], given);
  const { n, complex } = of;
  const written = writtenAs(value, said, complex);
  const { width, length } = written;
  if (n === 0) throw new InputError('operator', 'has order 0, expected at least 1');
  if (hasLists(value)) {
    throw new InputError(
      name,
      'expected numbers, vectors one after another, and of complex ones real and imaginary parts, got lists of them: flat() has them so',
    );
  }
  const psi = checkNumbers(name, value, { min: -LARGEST_ENTRY, max: LARGEST_ENTRY });
  checkOwn(name, written, of);
  const columns = psi.length / (width * n);
  if (columns < 1 || !Number.isInteger(columns)) {
    const half = width === 2 && psi.length === n ? ': complex ones are pairs of numbers' : '';
    throw new InputError(
      name,
      `expected a whole number of vectors of ${width * n} numbers, got ${psi.length} numbers${half}`,
    );
  }
  if (said === undefined && length === undefined && !complex && columns % 2 === 0) {
    const half = columns / 2;
    throw ambiguous(name, psi, [`${columns} real vectors`, `${half} complex ${half === 1 ? 'one' : 'ones'}`]);
  }
  for (let c = 0; c < columns; ++c) {
    if (psi.subarray(width * n * c, width * n * (c + 1)).every((x) => x === 0)) {
      throw new InputError(name, `vector ${c} is zero`);
    }
  }
  return { psi, width, columns };
}

/** Operators on the vectors of this one. */
export function checkOperators(name: Name, value: unknown, of: Computed): Computed[] {
  if (value === undefined) return [];
  const given = readList(name, value);
  if (!Array.isArray(given)) {
    throw new InputError(name, `expected an array of operators, got ${show(value)}`);
  }
  return given.map((item, k) => {
    const one = computedOf(within(name, k), item);
    checkBeside(within(name, k), of, one);
    return one;
  });
}

// The usual calls of a small matrix by themselves: a Float64Array, with no options or the plain ones. All that surrounds a
// decomposition of order 3 may take no longer than this: no list, no path of a name, no object is made. Whatever is not as expected
// is left to arguments.ts, which says what is wrong; in this file nothing is refused, and nothing let through that is refused there.

import { LANES_TO } from '../wasm/constants.js';
import { isFloat64Array, lengthOf, typedArrays } from '../wasm/typedArrays.js';
import { fastestMethod } from './memory.js';
import { METHODS } from './methods.js';
import type { EighOptions } from './types.js';

/** Bits of a plan in one number, beside those of the number of the method. */
const VECTORS = 16;
const UPPER = 32;

/** Whether the plan asks for vectors. */
export function withVectors(plan: number): boolean {
  return (plan & VECTORS) !== 0;
}

/** Whether the upper triangle is read by columns, which is the lower one by rows. */
export function readsUpper(plan: number): boolean {
  return (plan & UPPER) !== 0;
}

/** The number of the method. */
export function methodOf(plan: number): number {
  return plan & (VECTORS - 1);
}

/** A plan as one number. */
export function planOf(method: number, vectors: boolean, upper: boolean): number {
  return method | (vectors ? VECTORS : 0) | (upper ? UPPER : 0);
}

/** The order of the matrix that `a` has, of `parts` numbers an entry, from 2 to LANES_TO; 0 for anything else. */
export function smallOrder(a: unknown, n: unknown, parts: number): number {
  if (!isFloat64Array(a)) return 0;
  const length = lengthOf(a);
  const order = n === undefined ? Math.sqrt(length / parts) : n;
  if (typeof order !== 'number' || !(order >= 2 && order <= LANES_TO)) return 0;
  if (parts * order * order !== length || Math.floor(order) !== order) return 0;
  try {
    // Throws for a buffer that was transferred, or shrunk below the array: V8 may still report the old length. `at` in place of `keys`
    // takes V8 as long as all the rest of the checks of a small matrix, and a view of it longer.
    typedArrays.keys.call(a);
  } catch {
    return 0;
  }
  return order;
}

/** The plan for a small matrix of order n where all that `options` has is a method, `vectors` and `uplo`; −1 otherwise. */
export function plainPlan(options: EighOptions | undefined, n: number): number {
  const auto = METHODS[fastestMethod(n)].number;
  if (options === undefined) return planOf(auto, true, true);
  try {
    if (Object.getPrototypeOf(options) !== Object.prototype) return -1;
    for (const key in options) if (key !== 'method' && key !== 'vectors' && key !== 'uplo') return -1;
    const { method = 'auto', vectors = true, uplo = 'L' } = options;
    if (typeof vectors !== 'boolean' || (uplo !== 'L' && uplo !== 'U')) return -1;
    if (method === 'auto') return planOf(auto, vectors, uplo === 'L');
    return Object.hasOwn(METHODS, method) ? planOf(METHODS[method].number, vectors, uplo === 'L') : -1;
  } catch {
    // Read again, a getter that throws is named.
    return -1;
  }
}

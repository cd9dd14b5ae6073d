// Functions that act on each element of an array, or on a single number.
import { checkFloat64Array, checkMemory, checkNumber, type Range } from '../wasm/check.js';

/** Result of a function of each element: an array for an array, a number for a number. */
export type Each<T extends number | Float64Array> = T extends number ? number : Float64Array;

/** Result of a function of each element that returns several values: arrays for an array, numbers for a number. */
export type Columns<T extends number | Float64Array, R> = T extends number ? { [K in keyof R]: number } : R;

/** Arrays for an array, numbers for a number; a number gives the same bits as an array of that one element. */
export function columnsOf<T extends number | Float64Array, R extends object>(
  [name, x, range]: [name: string, x: T, range: Range],
  compute: (x: Float64Array) => R,
): Columns<T, R> {
  if (typeof x !== 'number') {
    const array = checkMemory(name, x, 'a number or a Float64Array');
    return compute(checkFloat64Array(name, array, range)) as Columns<T, R>;
  }
  const columns = compute(Float64Array.of(checkNumber(name, x, range)));
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[0]])) as Columns<
    T,
    R
  >;
}

/** As `columnsOf`, for a function with one result. */
export function eachOf<T extends number | Float64Array>(
  argument: [name: string, x: T, range: Range],
  compute: (x: Float64Array) => Float64Array,
): Each<T> {
  return columnsOf(argument, (x) => ({ value: compute(x) })).value as Each<T>;
}

// Functions of each element of an array, which take a single number too.
import { checkFloat64Array, checkNumber, type Range } from '../wasm/check.js';

/** What a function of each element gives: an array of an array, a number of a number. */
export type Each<T extends number | Float64Array> = T extends number ? number : Float64Array;

/** What a function of each element gives that has several results: arrays of an array, numbers of a number. */
export type Columns<T extends number | Float64Array, R> = T extends number ? { [K in keyof R]: number } : R;

/** Arrays of the array, numbers of the number, with the bits of an array of one. */
export function columnsOf<T extends number | Float64Array, R extends object>(
  [name, x, range]: [name: string, x: T, range: Range],
  compute: (x: Float64Array) => R,
): Columns<T, R> {
  if (typeof x !== 'number') return compute(checkFloat64Array(name, x, range)) as Columns<T, R>;
  const columns = compute(Float64Array.of(checkNumber(name, x, range)));
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[0]])) as Columns<
    T,
    R
  >;
}

/** The same of one result. */
export function eachOf<T extends number | Float64Array>(
  argument: [name: string, x: T, range: Range],
  compute: (x: Float64Array) => Float64Array,
): Each<T> {
  return columnsOf(argument, (x) => ({ value: compute(x) })).value as Each<T>;
}

// Numbers in the forms that people have at hand: typed arrays, plain arrays, rows of either. Anything but a
// Float64Array is copied into one.
import { floats } from './arena.js';
import {
  checkFloat64Array,
  checkMemory,
  LONGEST_LIST,
  type Name,
  type Range,
  said,
  show,
  within,
} from './check.js';
import { InputError, MemoryError } from './errors.js';
import { isFloat64Array, lengthOf, numbersTag } from './typedArrays.js';

/** Numbers one after another, in a typed array or a plain one. Anything but a Float64Array is copied first. */
export type Numbers = Float64Array | Float32Array | readonly number[];

/** A matrix: its numbers row by row, or its rows. Anything but a Float64Array is copied first. */
export type MatrixNumbers = Numbers | readonly Numbers[];

/** A complex matrix: numbers in pairs row by row, its rows, or rows of pairs. */
export type ComplexMatrixNumbers = MatrixNumbers | readonly (readonly Numbers[])[];

/** Numbers as a Float64Array, and the lengths of the nested lists that they came in, from the outside in. */
export interface Given {
  data: Float64Array;
  shape: number[];
}

/** Most levels of nested lists: a list of matrices, each of rows of complex pairs. */
const DEEPEST = 4;

/** The result of `read`; an error that the caller's list throws when it is read becomes an InputError. */
function guarded<T>(name: Name, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError || error instanceof MemoryError) throw error;
    throw new InputError(name, `cannot be read: ${said(error)}`);
  }
}

/** The lengths of nested lists of numbers, from the outside in, taken from the first list of each level. */
export function numbersShape(name: Name, value: unknown, expected: string): number[] {
  return guarded(name, () => shapeOf(name, value, expected));
}

/** The numbers of `value`; `expected` names in the message what they should be. Does not check that they are finite. */
export function readNumbers(name: Name, value: unknown, expected: string): Given {
  if (isFloat64Array(value)) {
    const data = checkMemory(name, value, expected);
    return { data, shape: [data.length] };
  }
  return guarded(name, () => {
    const shape = shapeOf(name, value, expected);
    const data = floats(shape.reduce((product, length) => product * length, 1));
    fill(name, value, shape, 0, data, 0);
    return { data, shape };
  });
}

/** Whether it is a list: an array, or a typed array of numbers. */
function isList(value: unknown): value is ArrayLike<unknown> {
  try {
    return Array.isArray(value) || numbersTag(value) !== undefined;
  } catch {
    // A revoked proxy is no list.
    return false;
  }
}

/** How many elements a list has. */
function countOf(list: ArrayLike<unknown>): number {
  return Array.isArray(list) ? list.length : lengthOf(list);
}

/** Whether a list has lists in it, rows or pairs. */
export function hasLists(value: unknown): boolean {
  try {
    return Array.isArray(value) && value.some((item) => Array.isArray(item));
  } catch {
    // A revoked proxy is no list, and has none in it.
    return false;
  }
}

/** Whether it is an operator, as far as one sees from here. */
function hasMatrix(value: unknown): boolean {
  try {
    return typeof (value as { toDense?: unknown } | null | undefined)?.toDense === 'function';
  } catch {
    return false;
  }
}

/** The length of the first list of each level. */
function shapeOf(name: Name, value: unknown, expected: string): number[] {
  if (!isList(value)) {
    const whole = hasMatrix(value) ? ': toDense() of an operator gives its matrix' : '';
    throw new InputError(name, `expected ${expected}, got ${show(value)}${whole}`);
  }
  const shape: number[] = [];
  for (let level: unknown = value; isList(level) && shape.length < DEEPEST; level = level[0]) {
    const length = countOf(level);
    if (length > LONGEST_LIST) {
      throw new InputError(name, `has ${length} elements, expected at most ${LONGEST_LIST}`);
    }
    shape.push(length);
  }
  return shape;
}

/** Copies the lists of level `depth` to `data` from `at` on. */
function fill(
  name: Name,
  list: unknown,
  shape: readonly number[],
  depth: number,
  data: Float64Array,
  at: number,
): void {
  if (!isList(list)) throw new InputError(name, `expected a list of numbers, got ${show(list)}`);
  const length = shape[depth];
  if (countOf(list) !== length) {
    throw new InputError(
      name,
      `has ${countOf(list)} elements, expected ${length}, as there are in the first`,
    );
  }
  if (depth < shape.length - 1) {
    const size = shape.slice(depth + 1).reduce((product, x) => product * x, 1);
    for (let i = 0; i < length; ++i) fill(within(name, i), list[i], shape, depth + 1, data, at + i * size);
    return;
  }
  for (let i = 0; i < length; ++i) {
    const x = list[i];
    if (typeof x !== 'number') throw new InputError(within(name, i), `expected a number, got ${show(x)}`);
    data[at + i] = x;
  }
}

/** A list of numbers as a Float64Array. Their values are checked elsewhere; so is whatever is not a list, which is returned as it is. */
export function asFloats(name: Name, value: Numbers): Float64Array {
  if (isFloat64Array(value)) return checkMemory(name, value);
  if (!isList(value)) return value as unknown as Float64Array;
  const { data, shape } = readNumbers(name, value, 'numbers');
  if (shape.length !== 1) throw new InputError(name, 'expected numbers, got rows of them');
  return data;
}

/** A list of finite numbers in range. */
export function checkNumbers(
  name: Name,
  value: unknown,
  { expected = 'numbers', ...range }: Range & { length?: number; expected?: string } = {},
): Float64Array {
  const { data, shape } = readNumbers(name, value, expected);
  if (shape.length !== 1) throw new InputError(name, `expected ${expected}, got rows of them`);
  return checkFloat64Array(name, data, range);
}

/**
 * Complex numbers in pairs, as `eighComplex` takes them, of their real and imaginary parts.
 *
 * @param re - The real parts.
 * @param im - The imaginary parts, as many; 0 where they are left out.
 * @returns Twice as many numbers: the imaginary part behind the real one.
 * @throws MemoryError where there is no memory for them.
 */
export function inPairs(re: Float64Array, im?: Float64Array): Float64Array {
  const pairs = floats(2 * re.length);
  for (let k = 0; k < re.length; ++k) pairs[2 * k] = re[k];
  if (im) for (let k = 0; k < im.length; ++k) pairs[2 * k + 1] = im[k];
  return pairs;
}

// Numbers in the forms that people have at hand: typed arrays, plain ones, rows of either. What is no Float64Array is copied
// into one.
import { floats } from './arena.js';
import { checkMemory, isFloat64Array, type Name, numbersTag, said, show, within } from './check.js';
import { InputError, MemoryError } from './errors.js';

/** Numbers one after another: a typed array or a plain one. Anything but a Float64Array is copied first. */
export type Numbers = Float64Array | Float32Array | readonly number[];

/** A matrix: its numbers row by row, or its rows. Anything but a Float64Array is copied first. */
export type MatrixNumbers = Numbers | readonly Numbers[];

/** A complex matrix: numbers in pairs row by row, its rows, or rows of pairs. */
export type ComplexMatrixNumbers = MatrixNumbers | readonly (readonly Numbers[])[];

/** Numbers as a Float64Array, and the lengths of the levels that they came in, from the outside in. */
export interface Given {
  data: Float64Array;
  shape: number[];
}

/** Rows of rows of pairs, in a list of matrices. */
const DEEPEST = 4;
/** A list of numbers in JavaScript takes some 16 bytes an element. */
const LONGEST = 2 ** 26;

/** What `read` returns; what the list of a caller throws when it is looked at becomes an InputError. */
function guarded<T>(name: Name, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError || error instanceof MemoryError) throw error;
    throw new InputError(name, `cannot be read: ${said(error)}`);
  }
}

/** The lengths of the levels of a list of numbers, from the outside in, as the first of each level says. */
export function numbersShape(name: Name, value: unknown, expected: string): number[] {
  return guarded(name, () => shapeOf(name, value, expected));
}

/** The numbers of `value`; `expected` says what of in the message. Whether they are finite is not looked at. */
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

/** Whether it is a list of some kind: an array, or a typed array of numbers. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || numbersTag(value) !== undefined;
}

/** What the first of each level says. */
function shapeOf(name: Name, value: unknown, expected: string): number[] {
  if (!isList(value)) throw new InputError(name, `expected ${expected}, got ${show(value)}`);
  const shape: number[] = [];
  for (let level: unknown = value; isList(level) && shape.length < DEEPEST; level = level[0]) {
    if (level.length > LONGEST) {
      throw new InputError(name, `has ${level.length} elements, expected at most ${LONGEST}`);
    }
    shape.push(level.length);
  }
  return shape;
}

/** Copies the level `depth` of a list to `data` from `at` on. */
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
  if (list.length !== length) {
    throw new InputError(name, `has ${list.length} elements, expected ${length}, as there are in the first`);
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

/** A list of numbers, finite each. */
export function checkNumbers(
  name: Name,
  value: unknown,
  { length, expected = 'numbers' }: { length?: number; expected?: string } = {},
): Float64Array {
  const { data, shape } = readNumbers(name, value, expected);
  if (shape.length !== 1) throw new InputError(name, `expected ${expected}, got rows of them`);
  if (length !== undefined && data.length !== length) {
    throw new InputError(name, `expected ${length} elements, got ${data.length}`);
  }
  const bad = data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new InputError(name, `element ${bad} is ${data[bad]}, expected a finite number`);
  return data;
}

// A square matrix in the forms that people have at hand: its numbers row by row, its rows, of complex numbers rows of pairs too.
import { checkInteger, checkMemory, type Name, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { numbersShape, readNumbers } from '../wasm/numbers.js';
import { isFloat64Array, lengthOf } from '../wasm/typedArrays.js';

/** Numbers that an entry has, of a real or a complex matrix. */
type Parts = 1 | 2;

const named = (parts: Parts) => (parts === 1 ? 'n*n' : '2*n*n');

/** An order that is named. Where numpy has options, n stands: they come after it. */
function namedOrder(n: unknown): number {
  if (typeof n !== 'object' || n === null) return checkInteger('n', n, { min: 0 });
  throw new InputError(
    'n',
    `expected a whole number ≥ 0, got ${show(n)}: options come after n, which may be undefined`,
  );
}

/** The order that is named, or the one that `a` has. */
export function orderOf(a: unknown, n: unknown, parts: Parts): number {
  if (n !== undefined) return namedOrder(n);
  const shape = numbersShape('a', a, `${named(parts)} numbers or n rows of them`);
  const order = shape.length > 1 ? shape[0] : Math.sqrt(shape[0] / parts);
  if (Number.isInteger(order)) return order;
  throw new InputError('a', `expected ${named(parts)} elements of some whole n, got ${shape[0]}`);
}

/** Order and number of the matrices of a batch: those that are named, or those that `a` has. */
export function batchOf(a: unknown, n: unknown, count: unknown, parts: Parts): { n: number; count: number } {
  const order = n === undefined ? undefined : namedOrder(n);
  const many = count === undefined ? undefined : checkInteger('count', count, { min: 0 });
  if (order !== undefined && many !== undefined) return { n: order, count: many };
  const all = `count*${named(parts)} numbers or count matrices`;
  const [length, ...inner] = numbersShape('a', a, all);
  if (inner.length > 0) {
    const size = inner.length > 1 ? inner[0] : Math.sqrt(inner[0] / parts);
    if (!Number.isInteger(order ?? size)) {
      throw new InputError(
        'a',
        `expected matrices of ${named(parts)} elements of some whole n, got ${inner[0]}`,
      );
    }
    return { n: order ?? size, count: many ?? length };
  }
  if (length === 0) return { n: order ?? 0, count: many ?? 0 };
  if (order === undefined && many === undefined) {
    throw new InputError('n', `or count has to be given with ${length} numbers in one list`);
  }
  // One of them follows from the other.
  const found = order === undefined ? Math.sqrt(length / (parts * many!)) : length / (parts * order * order);
  if (!Number.isInteger(found)) {
    const given = order === undefined ? `count = ${many}` : `n = ${order}`;
    throw new InputError('a', `expected ${all} with ${given}, got ${length} elements`);
  }
  return order === undefined ? { n: found, count: many! } : { n: order, count: found };
}

/** The numbers of a matrix of order n, or of `count` of them, in one Float64Array. */
export function readEntries(
  name: Name,
  given: unknown,
  n: number,
  parts: Parts,
  count?: number,
): Float64Array {
  const length = (count ?? 1) * parts * n * n;
  // The usual case by itself: what follows makes strings and lists, which takes as long as all other checks of a small matrix.
  if (count === undefined && isFloat64Array(given) && lengthOf(given) === length) {
    return checkMemory(name, given, parts === 1 ? 'n*n numbers' : '2*n*n numbers');
  }
  const all = count === undefined ? named(parts) : `count*${named(parts)}`;
  const { data, shape } = readNumbers(name, given, `${all} numbers`);
  if (data.length !== length) {
    const other = parts === 1 && data.length === 2 * length ? ': of a complex matrix, eighComplex' : '';
    throw new InputError(name, `expected ${all} = ${length} elements, got ${data.length}${other}`);
  }
  if (shape.length === 1) return data;
  const rows = [[n, n * parts], ...(parts === 2 ? [[n, n, 2]] : [])];
  const allowed = count === undefined ? rows : [[parts * n * n], ...rows].map((one) => [count, ...one]);
  if (allowed.some((one) => String(one) === String(shape))) return data;
  const most = allowed.map((one) => one.join(' × ')).join(' or ');
  throw new InputError(
    name,
    `expected ${length} elements in one list or in ${most}, got ${shape.join(' × ')}`,
  );
}

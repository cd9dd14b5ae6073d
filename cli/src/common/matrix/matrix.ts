// Shared by the readers: a matrix, the limit on its order and the test for symmetry.
import { InputError, MAX_BYTES, ROUNDING } from 'emft/check';

/** The content of a file: real numbers, complex ones in pairs, or the two columns of a tridiagonal matrix. */
export type Kind = 'real' | 'complex' | 'tridiagonal';

/**
 * Order n and the elements: n × n, column-major, (i, j) at i + j n, in pairs if complex; for a tridiagonal matrix the n
 * diagonal elements and then the n − 1 next to the diagonal.
 */
export interface Matrix {
  kind: Kind;
  n: number;
  a: Float64Array;
  /** Differences between (i, j) and (j, i) up to this, relative to the largest element, count as rounding. */
  tolerance: number;
  /** It was given as the two columns of a tridiagonal matrix, and is whole now. */
  columns?: true;
}

/** Largest order: beyond it the matrix alone would not fit into WebAssembly memory. */
const MAX_ORDER = Math.floor(Math.sqrt(MAX_BYTES / 8));

/** Called with the order of a matrix before memory is allocated for it; throws when there is not enough. */
export type OrderCheck = (n: number, kind: Kind) => void;

/** Checks, before anything is allocated, that a matrix is square and that there can be memory for it. */
export function checkMatrixOrder(name: string, rows: number, columns: number): number {
  if (rows !== columns) throw new InputError(name, `is ${rows} × ${columns}, expected a square matrix`);
  if (rows > MAX_ORDER) {
    throw new InputError(
      name,
      `is ${rows} × ${rows}: the matrix alone takes ${gibibytes(8 * rows * rows)} GiB, beyond the ` +
        `${gibibytes(MAX_BYTES)} GiB of WebAssembly memory, a part of which its decomposition needs`,
    );
  }
  return rows;
}

/** The same for a tridiagonal matrix, whose eigenvectors must fit. */
export function checkTridiagonalOrder(name: string, n: number): number {
  if (n <= MAX_ORDER) return n;
  throw new InputError(
    name,
    `is a tridiagonal matrix of order ${n}: its eigenvectors alone take ${gibibytes(8 * n * n)} GiB, beyond the ` +
      `${gibibytes(MAX_BYTES)} GiB of WebAssembly memory`,
  );
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toPrecision(3);
}

/**
 * Differences that count as rounding in a file of each precision: some 100 units of single precision, 10 of half, and
 * in double the errors of products of matrices.
 */
export const TOLERANCES = { double: ROUNDING, single: 1e-5, half: 1e-2, exact: 0 } as const;

/** Refuses a matrix that is not symmetric or Hermitian, and makes it so to the last bit, row by row. */
export function symmetrize(name: string, matrix: Matrix): void {
  if (matrix.kind === 'real') symmetrizeReal(name, matrix);
  else if (matrix.kind === 'complex') symmetrizeComplex(name, matrix);
}

/**
 * Refuses a matrix that is not symmetric, naming the first element (row by row) that differs from its mirror image;
 * copies the lower triangle over the upper one, so that rounding differences do not depend on which triangle is read.
 */
function symmetrizeReal(name: string, { n, a, tolerance }: Matrix): void {
  let largest = 0;
  for (const x of a) largest = Math.max(largest, Math.abs(x));
  const allowed = tolerance * largest;
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < i; ++j) {
      const [lower, upper] = [a[i + j * n], a[j + i * n]];
      if (Math.abs(lower - upper) > allowed) {
        throw new InputError(
          name,
          `is not symmetric: element (${i}, ${j}), counted from 0, is ${lower} but (${j}, ${i}) is ${upper}${limit(tolerance)}`,
        );
      }
      a[j + i * n] = lower;
    }
  }
}

function limit(tolerance: number): string {
  return tolerance === 0 ? '' : `; up to ${tolerance} of the largest element may be rounding`;
}

function shown(re: number, im: number): string {
  return `${re}${im < 0 ? '-' : '+'}${Math.abs(im)}i`;
}

/**
 * The same for a Hermitian matrix: the lower triangle over the upper one, conjugated, a real diagonal, and elements row
 * by row, as the solver takes them.
 */
function symmetrizeComplex(name: string, { n, a, tolerance }: Matrix): void {
  let largest = 0;
  for (const x of a) largest = Math.max(largest, Math.abs(x));
  const allowed = tolerance * largest;
  for (let i = 0; i < n; ++i) {
    const own = 2 * (i + i * n);
    if (Math.abs(a[own + 1]) > allowed) {
      throw new InputError(
        name,
        `is not Hermitian: element (${i}, ${i}), counted from 0, is ${shown(a[own], a[own + 1])}, not real${limit(tolerance)}`,
      );
    }
    a[own + 1] = 0;
    for (let j = 0; j < i; ++j) {
      const [p, q] = [2 * (i + j * n), 2 * (j + i * n)];
      const [re, im] = [a[p], a[p + 1]];
      if (Math.abs(re - a[q]) > allowed || Math.abs(im + a[q + 1]) > allowed) {
        throw new InputError(
          name,
          `is not Hermitian: element (${i}, ${j}), counted from 0, is ${shown(re, im)} but (${j}, ${i}) is ${shown(a[q], a[q + 1])}, not its conjugate${limit(tolerance)}`,
        );
      }
      // Row i takes element (i, j) at the place where column i had (j, i).
      [a[q], a[q + 1], a[p], a[p + 1]] = [re, im, re, 0 - im];
    }
  }
}

// What the readers share: a dense matrix, the limit on its order and the test for symmetry.
import { InputError } from 'emft';
import { MAX_BYTES } from 'emft/check';

/** Order n and n × n elements, column-major: (i, j) at i + j n. */
export interface Matrix {
  n: number;
  a: Float64Array;
  /** Differences between (i, j) and (j, i) up to this, relative to the largest element, count as rounding. */
  tolerance: number;
}

/** No decomposition of a larger matrix is possible, nor its order asked about: it alone would not fit into WebAssembly memory. */
const MAX_ORDER = Math.floor(Math.sqrt(MAX_BYTES / 8));

/** Told of the order of a matrix before memory is taken for it; throws when there is not enough. */
export type OrderCheck = (n: number) => void;

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

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toPrecision(3);
}

/**
 * What counts as rounding in a file of each precision: some 100 units of single precision, 10 of half, and in double what
 * products of matrices leave.
 */
export const TOLERANCES = { double: 1e-12, single: 1e-5, half: 1e-2, exact: 0 } as const;

/**
 * Refuses a matrix that is not symmetric, naming the first element (row by row) that differs from its mirror;
 * copies the lower triangle over the upper one, so that rounding differences do not depend on who reads which.
 */
export function symmetrize(name: string, { n, a, tolerance }: Matrix): void {
  let largest = 0;
  for (const x of a) largest = Math.max(largest, Math.abs(x));
  const allowed = tolerance * largest;
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < i; ++j) {
      const [lower, upper] = [a[i + j * n], a[j + i * n]];
      if (Math.abs(lower - upper) > allowed) {
        const limit = tolerance === 0 ? '' : `; up to ${tolerance} of the largest element may be rounding`;
        throw new InputError(
          name,
          `is not symmetric: element (${i}, ${j}), counted from 0, is ${lower} but (${j}, ${i}) is ${upper}${limit}`,
        );
      }
      a[j + i * n] = lower;
    }
  }
}

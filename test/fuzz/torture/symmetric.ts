// How a kind of matrix is written down: a function of (i, j), filled in for both triangles.
import type { Random } from './random.js';

/** Makes a matrix of order n ≥ 1; entries that come out NaN or infinite are mended afterwards. */
export type Kind = (random: Random, n: number) => Float64Array;

/** a[i][j] = entry(i, j), called for i ≥ j, row by row. */
export function symmetric(n: number, entry: (i: number, j: number) => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = entry(i, j);
  return a;
}

/** d(i) on the diagonal, e(i) between i and i + 1. */
export function tridiagonal(n: number, d: (i: number) => number, e: (i: number) => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i * n + i] = d(i);
    if (i + 1 < n) a[i * n + i + 1] = a[(i + 1) * n + i] = e(i);
  }
  return a;
}

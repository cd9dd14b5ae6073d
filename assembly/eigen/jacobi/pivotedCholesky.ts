// Pᵀ A P = L Lᵀ with the largest remaining diagonal as pivot, right-looking (N. J. Higham, Accuracy and Stability of
// Numerical Algorithms, 10.3). Pivoting sorts the columns of L by size, which speeds up Jacobi's rotations.
// Range: diagonals 2^-950 … 2^1020: products of two elements of L that matter beside a pivot are normal numbers, and so
// is the angle of every rotation that matters between two of its columns. Smaller remainders are cut off (deflateTail).

import { axpy } from '../../kernel/vectors';
import { powerOfTwo } from '../../numeric/scaling';
import { swap } from '../../numeric/sort';
import { CHOLESKY_COST } from '../tuning';

/** 2^-950, and its square root, which is exact. */
const LEAST_PIVOT: f64 = powerOfTwo(-950);
const LEAST_ROOT: f64 = powerOfTwo(-475);

/**
 * Starts to overwrite the lower triangle of A (n×n column-major, contiguous) by L; perm (n × i32) receives the row of A
 * for each row of L. `shift` is added to the diagonal first.
 */
export function pivotedCholeskyStart(n: i32, a: usize, shift: f64, perm: usize): void {
  const diagonal = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i) {
    store<i32>(perm + ((<usize>i) << 2), i);
    store<f64>(a + <usize>i * diagonal, load<f64>(a + <usize>i * diagonal) + shift);
  }
}

/** Nominal nanoseconds of column k. */
export function pivotedCholeskyCost(n: i32, k: i32): f64 {
  return CHOLESKY_COST * <f64>(n - k) * <f64>(n - k);
}

/**
 * Columns from ≤ k < to of L, when the columns before are done. Returns the column before which it stopped: `to`, or an
 * earlier one whose pivot is not safely positive. A + shift is then not positive definite to working precision, or its
 * remainder is below the range.
 */
export function pivotedCholeskyColumns(n: i32, from: i32, to: i32, a: usize, perm: usize): i32 {
  const column = (<usize>n) << 3;
  const diagonal = column + 8;
  for (let k = from; k < to; ++k) {
    let best = k;
    let pivot = load<f64>(a + <usize>k * diagonal);
    for (let i = k + 1; i < n; ++i) {
      const x = load<f64>(a + <usize>i * diagonal);
      if (x > pivot) {
        pivot = x;
        best = i;
      }
    }
    // Graded matrices have tiny pivots that are accurate. A pivot that is rounding noise has the
    // wrong sign, or does no harm.
    if (!(pivot > LEAST_PIVOT)) return k;
    if (best != k) exchange(n, a, column, k, best, perm);
    const ck = a + <usize>k * diagonal;
    const root = sqrt(pivot);
    store<f64>(ck, root);
    const rows = n - k - 1;
    for (let i: usize = 8; i <= (<usize>rows) << 3; i += 8) store<f64>(ck + i, load<f64>(ck + i) / root);
    for (let j = 1; j <= rows; ++j) {
      const x = ck + ((<usize>j) << 3);
      axpy(rows - j + 1, -load<f64>(x), x, ck + <usize>j * diagonal);
    }
  }
  return to;
}

/**
 * Cuts off the remainder S of A before column k if no element of it is above 2^-950: columns of L of that norm, each
 * along its own axis, replace it, so that L has an inverse and its columns have directions. `correction` (n)
 * receives for each row the excess of L Lᵀ there, 2^-950 − s_ii, and 0 for the rows before k. Returns false, with
 * nothing changed, when S is larger.
 */
export function deflateTail(n: i32, k: i32, a: usize, correction: usize): bool {
  const column = (<usize>n) << 3;
  const diagonal = column + 8;
  for (let j = k; j < n; ++j) {
    const x = a + <usize>j * diagonal;
    for (let i: usize = 0; i < (<usize>(n - j)) << 3; i += 8) {
      if (!(abs(load<f64>(x + i)) <= LEAST_PIVOT)) return false;
    }
  }
  memory.fill(correction, 0, (<usize>k) << 3);
  for (let j = k; j < n; ++j) {
    const x = a + <usize>j * diagonal;
    store<f64>(correction + ((<usize>j) << 3), LEAST_PIVOT - load<f64>(x));
    memory.fill(x, 0, (<usize>(n - j)) << 3);
    store<f64>(x, LEAST_ROOT);
  }
  return true;
}

/** Exchanges rows and columns k < p of the lower triangle, and the finished rows of L. */
function exchange(n: i32, a: usize, column: usize, k: i32, p: i32, perm: usize): void {
  swap(a + <usize>k * (column + 8), a + <usize>p * (column + 8));
  for (let j = 0; j < k; ++j) swap(at(a, column, k, j), at(a, column, p, j));
  for (let j = k + 1; j < p; ++j) swap(at(a, column, j, k), at(a, column, p, j));
  for (let i = p + 1; i < n; ++i) swap(at(a, column, i, k), at(a, column, i, p));
  const x = load<i32>(perm + ((<usize>k) << 2));
  store<i32>(perm + ((<usize>k) << 2), load<i32>(perm + ((<usize>p) << 2)));
  store<i32>(perm + ((<usize>p) << 2), x);
}

@inline
function at(a: usize, column: usize, i: i32, j: i32): usize {
  return a + <usize>j * column + ((<usize>i) << 3);
}

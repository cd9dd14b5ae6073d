// A = L D Lᵀ for a symmetric band matrix, without pivoting, and x := (L D Lᵀ)⁻¹ x: for the inverse iteration of
// localOrbital.ts, which tolerates large reciprocals of pivots and exact zeros that are moved.
// Element (i, j), 0 ≤ i − j ≤ width, at (i − j) + j·(width + 2); the last place of each column is padding and zero.
// Range: ‖A‖ between 1e-100 and 1e100, `least` at least 1e-20 of it, so that no pivot is above 1e20 of it; elements of
// x down to 1e-300 keep their digits, smaller ones may underflow.

import { axpy, scal, subtractTwo } from '../kernel/vectors';
import { laneSum } from '../numeric/lanes';

/** Bytes from one column to the next. */
@inline
export function bandStride(width: i32): usize {
  return (<usize>width + 2) << 3;
}

/**
 * A = L D Lᵀ in place: D on the diagonal, the columns of L below it. Two columns are eliminated in one pass. Pivots
 * below `least` become `least`, which is of the order of the rounding of A's diagonal: the error made is no larger.
 */
export function factor(n: i32, width: i32, band: usize, least: f64): void {
  const stride = bandStride(width);
  let first = band;
  let j = 0;
  for (; j + 1 < n; j += 2) {
    const second = first + stride;
    const inverse0 = 1 / pivot(first, least);
    const rows = min(width, n - 1 - j);
    const a1 = load<f64>(first, 8);
    if (a1 != 0) axpy(rows, -(a1 * inverse0), first + 8, second);
    const inverse1 = 1 / pivot(second, least);
    // Column j + k is updated by both columns: by elements k … of column j and k − 1 … of column j
    // + 1, which is one row longer.
    const last = min(width + 1, n - 1 - j);
    let target = second + stride;
    for (let k = 2; k <= last; ++k) {
      const from0 = first + ((<usize>k) << 3);
      const from1 = second + ((<usize>(k - 1)) << 3);
      const s0 = load<f64>(from0);
      const s1 = load<f64>(from1);
      if (s0 != 0 || s1 != 0) subtractTwo(last - k + 1, s0 * inverse0, from0, s1 * inverse1, from1, target);
      target += stride;
    }
    scal(width, inverse0, first + 8);
    scal(width, inverse1, second + 8);
    first = second + stride;
  }
  if (j < n) pivot(first, least);
}

/** The diagonal element of a column, moved off zero. */
@inline
function pivot(column: usize, least: f64): f64 {
  const d = load<f64>(column);
  if (abs(d) >= least) return d;
  store<f64>(column, least);
  return least;
}

/** x := (L D Lᵀ)⁻¹ x, where x is zero before row `from`. */
export function solve(n: i32, width: i32, band: usize, from: i32, x: usize): void {
  const stride = bandStride(width);
  for (let j = from; j < n; ++j) {
    const xj = load<f64>(x + ((<usize>j) << 3));
    const column = band + <usize>j * stride;
    if (xj != 0) axpy(min(width, n - 1 - j), -xj, column + 8, x + ((<usize>(j + 1)) << 3));
    store<f64>(x + ((<usize>j) << 3), xj / load<f64>(column));
  }
  for (let j = n - 2; j >= 0; --j) {
    let column = band + <usize>j * stride + 8;
    const at = x + ((<usize>j) << 3);
    let below = at + 8;
    const rows = min(width, n - 1 - j);
    let sums = f64x2.splat(0);
    let k = 0;
    for (; k + 2 <= rows; k += 2) {
      sums = f64x2.add(sums, f64x2.mul(v128.load(column), v128.load(below)));
      column += 16;
      below += 16;
    }
    let sum = laneSum(sums);
    if (k < rows) sum += load<f64>(column) * load<f64>(below);
    store<f64>(at, load<f64>(at) - sum);
  }
}

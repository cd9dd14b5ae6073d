// Ascending order of eigenpairs, in two ways: by selection in steps and without workspace, for QR and Jacobi; stably
// and at once, which divide and conquer needs for direct sums. The two order the vectors of equal eigenvalues
// differently, so that replacing one by the other would change bits.
// Range: any values but NaN; nothing is computed.

import { swap } from '../kernel/vectors';
import { COPY_COST, READ_COST } from './tuning';

/** Nominal nanoseconds of one position of `selectEigenpairs`. */
export function selectionCost(n: i32, nrows: i32): f64 {
  return READ_COST * <f64>n + COPY_COST * <f64>nrows;
}

/**
 * Sorts d ascending and the columns of Z (nrows × n) with it, by selection, so that each column moves once at most:
 * positions from ≤ i < to ≤ n − 1, when the positions before are done; n − 1 positions sort everything.
 */
export function selectEigenpairs(n: i32, from: i32, to: i32, d: usize, z: usize, ldz: i32, nrows: i32): void {
  for (let i = from; i < to; ++i) {
    let k = i;
    let least = load<f64>(d + ((<usize>i) << 3));
    for (let j = i + 1; j < n; ++j) {
      const x = load<f64>(d + ((<usize>j) << 3));
      if (x < least) {
        k = j;
        least = x;
      }
    }
    if (k == i) continue;
    store<f64>(d + ((<usize>k) << 3), load<f64>(d + ((<usize>i) << 3)));
    store<f64>(d + ((<usize>i) << 3), least);
    swap(nrows, z + ((<usize>i * <usize>ldz) << 3), z + ((<usize>k * <usize>ldz) << 3));
  }
}

/** Bytes of workspace of `sortEigenpairs`. */
export function sortEigenpairsWorkspace(n: i32, rows: i32): usize {
  return (<usize>rows + <usize>n + 1) * 8;
}

/**
 * Sorts d[0 … n) together with the columns of z (rows×n, leading dimension ldz): a stable merge sort of the indices, then
 * every cycle of the permutation moves each column once.
 */
export function sortEigenpairs(n: i32, d: usize, z: usize, ldz: i32, rows: i32, work: usize): void {
  const column = work;
  const bytes = (<usize>rows) << 3;
  const stride = (<usize>ldz) << 3;
  let order = work + bytes;
  let other = order + ((<usize>n) << 2);
  for (let i = 0; i < n; ++i) store<i32>(order + ((<usize>i) << 2), i);
  for (let width = 1; width < n; width *= 2) {
    for (let lo = 0; lo < n; lo += 2 * width) {
      mergeRuns(lo, min(n, lo + width), min(n, lo + 2 * width), d, order, other);
    }
    const swap = order;
    order = other;
    other = swap;
  }
  // Position t takes eigenpair order[t]; order[t] = t marks a position that is done.
  for (let start = 0; start < n; ++start) {
    if (load<i32>(order + ((<usize>start) << 2)) == start) continue;
    const value = load<f64>(d + ((<usize>start) << 3));
    memory.copy(column, z + <usize>start * stride, bytes);
    let t = start;
    while (true) {
      const next = load<i32>(order + ((<usize>t) << 2));
      store<i32>(order + ((<usize>t) << 2), t);
      if (next == start) break;
      store<f64>(d + ((<usize>t) << 3), load<f64>(d + ((<usize>next) << 3)));
      memory.copy(z + <usize>t * stride, z + <usize>next * stride, bytes);
      t = next;
    }
    store<f64>(d + ((<usize>t) << 3), value);
    memory.copy(z + <usize>t * stride, column, bytes);
  }
}

/** Merges the runs [lo, mid) and [mid, hi) of indices ordered by d. */
function mergeRuns(lo: i32, mid: i32, hi: i32, d: usize, from: usize, to: usize): void {
  let i = lo;
  let j = mid;
  for (let t = lo; t < hi; ++t) {
    const first = j >= hi || (i < mid && valueAt(d, from, i) <= valueAt(d, from, j));
    store<i32>(to + ((<usize>t) << 2), load<i32>(from + ((<usize>(first ? i : j)) << 2)));
    if (first) ++i;
    else ++j;
  }
}

@inline
function valueAt(d: usize, order: usize, i: i32): f64 {
  return load<f64>(d + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 3));
}

// Ascending order of eigenpairs, in place: a stable merge sort of the indices, then every cycle of the
// permutation moves each column once.
// Range: any values but NaN; nothing is computed.

/** Bytes of workspace of `sortEigenpairs`. */
export function sortEigenpairsWorkspace(n: i32, rows: i32): usize {
  return (<usize>rows + <usize>n + 1) * 8;
}

/** Sorts d[0 … n) ascending together with the columns of z (rows×n, leading dimension ldz). */
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
  // Position t takes eigenpair order[t]; a position is done when it names itself.
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

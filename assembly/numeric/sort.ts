// Sorts numbers into ascending order in place: heapsort, n log n steps whatever the data.
// Range: any values but NaN; nothing is computed.

/** Sorts d (n), and z and l along with it unless they are 0. */
export function heapSort(n: i32, d: usize, z: usize, l: usize): void {
  for (let i = (n >> 1) - 1; i >= 0; --i) siftDown(i, n, d, z, l);
  for (let end = n - 1; end > 0; --end) {
    exchange(0, end, d, z, l);
    siftDown(0, end, d, z, l);
  }
}

/** Moves the element at `root` down a heap of `end` elements: larger children move up until it has its place. */
function siftDown(root: i32, end: i32, d: usize, z: usize, l: usize): void {
  const x = at(d, root);
  const xz = z != 0 ? at(z, root) : 0;
  const xl = l != 0 ? at(l, root) : 0;
  for (;;) {
    let child = 2 * root + 1;
    if (child >= end) break;
    if (child + 1 < end && at(d, child + 1) > at(d, child)) ++child;
    if (x >= at(d, child)) break;
    place(d, root, at(d, child));
    if (z != 0) place(z, root, at(z, child));
    if (l != 0) place(l, root, at(l, child));
    root = child;
  }
  place(d, root, x);
  if (z != 0) place(z, root, xz);
  if (l != 0) place(l, root, xl);
}

function exchange(i: i32, j: i32, d: usize, z: usize, l: usize): void {
  const oi = (<usize>i) << 3;
  const oj = (<usize>j) << 3;
  swap(d + oi, d + oj);
  if (z != 0) swap(z + oi, z + oj);
  if (l != 0) swap(l + oi, l + oj);
}

@inline
function swap(x: usize, y: usize): void {
  const value = load<f64>(x);
  store<f64>(x, load<f64>(y));
  store<f64>(y, value);
}

@inline
function at(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

@inline
function place(x: usize, i: i32, value: f64): void {
  store<f64>(x + ((<usize>i) << 3), value);
}

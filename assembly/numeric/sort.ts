// Sorts numbers into ascending order in place: heapsort, n log n steps whatever the data.
// Range: any values but NaN; nothing is computed.
import { get, set } from './elements';

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
  const x = get(d, root);
  const xz = z != 0 ? get(z, root) : 0;
  const xl = l != 0 ? get(l, root) : 0;
  for (;;) {
    let child = 2 * root + 1;
    if (child >= end) break;
    if (child + 1 < end && get(d, child + 1) > get(d, child)) ++child;
    if (x >= get(d, child)) break;
    set(d, root, get(d, child));
    if (z != 0) set(z, root, get(z, child));
    if (l != 0) set(l, root, get(l, child));
    root = child;
  }
  set(d, root, x);
  if (z != 0) set(z, root, xz);
  if (l != 0) set(l, root, xl);
}

function exchange(i: i32, j: i32, d: usize, z: usize, l: usize): void {
  const oi = (<usize>i) << 3;
  const oj = (<usize>j) << 3;
  swap(d + oi, d + oj);
  if (z != 0) swap(z + oi, z + oj);
  if (l != 0) swap(l + oi, l + oj);
}

@inline
export function swap(x: usize, y: usize): void {
  const value = load<f64>(x);
  store<f64>(x, load<f64>(y));
  store<f64>(y, value);
}

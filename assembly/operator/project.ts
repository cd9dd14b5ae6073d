// What a Krylov space of single vectors needs beside products with H: a step of the recurrence, and making one or two vectors orthogonal
// to all others. Limited by memory: every vector is read twice, for its overlaps and to be subtracted.
//     c = V^T W,   W ← W − V c,   V of `size` vectors, W of one or two, which follow one another.
// Every overlap is computed by one task, and every element of W gets its terms in the order of the vectors, so that bits do not
// depend on the number of threads. Range: as plain products and sums.
import { recordBytes } from '../job';
import { parallelFor } from '../kernel/team';
import { axpy, dot, scal } from '../kernel/vectors';
import { laneSum } from '../numeric/lanes';
import { OVERLAP_VECTORS, STRETCH } from './tuning';

@unmanaged
class Projection {
  length: i32;
  size: i32;
  count: i32;
  v: usize;
  w: usize;
  /** `size` numbers for each vector of W. */
  c: usize;
}

/** Bytes of workspace of `project`. */
export function projectWorkspace(): usize {
  return recordBytes<Projection>();
}

/** a = q·w, w ← w − a q; a and the new w·w go to `out`. */
export function lanczosStep(n: i32, q: usize, w: usize, out: usize): void {
  const a = dot(n, q, w);
  axpy(n, -a, q, w);
  store<f64>(out, a);
  store<f64>(out, dot(n, w, w), 8);
}

/** w ← w/length. */
export function lanczosUnit(n: i32, length: f64, w: usize): void {
  scal(n, 1 / length, w);
}

/** c = V^T W, W ← W − V c. `count`: 1 or 2 vectors of W. */
export function project(length: i32, size: i32, v: usize, count: i32, w: usize, c: usize, work: usize): void {
  const projection = changetype<Projection>(work);
  projection.length = length;
  projection.size = size;
  projection.count = count;
  projection.v = v;
  projection.w = w;
  projection.c = c;
  parallelFor((size + OVERLAP_VECTORS - 1) / OVERLAP_VECTORS, overlapsTask.index, work);
  parallelFor((length + STRETCH - 1) / STRETCH, subtractTask.index, work);
}

function overlapsTask(task: i32, args: usize): void {
  const projection = changetype<Projection>(args);
  const length = projection.length;
  const size = projection.size;
  const stride = (<usize>length) << 3;
  const first = task * OVERLAP_VECTORS;
  const last = min(first + OVERLAP_VECTORS, size);
  const v = projection.v + <usize>first * stride;
  const c = projection.c + ((<usize>first) << 3);
  if (last - first == OVERLAP_VECTORS && projection.count == 2) {
    fourOfTwo(length, v, projection.w, c, (<usize>size) << 3);
    return;
  }
  for (let j = 0; j < projection.count; ++j) {
    const own = projection.w + <usize>j * stride;
    for (let i = 0; i < last - first; ++i) {
      store<f64>(c + ((<usize>(i + j * size)) << 3), dot(length, v + <usize>i * stride, own));
    }
  }
}

/** The overlaps of four vectors with two; those with the second are stored `next` bytes behind those with the first. */
function fourOfTwo(length: i32, v: usize, w: usize, c: usize, next: usize): void {
  const stride = (<usize>length) << 3;
  const v1 = v + stride;
  const v2 = v1 + stride;
  const v3 = v2 + stride;
  const x = w + stride;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  const even = (<usize>(length & ~1)) << 3;
  for (let i: usize = 0; i < even; i += 16) {
    const p = v128.load(w + i);
    const q = v128.load(x + i);
    const e0 = v128.load(v + i);
    const e1 = v128.load(v1 + i);
    const e2 = v128.load(v2 + i);
    const e3 = v128.load(v3 + i);
    a0 = f64x2.add(a0, f64x2.mul(e0, p));
    a1 = f64x2.add(a1, f64x2.mul(e1, p));
    a2 = f64x2.add(a2, f64x2.mul(e2, p));
    a3 = f64x2.add(a3, f64x2.mul(e3, p));
    b0 = f64x2.add(b0, f64x2.mul(e0, q));
    b1 = f64x2.add(b1, f64x2.mul(e1, q));
    b2 = f64x2.add(b2, f64x2.mul(e2, q));
    b3 = f64x2.add(b3, f64x2.mul(e3, q));
  }
  const odd = even < stride;
  const p: f64 = odd ? load<f64>(w + even) : 0;
  const q: f64 = odd ? load<f64>(x + even) : 0;
  const e0: f64 = odd ? load<f64>(v + even) : 0;
  const e1: f64 = odd ? load<f64>(v1 + even) : 0;
  const e2: f64 = odd ? load<f64>(v2 + even) : 0;
  const e3: f64 = odd ? load<f64>(v3 + even) : 0;
  store<f64>(c, laneSum(a0) + e0 * p);
  store<f64>(c, laneSum(a1) + e1 * p, 8);
  store<f64>(c, laneSum(a2) + e2 * p, 16);
  store<f64>(c, laneSum(a3) + e3 * p, 24);
  store<f64>(c + next, laneSum(b0) + e0 * q);
  store<f64>(c + next, laneSum(b1) + e1 * q, 8);
  store<f64>(c + next, laneSum(b2) + e2 * q, 16);
  store<f64>(c + next, laneSum(b3) + e3 * q, 24);
}

function subtractTask(task: i32, args: usize): void {
  const projection = changetype<Projection>(args);
  const length = projection.length;
  const size = projection.size;
  const stride = (<usize>length) << 3;
  const first = task * STRETCH;
  const rows = min(STRETCH, length - first);
  const from = (<usize>first) << 3;
  const next = projection.count == 2 ? (<usize>size) << 3 : 0;
  let c = projection.c;
  let v = projection.v + from;
  const w = projection.w + from;
  let i = 0;
  for (; i + OVERLAP_VECTORS <= size; i += OVERLAP_VECTORS) {
    subtractFour(rows, v, stride, c, w);
    // The four vectors have just been read and come from a cache.
    if (next != 0) subtractFour(rows, v, stride, c + next, w + stride);
    v += <usize>OVERLAP_VECTORS * stride;
    c += 8 * OVERLAP_VECTORS;
  }
  for (; i < size; ++i) {
    axpy(rows, -load<f64>(c), v, w);
    if (next != 0) axpy(rows, -load<f64>(c + next), v, w + stride);
    v += stride;
    c += 8;
  }
}

/** w ← w − c0 v0 − … − c3 v3 in `rows` rows. */
@inline
function subtractFour(rows: i32, v: usize, stride: usize, c: usize, w: usize): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c, 8);
  const c2 = v128.load64_splat(c, 16);
  const c3 = v128.load64_splat(c, 24);
  const v1 = v + stride;
  const v2 = v1 + stride;
  const v3 = v2 + stride;
  const even = (<usize>(rows & ~1)) << 3;
  for (let i: usize = 0; i < even; i += 16) {
    const low = f64x2.add(f64x2.mul(c0, v128.load(v + i)), f64x2.mul(c1, v128.load(v1 + i)));
    const high = f64x2.add(f64x2.mul(c2, v128.load(v2 + i)), f64x2.mul(c3, v128.load(v3 + i)));
    v128.store(w + i, f64x2.sub(v128.load(w + i), f64x2.add(low, high)));
  }
  if (rows & 1) {
    const low = load<f64>(c) * load<f64>(v + even) + load<f64>(c, 8) * load<f64>(v1 + even);
    const high = load<f64>(c, 16) * load<f64>(v2 + even) + load<f64>(c, 24) * load<f64>(v3 + even);
    store<f64>(w + even, load<f64>(w + even) - (low + high));
  }
}

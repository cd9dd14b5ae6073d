// Z := Q Z for the Q of band.ts, Q = Π_j Π_i H_ij, from the reflectors that it keeps: the second back-transformation of
// C. H. Bischof, B. Lang and X. Sun, ACM Trans. Math. Softw. 26 (2000) 581, in the order of T. Auckenthaler et al.,
// Parallel Computing 37 (2011) 783.
// H_ij acts on rows j + 1 + i b and up, b of them, so that it commutes with all reflectors of later columns except
// H_{i,j+1}, H_{i−1,j+1}, …, which are applied before it. Columns are taken in groups, the last group first. In a group
// the first step of all columns is applied before the second step: the rows of one step, b and the number of columns,
// stay in the first-level cache. Sixteen vectors lie side by side in a slab, so that a row of them fills eight
// registers. 2 n² flops a vector, whatever the width.
// Range: reflectors of householder.ts, orthogonal to rounding; elements of Z up to 1e300.

import { fma } from '../../fma';
import { end, enter, finish, Job, portion, recordBytes, start } from '../../job';
import { parallelFor, teamSize } from '../../kernel/team';
import { OK } from '../../status';
import { CHASE_GROUP, REFLECTION_COST } from '../tuning';
import { reflectorAt } from './band';

/** Number of vectors in a slab. */
const VECTORS: i32 = 16;
/** Bytes of a row of a slab. */
const SLAB_ROW: usize = 128;

/** State of a back-transformation between two steps; `slabTask` reads it too. */
@unmanaged
class BandBackTransform extends Job {
  kept: usize;
  z: usize;
  slabs: usize;
  n: i32;
  b: i32;
  count: i32;
  /** The current vectors, `batch` of them from `column` on; columns from ≤ j < to of Q are applied to them. */
  column: i32;
  batch: i32;
  parts: i32;
  from: i32;
  to: i32;
}

/** Bytes of workspace: a slab for every thread. */
export function bandBackTransformWorkspace(n: i32): usize {
  return recordBytes<BandBackTransform>() + <usize>teamSize() * <usize>n * SLAB_ROW;
}

/** Multiplies the `count` columns of z (n rows, contiguous) by Q from the left; `kept` comes from `bandColumns`. */
export function bandBackTransform(n: i32, b: i32, count: i32, kept: usize, z: usize, work: usize): void {
  bandBackTransformStart(n, b, count, kept, z, work);
  finish(work);
}

/** Starts `bandBackTransform` as a job. */
export function bandBackTransformStart(n: i32, b: i32, count: i32, kept: usize, z: usize, work: usize): void {
  const whole = changetype<BandBackTransform>(work);
  whole.kept = kept;
  whole.z = z;
  whole.slabs = work + recordBytes<BandBackTransform>();
  whole.n = n;
  whole.b = b;
  whole.count = count;
  whole.column = 0;
  whole.batch = 0;
  start(whole, applySome.index);
  // A tridiagonal matrix needs no Q.
  if (n < 2 || b < 2 || count <= 0) end(whole, OK);
}

/** Step: some columns of Q to some vectors; the position counts columns. */
function applySome(work: usize, budget: f64): void {
  const whole = changetype<BandBackTransform>(work);
  const n = whole.n;
  const cost = REFLECTION_COST * <f64>VECTORS * <f64>n;
  if (whole.position == 0) {
    const left = (whole.count - whole.column + VECTORS - 1) / VECTORS;
    const slabs = portion(budget, 0.5 * cost * <f64>n, teamSize(), left);
    whole.batch = min(VECTORS * slabs, whole.count - whole.column);
  }
  const slabs = (whole.batch + VECTORS - 1) / VECTORS;
  whole.parts = min(teamSize(), slabs);
  const each = (slabs + whole.parts - 1) / whole.parts;
  const columns = portion(budget, cost * <f64>each, 1, n - 1 - whole.position);
  whole.to = n - 1 - whole.position;
  whole.from = whole.to - columns;
  parallelFor(whole.parts, slabTask.index, work);
  whole.position += columns;
  whole.progress =
    (<f64>whole.column + (<f64>whole.batch * <f64>whole.position) / <f64>(n - 1)) / <f64>whole.count;
  if (whole.position < n - 1) return;
  whole.column += whole.batch;
  if (whole.column < whole.count) enter(whole, applySome.index);
  else end(whole, OK);
}

/** Applies the columns of this step to part t of the current vectors. */
function slabTask(t: i32, args: usize): void {
  const whole = changetype<BandBackTransform>(args);
  const n = whole.n;
  const slabs = (whole.batch + VECTORS - 1) / VECTORS;
  const from = <i32>((<i64>slabs * t) / whole.parts) * VECTORS;
  const to = min(whole.batch, <i32>((<i64>slabs * (t + 1)) / whole.parts) * VECTORS);
  const slab = whole.slabs + <usize>t * <usize>n * SLAB_ROW;
  for (let k = from; k < to; k += VECTORS) {
    const z = whole.z + ((<usize>(whole.column + k) * <usize>n) << 3);
    const vectors = min(VECTORS, to - k);
    if (vectors < VECTORS) memory.fill(slab, 0, <usize>n * SLAB_ROW);
    interleave(n, vectors, z, slab);
    for (let last = whole.to; last > whole.from; last -= CHASE_GROUP) {
      applyGroup(whole, max(whole.from, last - CHASE_GROUP), last, slab);
    }
    separate(n, vectors, slab, z);
  }
}

/** Copies columns of Z to rows of a slab. */
function interleave(n: i32, vectors: i32, z: usize, slab: usize): void {
  for (let c = 0; c < vectors; ++c) {
    const column = z + ((<usize>c * <usize>n) << 3);
    const to = slab + ((<usize>c) << 3);
    for (let r: usize = 0; r < <usize>n; ++r) store<f64>(to + r * SLAB_ROW, load<f64>(column + (r << 3)));
  }
}

/** Copies them back. */
function separate(n: i32, vectors: i32, slab: usize, z: usize): void {
  for (let c = 0; c < vectors; ++c) {
    const column = z + ((<usize>c * <usize>n) << 3);
    const from = slab + ((<usize>c) << 3);
    for (let r: usize = 0; r < <usize>n; ++r) store<f64>(column + (r << 3), load<f64>(from + r * SLAB_ROW));
  }
}

/** Applies columns from ≤ j < to of Q, step by step. */
function applyGroup(whole: BandBackTransform, from: i32, to: i32, slab: usize): void {
  const n = whole.n;
  const b = whole.b;
  for (let i = 0, reach = n - 1; reach - from > 1; ++i, reach -= b) {
    for (let j = min(to, reach - 1) - 1; j >= from; --j) {
      const v = reflectorAt(i, j, n, b, whole.kept);
      applyReflector(min(b, reach - j), v, slab + <usize>(j + 1 + i * b) * SLAB_ROW);
    }
  }
}

/** H = I − tau v vᵀ on `rows` rows of a slab. */
function applyReflector(rows: i32, v: usize, p: usize): void {
  const tau = load<f64>(v);
  if (tau == 0) return;
  const end = v + ((<usize>rows) << 3);
  let s0 = v128.load(p);
  let s1 = v128.load(p, 16);
  let s2 = v128.load(p, 32);
  let s3 = v128.load(p, 48);
  let s4 = v128.load(p, 64);
  let s5 = v128.load(p, 80);
  let s6 = v128.load(p, 96);
  let s7 = v128.load(p, 112);
  for (let at = v + 8, q = p + SLAB_ROW; at < end; at += 8, q += SLAB_ROW) {
    const x = v128.load64_splat(at);
    s0 = fma(x, v128.load(q), s0);
    s1 = fma(x, v128.load(q, 16), s1);
    s2 = fma(x, v128.load(q, 32), s2);
    s3 = fma(x, v128.load(q, 48), s3);
    s4 = fma(x, v128.load(q, 64), s4);
    s5 = fma(x, v128.load(q, 80), s5);
    s6 = fma(x, v128.load(q, 96), s6);
    s7 = fma(x, v128.load(q, 112), s7);
  }
  const t = f64x2.splat(-tau);
  s0 = f64x2.mul(t, s0);
  s1 = f64x2.mul(t, s1);
  s2 = f64x2.mul(t, s2);
  s3 = f64x2.mul(t, s3);
  s4 = f64x2.mul(t, s4);
  s5 = f64x2.mul(t, s5);
  s6 = f64x2.mul(t, s6);
  s7 = f64x2.mul(t, s7);
  let x = f64x2.splat(1);
  for (let at = v, q = p; at < end; q += SLAB_ROW) {
    v128.store(q, fma(x, s0, v128.load(q)));
    v128.store(q, fma(x, s1, v128.load(q, 16)), 16);
    v128.store(q, fma(x, s2, v128.load(q, 32)), 32);
    v128.store(q, fma(x, s3, v128.load(q, 48)), 48);
    v128.store(q, fma(x, s4, v128.load(q, 64)), 64);
    v128.store(q, fma(x, s5, v128.load(q, 80)), 80);
    v128.store(q, fma(x, s6, v128.load(q, 96)), 96);
    v128.store(q, fma(x, s7, v128.load(q, 112)), 112);
    at += 8;
    if (at < end) x = v128.load64_splat(at);
  }
}

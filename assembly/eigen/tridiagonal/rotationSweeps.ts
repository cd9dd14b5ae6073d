// Z := Z G_1 G_2 … G_k, the plane rotations of many QL and QR sweeps applied to the columns of Z together.
// A sweep is a chain of rotations of adjacent columns, so that one column of each pair stays in registers and every
// rotation costs one load and one store a row. Slabs of 16 rows are copied to contiguous storage that stays in the L2
// cache while all sweeps pass over it: all sweeps of a batch together read and write Z once (F. G. Van Zee, R. A. van
// de Geijn and G. Quintana-Ortí, ACM Trans. Math. Softw. 40 (2014) 18).
// Range: rotations of rotation.ts, orthogonal to rounding; elements of Z up to 1e300.

import { recordBytes } from '../../job';
import { parallelFor, teamSize } from '../../kernel/team';
import { copy } from '../../kernel/vectors';
import { BATCH_SWEEPS } from '../tuning';

/** Rows of Z in a slab, of which a column then has two cache lines. */
const ROWS: i32 = 16;
/** Bytes of one column of a slab. */
const SLAB_COLUMN: usize = 128;

/** A sweep of `count` rotations that starts between columns `first` and `first + step`; step: +1 forward, −1 backward. */
@unmanaged
class Sweep {
  count: i32;
  first: i32;
  step: i32;
}

/** Rotations that a batch for n columns holds; one sweep has at most n − 1. */
export function sweepCapacity(n: i32): i32 {
  return BATCH_SWEEPS * n;
}

/** Bytes of the rotations, c and s side by side in the order of application. */
export function sweepRotationsBytes(n: i32): usize {
  return (<usize>sweepCapacity(n)) << 4;
}

/** Bytes of the records; there may be as many short sweeps as rotations. */
export function sweepRecordsBytes(n: i32): usize {
  return <usize>sweepCapacity(n) * offsetof<Sweep>();
}

/** Bytes of workspace of `applySweeps` for n columns: a slab for every thread. */
export function applySweepsWorkspace(n: i32): usize {
  return recordBytes<SweepBatch>() + <usize>teamSize() * <usize>n * SLAB_COLUMN;
}

@inline
function sweepAt(records: usize, index: i32): Sweep {
  return changetype<Sweep>(records + <usize>index * offsetof<Sweep>());
}

/** Records a sweep of `count` rotations that starts between columns `first` and `first + step`. */
export function recordSweep(records: usize, index: i32, count: i32, first: i32, step: i32): void {
  const sweep = sweepAt(records, index);
  sweep.count = count;
  sweep.first = first;
  sweep.step = step;
}

/** The arguments of `slabTask`. */
@unmanaged
class SweepBatch {
  z: usize;
  records: usize;
  rotations: usize;
  slabs: usize;
  rows: i32;
  n: i32;
  ldz: i32;
  sweeps: i32;
  parts: i32;
}

/**
 * Applies `sweeps` recorded sweeps to the columns of Z (rows × n, leading dimension ldz). A forward rotation
 * (c, s) of columns x = z_j, y = z_{j+1} gives z_j = c x + s y, z_{j+1} = c y − s x; a backward sweep runs from
 * the last pair down by the same formula. Rows are independent, so that the number of threads that they are
 * divided among changes no bit.
 */
export function applySweeps(
  rows: i32,
  n: i32,
  z: usize,
  ldz: i32,
  sweeps: i32,
  records: usize,
  rotations: usize,
  work: usize,
): void {
  const batch = changetype<SweepBatch>(work);
  batch.z = z;
  batch.records = records;
  batch.rotations = rotations;
  batch.slabs = work + recordBytes<SweepBatch>();
  batch.rows = rows;
  batch.n = n;
  batch.ldz = ldz;
  batch.sweeps = sweeps;
  batch.parts = teamSize();
  parallelFor(batch.parts, slabTask.index, work);
}

/** All sweeps on part t of the slabs. */
function slabTask(t: i32, args: usize): void {
  const batch = changetype<SweepBatch>(args);
  const n = batch.n;
  const slabs = (batch.rows + ROWS - 1) / ROWS;
  const from = <i32>((<i64>slabs * t) / batch.parts) * ROWS;
  const to = min(batch.rows, <i32>((<i64>slabs * (t + 1)) / batch.parts) * ROWS);
  const work = batch.slabs + <usize>t * <usize>n * SLAB_COLUMN;
  const column = (<usize>batch.ldz) << 3;
  for (let row = from; row < to; row += ROWS) {
    const rows = min(ROWS, to - row);
    const corner = batch.z + ((<usize>row) << 3);
    if (rows < ROWS) memory.fill(work, 0, <usize>n * SLAB_COLUMN);
    for (let j = 0; j < n; ++j) copy(rows, corner + <usize>j * column, work + <usize>j * SLAB_COLUMN);
    let g = batch.rotations;
    for (let k = 0; k < batch.sweeps; ++k) {
      const sweep = sweepAt(batch.records, k);
      const count = sweep.count;
      const first = work + <usize>sweep.first * SLAB_COLUMN;
      if (sweep.step > 0) forward(count, first, g);
      else backward(count, first, g);
      g += (<usize>count) << 4;
    }
    for (let j = 0; j < n; ++j) copy(rows, work + <usize>j * SLAB_COLUMN, corner + <usize>j * column);
  }
}

@inline
function turn(a: v128, x: v128, b: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(a, x), f64x2.mul(b, y));
}

/**
 * `count` rotations of a slab, of columns (p, p+1), (p+1, p+2), … forward, and of (p−1, p), (p−2, p−1), … backward: the running
 * column t is the one of each pair that the next pair shares. It stays in eight registers, which have to be variables of their own.
 */
@inline
function chase(forward: bool, count: i32, p: usize, g: usize): void {
  const step: usize = forward ? SLAB_COLUMN : -SLAB_COLUMN;
  let t0 = v128.load(p);
  let t1 = v128.load(p, 16);
  let t2 = v128.load(p, 32);
  let t3 = v128.load(p, 48);
  let t4 = v128.load(p, 64);
  let t5 = v128.load(p, 80);
  let t6 = v128.load(p, 96);
  let t7 = v128.load(p, 112);
  for (let k = 0; k < count; ++k) {
    const c = v128.load64_splat(g);
    const s = v128.load64_splat(g, 8);
    const a = forward ? s : f64x2.neg(s);
    const b = forward ? f64x2.neg(s) : s;
    const q = p + step;
    let x = v128.load(q);
    v128.store(p, turn(c, t0, a, x));
    t0 = turn(c, x, b, t0);
    x = v128.load(q, 16);
    v128.store(p, turn(c, t1, a, x), 16);
    t1 = turn(c, x, b, t1);
    x = v128.load(q, 32);
    v128.store(p, turn(c, t2, a, x), 32);
    t2 = turn(c, x, b, t2);
    x = v128.load(q, 48);
    v128.store(p, turn(c, t3, a, x), 48);
    t3 = turn(c, x, b, t3);
    x = v128.load(q, 64);
    v128.store(p, turn(c, t4, a, x), 64);
    t4 = turn(c, x, b, t4);
    x = v128.load(q, 80);
    v128.store(p, turn(c, t5, a, x), 80);
    t5 = turn(c, x, b, t5);
    x = v128.load(q, 96);
    v128.store(p, turn(c, t6, a, x), 96);
    t6 = turn(c, x, b, t6);
    x = v128.load(q, 112);
    v128.store(p, turn(c, t7, a, x), 112);
    t7 = turn(c, x, b, t7);
    p = q;
    g += 16;
  }
  v128.store(p, t0);
  v128.store(p, t1, 16);
  v128.store(p, t2, 32);
  v128.store(p, t3, 48);
  v128.store(p, t4, 64);
  v128.store(p, t5, 80);
  v128.store(p, t6, 96);
  v128.store(p, t7, 112);
}

function forward(count: i32, p: usize, g: usize): void {
  chase(true, count, p, g);
}

function backward(count: i32, p: usize, g: usize): void {
  chase(false, count, p, g);
}

// The sweeps of tridiagonalQr (qr.ts): implicitly shifted QL and QR with Wilkinson's shift, chased from the better-graded
// end of an unreduced block of T (LAPACK's dsteqr; G. H. Golub and C. F. Van Loan, Matrix Computations, 8.3). A sweep
// makes T := Gᵀ T G of the block; the rotations of G are kept, in the order in which they go to the columns of Z.
// Range: blocks whose largest element is between ½ and 1, to which qr.ts scales them, however small the others are: G is
// orthogonal to rounding, T is perturbed by some ulp of its norm and by off-diagonals below 1.5e-154, which are dropped.

import { Job, recordBytes } from '../../job';
import { EPS2, SAFE_MIN } from '../../numeric/constants';
import { rotation } from '../../numeric/rotation';
import { QR_ROTATION_COST } from '../tuning';
import { recordSweep, sweepCapacity, sweepRotationsBytes } from './rotationSweeps';

/** An iteration between two of its steps. */
@unmanaged
export class QrIteration extends Job {
  /** Result: sweeps made. */
  sweeps: i32;
  /** Sweeps and rotations that wait to be applied to Z. */
  count: i32;
  used: i32;
  /** Sweeps still allowed. */
  left: i32;
  /** c and s of the last rotation. */
  c: f64;
  s: f64;
  /** Scale of the block at work. */
  scale: f64;
  d: usize;
  e: usize;
  z: usize;
  n: i32;
  ldz: i32;
  nrows: i32;
  vectors: i32;
  allowed: i32;
  /** The block at work, whether QR (down) or QL, and the row where an eigenvalue settles next. */
  begin: i32;
  end: i32;
  down: i32;
  l: i32;
}

@inline
export function get(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3));
}

@inline
export function set(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x);
}

/** `negligible` inside a scaled block; what underflows when it is squared is negligible beside the norm. */
@inline
function small(d: usize, e: usize, i: i32): bool {
  const x = get(e, i);
  return x * x <= EPS2 * abs(get(d, i)) * abs(get(d, i + 1)) + SAFE_MIN;
}

/** Whether a sweep of the full length may not fit any more: then those that wait are applied first. */
export function isFull(iteration: QrIteration): bool {
  return iteration.vectors != 0 && iteration.used + iteration.n > sweepCapacity(iteration.n);
}

/** Address of the rotations that wait, and of the records of their sweeps. */
@inline
export function rotationsOf(work: usize): usize {
  return work + recordBytes<QrIteration>();
}

@inline
export function recordsOf(n: i32, work: usize): usize {
  return rotationsOf(work) + sweepRotationsBytes(n);
}

function note(iteration: QrIteration, work: usize, count: i32, first: i32, step: i32): void {
  recordSweep(recordsOf(iteration.n, work), iteration.count, count, first, step);
  ++iteration.count;
  iteration.used += count;
}

/** QL on rows l … end: eigenvalues settle at l. Returns whether the block is done; x.left < 0 when sweeps ran out. */
export function ql(iteration: QrIteration, work: usize, budget: f64): bool {
  const d = iteration.d;
  const e = iteration.e;
  const end = iteration.end;
  const vectors = iteration.vectors != 0;
  const cs = changetype<usize>(iteration) + offsetof<QrIteration>('c');
  let spent = 0.0;
  let l = iteration.l;
  while (l <= end) {
    let m = l;
    while (m < end && !small(d, e, m)) ++m;
    if (m < end) set(e, m, 0);
    const p0 = get(d, l);
    if (m == l) {
      ++l;
      continue;
    }
    iteration.l = l;
    if (spent > budget || isFull(iteration)) return false;
    spent += QR_ROTATION_COST * <f64>(m - l);
    if (--iteration.left < 0) return true;
    const el = get(e, l);
    let g = (get(d, l + 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = rotationsOf(work) + ((<usize>iteration.used) << 4);
    for (let i = m - 1; i >= l; --i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, cs);
      c = iteration.c;
      s = iteration.s;
      if (i != m - 1) set(e, i + 1, r);
      g = get(d, i + 1) - p;
      r = (get(d, i) - g) * s + 2 * c * b;
      p = s * r;
      set(d, i + 1, g + p);
      g = c * r - b;
      if (vectors) {
        store<f64>(at, c);
        store<f64>(at, -s, 8);
        at += 16;
      }
    }
    set(d, l, p0 - p);
    set(e, l, g);
    if (vectors) note(iteration, work, m - l, m, -1);
  }
  return true;
}

/** QR on rows begin … l: eigenvalues settle at l, the lower end. As `ql`. */
export function qr(iteration: QrIteration, work: usize, budget: f64): bool {
  const d = iteration.d;
  const e = iteration.e;
  const begin = iteration.begin;
  const vectors = iteration.vectors != 0;
  const cs = changetype<usize>(iteration) + offsetof<QrIteration>('c');
  let spent = 0.0;
  let l = iteration.l;
  while (l >= begin) {
    let m = l;
    while (m > begin && !small(d, e, m - 1)) --m;
    if (m > begin) set(e, m - 1, 0);
    const p0 = get(d, l);
    if (m == l) {
      --l;
      continue;
    }
    iteration.l = l;
    if (spent > budget || isFull(iteration)) return false;
    spent += QR_ROTATION_COST * <f64>(l - m);
    if (--iteration.left < 0) return true;
    const el = get(e, l - 1);
    let g = (get(d, l - 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = rotationsOf(work) + ((<usize>iteration.used) << 4);
    for (let i = m; i < l; ++i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, cs);
      c = iteration.c;
      s = iteration.s;
      if (i != m) set(e, i - 1, r);
      g = get(d, i) - p;
      r = (get(d, i + 1) - g) * s + 2 * c * b;
      p = s * r;
      set(d, i, g + p);
      g = c * r - b;
      if (vectors) {
        store<f64>(at, c);
        store<f64>(at, s, 8);
        at += 16;
      }
    }
    set(d, l, p0 - p);
    set(e, l - 1, g);
    if (vectors) note(iteration, work, l - m, m, 1);
  }
  return true;
}

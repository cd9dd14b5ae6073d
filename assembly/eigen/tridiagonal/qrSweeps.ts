// The sweeps of tridiagonalQr (qr.ts): implicitly shifted QL and QR with Wilkinson's shift, chased from the better-graded
// end of an unreduced block of T (LAPACK's dsteqr; G. H. Golub and C. F. Van Loan, Matrix Computations,
// 8.3). A sweep is T := Gᵀ T G on the block; the rotations of G are stored in the order in which they are
// applied to the columns of Z.
// Range: blocks whose largest element is between ½ and 1, to which qr.ts scales them, however small the others
// are: G is orthogonal to rounding, T is perturbed by some ulp of its norm and by off-diagonals below
// 1.5e-154, which are dropped.

import { recordBytes } from '../../job';
import { EPS2, SAFE_MIN } from '../../numeric/constants';
import { isPlain, rotation } from '../../numeric/rotation';
import { QR_ROTATION_COST } from '../tuning';
import { BlockIteration } from './blockIteration';
import { recordSweep, sweepCapacity, sweepRotationsBytes } from './rotationSweeps';

/** State of an iteration between two steps. */
@unmanaged
export class QrIteration extends BlockIteration {
  /** Number of sweeps and of rotations that are not yet applied to Z. */
  count: i32;
  used: i32;
  /** c and s of the last rotation. */
  c: f64;
  s: f64;
  z: usize;
  ldz: i32;
  nrows: i32;
  vectors: i32;
}

/** Whether a sweep of full length may not fit any more: the collected sweeps must be applied first. */
export function isFull(iteration: QrIteration): bool {
  return iteration.vectors != 0 && iteration.used + iteration.n > sweepCapacity(iteration.n);
}

/** Addresses of the collected rotations, and of the records of their sweeps. */
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

/**
 * QL (dir = 1) or QR (dir = −1) of the rows from l in direction dir to `last`: eigenvalues converge at l. Returns
 * whether the block is done; iteration.left < 0 when sweeps ran out.
 */
export function sweep(iteration: QrIteration, dir: i32, last: i32, work: usize, budget: f64): bool {
  const d = iteration.d;
  // Element i of this vector is the element of e between rows i and i + dir. Rows are offsets in bytes, because the
  // scan for a negligible element takes as long as the sweep itself.
  const e = iteration.e + ((<usize>min(dir, 0)) << 3);
  const stride = (<usize>dir) << 3;
  const end = (<usize>last) << 3;
  const vectors = iteration.vectors != 0;
  const cs = changetype<usize>(iteration) + offsetof<QrIteration>('c');
  const sign = -(<f64>dir);
  let spent = 0.0;
  let l = (<usize>iteration.l) << 3;
  while (l != end + stride) {
    let m = l;
    while (m != end && !small(d + m, stride, load<f64>(e + m))) m += stride;
    if (m != end) store<f64>(e + m, 0);
    const p0 = load<f64>(d + l);
    if (m == l) {
      l += stride;
      continue;
    }
    const row = <i32>l >> 3;
    const count = abs((<i32>m >> 3) - row);
    iteration.l = row;
    if (spent > budget || isFull(iteration)) return false;
    spent += QR_ROTATION_COST * <f64>count;
    if (--iteration.left < 0) return true;
    const el = load<f64>(e + l);
    let g = (load<f64>(d + l + stride) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = load<f64>(d + m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let kept = rotationsOf(work) + ((<usize>iteration.used) << 4);
    for (let at = m; at != l; ) {
      // `at` is the offset of row i, `next` that of row i − dir, the row in work.
      const next = at - stride;
      const ei = load<f64>(e + next);
      const f = s * ei;
      const b = c * ei;
      if (isPlain(g, f)) {
        r = sqrt(g * g + f * f);
        c = g / r;
        s = f / r;
      } else {
        r = rotation(g, f, cs);
        c = iteration.c;
        s = iteration.s;
      }
      if (at != m) store<f64>(e + at, r);
      g = load<f64>(d + at) - p;
      r = (load<f64>(d + next) - g) * s + 2 * c * b;
      p = s * r;
      store<f64>(d + at, g + p);
      g = c * r - b;
      if (vectors) {
        store<f64>(kept, c);
        store<f64>(kept, sign * s, 8);
        kept += 16;
      }
      at = next;
    }
    store<f64>(d + l, p0 - p);
    store<f64>(e + l, g);
    if (vectors) note(iteration, work, count, <i32>m >> 3, -dir);
  }
  return true;
}

/**
 * Whether the element x between the rows at p and p + stride is negligible in a scaled block; an element whose square
 * underflows is negligible beside the norm.
 */
@inline
function small(p: usize, stride: usize, x: f64): bool {
  return x * x <= EPS2 * abs(load<f64>(p)) * abs(load<f64>(p + stride)) + SAFE_MIN;
}

// λ_k(T) ∈ [x_k − δ, x_k + δ] by Sturm counts: ν(x) = the number of negative pivots of T − x = L D Lᵀ is the number of
// eigenvalues below x. QL and Pal–Walker–Kahan lose a few ulp of ‖T‖ over their sweeps; seven halvings of a narrow
// interval bring the error of every value to at most one. A value inside the final interval is left as it is, so that
// small eigenvalues of graded T keep their digits.
// Range: ‖T‖ between 1e-110 and 1e110: squares of off-diagonals that underflow, and pivots raised to 1e-290, are
// then far below an ulp of ‖T‖.

import { end, Job, portion, recordBytes, start } from '../../job';
import { ULP } from '../../numeric/constants';
import { OK } from '../../status';
import { STURM_COST } from '../tuning';

/** Half-width of the first interval in ulp of ‖T‖, a power of two; it is halved until it is half an ulp. */
const REACH_ULPS: f64 = 64;
const HALVINGS: i32 = 7;
/** Smaller pivots count as negative pivots of this size, so that e²/pivot does not overflow. */
const PIVOT_MIN: f64 = 1e-290;
/** Eigenvalues counted together: the loop is written out for four registers, which hide the latency of the division. Decides no bit. */
const GROUP: i32 = 8;

/** Bytes of workspace of `refineEigenvalues`. */
export function refineEigenvaluesWorkspace(n: i32): usize {
  return recordBytes<Refinement>() + ((<usize>n + 3 * GROUP) << 3) + 64;
}

/** State of a refinement between two steps. */
@unmanaged
class Refinement extends Job {
  delta: f64;
  d: usize;
  x: usize;
  n: i32;
}

/**
 * Starts to move each of the n ascending approximate eigenvalues x of T (diagonal d, off-diagonal e) towards the true
 * eigenvalue, by at most 64 ulp of ‖T‖, as a job.
 */
export function refineEigenvaluesStart(n: i32, d: usize, e: usize, x: usize, work: usize): void {
  const refinement = changetype<Refinement>(work);
  refinement.d = d;
  refinement.x = x;
  refinement.n = n;
  start(refinement, refineSome.index);
  if (n < 2) {
    end(refinement, OK);
    return;
  }
  const last = (<usize>(n - 1)) << 3;
  refinement.delta = REACH_ULPS * ULP * max(abs(load<f64>(x)), abs(load<f64>(x + last)));
  if (refinement.delta == 0) {
    end(refinement, OK);
    return;
  }
  const e2 = work + recordBytes<Refinement>() + 3 * (GROUP << 3);
  store<f64>(e2, 0);
  for (let i: usize = 0; i < last; i += 8) store<f64>(e2 + i, load<f64>(e + i) * load<f64>(e + i), 8);
}

/** Step: some groups of eigenvalues. */
function refineSome(work: usize, budget: f64): void {
  const refinement = changetype<Refinement>(work);
  const n = refinement.n;
  const d = refinement.d;
  const x = refinement.x;
  const delta = refinement.delta;
  const lo = work + recordBytes<Refinement>();
  const hi = lo + (GROUP << 3);
  const mid = hi + (GROUP << 3);
  const e2 = mid + (GROUP << 3);
  const groups = (n - refinement.position + GROUP - 1) / GROUP;
  const to = min(
    n,
    refinement.position + GROUP * portion(budget, STURM_COST * <f64>HALVINGS * <f64>n, 1, groups),
  );
  for (let k = refinement.position; k < to; k += GROUP) {
    for (let j = 0; j < GROUP; ++j) {
      const at = (<usize>j) << 3;
      const value = load<f64>(x + ((<usize>min(k + j, n - 1)) << 3));
      store<f64>(lo + at, value - delta);
      store<f64>(hi + at, value + delta);
    }
    for (let step = 0; step < HALVINGS; ++step) {
      for (let at: usize = 0; at < (<usize>GROUP) << 3; at += 8) {
        store<f64>(mid + at, 0.5 * load<f64>(lo + at) + 0.5 * load<f64>(hi + at));
      }
      halve(n, k, d, e2, lo, hi, mid);
    }
    for (let j = 0; j < min(GROUP, n - k); ++j) {
      const at = (<usize>j) << 3;
      const p = x + ((<usize>(k + j)) << 3);
      store<f64>(p, min(max(load<f64>(p), load<f64>(lo + at)), load<f64>(hi + at)));
    }
  }
  refinement.position = to;
  refinement.progress = <f64>to / <f64>n;
  if (to < n) return;
  const last = (<usize>(n - 1)) << 3;
  for (let i: usize = 8; i <= last; i += 8) store<f64>(x + i, max(load<f64>(x + i), load<f64>(x + i - 8)));
  end(refinement, OK);
}

/** The next pivot of T − x behind the pivot q, in a Sturm count; e2: the square of the element between them. */
@inline
export function sturmPivot(d: v128, x: v128, e2: v128, q: v128): v128 {
  const next = f64x2.sub(f64x2.sub(d, x), f64x2.div(e2, q));
  return v128.bitselect(f64x2.splat(-PIVOT_MIN), next, f64x2.lt(f64x2.abs(next), f64x2.splat(PIVOT_MIN)));
}

/** Counts at the eight midpoints and keeps the half that holds eigenvalue k + j. */
function halve(n: i32, k: i32, d: usize, e2: usize, lo: usize, hi: usize, mid: usize): void {
  const x0 = v128.load(mid);
  const x1 = v128.load(mid, 16);
  const x2 = v128.load(mid, 32);
  const x3 = v128.load(mid, 48);
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let q0 = one;
  let q1 = one;
  let q2 = one;
  let q3 = one;
  // A comparison that holds gives −1 as an integer: subtraction counts it.
  let c0 = i64x2.splat(0);
  let c1 = i64x2.splat(0);
  let c2 = i64x2.splat(0);
  let c3 = i64x2.splat(0);
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) {
    const di = v128.load64_splat(d + i);
    const ei = v128.load64_splat(e2 + i);
    q0 = sturmPivot(di, x0, ei, q0);
    q1 = sturmPivot(di, x1, ei, q1);
    q2 = sturmPivot(di, x2, ei, q2);
    q3 = sturmPivot(di, x3, ei, q3);
    c0 = i64x2.sub(c0, f64x2.lt(q0, zero));
    c1 = i64x2.sub(c1, f64x2.lt(q1, zero));
    c2 = i64x2.sub(c2, f64x2.lt(q2, zero));
    c3 = i64x2.sub(c3, f64x2.lt(q3, zero));
  }
  keep(k, <i32>i64x2.extract_lane(c0, 0), lo, hi, mid);
  keep(k + 1, <i32>i64x2.extract_lane(c0, 1), lo + 8, hi + 8, mid + 8);
  keep(k + 2, <i32>i64x2.extract_lane(c1, 0), lo + 16, hi + 16, mid + 16);
  keep(k + 3, <i32>i64x2.extract_lane(c1, 1), lo + 24, hi + 24, mid + 24);
  keep(k + 4, <i32>i64x2.extract_lane(c2, 0), lo + 32, hi + 32, mid + 32);
  keep(k + 5, <i32>i64x2.extract_lane(c2, 1), lo + 40, hi + 40, mid + 40);
  keep(k + 6, <i32>i64x2.extract_lane(c3, 0), lo + 48, hi + 48, mid + 48);
  keep(k + 7, <i32>i64x2.extract_lane(c3, 1), lo + 56, hi + 56, mid + 56);
}

@inline
function keep(k: i32, count: i32, lo: usize, hi: usize, mid: usize): void {
  store<f64>(count <= k ? lo : hi, load<f64>(mid));
}

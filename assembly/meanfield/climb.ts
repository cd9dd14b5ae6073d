// Walks along T from a point where F = Φ(T) − T has sign σ to the first root of F, never past one.
//
// Over [T, T + s] the slope of σF is at least m (slopeFloor for σ = +1, −slopeCeiling for σ = −1), so that σF > 0 on
// [T, T + min(s, σF/(−m))): every step stays inside this certified interval. The trial length s comes from a model of
// how m falls with s. Near a simple root the steps become Newton's, and between the walls of a nearly double root,
// where F ~ ε, they are of order √ε rather than ε.
import { Job } from '../job';
import { LOG2, ULP } from '../numeric/constants';
import { MORE, NOT_CONVERGED, OK } from '../status';
import { mapSum, slopeCeiling, slopeFloor } from './scalarMap';

/** Result of `advance`: the end of the interval was reached without a root. */
export const NO_ROOT: i32 = 3;

/** A walk, and the roots that it has found so far (roots.ts). */
@unmanaged
export class Walk extends Job {
  /** The map: its kind, its fits, its number of couplings, their address, and its weight. */
  kind: i32;
  fits: usize;
  n: i32;
  bare: usize;
  weight: f64;
  /** Position of the walk, F and its slope there, and the number of evaluations of F. */
  t: f64;
  f: f64;
  d: f64;
  evaluations: f64;
  /** Addresses of the n slopes f' at t, and of a second buffer for them. */
  slopes: usize;
  spare: usize;
  /** The sign of F at the walk's position, the end of the interval, and the cap on evaluations. */
  sigma: f64;
  limit: f64;
  maxEvaluations: f64;
  /** How the certified slope falls with the length of a step: half of the model's second derivative. */
  curvature: f64;
  /**
   * Rows for which `out` has room, 0 for the least root alone; rows written; whether the last one is a tangent root.
   */
  capacity: i32;
  count: i32;
  tangent: i32;
  out: usize;
  /** The root that the walk steps off, and the length of the next step off it. */
  root: f64;
  delta: f64;
}

/** F counts as zero at |F| ≤ 2⁻⁵¹ T, the rounding of Φ − T. */
export const NOISE: f64 = 2 * ULP;
/** Relative allowance for the rounding of f' in certified slopes. */
const MARGIN: f64 = 1e-12;

/** Evaluates F at t; the slopes go to the buffer `spare`, which then changes places with `slopes`. */
export function moveTo(walk: Walk, t: f64): void {
  const buffer = walk.spare;
  const sums = mapSum(walk.kind, walk.fits, walk.n, walk.bare, 0.5 * t, buffer);
  walk.t = t;
  walk.f = walk.weight * f64x2.extract_lane(sums, 0) - t;
  walk.d = 0.5 * walk.weight * f64x2.extract_lane(sums, 1) - 1;
  walk.evaluations += 1;
  walk.spare = walk.slopes;
  walk.slopes = buffer;
}

/**
 * Certified lower bound on the slope of σF between t0, whose slopes are in the spare buffer, and the walk's position.
 */
export function certifiedSlope(walk: Walk, sigma: f64, t0: f64): f64 {
  const a = walk.spare;
  const b = walk.slopes;
  const n = walk.n;
  if (sigma > 0) return 0.5 * walk.weight * slopeFloor(n, a, b) * (1 - MARGIN) - 1;
  const t1 = walk.t;
  const most = slopeCeiling(walk.kind, walk.fits, n, walk.bare, 0.5 * t0, 0.5 * t1, a, b);
  return 1 - 0.5 * walk.weight * most * (1 + MARGIN);
}

/**
 * One step from the walk's T, where σF > 0, towards the first root: returns MORE until the walk reaches it (OK) or
 * `limit` (NO_ROOT). `limit` is the ceiling of Φ: a climb with σ = +1 that reaches it has its root there, to rounding.
 */
export function advance(walk: Walk): i32 {
  const sigma = walk.sigma;
  const limit = walk.limit;
  const curvature = walk.curvature;
  const t = walk.t;
  const f = sigma * walk.f;
  const d = sigma * walk.d;
  if (f <= NOISE * t) return OK;
  if (t >= limit) return sigma > 0 ? OK : NO_ROOT;
  if (walk.evaluations >= walk.maxEvaluations) return NOT_CONVERGED;

  // root of f + d s − curvature s²
  let step: f64;
  if (curvature > 0) {
    const r = Math.sqrt(d * d + 4 * curvature * f);
    step = d < 0 ? (2 * f) / (r - d) : (d + r) / (2 * curvature);
  } else step = d < 0 ? f / -d : Math.max(f, t);
  let next = t + step;
  if (next >= limit) next = limit;
  step = next - t;
  if (step <= 0) return OK;
  moveTo(walk, next);
  const m = certifiedSlope(walk, sigma, t);
  walk.curvature = m < d ? (1.25 * (d - m)) / step : 0;
  if (m >= 0) return MORE;
  const safe = f / -m;
  if (safe >= step * (1 - 1e-12)) return MORE;
  // only [t, t + safe) is certified; the smaller step decides whether the walk has arrived
  const shorter = t + safe;
  if (shorter <= t * (1 + 0.5 * NOISE)) {
    // the root lies within rounding of t
    moveTo(walk, t);
    return OK;
  }
  moveTo(walk, shorter);
  return MORE;
}

/** Upper end of the range of Φ: weight n log 2. */
export function ceiling(n: i32, weight: f64): f64 {
  return weight * n * LOG2;
}

// Walks along T from a point where F = Φ(T) − T has sign σ to the first root of F, never past one.
//
// Over [T, T + s] the slope of σF is at least m (slopeFloor for σ = +1, −slopeCeiling for σ = −1), so σF > 0 on
// [T, T + min(s, σF/(−m))): the step taken is always inside this certified interval. The trial length s comes from
// a model of how m falls with s; near a simple root the steps become Newton's, and between the walls of a nearly
// double root, where F ~ ε, they are of order √ε rather than ε.
import { LOG2, ULP } from '../numeric/constants';
import { NOT_CONVERGED, OK } from '../status';
import { mapSum, slopeCeiling, slopeFloor } from './scalarMap';

/** advance stopped at the end of the interval, without a root. */
export const NO_ROOT: i32 = 3;

// The walk's state, consecutive doubles at `state`.
export const T: usize = 0;
export const F: usize = 8;
/** Slope of F. */
export const D: usize = 16;
export const EVALUATIONS: usize = 24;
/** Address of the n slopes f' at T (as i32), and of a second buffer. */
export const SLOPES: usize = 32;
export const SPARE: usize = 36;
export const STATE_BYTES: usize = 40;

/** F is taken to vanish at |F| ≤ 2⁻⁵¹ T, the rounding of Φ − T. */
export const NOISE: f64 = 2 * ULP;
/** Relative allowance for the rounding of f' in certified slopes. */
const MARGIN: f64 = 1e-12;

/** Evaluates F at t into the state; slopes go to the buffer SPARE, which changes places with SLOPES. */
export function moveTo(kind: i32, n: i32, bare: usize, weight: f64, state: usize, t: f64): void {
  const buffer = load<u32>(state, SPARE);
  const sums = mapSum(kind, n, bare, 0.5 * t, <usize>buffer);
  store<f64>(state, t, T);
  store<f64>(state, weight * f64x2.extract_lane(sums, 0) - t, F);
  store<f64>(state, 0.5 * weight * f64x2.extract_lane(sums, 1) - 1, D);
  store<f64>(state, load<f64>(state, EVALUATIONS) + 1, EVALUATIONS);
  store<u32>(state, load<u32>(state, SLOPES), SPARE);
  store<u32>(state, buffer, SLOPES);
}

/** Certified lower bound on the slope of σF between the point of the spare buffer (t0) and that of the state. */
export function certifiedSlope(
  kind: i32,
  n: i32,
  bare: usize,
  weight: f64,
  state: usize,
  sigma: f64,
  t0: f64,
): f64 {
  const a = <usize>load<u32>(state, SPARE);
  const b = <usize>load<u32>(state, SLOPES);
  if (sigma > 0) return 0.5 * weight * slopeFloor(n, a, b) * (1 - MARGIN) - 1;
  const t1 = load<f64>(state, T);
  return 1 - 0.5 * weight * slopeCeiling(kind, n, bare, 0.5 * t0, 0.5 * t1, a, b) * (1 + MARGIN);
}

/**
 * Climbs from the state's T, where σF > 0, to the first root (OK) or to `limit` (NO_ROOT).
 * `limit` is the ceiling of Φ: a climb with σ = + that gets there has its root there, to rounding.
 */
export function advance(
  kind: i32,
  n: i32,
  bare: usize,
  weight: f64,
  state: usize,
  sigma: f64,
  limit: f64,
  maxEvaluations: f64,
): i32 {
  let curvature = 0.0;
  while (true) {
    const t = load<f64>(state, T);
    const f = sigma * load<f64>(state, F);
    const d = sigma * load<f64>(state, D);
    if (f <= NOISE * t) return OK;
    if (t >= limit) return sigma > 0 ? OK : NO_ROOT;
    if (load<f64>(state, EVALUATIONS) >= maxEvaluations) return NOT_CONVERGED;

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
    moveTo(kind, n, bare, weight, state, next);
    const m = certifiedSlope(kind, n, bare, weight, state, sigma, t);
    curvature = m < d ? (1.25 * (d - m)) / step : 0;
    if (m >= 0) continue;
    const safe = f / -m;
    if (safe >= step * (1 - 1e-12)) continue;
    // only [t, t + safe) is certified; the smaller step decides whether the walk has arrived
    const shorter = t + safe;
    if (shorter <= t * (1 + 0.5 * NOISE)) {
      // the root lies within rounding of t
      moveTo(kind, n, bare, weight, state, t);
      return OK;
    }
    moveTo(kind, n, bare, weight, state, shorter);
  }
}

/** Upper end of the range of Φ: weight n log 2. */
export function ceiling(n: i32, weight: f64): f64 {
  return weight * n * LOG2;
}

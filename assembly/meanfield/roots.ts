// Roots of F(T) = Φ(T) − T on [0, weight n log 2] by the certified walk of climb.ts: the least one, or all.
import { NOT_CONVERGED, OK } from '../status';
import {
  advance,
  ceiling,
  certifiedSlope,
  D,
  EVALUATIONS,
  F,
  moveTo,
  NO_ROOT,
  NOISE,
  SLOPES,
  SPARE,
  STATE_BYTES,
  T,
} from './climb';

/** Bytes of workspace of leastRoot and allRoots. */
export function rootsWorkspace(n: i32): usize {
  return 64 + (((<usize>n) << 3) << 1);
}

function start(kind: i32, n: i32, bare: usize, weight: f64, work: usize): void {
  memory.fill(work, 0, STATE_BYTES);
  store<u32>(work, <u32>(work + 64), SLOPES);
  store<u32>(work, <u32>(work + 64 + ((<usize>n) << 3)), SPARE);
  moveTo(kind, n, bare, weight, work, 0);
}

/** The walk's T moved onto the root by one last Newton step. */
function polished(state: usize): f64 {
  const t = load<f64>(state, T);
  const f = load<f64>(state, F);
  const d = load<f64>(state, D);
  const better = t - f / d;
  return Math.abs(f / d) <= 1e-6 * t ? better : t;
}

/**
 * The least root T ≥ 0: out = { T, dΦ/dT, evaluations }.
 * Every point below it is certified to have Φ(T) > T.
 */
export function leastRoot(
  kind: i32,
  n: i32,
  bare: usize,
  weight: f64,
  maxEvaluations: f64,
  out: usize,
  work: usize,
): i32 {
  start(kind, n, bare, weight, work);
  const status = advance(kind, n, bare, weight, work, 1, ceiling(n, weight), maxEvaluations);
  store<f64>(out, polished(work));
  store<f64>(out, load<f64>(work, D) + 1, 8);
  store<f64>(out, load<f64>(work, EVALUATIONS), 16);
  return status;
}

/**
 * Steps off a root to a point where F has a definite sign, which is returned (0: the end of the interval).
 * The interval between is certified to be free of other roots, unless `tangent` is set: there F stays within
 * rounding of 0 or its slope changes sign within 10⁻⁸ of T, and roots closer than that are reported as one.
 */
function leave(kind: i32, n: i32, bare: usize, weight: f64, state: usize, limit: f64, tangent: usize): f64 {
  const t = load<f64>(state, T);
  store<i32>(tangent, 0);
  if (t >= limit * (1 - 4 * NOISE)) return 0;
  for (let delta = 0.015625 * t; delta > 1e-8 * t; delta *= 0.25) {
    moveTo(kind, n, bare, weight, state, t);
    const next = Math.min(limit, t + delta);
    moveTo(kind, n, bare, weight, state, next);
    if (certifiedSlope(kind, n, bare, weight, state, 1, t) > 0) return 1;
    if (certifiedSlope(kind, n, bare, weight, state, -1, t) > 0) return -1;
  }
  store<i32>(tangent, 1);
  let delta = 1e-8 * t;
  while (true) {
    const next = Math.min(limit, t + delta);
    moveTo(kind, n, bare, weight, state, next);
    const f = load<f64>(state, F);
    if (f > 16 * NOISE * next) return 1;
    if (f < -16 * NOISE * next) return -1;
    if (next >= limit) return 0;
    delta *= 2;
  }
}

/**
 * All roots, ascending: row i of out = { T, dΦ/dT, tangent (0 or 1) }; out[3 capacity] and the double after it
 * receive the number of roots and of evaluations. NOT_CONVERGED: the evaluations or the capacity ran out.
 */
export function allRoots(
  kind: i32,
  n: i32,
  bare: usize,
  weight: f64,
  maxEvaluations: f64,
  capacity: i32,
  out: usize,
  work: usize,
): i32 {
  const limit = ceiling(n, weight);
  const tangent = work + 48;
  const totals = out + ((<usize>(3 * capacity)) << 3);
  start(kind, n, bare, weight, work);
  let sigma = 1.0;
  let count = 0;
  let status = OK;
  while (count < capacity) {
    status = advance(kind, n, bare, weight, work, sigma, limit, maxEvaluations);
    if (status != OK) break;
    const row = out + ((<usize>(3 * count)) << 3);
    store<f64>(row, polished(work));
    store<f64>(row, load<f64>(work, D) + 1, 8);
    store<f64>(row, 0, 16);
    ++count;
    if (load<f64>(work, T) == 0) break;
    sigma = leave(kind, n, bare, weight, work, limit, tangent);
    store<f64>(row, load<i32>(tangent), 16);
    if (sigma == 0) break;
  }
  store<f64>(totals, count);
  store<f64>(totals, load<f64>(work, EVALUATIONS), 8);
  if (status == NO_ROOT) status = OK;
  return count == capacity ? NOT_CONVERGED : status;
}

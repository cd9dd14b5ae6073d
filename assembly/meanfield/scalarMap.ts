// The scalar map T → Φ(T) = weight Σ_n f(b_n + T/2) and F = Φ − T, where f is ψ (every spin feels all the others,
// [CC22] (11)) or η (every spin feels all spins, (21)); b_n = log g_{n,0}.
// f is increasing; f' rises to a single peak and falls again, so that on an interval of its argument f' is at least the
// smaller of its end values, and at most the larger one, or the peak value if the peak lies inside. `fits`: fits.ts.

import { LOG2 } from '../numeric/constants';
import { FIT_FIRST, FIT_LAST, FIT_SWITCH, fitInterval, fitPair } from './fit';
import { etaB, etaPeak, etaPeakSlope, psiPeak, psiPeakSlope, psiTable } from './fits';
import { etaPair } from './response';

export const MAP_PSI: i32 = 0;
export const MAP_ETA: i32 = 1;

/** ψ(y) in lane 0, dψ/dy in lane 1: ψ(y) = η(u) where u + η(u)/2 = y, u = log g. `table`: psiTable of the fits. */
export function psiPair(table: usize, fits: usize, y: f64): v128 {
  if (y >= FIT_FIRST && y < FIT_LAST) {
    const i = fitInterval(y);
    const p = fitPair(table, i, y);
    const q = f64x2.extract_lane(p, 0);
    return f64x2.replace_lane(p, 0, select<f64>(q, LOG2 - q, i < FIT_SWITCH));
  }
  if (y >= FIT_LAST) return f64x2(LOG2, 0);
  if (y < -746) return f64x2.splat(0);
  const g = Math.exp(y);
  const psi = g * (etaB(fits) - 8 * y);
  return f64x2(psi, psi - 8 * g);
}

/** Σ f in lane 0, Σ f' in lane 1, at b_n + half; each f' goes to slopes. Knuth's two-sum compensates the rounding. */
export function mapSum(kind: i32, fits: usize, n: i32, bare: usize, half: f64, slopes: usize): v128 {
  const table = psiTable(fits);
  let sum = f64x2.splat(0);
  let rest = f64x2.splat(0);
  const end = bare + ((<usize>n) << 3);
  for (; bare < end; bare += 8, slopes += 8) {
    const x = load<f64>(bare) + half;
    const p = kind == MAP_PSI ? psiPair(table, fits, x) : etaPair(fits, x);
    store<f64>(slopes, f64x2.extract_lane(p, 1));
    const next = f64x2.add(sum, p);
    const part = f64x2.sub(next, sum);
    rest = f64x2.add(rest, f64x2.add(f64x2.sub(sum, f64x2.sub(next, part)), f64x2.sub(p, part)));
    sum = next;
  }
  return f64x2.add(sum, rest);
}

/**
 * Φ(T) and dΦ/dT = ½ Σ f' of the couplings b at `count` points t, to phi and slope; either of these may be t itself.
 * slopes: n doubles of workspace.
 */
export function mapVector(
  kind: i32,
  fits: usize,
  n: i32,
  bare: usize,
  count: i32,
  t: usize,
  phi: usize,
  slope: usize,
  slopes: usize,
): void {
  for (let k = 0; k < count; ++k, t += 8, phi += 8, slope += 8) {
    const sums = mapSum(kind, fits, n, bare, 0.5 * load<f64>(t), slopes);
    store<f64>(phi, f64x2.extract_lane(sums, 0));
    store<f64>(slope, 0.5 * f64x2.extract_lane(sums, 1));
  }
}

/** Σ of lower bounds on f' between half a and half b, from the slopes at both ends. */
export function slopeFloor(n: i32, slopesA: usize, slopesB: usize): f64 {
  let sum = 0.0;
  for (let i = 0; i < n; ++i) {
    sum += Math.min(load<f64>(slopesA + (i << 3)), load<f64>(slopesB + (i << 3)));
  }
  return sum;
}

/** Σ of upper bounds on f' between half a and half b (a ≤ b). */
export function slopeCeiling(
  kind: i32,
  fits: usize,
  n: i32,
  bare: usize,
  a: f64,
  b: f64,
  slopesA: usize,
  slopesB: usize,
): f64 {
  const peak = kind == MAP_PSI ? psiPeak(fits) : etaPeak(fits);
  const top = kind == MAP_PSI ? psiPeakSlope(fits) : etaPeakSlope(fits);
  let sum = 0.0;
  for (let i = 0; i < n; ++i) {
    const x = load<f64>(bare + (i << 3));
    const inside = x + a < peak && x + b > peak;
    sum += inside ? top : Math.max(load<f64>(slopesA + (i << 3)), load<f64>(slopesB + (i << 3)));
  }
  return sum;
}

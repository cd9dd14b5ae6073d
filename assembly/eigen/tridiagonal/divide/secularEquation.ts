// Roots of the secular equation of D + ρ z zᵀ with d[0] < … < d[k−1] and ρ > 0,
//
//     f(λ) = 1/ρ + Σ_i z_i² / (d_i − λ) = 0,        d_j < λ_j < d_{j+1},  λ_{k−1} < d_{k−1} + ρ‖z‖².
//
// f increases from −∞ to +∞ between its poles. λ_j is kept as τ_j = λ_j − d_o, where o is the nearer of the two poles
// around it, so that every difference d_i − λ_j = (d_i − d_o) − τ_j is accurate to working precision, as the
// eigenvectors require (M. Gu and S. C. Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995) 172).
//
// Each step replaces the poles that are not adjacent to the root by r + s/(d_{j−1} − λ) + S/(d_{j+2} − λ)
// that matches their sum and its first two derivatives, as W. B. Gragg's zero finder does (C. F. Borges and
// W. B. Gragg, 1993), while the two adjacent poles keep their exact weights, as in the fixed weight method
// (R.-C. Li, LAPACK Working Note 89, 1993). s and S are never negative, so the model also rises from −∞ to
// +∞ between the two poles, and the steps converge with order three. Its root costs no pass over the poles.
// A bracket that always holds the root guards the steps; bisection on a logarithmic scale takes over when
// they fail.
// Range: the poles and weights that deflation.ts keeps: |d| + ρ of order 1, gaps and ρ |z_i| above 4 eps, so that
// squared weights are above 1e-32 and τ above 1e-50. Every τ_j then has a relative error of some ulp, or its
// residual is that of rounding.

import { EPS } from '../../../numeric/constants';
import { laneSum } from '../../../numeric/lanes';

/** A residual below this share of Σ |terms of f| is mostly rounding: the next step is the last one. */
const NOISE: f64 = 16 * EPS;
/** A relative step as small as this is the last one: with order three the next step would be below 1e-15. */
const LAST_STEP: f64 = 4e-6;
/** Passes over the poles after which every second step bisects. */
const PATIENCE: i32 = 12;
/** Steps of the scalar iteration for the root of the model. */
const INNER_CAP: i32 = 16;
/** Passes over the poles after which a root counts as not found. */
const MOST_PASSES: i32 = 200;

/** Σ w_i/δ_i² and Σ w_i/δ_i³ of a pass over the poles. */
@unmanaged
export class PoleSums {
  slope: f64;
  bend: f64;
}

/**
 * Roots lo ≤ j < hi of the secular equation with poles d, squared weights w (k each) and ρ.
 * Writes the pole each root is measured from, origin[j], and its distance tau[j]: λ_j = origin[j] + tau[j].
 * A root does not depend on lo and hi. `work`: a PoleSums.
 * Returns the number of passes over the poles, or −1 when a root was not found.
 */
export function secularRoots(
  lo: i32,
  hi: i32,
  k: i32,
  d: usize,
  w: usize,
  rho: f64,
  origin: usize,
  tau: usize,
  work: usize,
): i32 {
  let sum = 0.0;
  for (let i = 0; i < k; ++i) sum += load<f64>(w + ((<usize>i) << 3));
  const range = load<f64>(d + ((<usize>(k - 1)) << 3)) - load<f64>(d) + rho * sum;
  let passes = 0;
  for (let j = lo; j < hi; ++j) {
    const p = secularRoot(j, k, d, w, 1 / rho, rho * sum, range, origin, tau, changetype<PoleSums>(work));
    if (p < 0) return -1;
    passes += p;
  }
  return passes;
}

/**
 * One root; returns the number of its passes over the poles, or −1. The coordinate y ≥ 0 starts at the nearer
 * pole and runs towards the other adjacent pole, at `gap`; the pole behind the start lies at −behind, the pole
 * after `gap` at `ahead` > gap.
 */
function secularRoot(
  j: i32,
  k: i32,
  d: usize,
  w: usize,
  rhoInverse: f64,
  total: f64,
  range: f64,
  origin: usize,
  tau: usize,
  sums: PoleSums,
): i32 {
  const at = (<usize>j) << 3;
  const last = j == k - 1;
  const left = load<f64>(d + at);
  // Above the last pole there is none, so one of weight 0 is put at twice the upper bound of the root.
  const gap = last ? 2 * total : load<f64>(d + at, 8) - left;
  let base = left;
  let near = load<f64>(w + at);
  let far = last ? 0 : load<f64>(w + at, 8);
  let behind = j > 0 ? left - load<f64>(d + at - 8) : range;
  let ahead = j + 2 < k ? load<f64>(d + at, 16) - left : gap + range;
  let sign = 1.0;
  let low = 0.0;
  let high = 0.5 * gap;
  let y = high;
  let passes = 0;
  while (true) {
    if (++passes > MOST_PASSES) return -1;
    sums.slope = 0;
    sums.bend = 0;
    const sumLeft = poleSums(0, j, d, w, base, sign * y, sums);
    const sumRight = poleSums(j + 2, k, d, w, base, sign * y, sums);
    let sum = rhoInverse + (sumLeft + sumRight);
    if (passes == 1 && !last && sum - near / y + far / (gap - y) < 0) {
      // The root lies beyond the middle: measure it from the right pole.
      sign = -1;
      base = load<f64>(d + at, 8);
      const weight = near;
      near = far;
      far = weight;
      const distance = behind;
      behind = ahead - gap;
      ahead = gap + distance;
    }
    sum *= sign;
    const f = sum - near / y + far / (gap - y);
    const size = rhoInverse + (sumRight - sumLeft) + near / y + far / (gap - y);
    if (f < 0) {
      low = y;
    } else {
      high = y;
      // near/y = sum(y) + far/(gap − y) at the root, and the right side increases with y.
      low = Math.max(low, (0.5 * near) / (sum + far / (gap - y)));
    }
    let next = modelRoot(y, near, far, gap, behind, ahead, sum, sums.slope, sign * sums.bend);
    if (Math.abs(f) <= NOISE * size || Math.abs(next - y) <= LAST_STEP * y) {
      if (next > low && next < high) y = next;
      break;
    }
    if (high - low <= 2 * EPS * high) {
      y = high;
      break;
    }
    if (!(next > low && next < high) || (passes > PATIENCE && (passes & 1) != 0)) {
      next = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 16;
    }
    y = next;
  }
  store<f64>(origin + at, base);
  store<f64>(tau + at, sign * y);
  return passes;
}

/**
 * Σ w_i/δ_i over lo ≤ i < hi with δ_i = (d_i − base) − t; also adds to the two `sums`. The divisions take the time; all
 * other operations run beside them.
 */
function poleSums(lo: i32, hi: i32, d: usize, w: usize, base: f64, t: f64, sums: PoleSums): f64 {
  const basev = f64x2.splat(base);
  const tv = f64x2.splat(t);
  const one = f64x2.splat(1);
  let pv = f64x2.splat(0);
  let qv = f64x2.splat(0);
  let gv = f64x2.splat(0);
  let i = lo;
  for (; i + 4 <= hi; i += 4) {
    const at = (<usize>i) << 3;
    const a = f64x2.sub(f64x2.sub(v128.load(d + at), basev), tv);
    const b = f64x2.sub(f64x2.sub(v128.load(d + at, 16), basev), tv);
    const ra = f64x2.div(one, a);
    const rb = f64x2.div(one, b);
    const pa = f64x2.mul(v128.load(w + at), ra);
    const pb = f64x2.mul(v128.load(w + at, 16), rb);
    const qa = f64x2.mul(pa, ra);
    const qb = f64x2.mul(pb, rb);
    pv = f64x2.add(pv, f64x2.add(pa, pb));
    qv = f64x2.add(qv, f64x2.add(qa, qb));
    gv = f64x2.add(gv, f64x2.add(f64x2.mul(qa, ra), f64x2.mul(qb, rb)));
  }
  let p = laneSum(pv);
  let q = laneSum(qv);
  let g = laneSum(gv);
  for (; i < hi; ++i) {
    const at = (<usize>i) << 3;
    const r = 1 / (load<f64>(d + at) - base - t);
    const wr = load<f64>(w + at) * r;
    p += wr;
    q += wr * r;
    g += wr * r * r;
  }
  sums.slope += q;
  sums.bend += g;
  return p;
}

/**
 * Root in (0, gap) of
 *     R(x) − near/x + far/(gap − x) = 0,   R(x) = r − s/(behind + x) + S/(ahead − x),
 * where r, s, S give R the value `sum` and the derivatives `slope` and 2·`bend` at x = y. When several poles
 * crowd behind, S can be large and nearly cancelled by r, so R(x) is formed as R(y) + (R(x) − R(y)).
 * Every inner step is one of the middle way: the terms that fall to −∞ on the left and those that rise to +∞ on
 * the right each become one pole, at 0 and at gap, with the same value and slope at x (weights `left`, `right`
 * and a constant c), and the step η solves c + left/(−x − η) + right/(gap − x − η) = 0. The discriminant of
 * this quadratic, (c gap − left + right)² + 4 left right, is a sum of positive terms.
 */
function modelRoot(
  y: f64,
  near: f64,
  far: f64,
  gap: f64,
  behind: f64,
  ahead: f64,
  sum: f64,
  slope: f64,
  bend: f64,
): f64 {
  const u = 1 / (behind + y);
  const v = 1 / (ahead - y);
  const s = Math.max(0, (slope * v - bend) / (u * u * (u + v)));
  const S = Math.max(0, (bend + slope * u) / (v * v * (u + v)));
  let x = y;
  for (let step = 0; step < INNER_CAP; ++step) {
    const ib = 1 / (behind + x);
    const ia = 1 / (ahead - x);
    const toFar = gap - x;
    const R = sum + (x - y) * (s * u * ib + S * v * ia);
    const f = R - near / x + far / toFar;
    const rise = s * ib * ib + S * ia * ia + near / (x * x) + far / (toFar * toFar);
    const c = R + s * x * ib * ib - S * toFar * ia * ia;
    const left = near + s * (x * ib) * (x * ib);
    const right = far + S * (toFar * ia) * (toFar * ia);
    const split = c * gap - left + right;
    const root = Math.sqrt(split * split + 4 * left * right);
    const a = (toFar - x) * f + x * toFar * rise;
    const eta = a > 0 ? (-2 * x * toFar * f) / (a + root) : (a - root) / (2 * c);
    const next = x + eta;
    if (!(next > 0 && next < gap)) return next;
    x = next;
    // The remaining error is of order η²/x; the error of the model itself is of order |x − y|³/x².
    const moved = Math.abs(x - y);
    if (eta * eta * x <= 0.01 * moved * moved * moved + 1e-18 * x * x * x) break;
  }
  return x;
}

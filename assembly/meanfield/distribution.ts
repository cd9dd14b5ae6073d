// Distribution function of x: with w0 = 1/x and y0 = κ w0²,
//   P(X > x) = ∫_0^{w0} ρ(w) dw       by tanh–sinh quadrature (ρ has a w² log w term at 0),
//   P(X ≤ x) = ∫_{w0}^∞ ρ(w) dw       by the same rule for e^{−s} decay, s = exp(t − e^{−t}) (Takahasi & Mori 1974),
//     with s = 2 (y − y0) and the factor e^{−2 y0} in front, so that the lower tail keeps its relative accuracy.
// The smaller of the two is integrated; the other is its complement. Both sums have positive terms.
// Range: every x ≥ 0, g > 0 and S in [0, log 2]; probabilities below 2^-1022 come out as 0, densities of S are right
// to the last subnormal number.

import { HALF_PI, LOG2, LOG2_LO } from '../numeric/constants';
import { powerOfTwo } from '../numeric/scaling';
import { ABOVE, BELOW, DENSITY, put } from './columns';
import { densityBody, inverseDensity, kappa, kappaOverSquareError, resonanceDensity } from './density';
import { binaryEntropy, entropyDeficit } from './mixing';

const STEP: f64 = 0.0625;
/** Values of 1/x above this w0 are in the lower tail: the median of x is near 4.3. */
const MEDIAN_W: f64 = 0.235;

/** P(X > x) where it is the smaller of the two. */
function upperTail(statistics: i32, w0: f64): f64 {
  let sum = 0.0;
  // w = w0 / (1 + e^{−π sinh t})
  for (let k = -58; k <= 58; ++k) {
    const t = <f64>k * STEP;
    const e = Math.exp(t);
    const s = HALF_PI * (e - 1 / e);
    const p = 1 / (1 + Math.exp(-s));
    const q = 1 / (1 + Math.exp(s));
    const rho = w0 * p > 0 ? inverseDensity(statistics, w0 * p) : 2;
    sum += rho * p * q * HALF_PI * (e + 1 / e);
  }
  return w0 * sum * STEP;
}

/** P(X ≤ x) where it is the smaller of the two: (1/(4√κ)) e^{−2y0} ∫ e^{−s} body(y)/√y ds, y = y0 + s/2. */
function lowerTail(statistics: i32, x: f64): f64 {
  if (x < 0.05) return 0;
  const y0 = kappa(statistics) / (x * x);
  let sum = 0.0;
  for (let k = -64; k <= 72; ++k) {
    const t = <f64>k * STEP;
    const e = Math.exp(-t);
    const s = Math.exp(t - e);
    const y = y0 + 0.5 * s;
    sum += ((Math.exp(-s) * densityBody(statistics, y)) / Math.sqrt(y)) * s * (1 + e);
  }
  const front = Math.exp(-2 * y0) * (1 - 2 * kappaOverSquareError(statistics, x, y0));
  return (front * sum * STEP) / (4 * Math.sqrt(kappa(statistics)));
}

/** p̃(x), P(X ≤ x), P(X > x) for x ≥ 0: the columns of columns.ts at `out`. */
export function distributionVector(statistics: i32, n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; ++i, x += 8, out += 8) {
    const v = load<f64>(x);
    let below: f64;
    let above: f64;
    if (v * MEDIAN_W < 1) {
      below = lowerTail(statistics, v);
      above = 1 - below;
    } else {
      above = upperTail(statistics, 1 / v);
      below = 1 - above;
    }
    put(out, n, DENSITY, resonanceDensity(statistics, v));
    put(out, n, BELOW, below);
    put(out, n, ABOVE, above);
  }
}

/**
 * Polarization c at which log 2 − S = d > 0: Newton's method from below on the deficit, which is convex and increasing.
 */
function polarizationOfDeficit(d: f64): f64 {
  let c = Math.sqrt(2 * d);
  for (let k = 0; k < 8; ++k) {
    const slope = 0.5 * Math.log1p((2 * c) / (1 - c));
    c -= (entropyDeficit(c) - d) / slope;
  }
  return c;
}

/** P at which −P log P − (1−P) log(1−P) = s < 0.3, by Newton's method in log P. */
function populationOfEntropy(s: f64): f64 {
  let p = s / (1 - Math.log(s));
  for (let k = 0; k < 60; ++k) {
    const step = (binaryEntropy(p) - s) / (p * (Math.log1p(-p) - Math.log(p)));
    p *= Math.exp(-step);
    if (Math.abs(step) < 1e-16) break;
  }
  return p;
}

/** Entropies below this have populations that may be subnormal, or 0. */
const TINY: f64 = 1e-250;
/** 200 log 2. */
const LOG_SCALE: f64 = 138.62943611198907;

/** 2^200 P for s < 1e-250, where s = P (1 − log P) to rounding. */
function scaledPopulation(s: f64): f64 {
  const scaled = s * powerOfTwo(200);
  let p = scaled / (1 + LOG_SCALE - Math.log(scaled));
  for (let k = 0; k < 60; ++k) {
    const ratio = LOG_SCALE - Math.log(p);
    const step = (p * (1 + ratio) - scaled) / (p * ratio);
    p *= Math.exp(-step);
    if (Math.abs(step) < 1e-15) break;
  }
  return p;
}

/** x beyond which p̃(x) = 2/x² to rounding. */
const FAR: f64 = 1e60;

/**
 * p_S(S) at coupling g ([CC22] (A12)), the push-forward of p_g(h) = p̃(h/g)/g under S(h), which is increasing:
 * p_S = p_g(h) / S'(h), S'(h) = log(Q/P) · 2h c³. Toward S = log 2 it grows as g (8/(log 2 − S))^{1/2} (+∞ there),
 * toward S = 0 it vanishes faster than any power; 0 outside [0, log 2]. Where p̃ = 2/x² it is g / (log(Q/P)
 * (PQ)^{3/2}), no factor of which leaves the range of doubles.
 */
function entropyDensity(statistics: i32, g: f64, s: f64): f64 {
  if (!(s > 0) || s > LOG2 || g == 0) return 0;
  let c: f64;
  let root: f64; // √(PQ) = h c
  let ratio: f64; // log(Q/P)
  if (s < TINY) {
    const p = scaledPopulation(s);
    c = 1;
    root = Math.sqrt(p) * powerOfTwo(-100);
    ratio = LOG_SCALE - Math.log(p);
  } else if (s < 0.3) {
    const p = populationOfEntropy(s);
    c = 1 - 2 * p;
    root = Math.sqrt(p * (1 - p)); // 1 − c² = 4P(1−P) and 2h = √(1−c²)/c
    ratio = Math.log1p(-p) - Math.log(p);
  } else {
    const d = LOG2 - s + LOG2_LO;
    if (s == LOG2) return Infinity;
    c = polarizationOfDeficit(d);
    root = 0.5 * Math.sqrt((1 - c) * (1 + c));
    ratio = Math.log1p((2 * c) / (1 - c));
  }
  const h = root / c;
  if (h / g > FAR) {
    // Quotients of a subnormal g would lose digits.
    const lift = g < powerOfTwo(-960) ? powerOfTwo(200) : 1.0;
    return (g * lift) / root / root / root / ratio / lift;
  }
  return resonanceDensity(statistics, h / g) / g / (ratio * 2 * h * c * c * c);
}

/** p_S at n values of S. */
export function entropyDensityVector(statistics: i32, n: i32, g: f64, s: usize, out: usize): void {
  for (let i = 0; i < n; ++i, s += 8, out += 8) store<f64>(out, entropyDensity(statistics, g, load<f64>(s)));
}

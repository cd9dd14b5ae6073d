// The resonance strength x·g of one l-bit: density of x in closed form, by the level statistics of the grain,
//   GOE      p̃(x) = (2/x²) y e^{−y} [K0(y) + K1(y)],   y = π³/(8x²),
//   GUE      p̃(x) = (2/x²) (1 + 8π/x²) e^{−4π/x²},
//   GSE      p̃(x) = (2/x²) (1 + 4Y/3 + 4Y²/3) e^{−Y},   Y = 64π/(9x²),
//   Poisson  p̃(x) = (2/x²) e^{−π/x²},
// and in w = 1/x, p̃(x) dx = ρ(w) dw. With y = κw² each is ρ = e^{−2y} body(y), κ = π³/8, 2π, 32π/9, π/2, and body(0) = 2.
// Range: every x ≥ 0; densities below 2^-1022 come out as 0.

import { HALF_PI, TWO_PI } from '../numeric/constants';
import { GSE, GUE, POISSON } from '../numeric/ensembles';
import { productError } from '../numeric/exact';
import { besselK0Scaled, besselK1Scaled } from '../special/bessel';

/** π³/8 as the sum of two doubles. */
const KAPPA_GOE: f64 = 3.8757845850374775;
const KAPPA_GOE_LO: f64 = 5.2052433731610434e-17;
/** The same of 2π, of 32π/9 and of π/2. */
const KAPPA_GUE: f64 = TWO_PI;
const KAPPA_GUE_LO: f64 = 2.4492935982947064e-16;
const KAPPA_GSE: f64 = 11.170107212763709;
const KAPPA_GSE_LO: f64 = 6.328029551857534e-16;
const KAPPA_POISSON: f64 = HALF_PI;
const KAPPA_POISSON_LO: f64 = 6.123233995736766e-17;

/** κ of y = κ/x². */
export function kappa(statistics: i32): f64 {
  if (statistics == GUE) return KAPPA_GUE;
  if (statistics == GSE) return KAPPA_GSE;
  return statistics == POISSON ? KAPPA_POISSON : KAPPA_GOE;
}

/** e^{2y} ρ as a function of y: 2 y e^y [K0(y) + K1(y)] of the GOE, 2 (1 + 4y), 2 (1 + 8y/3 + 16y²/3), and 2. */
export function densityBody(statistics: i32, y: f64): f64 {
  if (statistics == GUE) return 2 + 8 * y;
  if (statistics == GSE) return 2 + ((16 + 32 * y) * y) / 3;
  if (statistics == POISSON || y < 1e-290) return 2;
  return 2 * y * (besselK0Scaled(y) + besselK1Scaled(y));
}

/** Density ρ(w) of w = 1/x. */
export function inverseDensity(statistics: i32, w: f64): f64 {
  const y = kappa(statistics) * w * w;
  return Math.exp(-2 * y) * densityBody(statistics, y);
}

/** Couplings below this have the limits of the response as g → 0: the nodes of log w need not reach farther down. */
export const SMALL_G: f64 = 1e-20;

/**
 * The trapezoid in t = log w of averages over w: w_j = e^{(first + j) step} of `count` nodes at w, and ρ(w) w step, their weights, at
 * `weight`.
 */
export function logNodes(statistics: i32, first: i32, count: i32, step: f64, w: usize, weight: usize): void {
  for (let j = 0; j < count; ++j) {
    const x = Math.exp(<f64>(j + first) * step);
    store<f64>(w + (j << 3), x);
    store<f64>(weight + (j << 3), inverseDensity(statistics, x) * x * step);
  }
}

/** The part of κ beyond its double. */
function kappaLow(statistics: i32): f64 {
  if (statistics == GUE) return KAPPA_GUE_LO;
  if (statistics == GSE) return KAPPA_GSE_LO;
  return statistics == POISSON ? KAPPA_POISSON_LO : KAPPA_GOE_LO;
}

/** The rounding error of y = fl(κ/x²): κ/x² = y + error to about 2⁻¹⁰⁰ of y. */
export function kappaOverSquareError(statistics: i32, x: f64, y: f64): f64 {
  const low = kappaLow(statistics);
  const p = x * x;
  const e = productError(x, x, p);
  const yp = y * p;
  return (kappa(statistics) - yp - productError(y, p, yp) + low - y * e) / p;
}

/** p̃(x), x ≥ 0. */
export function resonanceDensity(statistics: i32, x: f64): f64 {
  if (x < 0.05) return 0; // e^{−π/x²}, the largest of the four, is below 10⁻⁵⁴⁵
  if (x > 1e60) return 2 / x / x;
  const y = kappa(statistics) / (x * x);
  const front = Math.exp(-2 * y) * (1 - 2 * kappaOverSquareError(statistics, x, y));
  return (front * densityBody(statistics, y)) / (x * x);
}

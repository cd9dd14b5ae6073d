// The resonance strength x·g of one l-bit: density of x in the GOE distribution, in closed form
//   p̃(x) = (2/x²) y e^{−y} [K0(y) + K1(y)],   y = π³/(8x²),
// and in w = 1/x, p̃(x) dx = ρ(w) dw with ρ(w) = 2 y e^{−y} [K0(y) + K1(y)], y = π³w²/8.
// Range: every x ≥ 0; densities below 2^-1022 come out as 0.

import { productError } from '../numeric/exact';
import { besselK0Scaled, besselK1Scaled } from '../special/bessel';

/** π³/8 as the sum of two doubles. */
export const KAPPA: f64 = 3.8757845850374775;
export const KAPPA_LO: f64 = 5.2052433731610434e-17;

/** e^{2y} ρ as a function of y: 2 y e^y [K0(y) + K1(y)]. */
export function densityBody(y: f64): f64 {
  if (y < 1e-290) return 2;
  return 2 * y * (besselK0Scaled(y) + besselK1Scaled(y));
}

/** Density ρ(w) of w = 1/x. */
export function inverseDensity(w: f64): f64 {
  const y = KAPPA * w * w;
  return Math.exp(-2 * y) * densityBody(y);
}

/** The rounding error of y = fl(κ/x²): κ/x² = y + error to about 2⁻¹⁰⁰ of y. */
export function kappaOverSquareError(x: f64, y: f64): f64 {
  const p = x * x;
  const e = productError(x, x, p);
  const yp = y * p;
  return (KAPPA - yp - productError(y, p, yp) + KAPPA_LO - y * e) / p;
}

/** p̃(x), x ≥ 0. */
export function resonanceDensity(x: f64): f64 {
  if (x < 0.05) return 0; // e^{−π³/(4x²)} is below 10⁻¹³⁰⁰
  if (x > 1e60) return 2 / x / x;
  const y = KAPPA / (x * x);
  return (Math.exp(-2 * y) * (1 - 2 * kappaOverSquareError(x, y)) * densityBody(y)) / (x * x);
}

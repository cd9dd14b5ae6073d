// What random spectra have, for comparison; s and L in units of the mean spacing, τ in units of the Heisenberg time.
//   gap ratio: 2/(1 + r)²; (27/4)(r + r²)/(1 + r + r²)^{5/2}; (81√3/2π)(r + r²)²/(1 + r + r²)⁴ (the surmises of Y. Y. Atas et
//     al., Phys. Rev. Lett. 110, 084101 (2013), within 5 % of large matrices), on 0 ≤ r ≤ 1;
//   spacing: e^{−s}; (π/2) s e^{−πs²/4}; (32/π²) s² e^{−4s²/π} (Wigner's surmises);
//   number variance: L; of the GUE [Cin(2πL) + 1 − cos 2πL]/π² + L [1 − (2/π) Si(2πL)]; of the GOE twice that and
//     (Si(πL)/π)² − Si(πL)/π (M. L. Mehta, Random Matrices, chapter 16);
//   form factor: 1; of the GUE min(τ, 1); of the GOE 2τ − τ log(1 + 2τ) to τ = 1, then 2 − τ log((2τ + 1)/(2τ − 1)).
// Relative errors below 1e-13, of the number variance 1e-15 (1 + L) absolute besides.
import { GOE, GUE, POISSON } from '../numeric/ensembles';
import { turnPair } from '../numeric/turn';
import { sineIntegrals } from '../special/sineIntegral';

/** Quantities. */
export const GAP_RATIO = 0;
export const SPACING = 1;
export const NUMBER_VARIANCE = 2;
export const FORM_FACTOR = 3;

/** The quantity of the ensemble at each x ≥ 0; `work`: 32 bytes. */
export function levelReference(
  ensemble: i32,
  quantity: i32,
  count: i32,
  x: usize,
  out: usize,
  work: usize,
): void {
  for (let i = 0; i < count; ++i) {
    const at = (<usize>i) << 3;
    const value = load<f64>(x + at);
    let result: f64;
    if (quantity == GAP_RATIO) result = value > 1 ? 0 : gapRatio(ensemble, value);
    else if (quantity == SPACING) result = spacing(ensemble, value);
    else if (quantity == NUMBER_VARIANCE) result = numberVariance(ensemble, value, work);
    else result = formFactor(ensemble, value);
    store<f64>(out + at, result);
  }
}

function gapRatio(ensemble: i32, r: f64): f64 {
  if (ensemble == POISSON) return 2 / ((1 + r) * (1 + r));
  const p = r + r * r;
  const q = 1 + p;
  if (ensemble == GOE) return (6.75 * p) / (q * q * Math.sqrt(q));
  return (((81 * Math.sqrt(3)) / (2 * Math.PI)) * p * p) / (q * q * q * q);
}

function spacing(ensemble: i32, s: f64): f64 {
  if (ensemble == POISSON) return Math.exp(-s);
  if (ensemble == GOE) return 0.5 * Math.PI * s * Math.exp(-0.25 * Math.PI * s * s);
  const e = Math.exp((-4 / Math.PI) * s * s);
  // Beyond the range of squares it is 0.
  return e == 0 ? 0 : (32 / (Math.PI * Math.PI)) * s * s * e;
}

function numberVariance(ensemble: i32, length: f64, work: usize): f64 {
  if (ensemble == POISSON) return length;
  sineIntegrals(length, work);
  const si = load<f64>(work);
  const cin = load<f64>(work, 8);
  turnPair(f64x2.splat(0.5 * length), work, work + 16);
  const half = load<f64>(work, 16);
  const gue = (cin + 2 * half * half) / (Math.PI * Math.PI) + length * (1 - (2 / Math.PI) * si);
  if (ensemble == GUE) return gue;
  sineIntegrals(0.5 * length, work);
  const part = load<f64>(work) / Math.PI;
  return 2 * gue + part * part - part;
}

function formFactor(ensemble: i32, tau: f64): f64 {
  if (ensemble == POISSON) return 1;
  if (ensemble == GUE) return Math.min(tau, 1);
  if (tau <= 1) return 2 * tau - tau * Math.log1p(2 * tau);
  return 2 - tau * Math.log1p(2 / (2 * tau - 1));
}

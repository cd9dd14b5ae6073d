// Si(x) = ∫₀ˣ sin t/t dt and Cin(x) = ∫₀ˣ (1 − cos t)/t dt = γ + log x − Ci(x), x ≥ 0.
// x ≤ 4: Taylor series, whose terms are below 5, so that no more than three bits are lost;
//   x > 4: from e^{z} E₁(z) = 1/(z + 1 − 1/(z + 3 − 4/(z + 5 − …))) at z = ix (Abramowitz and Stegun 5.1.22), with
//   E₁(ix) = −Ci(x) + i (Si(x) − π/2).
// Relative errors below 1e-14 for all x = 2πφ, φ < 2^50.
import { HALF_PI, TWO_PI } from '../numeric/constants';
import { turnPair } from '../numeric/turn';

const EULER: f64 = 0.5772156649015329;
/** The series is used up to this x. */
const SERIES: f64 = 4;

/** Stores Si(2πφ) at `out` and Cin(2πφ) after it; uses 32 bytes there. */
export function sineIntegrals(phi: f64, out: usize): void {
  const x = TWO_PI * phi;
  if (x <= SERIES) series(x, out);
  else fraction(x, phi, out);
}

function series(x: f64, out: usize): void {
  let term = x;
  let si: f64 = 0;
  let cin: f64 = 0;
  for (let k: f64 = 1; Math.abs(term) > 1e-18 * x; k += 2) {
    si += term / k;
    term *= x / (k + 1);
    cin += term / (k + 1);
    term *= -x / (k + 2);
  }
  store<f64>(out, si);
  store<f64>(out, cin, 8);
}

function fraction(x: f64, phi: f64, out: usize): void {
  // The n-th convergent is within exp(−4 √(n x) cos π/4) of the value.
  const terms = <i32>(200 / x) + 10;
  let re: f64 = 2 * <f64>terms + 1;
  let im = x;
  for (let k = terms; k > 0; --k) {
    const size = re * re + im * im;
    const c = (<f64>k * <f64>k) / size;
    re = 2 * <f64>k - 1 - c * re;
    im = x + c * im;
  }
  const size = re * re + im * im;
  const hr = re / size;
  const hi = -im / size;
  turnPair(f64x2.splat(phi), out, out + 16);
  const cos = load<f64>(out);
  const sin = load<f64>(out, 16);
  // E₁ = (cos x − i sin x)(hr + i hi).
  const e1 = cos * hr + sin * hi;
  const e2 = cos * hi - sin * hr;
  store<f64>(out, HALF_PI + e2);
  store<f64>(out, EULER + Math.log(x) + e1, 8);
}

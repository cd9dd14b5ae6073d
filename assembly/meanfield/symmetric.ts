// Symmetric couplings, g = g0 e^{N η(g)/2} ([CC22] (21)): log g0 = u − (N/2) η(u) as a function of u = log g has
// a maximum and a minimum (folds) where η'(u) = 2/N, below and above the peak of η'. Beyond the maximum the least root
// jumps; below the minimum the upper branch does not exist.
import { OK } from '../status';
import { etaPair } from './response';
import { ETA_PEAK } from './scalarMap';

/** There is no fold: N η' < 2 everywhere. */
export const NO_FOLD: i32 = 3;

/** out = { log g0, log g, η } at the fold where the least root ends, then the same at the fold where the upper branch begins. */
export function symmetricFolds(n: f64, out: usize): i32 {
  if (n * f64x2.extract_lane(etaPair(ETA_PEAK), 1) <= 2) return NO_FOLD;
  fold(n, -745, ETA_PEAK, out);
  fold(n, 180, ETA_PEAK, out + 24);
  return OK;
}

/** Bisects η'(u) = 2/n between `outer`, where η' is smaller, and `inner`, where it is larger. */
function fold(n: f64, outer: f64, inner: f64, out: usize): void {
  for (let k = 0; k < 100; ++k) {
    const u = 0.5 * (outer + inner);
    if (f64x2.extract_lane(etaPair(u), 1) * n < 2) outer = u;
    else inner = u;
  }
  const eta = f64x2.extract_lane(etaPair(inner), 0);
  store<f64>(out, inner - 0.5 * n * eta);
  store<f64>(out, inner, 8);
  store<f64>(out, eta, 16);
}

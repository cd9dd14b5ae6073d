// Symmetric couplings, g = g0 e^{N η(g)/2} ([CC22] (21)): log g0 = u − (N/2) η(u) as a function of u = log g has
// a maximum and a minimum (folds) where η'(u) = 2/N, below and above the peak of η'. Beyond the maximum the least root
// jumps; below the minimum the upper branch does not exist.
import { OK } from '../status';
import { etaPeak } from './fits';
import { etaPair } from './response';
import { Fold } from './results';

/** There is no fold: N η' < 2 everywhere. */
const NO_FOLD: i32 = 3;

/** Two folds at `out`: where the least root ends, and where the upper branch begins. */
export function symmetricFolds(fits: usize, n: f64, out: usize): i32 {
  const peak = etaPeak(fits);
  if (n * f64x2.extract_lane(etaPair(fits, peak), 1) <= 2) return NO_FOLD;
  bisect(fits, n, -745, peak, changetype<Fold>(out));
  bisect(fits, n, 180, peak, changetype<Fold>(out + offsetof<Fold>()));
  return OK;
}

/** Bisects η'(u) = 2/n between `outer`, where η' is smaller, and `inner`, where it is larger. */
function bisect(fits: usize, n: f64, outer: f64, inner: f64, fold: Fold): void {
  for (let k = 0; k < 100; ++k) {
    const u = 0.5 * (outer + inner);
    if (f64x2.extract_lane(etaPair(fits, u), 1) * n < 2) outer = u;
    else inner = u;
  }
  const eta = f64x2.extract_lane(etaPair(fits, inner), 0);
  fold.logG0 = inner - 0.5 * n * eta;
  fold.logG = inner;
  fold.eta = eta;
}

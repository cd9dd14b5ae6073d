// Entropies of weights p_k, of sum 1 after division by their sum: S = −Σ p log p, and of other orders
// S_α = log Σ p^α / (1 − α) (A. Rényi, 1961), with log of their number at α = 0 and −log max p at α = ∞. Near α = 1 the
// logarithm is one of almost 1, which is divided by almost 0: there Σ p^α = 1 + Σ p (p^(α−1) − 1), whose terms have one sign.
// Range: weights of any size; those below 0, which rounding leaves, count as 0. Errors of some 2^-52 of the largest weight,
// at orders other than 0 and 1 up to some 2^-49 of the logarithm of their number, beside what rounds in sums over them.
import { get } from '../numeric/elements';

/** At orders nearer to 1 than this Σ p^α − 1 is summed, not Σ p^α. */
const NEAR_ONE: f64 = 0.125;

/** S (nats) of `count` weights; at order 0 those below `negligible` of their sum do not count. NaN where none is above 0. */
export function weightEntropy(count: i32, p: usize, order: f64, negligible: f64): f64 {
  let sum: f64 = 0;
  let most: f64 = 0;
  for (let k = 0; k < count; ++k) {
    const weight = Math.max(0, get(p, k));
    sum += weight;
    most = Math.max(most, weight);
  }
  if (!(most > 0)) return NaN;
  if (order == Infinity) return -Math.log(most / sum);
  if (order != 1 && Math.abs(order - 1) < NEAR_ONE) return entropyNearOne(count, p, order - 1, sum);
  let total: f64 = 0;
  for (let k = 0; k < count; ++k) {
    const weight = Math.max(0, get(p, k)) / sum;
    if (weight == 0) continue;
    if (order == 0) total += weight > negligible ? 1 : 0;
    else if (order == 1) total -= weight * Math.log(weight);
    else total += (weight / (most / sum)) ** order;
  }
  if (order == 1) return Math.max(0, total);
  if (order == 0) return Math.log(Math.max(1, total));
  // The largest weight is taken out, so that no power under- or overflows.
  return Math.max(0, (order * Math.log(most / sum) + Math.log(total)) / (1 - order));
}

/** S of the order 1 + beyond, for a small `beyond` that is not 0, of weights of this sum. */
function entropyNearOne(count: i32, p: usize, beyond: f64, sum: f64): f64 {
  let excess: f64 = 0;
  for (let k = 0; k < count; ++k) {
    const weight = Math.max(0, get(p, k)) / sum;
    if (weight > 0) excess += weight * Math.expm1(beyond * Math.log(weight));
  }
  return Math.max(0, -Math.log1p(excess) / beyond);
}

// Entropies of weights p_k, of sum 1 after division by their sum: S = −Σ p log p, and of other orders
// S_α = log Σ p^α / (1 − α) (A. Rényi, 1961), with log of their number at α = 0 and −log max p at α = ∞.
// Range: weights of any size; those below 0, which rounding leaves, count as 0. Errors of some 2^-52 of the largest weight.
import { get } from '../numeric/elements';

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

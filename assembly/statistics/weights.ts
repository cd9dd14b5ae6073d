// Entropies of weights p_k, of sum 1 after division by their sum: S = −Σ p log p, and of other orders
// S_α = log Σ p^α / (1 − α) (A. Rényi, 1961), with log of their number at α = 0 and −log max p at α = ∞. Near α = 1 the
// logarithm is one of almost 1, which is divided by almost 0: there Σ p^α = 1 + Σ p (p^(α−1) − 1), whose terms have one sign.
// Range: weights of any size; those below 0, which rounding leaves, count as 0. Errors of some 2^-52 of the largest weight,
// at orders other than 0 and 1 up to some 2^-49 of the logarithm of their number, beside what rounds in sums over them.
// A job: both sums go through the weights in order, wherever a step ends.
import { end, enter, Job, portion, recordBytes, start } from '../job';
import { get } from '../numeric/elements';
import { OK } from '../status';
import { LEAST_WEIGHTS, LOGARITHM, POWER, SUMMED } from './tuning';

@unmanaged
export class Weights extends Job {
  count: i32;
  p: usize;
  order: f64;
  /** Share of the sum below which weights do not count at order 0. */
  negligible: f64;
  sum: f64;
  most: f64;
  total: f64;
  /** The result. */
  entropy: f64;
}

/** At orders nearer to 1 than this Σ p^α − 1 is summed, not Σ p^α. */
const NEAR_ONE: f64 = 0.125;

/** Bytes of workspace of the job. */
export function weightEntropyWorkspace(): usize {
  return recordBytes<Weights>();
}

/** S (nats) of `count` weights; at order 0 those below `negligible` of their sum do not count. NaN where none is above 0. */
export function weightEntropyStart(count: i32, p: usize, order: f64, negligible: f64, work: usize): void {
  const job = changetype<Weights>(work);
  job.count = count;
  job.p = p;
  job.order = order;
  job.negligible = negligible;
  job.sum = 0;
  job.most = 0;
  job.total = 0;
  job.entropy = NaN;
  start(job, sums.index);
}

/** The sum of the weights, and the largest. */
function sums(work: usize, budget: f64): void {
  const job = changetype<Weights>(work);
  const p = job.p;
  const first = job.position;
  const last = first + portion(budget, SUMMED, LEAST_WEIGHTS, job.count - first);
  let sum = job.sum;
  let most = job.most;
  for (let k = first; k < last; ++k) {
    const weight = Math.max(0, get(p, k));
    sum += weight;
    most = Math.max(most, weight);
  }
  job.sum = sum;
  job.most = most;
  job.position = last;
  job.progress = (0.1 * <f64>last) / <f64>max(1, job.count);
  if (last < job.count) return;
  if (most > 0 && job.order != Infinity) {
    enter(job, terms.index);
    return;
  }
  if (most > 0) job.entropy = -Math.log(most / sum);
  end(job, OK);
}

/** The sum over all weights of the terms that this order has. */
function terms(work: usize, budget: f64): void {
  const job = changetype<Weights>(work);
  const p = job.p;
  const order = job.order;
  const sum = job.sum;
  const most = job.most;
  const nearOne = Math.abs(order - 1) < NEAR_ONE;
  const cost = order == 0 ? SUMMED : order == 1 ? LOGARITHM : POWER;
  const first = job.position;
  const last = first + portion(budget, cost, LEAST_WEIGHTS, job.count - first);
  let total = job.total;
  for (let k = first; k < last; ++k) {
    const weight = Math.max(0, get(p, k)) / sum;
    if (weight == 0) continue;
    if (order == 0) total += weight > job.negligible ? 1 : 0;
    else if (order == 1) total -= weight * Math.log(weight);
    else if (nearOne) total += weight * Math.expm1((order - 1) * Math.log(weight));
    else total += (weight / (most / sum)) ** order;
  }
  job.total = total;
  job.position = last;
  job.progress = 0.1 + (0.9 * <f64>last) / <f64>job.count;
  if (last < job.count) return;
  if (order == 1) job.entropy = Math.max(0, total);
  else if (order == 0) job.entropy = Math.log(Math.max(1, total));
  else if (nearOne) job.entropy = Math.max(0, -Math.log1p(total) / (order - 1));
  // The largest weight is taken out, so that no power under- or overflows.
  else job.entropy = Math.max(0, (order * Math.log(most / sum) + Math.log(total)) / (1 - order));
  end(job, OK);
}

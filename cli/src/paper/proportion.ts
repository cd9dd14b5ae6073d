// What a count of hits among independent trials says of their probability.
import { bisected } from '../common/bisection.js';

/** log k! for k = 0 … n. */
function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1);
  for (let k = 2; k <= n; ++k) table[k] = table[k - 1] + Math.log(k);
  return table;
}

/** Probability of `from` … `to` hits among `count` trials, each a hit with probability p in (0, 1). */
function binomialSum(count: number, from: number, to: number, p: number, table: Float64Array): number {
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  let sum = 0;
  for (let k = from; k <= to; ++k) {
    sum += Math.exp(table[count] - table[k] - table[count - k] + k * logP + (count - k) * logQ);
  }
  return sum;
}

/** The interval of Clopper and Pearson: it holds the probability in at least `confidence` of all cases, however rare hits are. */
export function clopperPearson(hits: number, count: number, confidence = 0.95): [number, number] {
  const tail = (1 - confidence) / 2;
  const table = logFactorials(count);
  const low = hits === 0 ? 0 : bisected([0, 1], (p) => binomialSum(count, hits, count, p, table) < tail);
  const high =
    hits === count ? 1 : bisected([0, 1], (p) => 1 - binomialSum(count, 0, hits, p, table) < 1 - tail);
  return [low, high];
}

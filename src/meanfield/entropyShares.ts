// The distribution p_S of the entropy of one l-bit ([CC22] (A12)) as shares of equal bins, for comparison with counts.
// S increases with the resonance strength h, so that P(S ≤ s) = P(X ≤ h(s)/g) and no density is integrated. The edges
// h(s) come from bisection. Near log 2, where S hardly depends on h, they lose digits: a share has an absolute error of
// 1e-13 up to 1000 bins, and of 1e-11 for any number of bins.
import type { Runtime } from '../wasm/runtime.js';
import { resonanceDistribution, twoLevelMixing } from './response.js';
import type { GrainStatistics } from './statistics.js';

/** Edges of more bins than this would lie nearer to 0 and to log 2 than S at the ends of the bisection. */
export const MOST_BINS = 65536;
/** The resonance strengths between which every edge lies, and the halvings of their logarithm that give all digits. */
const [LEAST, MOST, STEPS] = [1e-12, 1e6, 60];

/** Resonance strengths at the inner edges of the bins, all by one bisection. */
function edges(runtime: Runtime, bins: number): Float64Array {
  let low = new Float64Array(bins - 1).fill(LEAST);
  let high = new Float64Array(bins - 1).fill(MOST);
  for (let step = 0; step < STEPS; ++step) {
    const h = low.map((l, b) => Math.sqrt(l * high[b]));
    const { entropy } = twoLevelMixing(runtime, h);
    const below = entropy.map((s, b) => (s < ((b + 1) / bins) * Math.LN2 ? 1 : 0));
    low = low.map((l, b) => (below[b] ? h[b] : l));
    high = high.map((x, b) => (below[b] ? x : h[b]));
  }
  return low;
}

/** `g` holds at least one coupling; `bins` is 1 … MOST_BINS. */
export function entropyShares(
  runtime: Runtime,
  g: Float64Array,
  bins: number,
  grain: GrainStatistics,
): Float64Array {
  const inner = edges(runtime, bins);
  const shares = new Float64Array(bins);
  for (let k = 0; k < g.length; ++k) {
    // At g = 0 every strength is infinite in units of g: all states are in the first bin.
    const x = inner.map((h) => Math.min(h / g[k], Number.MAX_VALUE));
    const cdf = [0, ...resonanceDistribution(runtime, x, grain).below, 1];
    for (let b = 0; b < bins; ++b) shares[b] += (cdf[b + 1] - cdf[b]) / g.length;
  }
  return shares;
}

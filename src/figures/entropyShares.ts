// The distribution p_S of the entropy of one l-bit ([CC22] (A12)) as shares of equal bins, for comparison with counts.
import type { Core } from '../index.js';

/** Shares of p_S in `bins` equal bins of S/log 2, the mean over couplings g: S increases with h, so they are shares of p̃. */
export function entropyShares(core: Core, g: ArrayLike<number>, bins: number): Float64Array {
  // h at the inner edges, all by the same bisection.
  let low = new Float64Array(bins - 1).fill(1e-12);
  let high = new Float64Array(bins - 1).fill(1e6);
  for (let step = 0; step < 60; ++step) {
    const h = low.map((l, b) => Math.sqrt(l * high[b]));
    const { entropy } = core.twoLevelMixing(h);
    const below = entropy.map((s, b) => (s < ((b + 1) / bins) * Math.LN2 ? 1 : 0));
    low = low.map((l, b) => (below[b] ? h[b] : l));
    high = high.map((x, b) => (below[b] ? x : h[b]));
  }
  const shares = new Float64Array(bins);
  for (let k = 0; k < g.length; ++k) {
    const cdf = [0, ...core.resonanceCdf(low.map((h) => h / g[k])), 1];
    for (let b = 0; b < bins; ++b) shares[b] += (cdf[b + 1] - cdf[b]) / g.length;
  }
  return shares;
}

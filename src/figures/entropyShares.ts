// The distribution p_S of the entropy of one l-bit ([CC22] (A12)) as shares of equal bins, for comparison with counts.
import type { Core } from '../index.js';

/** Shares of p_S at coupling g in `bins` equal bins of S/log 2: S increases with h, so they are shares of p̃. */
export function entropyShares(core: Core, g: number, bins: number): Float64Array {
  const below = Float64Array.from({ length: bins + 1 }, (_, b) => {
    if (b === 0 || b === bins) return b / bins;
    let [low, high] = [1e-12, 1e6];
    for (let step = 0; step < 60; ++step) {
      const h = Math.sqrt(low * high);
      if (core.twoLevelMixing(Float64Array.of(h)).entropy[0] < (b / bins) * Math.LN2) low = h;
      else high = h;
    }
    return core.resonanceCdf(Float64Array.of(low / g))[0];
  });
  return Float64Array.from({ length: bins }, (_, b) => below[b + 1] - below[b]);
}

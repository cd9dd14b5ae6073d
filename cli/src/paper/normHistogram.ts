// How the norms of perturbation theory are distributed, against p̃: what figures of one l-bit on a large grain have in common.
import type { Core, ModelStatistics } from 'emft';
import { count, decades, finite, numbers } from './example.js';

/** What the grids of these figures have. */
export const normGrid = {
  seed: count,
  fraction: finite,
  targets: numbers,
  shown: finite,
  edges: decades,
  curve: decades,
  density: decades,
};

/** What was measured at x beside what the theory says there; `kind`: of which statistics and quantity. */
export interface ComparedRow {
  kind: string;
  x: number;
  value: number;
  error: number;
  theory: number;
}

/** All norms over the coupling, ascending: over its mean g, because that of one sample fluctuates with its norms. */
export function scaledNorms(samples: readonly { norms: Float64Array }[], g: number): Float64Array {
  return Float64Array.from(samples.flatMap((r) => Array.from(r.norms, (t) => t / g))).sort();
}

/** Kolmogorov's distance of ascending numbers from a distribution whose values there are `cdf`. */
export function kolmogorov(cdf: Float64Array): number {
  return cdf.reduce((most, share, i) => Math.max(most, Math.abs(share - (i + 0.5) / cdf.length)), 0);
}

/** A bin of norms, and the mean over samples of the share that lies in it, or of the density there. */
interface NormBin {
  x: number;
  width: number;
  mean: number;
  error: number;
  /** The share of the theory. */
  theory: number;
}

/**
 * The bins that are not empty, between `edges` over the coupling. Shares are divided by `per` of the width of a bin before the mean is taken: 1 for shares, the width
 * for a density. Either rounds in its own way, and tables that are published have the digits of one or the other.
 */
export function normBins(
  core: Core,
  samples: readonly { norms: Float64Array }[],
  g: number,
  grain: ModelStatistics,
  edges: Float64Array,
  per: (width: number) => number,
): NormBin[] {
  const below = core.resonanceCdf(edges, { grain });
  return Array.from(edges.subarray(1), (high, b) => {
    const low = edges[b];
    const width = high - low;
    const shares = Float64Array.from(
      samples,
      ({ norms }) => norms.filter((t) => t / g >= low && t / g < high).length / norms.length / per(width),
    );
    return { x: Math.sqrt(low * high), width, ...core.meanAndError(shares), theory: below[b + 1] - below[b] };
  }).filter(({ mean }) => mean > 0);
}

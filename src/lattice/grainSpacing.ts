// The distance between thermal grains at which the lattice between them stays localized.

import { bathStates, collarSteps } from '../meanfield/collar.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce } from '../wasm/steps.js';
import type { CheckedCouplings, LatticeMeanField } from './meanfield.js';

/** The dimension of the grain, and how small the couplings must be. */
export interface GrainSpacingOptions {
  /** Dimension of the grain, above 0, up to 1e12; 1 by default. */
  dg?: number;
  /** Share of the level spacing that the sum of couplings may reach, above 0; 0.1 by default. */
  ratio?: number;
}

/** The distance between grains that leaves the lattice between them localized. */
export interface GrainSpacing {
  /** The smallest R′ with Σ_{|n| > R′} g_n ≤ ratio/d: thermal grains that far apart leave the rest localized. */
  radius: number;
  /** Σ_{|n| > R′} g_n · d at that radius. */
  sum: number;
}

/**
 * [CC22] (20): the distance from the origin beyond which the renormalized couplings sum to less than `ratio` times 1/d,
 * the level spacing of the grain together with the l-bits that it has thermalized, d = dg·e^{η_tot}. null when even the
 * last shell sums to more, as in an avalanche.
 */
export function grainSpacing(
  runtime: Runtime,
  { sites, radius: outer }: Pick<CheckedCouplings, 'sites' | 'radius'>,
  site: Int32Array,
  { g, etaTot }: Pick<LatticeMeanField, 'g' | 'etaTot'>,
  { dg, ratio }: Required<GrainSpacingOptions>,
): GrainSpacing | null {
  const distances = Float64Array.from(site, (k) => Math.abs(sites[2 * k]) + Math.abs(sites[2 * k + 1]));
  return atOnce(collarSteps(g, distances, { d: bathStates(runtime, dg, etaTot), ratio, outer }));
}

// The mean-field theory on the lattice: the least fixed point for the couplings g0 |φ_{n,0}|, bounds on η_tot from the
// bounds on the couplings (the least fixed point is monotone in each coupling), and the verdict on the avalanche.

import { type Branch, branchSteps, DEFAULT_SOLVE, leastSolution } from '../meanfield/solve.js';
import type { StatisticsOptions } from '../meanfield/statistics.js';
import { LOG2 } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';

/** The overall coupling, the grain, and the threshold of an avalanche. */
export interface LatticeMeanFieldOptions extends StatisticsOptions {
  /** Overall coupling g0 of [CC22] (18), above 0; 1 by default. */
  g0?: number;
  /**
   * Share of the maximal N log 2 that η_tot must exceed for an avalanche, in (0, 1); ½ by default. Failed
   * avalanches stop at η_tot ≲ 14 log 2 and the others reach N log 2, so that on lattices of R ≥ 10 every threshold
   * between the two gives the same verdict.
   */
  threshold?: number;
}

/**
 * The mean-field solution of a lattice; arrays have one entry for each orbital found, in the order of the couplings.
 */
export interface LatticeMeanField {
  /** Renormalized reduced couplings; Infinity where e^logG is beyond the range of doubles. */
  g: Float64Array;
  /** log g. */
  logG: Float64Array;
  /** `[S](g_n)`, nats. */
  entropy: Float64Array;
  /** η_tot of the least fixed point, nats: couplings not found count as 0. */
  etaTot: number;
  /** η_tot with every coupling at its lower bound, and with every coupling at its upper bound. */
  etaTotBounds: [number, number];
  /** η_tot > threshold · N log 2. */
  avalanche: boolean;
  /** Whether both bounds give that verdict. */
  certain: boolean;
  /** dΦ/dT at η_tot: the closer to 1, the nearer the avalanche. */
  slope: number;
}

/** The fields of a result of `latticeCouplings` that are used, checked: it may have been stored or sent in between. */
export interface CheckedCouplings {
  phi0: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  missing: number;
  missingBound: number;
  potential: Float64Array;
  site: Int32Array | null;
  sites: Int32Array;
  radius: number;
}

/** Checked options of `latticeMeanField`. */
export type MeanField = Required<LatticeMeanFieldOptions>;

export function* latticeMeanField(
  runtime: Runtime,
  couplings: Omit<CheckedCouplings, 'site' | 'sites' | 'radius'>,
  { g0, threshold, grain }: MeanField,
  budget: number,
): Steps<LatticeMeanField> {
  const { phi0, lower, upper, missing, missingBound, potential } = couplings;
  const solve = (values: Float64Array) => leastSolution(runtime, { values, log: false, grain }, budget);
  const bar = threshold * potential.length * LOG2;
  const solution = yield* solve(phi0.map((x) => g0 * x));
  const { etaTot: low } = yield* solve(lower.map((x) => g0 * x));
  const most = new Float64Array(upper.length + missing).fill(g0 * missingBound);
  for (let i = 0; i < upper.length; ++i) most[i] = g0 * upper[i];
  const { etaTot: high } = yield* solve(most);
  const { g, logG, entropy, etaTot, slope } = solution;
  return {
    g,
    logG,
    entropy,
    etaTot,
    etaTotBounds: [Math.min(low, etaTot), Math.max(high, etaTot)],
    avalanche: etaTot > bar,
    certain: low > bar === high > bar,
    slope,
  };
}

/** Checked options of `latticeBranches`. */
export type CheckedBranches = Required<LatticeBranchOptions>;

/** One fixed point for the couplings of a lattice. */
export type LatticeBranch = Pick<Branch, 'etaTot' | 'stable' | 'slope' | 'tangent'>;

/** Every fixed point for the resolved couplings, by ascending η_tot. */
export function* latticeBranches(
  runtime: Runtime,
  phi0: Float64Array,
  { g0, grain }: CheckedBranches,
  budget: number,
): Steps<LatticeBranch[]> {
  const bare = { values: phi0.map((x) => g0 * x), log: false, grain };
  const branches = yield* branchSteps(runtime, bare, DEFAULT_SOLVE.maxIterations, budget);
  return branches.map(({ etaTot, stable, slope, tangent }) => ({ etaTot, stable, slope, tangent }));
}

/** The overall coupling, and the grain. */
export interface LatticeBranchOptions extends StatisticsOptions {
  /** Overall coupling g0 of [CC22] (18), above 0, up to 1e12; 1 by default. */
  g0?: number;
}

// The chain: least fixed point, every other one, the scalar map Φ(T) to draw, and the steps of its iteration.
import type { Branch, GrainStatistics } from 'emft';
import { climb } from '../../tasks/climb.js';
import type { Cores } from '../../tasks/task.js';

export interface ChainInput {
  alpha: number;
  n: number;
  g0: number;
  /** Level statistics; GOE by default. */
  grain?: GrainStatistics;
}

export interface ChainResult {
  etaTot: number;
  slope: number;
  /** [S_n] and log g_n of each l-bit, and [S_n] if it saw the bare grain alone; nats. */
  entropy: Float64Array;
  logG: Float64Array;
  bareEntropy: Float64Array;
  /** Every fixed point. */
  branches: Pick<Branch, 'etaTot' | 'stable' | 'slope' | 'tangent'>[];
  /** Points of the curve Φ(T). */
  t: Float64Array;
  phi: Float64Array;
  /** T = 0, Φ(0), Φ(Φ(0)), … */
  climb: number[];
  /** Iterates of (13): entropies row by row, and Σ η of each. */
  count: number;
  rows: Float64Array;
  totals: Float64Array;
}

/** Points of the curve. */
const POINTS = 401;
/** Points of the climb that are drawn at most. */
const STEPS = 401;
/** Iterates that are played at most, and their entropies in all; how little the last one adds to log g. */
const [MOST_ITERATES, MOST_ENTROPIES, SETTLED] = [400, 4e6, 1e-3];

export function chain({ grain, ...input }: ChainInput, { core }: Cores): ChainResult {
  const bare = core.drhLogCouplings(input);
  const how = { log: true, grain };
  const { etaTot, slope, entropy, logG } = core.solveMeanField(bare, how);
  const branches = core.meanFieldBranches(bare, how);
  const played = core.meanFieldIterates(bare, {
    ...how,
    maxIterations: Math.min(MOST_ITERATES, Math.ceil(MOST_ENTROPIES / input.n)),
    tolerance: SETTLED,
  });
  const top = input.n * Math.LN2;
  const t = Float64Array.from({ length: POINTS }, (_, i) => (top * i) / (POINTS - 1));
  const { phi } = core.meanFieldMap(bare, t, how);
  return {
    etaTot,
    slope,
    entropy,
    logG,
    bareEntropy: core.response(bare.map(Math.exp), { grain }).entropy,
    branches: branches.map(({ etaTot, stable, slope, tangent }) => ({ etaTot, stable, slope, tangent })),
    t,
    phi,
    climb: climb(core, bare, { start: 0, top, most: STEPS, grain }),
    count: played.count,
    rows: played.entropy,
    totals: played.etaTot,
  };
}

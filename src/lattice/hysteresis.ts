// Hysteresis between stable solutions of the mean-field equations as the disorder W changes at fixed phases. After a
// change of W the state with total η_tot = T follows the iteration (13) from the spins that T implies at the new W. The
// map Φ is increasing, so that T moves monotonically to the next fixed point: upwards where Φ(T) > T, downwards where
// Φ(T) < T. That sign alternates from one interval between fixed points to the next, beginning with Φ > T below the
// least fixed point; a tangent fixed point does not change it.
import type { StatisticsOptions } from '../meanfield/statistics.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';
import { couplingSteps, RELATIVE } from './couplings.js';
import { type CheckedBranches, type LatticeBranch, latticeBranches } from './meanfield.js';
import { type CheckedModel, type LatticeModel, placeLattice } from './model.js';

/** η_tot of the two sweeps counts as equal when it differs by no more than this share. */
const SAME_TOTAL = 1e-9;

/** A lattice without its W, the values of W to sweep, and the grain. */
export interface HysteresisOptions extends Omit<LatticeModel, 'strength'>, StatisticsOptions {
  /** W of every step, ascending, 2 to 10 000 of them, each > 0. */
  strengths: Float64Array;
  /** Overall coupling g0 of [CC22] (18), above 0; 1 by default. */
  g0?: number;
}

/** Options of `latticeHysteresisAsync`: those of `latticeHysteresis`, and how the computation is watched and ended. */
export interface HysteresisAsyncOptions extends HysteresisOptions, Watch {}

/** The two sweeps; arrays are as long as `strengths`. */
export interface Hysteresis {
  /** The W given. */
  strengths: Float64Array;
  /** Number of sites N: an avalanche that takes the whole lattice has η_tot = N log 2. */
  sites: number;
  /** Every fixed point at each W, by ascending η_tot. */
  branches: LatticeBranch[][];
  /** η_tot (nats) at each W as W falls, from the least solution at the largest W: shows where the avalanche begins. */
  falling: Float64Array;
  /**
   * η_tot (nats) at each W as W rises, from the greatest stable solution at the least W:
   * shows where the avalanche ends.
   */
  rising: Float64Array;
  /** Runs of strengths, as indices of the first and the last, in which the two sweeps differ. */
  windows: [from: number, to: number][];
}

/** η_tot of the fixed point that the iteration reaches from a total T, given all fixed points. */
export function reached(branches: readonly LatticeBranch[], total: number): number {
  let climbs = true;
  let below = Number.NaN;
  for (const { etaTot, tangent } of branches) {
    if (etaTot > total) return climbs ? etaTot : below;
    below = etaTot;
    if (!tangent) climbs = !climbs;
  }
  // Φ is bounded, so that above the last fixed point Φ(T) < T.
  return below;
}

/** `model`: the lattice at any one of the strengths. */
export function* latticeHysteresis(
  runtime: Runtime,
  model: CheckedModel,
  strengths: Float64Array,
  how: CheckedBranches,
  budget: number,
): Steps<Hysteresis> {
  let sites = 0;
  const n = strengths.length;
  const branches: LatticeBranch[][] = [];
  for (const strength of strengths) {
    const lattice = placeLattice(runtime, { ...model, strength });
    sites = lattice.n;
    const done = branches.length / n;
    const wanted = { method: 'auto', relative: RELATIVE } as const;
    const { phi0 } = yield* share(couplingSteps(runtime, lattice, wanted, budget), done, done + 1 / n);
    branches.push(yield* share(latticeBranches(runtime, phi0, how, budget), done + 1 / n, done + 1 / n));
    yield branches.length / n;
  }
  const falling = new Float64Array(n);
  const rising = new Float64Array(n);
  let total = 0;
  for (let i = n - 1; i >= 0; --i) {
    total = reached(branches[i], total);
    falling[i] = total;
  }
  // A start above N log 2, and so above every fixed point.
  total = sites;
  for (let i = 0; i < n; ++i) {
    total = reached(branches[i], total);
    rising[i] = total;
  }
  return { strengths, sites, branches, falling, rising, windows: windows(strengths, falling, rising) };
}

function windows(strengths: Float64Array, falling: Float64Array, rising: Float64Array): [number, number][] {
  const found: [number, number][] = [];
  let open = false;
  strengths.forEach((w, i) => {
    const differ = Math.abs(rising[i] - falling[i]) > SAME_TOTAL * Math.max(rising[i], falling[i]);
    if (differ && open) found[found.length - 1][1] = w;
    else if (differ) found.push([w, w]);
    open = differ;
  });
  return found;
}

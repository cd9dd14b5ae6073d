// Whether the avalanche runs, by the fastest computation that makes the answer certain: for ensembles of many lattices.

import { leastSolution } from '../meanfield/solve.js';
import { LOG2 } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';
import {
  type Coupling,
  couplingSteps,
  groupedCouplings,
  innerCouplings,
  type LatticeCouplings,
  RELATIVE,
} from './couplings.js';
import { type LatticeMeanFieldOptions, latticeMeanField, type MeanField } from './meanfield.js';
import { type CheckedModel, depth, type Lattice, placeLattice } from './model.js';
import {
  bandCost,
  CLOSE,
  INNER_FROM,
  INNER_SITES,
  LENGTH,
  LIKELY,
  SPARE,
  STAGES,
  STEPS_PER_ORBITAL,
  spectrumCost,
  WORTH,
} from './tuning.js';

/** The verdict on the avalanche. */
export interface LatticeVerdict {
  /** η_tot of the least fixed point for the resolved couplings, nats; for the stage 'grouped' a lower bound of it. */
  etaTot: number;
  /** Bounds on η_tot over all couplings. */
  etaTotBounds: [number, number];
  /** η_tot > threshold · N log 2. */
  avalanche: boolean;
  /** Whether both bounds give that verdict. */
  certain: boolean;
  /**
   * The computation that decided: groups of orbitals, the resolved couplings alone, these with the small couplings of
   * the inner sites, or all couplings.
   */
  stage: 'grouped' | 'resolved' | 'inner' | 'full';
}

/**
 * Options of `latticeVerdictAsync` besides the model: those of `latticeVerdict`, and how the
 * computation is watched and ended.
 */
export interface LatticeVerdictAsyncOptions extends LatticeMeanFieldOptions, Watch {}

/** √(Σ|φ|²) that the first stage may leave unresolved: in two tests that agree far less is left. */
const RESOLUTION = 1e-3;
const FINER_RESOLUTION = 1e-9;
/** η_tot (nats) below which an avalanche has probably failed: failed avalanches stop at 14 log 2 or less. */
const LIKELY_FAILED = 20 * LOG2;

/** Ratio of the largest coupling to the least among the `orbitals` sites nearest to the origin. */
function couplingSpan(orbitals: number, ratio: number): number {
  let product = 1;
  for (let r = 1; 2 * r * r < orbitals; ++r) product *= Math.max(1, ratio / LENGTH);
  return product;
}

/**
 * Any lower bound above the threshold proves an avalanche, so the coarsest bound comes first, from groups of orbitals,
 * where that is fast. null where it does not decide.
 */
function* groupedVerdict(
  runtime: Runtime,
  lattice: Lattice,
  { g0, threshold, grain }: MeanField,
  budget: number,
): Steps<LatticeVerdict | null> {
  const { n, model } = lattice;
  const bar = threshold * n * LOG2;
  const ratio = depth(model) / model.hopping;
  const span = ratio < LIKELY ? couplingSpan(threshold * n, ratio) : Number.POSITIVE_INFINITY;
  for (const row of STEPS_PER_ORBITAL) {
    const steps = Math.ceil(row.steps * threshold * n);
    if (span > row.span) continue;
    if (spectrumCost(n, steps) > WORTH * bandCost(n, model.radius)) break;
    const found = yield* groupedCouplings(runtime, lattice, steps, budget);
    const values = found.map((x) => g0 * x);
    const etaTot = values.length
      ? (yield* leastSolution(runtime, { values, log: false, grain }, budget)).etaTot
      : 0;
    if (etaTot > bar) {
      return { etaTot, etaTotBounds: [etaTot, n * LOG2], avalanche: true, certain: true, stage: 'grouped' };
    }
    if (etaTot < CLOSE * bar) break;
  }
  return null;
}

/** The verdict of these couplings, null where there are none. */
function* verdictOf(
  runtime: Runtime,
  couplings: Steps<LatticeCouplings | null>,
  stage: LatticeVerdict['stage'],
  options: MeanField,
  budget: number,
): Steps<LatticeVerdict | null> {
  const found = yield* couplings;
  if (!found) return null;
  const solved = yield* latticeMeanField(runtime, found, options, budget);
  const { etaTot, etaTotBounds, avalanche, certain } = solved;
  return { etaTot, etaTotBounds, avalanche, certain, stage };
}

/** The verdict of all couplings, as accurate as wanted. */
function* resolvedVerdict(
  runtime: Runtime,
  lattice: Lattice,
  wanted: Omit<Coupling, 'method'>,
  options: MeanField,
  budget: number,
): Steps<LatticeVerdict> {
  const couplings = couplingSteps(runtime, lattice, { method: 'auto', ...wanted }, budget);
  const stage = wanted.relative === undefined ? 'resolved' : 'full';
  return (yield* verdictOf(runtime, couplings, stage, options, budget)) as LatticeVerdict;
}

/** The verdict of the sites within about the square root of the threshold, as a share of the radius: enough to prove an avalanche. */
function* innerVerdict(
  runtime: Runtime,
  lattice: Lattice,
  options: MeanField,
  budget: number,
): Steps<LatticeVerdict | null> {
  const { radius } = lattice.model;
  const limit = Math.ceil((Math.sqrt(options.threshold) + SPARE) * radius);
  if (limit >= radius) return null;
  const couplings = innerCouplings(runtime, lattice, limit, budget);
  return yield* verdictOf(runtime, couplings, 'inner', options, budget);
}

export function* latticeVerdict(
  runtime: Runtime,
  model: CheckedModel,
  options: MeanField,
  budget: number,
): Steps<LatticeVerdict> {
  const lattice = placeLattice(runtime, model);
  const resolved = (wanted: Omit<Coupling, 'method'>) =>
    resolvedVerdict(runtime, lattice, wanted, options, budget);
  const [grouped, inner, coarse, fine] = STAGES;
  const sure = yield* share(groupedVerdict(runtime, lattice, options, budget), 0, grouped);
  if (sure) return sure;
  const ratio = depth(model) / model.hopping;
  const early = ratio < LIKELY && ratio >= INNER_FROM && lattice.n > INNER_SITES;
  if (early) {
    const second = yield* share(innerVerdict(runtime, lattice, options, budget), grouped, inner);
    if (second?.certain) return second;
  }
  const first = yield* share(resolved({ resolution: RESOLUTION }), inner, coarse);
  if (first.certain) return first;
  // A failed avalanche: the interval left by the first stage is a sum of many upper bounds,
  // which more steps make smaller.
  if (first.etaTotBounds[0] < LIKELY_FAILED) {
    const finer = yield* share(resolved({ resolution: FINER_RESOLUTION }), coarse, fine);
    if (finer.certain) return finer;
  }
  const second = early ? null : yield* share(innerVerdict(runtime, lattice, options, budget), fine, fine);
  if (second?.certain) return second;
  return yield* share(resolved({ relative: RELATIVE }), fine, 1);
}

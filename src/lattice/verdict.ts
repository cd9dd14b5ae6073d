// Whether the avalanche runs, at the least cost that makes the answer certain: for ensembles of many lattices.

import { leastSolution } from '../meanfield/solve.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce } from '../wasm/steps.js';
import {
  bandCost,
  type Coupling,
  couplingSteps,
  groupedCouplings,
  innerCouplings,
  type LatticeCouplings,
  spectrumCost,
} from './couplings.js';
import { latticeMeanField, type MeanField } from './meanfield.js';
import { type CheckedModel, depth, placeLattice } from './model.js';

/** Whether the avalanche runs. */
export interface LatticeVerdict {
  /** η_tot of the least fixed point over the couplings that were resolved, nats; its lower bound from 'grouped'. */
  etaTot: number;
  /** Bounds on η_tot over all couplings. */
  etaTotBounds: [number, number];
  /** η_tot > threshold · N log 2. */
  avalanche: boolean;
  /** Both bounds give that verdict. */
  certain: boolean;
  /**
   * Which computation decided: groups of orbitals, the resolved couplings alone, then with the small ones of the inner
   * sites, then all.
   */
  stage: 'grouped' | 'resolved' | 'inner' | 'full';
}

const LOG2 = 0.6931471805599453;
/** √(Σ|φ|²) that the first stage may leave unresolved: two looks that agree leave far less. */
const RESOLUTION = 1e-3;
const FINER = 1e-9;
/** Of small |φ| in the last stage: they decide, so that they are computed one by one where orbitals are localized. */
const RELATIVE = 1e-6;
/** η_tot (nats) below which an avalanche has probably failed: such stop at 14 log 2 or less. */
const QUIET = 20 * LOG2;
/** Share of the radius whose sites the second stage adds, beyond the square root of the threshold. */
const SPARE = 0.06;

/**
 * Lanczos steps of the stage 'grouped' for each orbital that it must find. Two Ritz values give one interval; where the
 * largest coupling is more times the least one (`span`), more of the steps go into copies of the largest ones.
 */
const STEPS_PER_ORBITAL = [
  { span: 1e7, steps: 2.3 },
  { span: 1e10, steps: 3.4 },
  { span: 1e12, steps: 4.2 },
];
/** The next row is tried when η_tot came to this share of the bar; one that costs more than WORTH bands is not. */
const CLOSE = 0.75;
const WORTH = 0.6;
/** Couplings fall by about W/(LENGTH t) a step. */
const LENGTH = 3.9;
/** W/t beyond which an avalanche is not to be expected. */
const LIKELY = 60;
/** W/t from which the inner sites come before the resolved couplings, and N from which they are cheaper. */
const LOCALIZED = 12;
const SMALL = 1000;

/** Ratio of the largest coupling to the least one of the `orbitals` sites nearest to the origin. */
function couplingSpan(orbitals: number, ratio: number): number {
  let product = 1;
  for (let r = 1; 2 * r * r < orbitals; ++r) product *= Math.max(1, ratio / LENGTH);
  return product;
}

export function latticeVerdict(runtime: Runtime, model: CheckedModel, options: MeanField): LatticeVerdict {
  const { g0, threshold } = options;
  const lattice = placeLattice(runtime, model);
  const verdict = (couplings: LatticeCouplings, stage: LatticeVerdict['stage']): LatticeVerdict => {
    const { etaTot, etaTotBounds, avalanche, certain } = latticeMeanField(runtime, couplings, options);
    return { etaTot, etaTotBounds, avalanche, certain, stage };
  };
  const couplings = (wanted: Omit<Coupling, 'method'>) =>
    atOnce(couplingSteps(runtime, lattice, { method: 'auto', ...wanted }));
  const least = (values: Float64Array) =>
    values.length ? leastSolution(runtime, { values, log: false }).etaTot : 0;
  // Any lower bound that passes the bar is proof of an avalanche, so the coarsest comes first.
  const { n } = lattice;
  const bar = threshold * n * LOG2;
  const ratio = depth(model) / model.hopping;
  const span = ratio < LIKELY ? couplingSpan(threshold * n, ratio) : Number.POSITIVE_INFINITY;
  for (const row of STEPS_PER_ORBITAL) {
    const steps = Math.ceil(row.steps * threshold * n);
    if (span > row.span) continue;
    if (spectrumCost(n, steps) > WORTH * bandCost(n, model.radius)) break;
    const etaTot = least(groupedCouplings(runtime, lattice, steps).map((x) => g0 * x));
    if (etaTot > bar) {
      return { etaTot, etaTotBounds: [etaTot, n * LOG2], avalanche: true, certain: true, stage: 'grouped' };
    }
    if (etaTot < CLOSE * bar) break;
  }
  const limit = Math.ceil((Math.sqrt(threshold) + SPARE) * model.radius);
  const inside = (): LatticeVerdict | null => {
    const inner = limit < model.radius ? innerCouplings(runtime, lattice, limit) : null;
    return inner && verdict(inner, 'inner');
  };
  const early = ratio < LIKELY && ratio >= LOCALIZED && n > SMALL;
  if (early) {
    const second = inside();
    if (second?.certain) return second;
  }
  const first = verdict(couplings({ resolution: RESOLUTION }), 'resolved');
  if (first.certain) return first;
  // A failed avalanche: what the first stage left open is the sum of many upper bounds, smaller with more steps.
  if (first.etaTotBounds[0] < QUIET) {
    const finer = verdict(couplings({ resolution: FINER }), 'resolved');
    if (finer.certain) return finer;
  }
  const second = early ? null : inside();
  if (second?.certain) return second;
  return verdict(couplings({ relative: RELATIVE }), 'full');
}

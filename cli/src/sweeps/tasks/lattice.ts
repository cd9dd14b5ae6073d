// Many lattices at a time, and the search for the ends of the crossover: Fig. 5.
import type { Core, LatticeModel } from 'emft';
import type { TaskKind, TaskKinds } from '../task.js';
import { avalancheThreshold, type ThresholdOptions } from '../threshold.js';

export interface VerdictsTask {
  model: Pick<LatticeModel, 'radius' | 'strength' | 'hopping'>;
  theta0: readonly number[];
}

export interface Verdict {
  theta0: number;
  bits: number;
  /** 0 or 1. */
  avalanche: number;
  certain: number;
}

/** What becomes of the avalanche at each phase offset. */
const verdictsKind = {
  run: (core: Core, { model, theta0 }: VerdictsTask): Verdict[] =>
    theta0.map((offset) => {
      const { etaTot, etaTotBounds, avalanche, certain } = core.latticeVerdict({ ...model, theta0: offset });
      return {
        theta0: offset,
        // A verdict ends as soon as a lower bound shows an avalanche, which takes the whole lattice: the upper bound, N log 2.
        bits: (avalanche ? etaTotBounds[1] : etaTot) / Math.LN2,
        avalanche: Number(avalanche),
        certain: Number(certain),
      };
    }),
} satisfies TaskKind;

export interface SpacingsTask extends VerdictsTask {
  /** Grain dimension of (20), and what its "≪" is taken to be. */
  dg: number;
  ratio: number;
}

export interface Spaced extends Verdict {
  /** No radius satisfies (20) where it is absent. */
  spacing?: number;
}

/** The radius that grains must keep from each other, (20), at each phase offset. */
const spacingsKind = {
  run: (core: Core, { model, theta0, dg, ratio }: SpacingsTask): Spaced[] =>
    theta0.map((offset) => {
      const couplings = core.latticeCouplings({ ...model, theta0: offset, method: 'local' });
      const solution = core.latticeMeanField(couplings);
      const { etaTot, avalanche, certain } = solution;
      return {
        theta0: offset,
        bits: etaTot / Math.LN2,
        avalanche: Number(avalanche),
        certain: Number(certain),
        spacing: core.grainSpacing(couplings, solution, { dg, ratio })?.radius,
      };
    }),
} satisfies TaskKind;

/** One end of the crossover over W of the quasiperiodic lattice. */
const thresholdKind = {
  run: (core: Core, options: ThresholdOptions) => avalancheThreshold(core, options),
} satisfies TaskKind;

export const taskKinds = {
  verdicts: verdictsKind,
  spacings: spacingsKind,
  threshold: thresholdKind,
} satisfies TaskKinds;

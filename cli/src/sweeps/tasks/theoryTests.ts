// One or two l-bits on a large grain, at weak to strong coupling: the assumptions of the mean-field theory.
import type { Core, ModelStatistics } from 'emft';
import type { TaskKind, TaskKinds } from '../task.js';

/** Field and its spread: many level spacings of the grain, far below its bandwidth. */
const fields = { h: 0.2, deltaH: 0.1 };

export interface OneSpinTask {
  /** Level statistics; 'goe' by default. */
  grain?: ModelStatistics;
  grainDimension: number;
  j1: number;
  /** Middle share of the spectrum. */
  fraction: number;
  /** Whether to diagonalize the coupled system too. */
  states: boolean;
}

/** N = 1: reduced coupling (3), norms (5), and entropies of the coupled eigenstates. */
const oneSpinKind = {
  run(core: Core, { grain, grainDimension, j1, fraction, states }: OneSpinTask, seed: number, index: number) {
    const model = core.randomGrainModel({
      alpha: 1,
      n: 1,
      seed,
      sample: index,
      grain,
      grainDimension,
      j1,
      ...fields,
    });
    const { g, norms } = core.reducedCoupling({ ...model, fraction });
    if (!states) return { g, norms, entropies: new Float64Array(0), meanEntropy: 0, czz: 0 };
    const found = core.diagonalizeGrain({ ...model, window: { fraction } });
    return { g, norms, entropies: found.entropies[0], meanEntropy: found.meanEntropy[0], czz: found.czz[0] };
  },
} satisfies TaskKind;

export interface TwoSpinTask {
  /** Level statistics; 'goe' by default. */
  grain?: ModelStatistics;
  grainDimension: number;
  /** Couplings of the first l-bit. */
  j1: readonly number[];
  fraction: number;
}

/**
 * N = 2: enhancement [|V′_2,ab|]/[|V_2,ab|] of the second l-bit's elements by the coupling of the first, over pairs
 * of states of grain and first l-bit; without its coupling half of them vanish. `density` is that of pairs, over the one without
 * the coupling: 1 where the coupling does not widen the band. One result a coupling of the first, all in the same grain.
 */
const twoSpinKind = {
  run(core: Core, { grain, grainDimension, j1, fraction }: TwoSpinTask, seed: number, index: number) {
    const model = core.randomGrainModel({
      alpha: 1,
      n: 2,
      seed,
      sample: index,
      grain,
      grainDimension,
      j1: 1,
      ...fields,
    });
    const measure = (first: number) =>
      core.reducedCoupling({ ...model, couplings: Float64Array.of(first, 1), spin: 1, fraction });
    const apart = measure(0);
    return j1.map((first) => {
      const { g: g1 } = core.reducedCoupling({
        grain: model.grain,
        complex: model.complex,
        fields: model.fields.slice(0, 1),
        couplings: Float64Array.of(first),
        fraction,
      });
      const { meanElement, density } = measure(first);
      return { g1, enhancement: meanElement / apart.meanElement, density: density / apart.density };
    });
  },
} satisfies TaskKind;

export const taskKinds = { oneSpin: oneSpinKind, twoSpin: twoSpinKind } satisfies TaskKinds;

// One realization of the central-grain model, diagonalized: `emft ed` and the exact-diagonalization figures.
import type { Core, GrainWindow, RandomGrainOptions } from 'emft';
import { middleStates } from 'emft/check';
import type { TaskKind } from './task.js';

export interface GrainTask extends Omit<RandomGrainOptions, 'seed' | 'sample'> {
  window?: GrainWindow;
  method?: 'auto' | 'dense' | 'filtered';
  verify?: boolean;
}

export const grainKind = {
  run(core: Core, { window, method, verify, ...options }: GrainTask, seed: number, index: number) {
    const model = core.randomGrainModel({ ...options, seed, sample: index });
    return core.diagonalizeGrain({ ...model, window, method, verify });
  },
} satisfies TaskKind;

/** Throws for options of which there is no model. */
export const grainModelKind = {
  run(core: Core, options: Omit<RandomGrainOptions, 'seed' | 'sample'>, seed: number) {
    core.randomGrainModel({ ...options, seed });
  },
} satisfies TaskKind;

/** Averages over all states and over the middle part of the spectrum; the entropies of all. */
export const grainAveragesKind = {
  run(
    core: Core,
    { middle, ...options }: Omit<RandomGrainOptions, 'seed' | 'sample'> & { middle: number },
    seed: number,
    index: number,
  ) {
    const model = core.randomGrainModel({ ...options, seed, sample: index });
    const { meanEntropy, czz, entropies } = core.diagonalizeGrain(model);
    const { first, last } = middleStates(entropies[0].length, middle);
    const middleEntropy = Float64Array.from(entropies, (s) => core.meanAndError(s.slice(first, last)).mean);
    return { meanEntropy, czz, middleEntropy, entropies };
  },
} satisfies TaskKind;

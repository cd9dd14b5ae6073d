// One realization of the central-grain model, diagonalized: `emft ed` and the exact-diagonalization figures.
import type { Core, GrainWindow, RandomGrainOptions } from 'emft';
import { middleStates } from 'emft/check';
import type { TaskKind, TaskKinds } from '../task.js';

interface GrainTask extends Omit<RandomGrainOptions, 'seed' | 'sample'> {
  window?: GrainWindow;
  method?: 'auto' | 'dense' | 'filtered';
  verify?: boolean;
}

const grainKind = {
  run(
    core: Core,
    { window, method, verify, ...options }: GrainTask,
    seed: number,
    index: number,
    signal?: AbortSignal,
  ) {
    const model = core.randomGrainModel({ ...options, seed, sample: index });
    return core.diagonalizeGrainAsync({ ...model, window, method, verify }, { signal });
  },
} satisfies TaskKind;

/** Throws for options that make no model. */
const grainModelKind = {
  run(core: Core, options: Omit<RandomGrainOptions, 'seed' | 'sample'>, seed: number) {
    core.randomGrainModel({ ...options, seed });
  },
} satisfies TaskKind;

/** The averages wanted: over all states and the middle part of the spectrum, or over the states nearest to E = 0. */
interface GrainAveragesTask extends Omit<RandomGrainOptions, 'seed' | 'sample'> {
  middle: number;
  states?: number;
}

/**
 * Averages over the states with their standard errors, and over the middle part if all states are
 * there; the last l-bit in each.
 */
const grainAveragesKind = {
  async run(
    core: Core,
    { middle, states, ...options }: GrainAveragesTask,
    seed: number,
    index: number,
    signal?: AbortSignal,
  ) {
    const model = core.randomGrainModel({ ...options, seed, sample: index });
    const window = states === undefined ? undefined : { energy: 0, count: states };
    const { meanEntropy, entropies } = await core.diagonalizeGrainAsync({ ...model, window }, { signal });
    const overStates = Float64Array.from(entropies, (s) => core.meanAndError(s).error);
    const averages = { meanEntropy, overStates, last: entropies.at(-1)! };
    if (window) return averages;
    const { first, last } = middleStates(averages.last.length, middle);
    const middleEntropy = Float64Array.from(entropies, (s) => core.meanAndError(s.slice(first, last)).mean);
    return { ...averages, middleEntropy };
  },
} satisfies TaskKind;

export const taskKinds = {
  grain: grainKind,
  grainModel: grainModelKind,
  grainAverages: grainAveragesKind,
} satisfies TaskKinds;

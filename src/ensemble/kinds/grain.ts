// One realization of the central-grain model, diagonalized: `emft ed` and the exact-diagonalization figures.
import type { Core, GrainWindow, RandomGrainOptions } from '../../index.js';
import type { TaskKind } from '../taskKind.js';

export interface GrainTask extends Omit<RandomGrainOptions, 'seed' | 'sample'> {
  window?: GrainWindow;
  method?: 'auto' | 'dense' | 'filtered';
  /** Whether to send back averages alone. */
  averages?: boolean;
}

export const grainKind = {
  run(core: Core, { window, method, averages, ...options }: GrainTask, seed: number, index: number) {
    const model = core.randomGrainModel({ ...options, seed, sample: index });
    const states = core.diagonalizeGrain({ ...model, window, method });
    return averages ? { ...states, eigenvalues: [], entropies: [], polarizations: [] } : states;
  },
} satisfies TaskKind;

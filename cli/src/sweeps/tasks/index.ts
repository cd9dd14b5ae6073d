// The registry: every task kind under the name that workers look up.
import { chunkKind } from '../chunk.js';
import { energyStatesKind } from './energyStates.js';
import { grainAveragesKind, grainKind, grainModelKind } from './grain.js';
import { lateTimesKind } from './lateTimes.js';
import { spacingsKind, thresholdKind, verdictsKind } from './lattice.js';
import { grainLatticesKind, twoGrainsKind } from './manyGrains.js';
import { sampleMeansKind } from './sampleMeans.js';
import type { TaskKinds } from './task.js';
import { oneSpinKind, twoSpinKind } from './theoryTests.js';

export const taskKinds: TaskKinds = {
  /** One chunk of an experiment. */
  chunk: chunkKind,
  /** One realization of the central-grain model. */
  grain: grainKind,
  /** Checks that the options make a model. */
  grainModel: grainModelKind,
  /** Averages of a realization over all states and over the middle of the spectrum. */
  grainAverages: grainAveragesKind,
  /** One or two l-bits on a large grain. */
  oneSpin: oneSpinKind,
  twoSpin: twoSpinKind,
  /** Entropies of eigenstates at several energies. */
  energyStates: energyStatesKind,
  /** Autocorrelators of the l-bits of one realization. */
  lateTimes: lateTimesKind,
  /** What becomes of avalanches on lattices, how far apart grains must be, and where avalanches begin and end over W. */
  verdicts: verdictsKind,
  spacings: spacingsKind,
  threshold: thresholdKind,
  /** Two grains with l-bits between, and lattices with many grains. */
  twoGrains: twoGrainsKind,
  grainLattices: grainLatticesKind,
  /** Averages over realizations. */
  sampleMeans: sampleMeansKind,
};

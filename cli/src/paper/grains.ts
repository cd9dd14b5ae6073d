// The two readings of Fig. 2: a grain of 64 levels, with which the paper's numbers come out, and of eight, as printed. Each
// ensemble of the experiment files says to which it belongs; a figure takes those of its reading.
import type { GrainReadingName } from 'emft';
import { grainReadings } from 'emft/check';
import type { Experiment } from '../sweeps/experiment.js';
import { example, samplesOf, valuesOf } from './example.js';
import type { Ensemble, Profile, Reading } from './figure.js';

/** Eigenstates of a model, those nearest to E = 0: the matrices of 64 levels and ten l-bits are too large for all. */
const NEAREST = 64;

const scales = (name: GrainReadingName) => {
  const { grainDimension, j1 } = grainReadings[name];
  return `$d_g = ${grainDimension}$, $J_1 = ${j1}$`;
};

/** docs/grain.md has the evidence. */
export const grains: readonly Reading[] = [
  {
    name: 'dg64',
    label: `${scales('dg64')}, ${NEAREST} states nearest $E = 0$ (the paper’s numbers); printed is ${scales('printed')}`,
    parameters: { grain: 'dg64', states: NEAREST },
  },
  {
    name: 'printed',
    label: `as printed, ${scales('printed')}, all states`,
    parameters: { grain: 'printed' },
  },
];

/** What is diagonalized of each model in a reading. */
export interface GrainTerms {
  reading: GrainReadingName;
  /** The number of states nearest to E = 0; without it all states, and those in the middle of the spectrum besides. */
  states?: number;
}

export function grainTermsOf(reading: Reading = grains[0]): GrainTerms {
  const { grain, states } = reading.parameters;
  return { reading: grain as GrainReadingName, states: states as number | undefined };
}

/** The part of a figure's experiment that is of one reading. Throws where its states are not those that the figure takes. */
export function grainExperiment(id: string, profile: Profile, terms: GrainTerms): Experiment {
  const whole = example(id, profile);
  const ensembles = whole.ensembles.filter(({ axes }) => (axes.reading as string[])[0] === terms.reading);
  const part = { ...whole, ensembles };
  const listed = ensembles.some(({ axes }) => 'states' in axes) ? valuesOf(part, 'states') : [undefined];
  if (ensembles.length === 0 || listed.length !== 1 || listed[0] !== terms.states) {
    throw new Error(`an example has no ensemble of the reading ${terms.reading}`);
  }
  return part;
}

/** Samples of each N in the reading of a name. */
export function grainEnsemble(id: string, profile: Profile, name?: string): Ensemble {
  const terms = grainTermsOf(grains.find((reading) => reading.name === name));
  return samplesOf(grainExperiment(id, profile, terms), 'n');
}

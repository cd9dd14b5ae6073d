// The level statistics of the grain, as a parameter of the views that have a theory of it, and of the one that draws models.
import type { GrainStatistics, ModelStatistics } from 'emft';
import { modelStatistics } from 'emft/check';
import type { ChoiceParam, Values } from '../parts/params.js';

export const grainParam: ChoiceParam = {
  kind: 'choice',
  key: 'grain',
  label: 'Levels of the grain',
  value: 'goe',
  choices: [
    { value: 'goe', label: 'real (GOE)' },
    { value: 'gue', label: 'complex (GUE)' },
    { value: 'gse', label: 'Kramers pairs (GSE)' },
    { value: 'poisson', label: 'independent (Poisson)' },
  ],
};

/** Those that random models have. */
export const modelGrainParam: ChoiceParam = {
  ...grainParam,
  choices: grainParam.choices.filter(({ value }) => modelStatistics.some((name) => name === value)),
};

export const grainOf = ({ grain }: Values): GrainStatistics => grain as GrainStatistics;

export const modelGrainOf = ({ grain }: Values): ModelStatistics => grain as ModelStatistics;

/** The flag of a command; the default is left out. */
export const grainFlag = ({ grain }: Values): string =>
  grain === grainParam.value ? '' : ` --grain ${grain}`;

// The level statistics of the grain, as a parameter of the views that have a theory of it.
import type { GrainStatistics } from 'emft';
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

export const grainOf = ({ grain }: Values): GrainStatistics => grain as GrainStatistics;

/** The flag of a command; the default is left out. */
export const grainFlag = ({ grain }: Values): string =>
  grain === grainParam.value ? '' : ` --grain ${grain}`;

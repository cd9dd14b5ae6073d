// Parameters and columns that several kinds of sweeps have, and what is read from them.
import { grainStatistics } from 'emft/check';
import type { ParameterValues } from '../common/parameters.js';
import { axisValues } from './axis.js';
import type { Column, Parameter } from './kind.js';

export const grain = {
  type: 'choice',
  choices: grainStatistics,
  default: 'goe',
  unit: '',
  description: 'level statistics of the grain',
} as const satisfies Parameter;

export const spin = {
  type: 'integer',
  unit: '1',
  description: 'position in the chain, from 1',
} as const satisfies Column;

/** Of an l-bit with the grain. */
export const coupling = { type: 'double', unit: 'energy', description: 'J_n' } as const satisfies Column;

/** Times whose logarithms are evenly spaced, from the parameters earliest, latest and times. */
export function timesOf(parameters: ParameterValues): number[] {
  const { earliest, latest, times } = parameters as Record<string, number>;
  return axisValues({ from: earliest, to: latest, points: times, spacing: 'geometric' }) as number[];
}

/** Of an eigenstate whose number is the column before it. */
export const eigenvalue = {
  type: 'double',
  unit: 'energy',
  description: 'its energy',
} as const satisfies Column;

/** What the mean-field theory says of a spin or an orbital. */
export const meanField = {
  g: { type: 'double', unit: '1', description: 'renormalized reduced coupling' },
  logG: { type: 'double', unit: '1', description: 'its natural logarithm' },
  entropy: { type: 'double', unit: 'nat', description: 'mean entanglement entropy [S](g)' },
} as const satisfies Record<string, Column>;

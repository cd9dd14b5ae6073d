// The random central-grain model of the kinds of sweeps that draw one: its parameters, and the model of their values.
import type { Core, GrainReadingName, ModelStatistics, RandomGrainModel } from 'emft';
import { grainRanges, grainReadings, InputError, modelStatistics } from 'emft/check';
import type { ParameterValues } from '../common/parameters.js';
import type { Parameter, SweepKind } from './kind.js';

/** d_g: the given value, or that of the reading. */
export function dimensionOf({ grainDimension, reading }: ParameterValues): number {
  return (grainDimension as number) ?? grainReadings[reading as GrainReadingName].grainDimension;
}

/** J_1: the given value, or that of the reading. */
function couplingOf({ j1, reading }: ParameterValues): number {
  return (j1 as number) ?? grainReadings[reading as GrainReadingName].j1;
}

/** The scales that all readings share, as printed. */
const printed = { h: 1, deltaH: 0.1, grainScale: 1.5 };

/** The reading with this model, whether it was named or d_g and J_1 were given; empty if no reading has it. */
function readingOf(parameters: ParameterValues): string {
  const own = Object.entries(printed).some(([name, value]) => parameters[name] !== value);
  const [dg, j1] = [dimensionOf(parameters), couplingOf(parameters)];
  const same = Object.entries(grainReadings).find(([, r]) => r.grainDimension === dg && r.j1 === j1);
  return own || !same ? '' : same[0];
}

export const grainParameters = {
  alpha: { type: 'number', above: 0, max: 1, unit: '1', description: 'decay of J_n = J_1 alpha^(n-1)' },
  n: { type: 'integer', ...grainRanges.n, min: 1, unit: '1', description: 'number of l-bits' },
  reading: {
    type: 'choice',
    choices: Object.keys(grainReadings),
    default: 'printed',
    unit: '1',
    description:
      'd_g and J_1 where not given: printed 8 and 0.41, dg256 256 and 0.41, dg64 64 and 0.82; in rows empty for a model of none',
  },
  grainDimension: {
    type: 'integer',
    ...grainRanges.grainDimension,
    optional: true,
    unit: '1',
    description: 'd_g, a power of two; left out, that of the reading',
  },
  j1: {
    type: 'number',
    optional: true,
    unit: 'energy',
    description: 'coupling of the first l-bit; left out, that of the reading',
  },
  h: { type: 'number', default: printed.h, unit: 'energy', description: 'mean field' },
  deltaH: {
    type: 'number',
    ...grainRanges.deltaH,
    default: printed.deltaH,
    unit: 'energy',
    description: 'fields are uniform on h ± deltaH',
  },
  grainScale: {
    type: 'number',
    ...grainRanges.grainScale,
    default: printed.grainScale,
    unit: 'energy',
    description: 'sqrt(E tr H_g^2 / d_g)',
  },
  grain: {
    type: 'choice',
    choices: modelStatistics,
    default: 'goe',
    unit: '',
    description:
      'level statistics of the grain: goe real symmetric, gue complex Hermitian, poisson with independent levels',
  },
} as const satisfies Record<string, Parameter>;

/** Of rows, what the values say of reading, d_g and J_1. */
export const grainInRows: SweepKind['inRows'] = {
  reading: readingOf,
  grainDimension: dimensionOf,
  j1: couplingOf,
};

/** d_g, which has to be a power of two. */
export function checkedDimension(parameters: ParameterValues): number {
  const dg = dimensionOf(parameters);
  if ((dg & (dg - 1)) !== 0) throw new InputError('grainDimension', `expected a power of two, got ${dg}`);
  return dg;
}

export function grainModelOf(core: Core, p: ParameterValues, seed: number, sample: number): RandomGrainModel {
  const { alpha, n, grainDimension, h, deltaH, j1, grainScale } = p as Record<string, number>;
  const reading = p.reading as GrainReadingName;
  const scales = { h, deltaH, j1, grainScale };
  const grain = p.grain as ModelStatistics;
  return core.randomGrainModel({ alpha, n, seed, sample, reading, grainDimension, grain, ...scales });
}

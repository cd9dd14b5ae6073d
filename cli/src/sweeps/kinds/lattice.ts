// One lattice of [CC22] (15) with its mean-field solution and verdict: Fig. 5 and the fraction of avalanches (19).

import type { GrainStatistics, LatticePotential } from 'emft';
import { InputError, latticePotentials, latticeRanges } from 'emft/check';
import { latticeSites } from '../../common/counts.js';
import type { ParameterValues } from '../../common/parameters.js';
import { STREAMS } from '../../common/streams.js';
import type { SweepKind } from '../kind.js';
import { grain } from '../sharedColumns.js';

/** The parameters of the model, except its phases and offset. */
export function model(parameters: ParameterValues) {
  const { radius, strength, hopping, amplitude, breakpoint, q1, q2 } = parameters as Record<
    string,
    number | undefined
  >;
  return {
    radius: radius!,
    strength: strength!,
    hopping,
    potential: parameters.potential as LatticePotential | undefined,
    amplitude,
    breakpoint,
    q: q1 === undefined ? undefined : ([q1, q2!] as const),
  };
}

/** Refuses parameters that this shape of V, or random phases, do not have. */
export function checkShape({ potential, breakpoint, phases, q1, q2 }: ParameterValues): void {
  if (potential === 'aubry-andre' && breakpoint !== undefined) {
    throw new InputError('breakpoint', 'only the triangle has one');
  }
  if ((q1 === undefined) !== (q2 === undefined)) {
    throw new InputError(q1 === undefined ? 'q1' : 'q2', 'q1 and q2 are given together');
  }
  if (phases === 'random' && q1 !== undefined) throw new InputError('q1', 'random phases have no q');
}

const drawn = ({ phases, theta0 }: ParameterValues) => phases === 'random' || theta0 === undefined;

export const lattice: SweepKind = {
  description: 'two-dimensional lattice: mean-field solution and whether the avalanche runs',
  parameters: {
    radius: {
      type: 'integer',
      ...latticeRanges.radius,
      unit: '1',
      description: 'R: the sites |n1| + |n2| ≤ R',
    },
    strength: {
      type: 'number',
      ...latticeRanges.strength,
      unit: '1',
      description: 'W, the scale of V, in the unit of the hopping',
    },
    phases: {
      type: 'choice',
      choices: ['quasiperiodic', 'random'],
      default: 'quasiperiodic',
      unit: '',
      description: 'phases of the potential',
    },
    theta0: {
      type: 'number',
      optional: true,
      ...latticeRanges.theta0,
      unit: 'rad',
      description: 'phase offset of a quasiperiodic lattice; left out, drawn uniformly for each sample',
    },
    g0: { type: 'number', ...latticeRanges.g0, default: 1, unit: '1', description: 'coupling scale of (18)' },
    hopping: { type: 'number', ...latticeRanges.hopping, default: 1, unit: '1', description: 'hopping t' },
    potential: {
      type: 'choice',
      choices: latticePotentials,
      default: 'triangle',
      unit: '',
      description: 'shape of V: linear between its extremes, or a cosine',
    },
    amplitude: {
      type: 'number',
      optional: true,
      ...latticeRanges.amplitude,
      unit: 'W',
      description: 'V(0); left out, 1 for the triangle and 2 for aubry-andre',
    },
    breakpoint: {
      type: 'number',
      optional: true,
      ...latticeRanges.breakpoint,
      unit: 'rad',
      description: 'phase at which the triangle is least; left out, 2/(1 + √5)',
    },
    q1: {
      type: 'number',
      optional: true,
      ...latticeRanges.q,
      unit: 'rad',
      description: 'phase a site along n1, with q2; left out, π(1 + √5)',
    },
    q2: {
      type: 'number',
      optional: true,
      ...latticeRanges.q,
      unit: 'rad',
      description: 'phase a site along n2, with q1; left out, π(1 + √3)',
    },
    grain,
    threshold: {
      type: 'number',
      ...latticeRanges.threshold,
      default: 0.5,
      unit: 'N log 2',
      description: 'an avalanche has a larger total enhancement than this',
    },
  },
  tables: {
    verdict: {
      description: 'one row a lattice',
      rows: 'one',
      columns: {
        theta0: {
          type: 'double',
          nan: true,
          unit: 'rad',
          description: 'phase offset; NaN for random phases',
        },
        etaTot: { type: 'double', unit: 'nat', description: 'total enhancement from the resolved couplings' },
        etaLow: { type: 'double', unit: 'nat', description: 'lower bound over what is not resolved' },
        etaHigh: { type: 'double', unit: 'nat', description: 'upper bound over what is not resolved' },
        avalanche: { type: 'boolean', unit: '1', description: 'whether the avalanche runs' },
        certain: { type: 'boolean', unit: '1', description: 'whether both bounds give that verdict' },
      },
    },
  },
  random: drawn,
  check(parameters) {
    if (parameters.phases === 'random' && parameters.theta0 !== undefined) {
      throw new InputError('theta0', 'random phases have no offset');
    }
    checkShape(parameters);
  },
  // Measured: 0.3 to 1.1 times this from R = 10 to 40; a seventh at R = 6, a twenty-fifth at R = 3.
  cost({ radius, strength, hopping }) {
    const n = latticeSites(radius as number);
    const ratio = (strength as number) / (hopping as number);
    return 2e-3 + (ratio > 100 ? 1e-6 * n : 3e-8 * n * n);
  },
  compute(core, parameters, seed, sample) {
    const options = {
      g0: parameters.g0 as number,
      threshold: parameters.threshold as number,
      grain: parameters.grain as GrainStatistics,
    };
    let theta0 = Number.NaN;
    let phases: { theta0: number } | { random: true; seed: number; index: number };
    if (parameters.phases === 'random') phases = { random: true, seed, index: sample };
    else {
      const [u] = drawn(parameters)
        ? core.uniforms({ seed, stream: STREAMS.latticeOffset, index: sample }, 1)
        : [0];
      theta0 = (parameters.theta0 as number | undefined) ?? 2 * Math.PI * u;
      phases = { theta0 };
    }
    const verdict = core.latticeVerdict({ ...model(parameters), ...phases }, options);
    const [etaLow, etaHigh] = verdict.etaTotBounds;
    const { etaTot, avalanche, certain } = verdict;
    return { theta0, etaTot, etaLow, etaHigh, avalanche, certain };
  },
};

// The orbitals of one lattice of [CC22] (15), their couplings and the effect of the avalanche on them: Fig. 4.

import type { GrainStatistics, LatticeMethod } from 'emft';
import { InputError, latticeMethods, latticeRanges } from 'emft/check';
import { RELATIVE } from '../../common/constants.js';
import { latticeSites } from '../../common/counts.js';
import type { SweepKind } from '../kind.js';
import { meanField } from '../sharedColumns.js';
import { checkShape, lattice, model } from './lattice.js';

/** The value of a coordinate where the method finds no labels. */
const NO_SITE = -(2 ** 31);

/** Largest radius at which the whole eigenproblem is solved. */
const DENSE_RADIUS = latticeRanges.denseRadius.max;

const { threshold: _, ...parameters } = lattice.parameters;

export const orbitals: SweepKind = {
  description: 'two-dimensional lattice: every resolved orbital with its coupling and entropy',
  parameters: {
    ...parameters,
    theta0: {
      type: 'number',
      optional: true,
      ...latticeRanges.theta0,
      unit: 'rad',
      description: 'phase offset; needed by quasiperiodic lattices',
    },
    method: {
      type: 'choice',
      choices: latticeMethods,
      default: 'auto',
      unit: '1',
      description: 'how the orbitals are found; local and dense label them with sites',
    },
  },
  tables: {
    orbitals: {
      description: 'one row a resolved orbital, by energy',
      rows: 'many',
      columns: {
        energy: {
          type: 'double',
          unit: '1',
          description: 'energy of the orbital, in the unit of the hopping',
        },
        phi0: { type: 'double', unit: '1', description: '|φ|: its component at the origin' },
        ...meanField,
        n1: { type: 'integer', unit: '1', description: `site that labels the orbital; ${NO_SITE}: none` },
        n2: { type: 'integer', unit: '1', description: `site that labels the orbital; ${NO_SITE}: none` },
      },
    },
  },
  random: ({ phases }) => phases === 'random',
  check(given) {
    const { phases, theta0, radius, method } = given;
    checkShape(given);
    if ((phases === 'random') !== (theta0 === undefined)) {
      throw new InputError('theta0', 'quasiperiodic phases need it, random phases have none');
    }
    if (method === 'dense' && (radius as number) > DENSE_RADIUS) {
      throw new InputError('radius', `method dense takes R ≤ ${DENSE_RADIUS}, got ${radius}`);
    }
  },
  // Measured: dense a seventh of this, R = 10 and 20; band 1.3 to 2.3 times and local 5 to 7 times this, R = 10 and 20.
  cost({ radius, method }) {
    const n = latticeSites(radius as number);
    return 1e-3 + (method === 'dense' ? 3e-9 * n * n * n : 1e-9 * n * n * (radius as number));
  },
  compute(core, values, seed, sample) {
    const { theta0, g0 } = values as Record<string, number>;
    const common = {
      ...model(values),
      method: values.method as LatticeMethod,
      relative: RELATIVE,
    };
    const found =
      values.phases === 'random'
        ? core.latticeCouplings({ ...common, random: true, seed, index: sample })
        : core.latticeCouplings({ ...common, theta0 });
    const { g, logG, entropy } = core.latticeMeanField(found, { g0, grain: values.grain as GrainStatistics });
    const { energies: energy, phi0, site, sites } = found;
    const label = (axis: 0 | 1) =>
      Int32Array.from(energy, (_, k) => (site ? sites[2 * site[k] + axis] : NO_SITE));
    return { energy, phi0, g, logG, entropy, n1: label(0), n2: label(1) };
  },
};

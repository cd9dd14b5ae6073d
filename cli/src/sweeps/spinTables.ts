// The parameters and the tables that all models of spins ½ have.

import { parities } from '../common/spinModel/sector.js';
import type { Parameter, Table } from './kind.js';
import { eigenvalue } from './sharedColumns.js';

export const parameters = {
  sites: { type: 'integer', min: 1, max: 32, unit: '1', description: 'number of spins ½' },
  up: {
    type: 'integer',
    min: 0,
    max: 32,
    optional: true,
    unit: '1',
    description: 'spins up; left out, any number',
  },
  filling: {
    type: 'choice',
    choices: ['any', 'half'],
    default: 'any',
    unit: '1',
    description: 'half: half of the spins are up, in place of up',
  },
  momentum: {
    type: 'integer',
    min: 0,
    max: 31,
    optional: true,
    unit: '1',
    description:
      'k of the phase 2πk/sites of a translation by one site; left out, all; with reflection 0 or sites/2',
  },
  reflection: {
    type: 'choice',
    choices: parities,
    default: 'any',
    unit: '1',
    description: 'parity under site i → sites − 1 − i; beside momentum, where that is 0 or sites/2',
  },
  flip: {
    type: 'choice',
    choices: parities,
    default: 'any',
    unit: '1',
    description: 'parity when all spins are turned over',
  },
  which: {
    type: 'choice',
    choices: ['all', 'lowest', 'highest', 'nearest'],
    default: 'all',
    unit: '1',
    description: 'the eigenstates that are computed: nearest to energy, of the last',
  },
  states: {
    type: 'integer',
    min: 1,
    optional: true,
    unit: '1',
    description:
      'how many of them; of all it is left out; a sector made smaller by symmetries, with fewer states (dimension), has fewer (found)',
  },
  energy: {
    type: 'number',
    optional: true,
    unit: 'energy',
    description: "where the states of which = 'nearest' lie; there without it 0",
  },
  middle: {
    type: 'number',
    tables: ['total', 'entropy'],
    above: 0,
    max: 1,
    default: 1,
    unit: '1',
    description:
      'share of the computed eigenstates, by number, over which gap ratios and entropies are averaged',
  },
  cut: {
    type: 'integer',
    tables: ['entropy', 'states'],
    min: 1,
    max: 31,
    optional: true,
    unit: '1',
    description:
      'entropies are between the first cut sites and the others; left out, half of the sites, rounded down',
  },
  order: {
    type: 'number',
    tables: ['entropy', 'states'],
    min: 0,
    default: 1,
    unit: '1',
    description:
      "order of the entropy: 1 von Neumann's, others Rényi's; files hold finite numbers, core.entanglementEntropy takes Infinity too",
  },
  degree: {
    type: 'integer',
    tables: ['formFactor'],
    min: 1,
    max: 50,
    default: 9,
    unit: '1',
    description: 'degree of the polynomial that unfolds the levels for the form factor',
  },
  width: {
    type: 'number',
    tables: ['formFactor'],
    min: 0,
    max: 1e6,
    default: 0.5,
    unit: '1',
    description: 'width of the Gaussian weights of the form factor, in widths of the spectrum; 0: none',
  },
  earliest: {
    type: 'number',
    tables: ['formFactor'],
    above: 0,
    default: 1e-3,
    unit: '1',
    description: 'first time of the form factor',
  },
  latest: {
    type: 'number',
    tables: ['formFactor'],
    above: 0,
    max: 2 ** 20,
    default: 10,
    unit: '1',
    description: 'last time of the form factor',
  },
  times: {
    type: 'integer',
    tables: ['formFactor'],
    min: 2,
    max: 100_000,
    default: 81,
    unit: '1',
    description: 'number of times of the form factor, in equal ratios',
  },
} as const satisfies Record<string, Parameter>;

const level = {
  type: 'integer',
  unit: '1',
  description: 'number of the eigenstate among those computed, from 0',
} as const;

export const tables = {
  total: {
    description: 'one row a realization, from its levels',
    rows: 'one',
    columns: {
      gapRatio: {
        type: 'double',
        nan: true,
        unit: '1',
        description:
          'mean ratio of consecutive level spacings, of the middle; spacings below 1e-12 of the largest level count as 0, as copies of a level that symmetries make do; NaN where there is none',
      },
      lowest: { type: 'double', unit: 'energy', description: 'lowest eigenvalue computed' },
      highest: { type: 'double', unit: 'energy', description: 'highest eigenvalue computed' },
      gap: {
        type: 'double',
        nan: true,
        unit: 'energy',
        description: 'second lowest less lowest of them; NaN of one alone',
      },
      dimension: { type: 'double', unit: '1', description: 'states of the sector' },
      cut: {
        type: 'boolean',
        unit: '1',
        description:
          'whether a level has more copies, or another is as near, that are not among those computed',
      },
      found: { type: 'integer', unit: '1', description: 'eigenstates computed' },
    },
  },
  entropy: {
    description: 'one row a realization, from its eigenstates',
    rows: 'one',
    columns: {
      averaged: {
        type: 'integer',
        unit: '1',
        description: 'eigenstates in the middle, over which is averaged',
      },
      entropy: { type: 'double', unit: 'nat', description: 'entropy averaged over them' },
      deviation: { type: 'double', unit: 'nat', description: 'its standard deviation among them' },
    },
  },
  states: {
    description: 'one row an eigenstate',
    rows: 'many',
    columns: {
      level,
      eigenvalue,
      entropy: {
        type: 'double',
        unit: 'nat',
        description: 'entropy of the first cut sites; of copies of a level, that of one basis',
      },
    },
  },
  levels: { description: 'one row a level', rows: 'many', columns: { level, eigenvalue } },
  formFactor: {
    description: 'one row a time',
    rows: 'many',
    columns: {
      time: { type: 'double', unit: '1', description: 'in Heisenberg times' },
      formFactor: {
        type: 'double',
        unit: '1',
        description: 'form factor of the unfolded levels of this realization',
      },
    },
  },
} as const satisfies Record<string, Table>;

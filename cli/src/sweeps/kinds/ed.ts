// One realization of the central-grain model, diagonalized, as rows: Fig. 2.

import type { GrainEigenstates } from 'emft';
import { InputError, middleStates } from 'emft/check';
import type { ParameterValues } from '../../common/parameters.js';
import { checkedDimension, dimensionOf, grainInRows, grainModelOf, grainParameters } from '../grainModel.js';
import type { Rows, SweepKind } from '../kind.js';
import { coupling, eigenvalue, spin } from '../sharedColumns.js';

const windowOf = ({ energy, states }: ParameterValues) =>
  states === undefined ? undefined : { energy: energy as number, count: states as number };

/** Rough seconds above which a model is diagonalized in steps, so that a thread without others sees signals. */
const LONG = 0.05;

/** Rough seconds of a model. Measured: half of this when dense, N = 4 … 7; 0.9 to 4 times this when filtered, N = 6 and 8. */
function seconds(parameters: ParameterValues): number {
  const [dg, n] = [dimensionOf(parameters), parameters.n as number];
  const d = dg * 2 ** n;
  const dense = 5e-10 * d * d * d;
  // All states, in four times as many multiplications.
  if (parameters.grain === 'gue') return 1e-3 + 4 * dense;
  // Filtered: some 13 D products with H, whatever the number of states; an element of a product costs
  // a row of H_g and the l-bits.
  const filtered = 1e-9 * d * d * (2 * dg + 2 * n + 6);
  return 1e-3 + (parameters.states === undefined ? dense : Math.min(dense, filtered));
}

/** The rows of a table. */
function rowsOf(
  found: GrainEigenstates,
  couplings: ArrayLike<number>,
  { middle }: ParameterValues,
  table: string,
): Rows {
  const { eigenvalues, gapRatio } = found;
  if (table === 'total') return { gapRatio, lowest: eigenvalues[0], highest: eigenvalues.at(-1) };
  if (table === 'levels') {
    return { level: Int32Array.from(eigenvalues, (_, k) => k), eigenvalue: eigenvalues };
  }
  if (table === 'states') return stateRows(found);
  const over = (lists: Float64Array[], f: (x: number) => number) =>
    lists.map((list) => middleMean(list, middle as number, f));
  return {
    spin: Int32Array.from(found.meanEntropy, (_, k) => k + 1),
    coupling: Float64Array.from(couplings),
    entropy: found.meanEntropy,
    entropyMiddle: over(found.entropies, (x) => x),
    czz: found.czz,
    czzMiddle: over(found.polarizations, (x) => x * x),
  };
}

/** Mean of f(x) over the middle `fraction` of a list. */
function middleMean(list: Float64Array, fraction: number, f: (x: number) => number): number {
  const { first, last } = middleStates(list.length, fraction);
  let sum = 0;
  for (let k = first; k < last; ++k) sum += f(list[k]);
  return sum / (last - first);
}

/** One row for each eigenstate and l-bit; the l-bits of an eigenstate are in consecutive rows. */
function stateRows({ eigenvalues, entropies, polarizations }: GrainEigenstates) {
  const n = entropies.length;
  const rows = n * eigenvalues.length;
  const level = Int32Array.from({ length: rows }, (_, i) => Math.floor(i / n));
  const spin = Int32Array.from({ length: rows }, (_, i) => i % n);
  return {
    level,
    eigenvalue: Float64Array.from(level, (k) => eigenvalues[k]),
    spin: spin.map((s) => s + 1),
    entropy: Float64Array.from(level, (k, i) => entropies[spin[i]][k]),
    polarization: Float64Array.from(level, (k, i) => polarizations[spin[i]][k]),
  };
}

const level = { type: 'integer', unit: '1', description: 'number of the eigenstate, from 0' } as const;

export const ed: SweepKind = {
  energy:
    "the unit energy is any one, the same for all of them; with the defaults it is the paper's, whose mean field h is 1",
  description: 'exact diagonalization of a random central-grain model',
  parameters: {
    ...grainParameters,
    middle: {
      type: 'number',
      above: 0,
      max: 1,
      default: 0.25,
      unit: '1',
      description: 'share of the eigenstates, by number, that counts as the middle of the spectrum',
    },
    states: {
      type: 'integer',
      min: 1,
      optional: true,
      unit: '1',
      description: 'eigenstates nearest to energy; left out, all',
    },
    energy: {
      type: 'number',
      default: 0,
      unit: 'energy',
      description: 'target energy where states is given',
    },
  },
  tables: {
    spins: {
      description: 'one row an l-bit',
      rows: 'many',
      columns: {
        spin,
        coupling,
        entropy: { type: 'double', unit: 'nat', description: 'entropy averaged over the eigenstates' },
        entropyMiddle: {
          type: 'double',
          unit: 'nat',
          description: 'the same over the middle of the spectrum',
        },
        czz: { type: 'double', unit: '1', description: 'average of the squared polarization' },
        czzMiddle: { type: 'double', unit: '1', description: 'the same over the middle of the spectrum' },
      },
    },
    states: {
      description: 'one row an eigenstate and l-bit',
      rows: 'many',
      columns: {
        level,
        eigenvalue,
        spin: { type: 'integer', unit: '1', description: 'position of the l-bit in the chain, from 1' },
        entropy: { type: 'double', unit: 'nat', description: 'entropy of the l-bit in the eigenstate' },
        polarization: { type: 'double', unit: '1', description: 'expectation of sigma_z of the l-bit' },
      },
    },
    levels: {
      description: 'one row an eigenstate',
      rows: 'many',
      columns: {
        level,
        eigenvalue,
      },
    },
    total: {
      description: 'one row a realization',
      rows: 'one',
      columns: {
        gapRatio: {
          type: 'double',
          nan: true,
          unit: '1',
          description: 'mean ratio of consecutive level spacings; NaN where there is none',
        },
        lowest: { type: 'double', unit: 'energy', description: 'lowest eigenvalue found' },
        highest: { type: 'double', unit: 'energy', description: 'highest eigenvalue found' },
      },
    },
  },
  random: () => true,
  inRows: grainInRows,
  check(parameters) {
    const { states, n } = parameters;
    const dg = checkedDimension(parameters);
    if (states !== undefined && (states as number) > dg * 2 ** (n as number)) {
      throw new InputError(
        'states',
        `expected at most ${dg * 2 ** (n as number)}, the dimension, got ${states}`,
      );
    }
  },
  cost: seconds,
  compute(core, parameters, seed, sample, table, signal) {
    const model = grainModelOf(core, parameters, seed, sample);
    const asked = { ...model, window: windowOf(parameters) };
    if (seconds(parameters) < LONG)
      return rowsOf(core.diagonalizeGrain(asked), model.couplings, parameters, table);
    return core
      .diagonalizeGrainAsync(asked, { signal })
      .then((found) => rowsOf(found, model.couplings, parameters, table));
  },
};

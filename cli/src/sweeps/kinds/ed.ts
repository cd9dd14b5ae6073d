// One realization of the central-grain model, diagonalized, as rows: Fig. 2.

import type { Core, GrainEigenstates, GrainReadingName, ModelStatistics } from 'emft';
import { grainRanges, grainReadings, InputError, middleStates, modelStatistics } from 'emft/check';
import type { ParameterValues } from '../../common/parameters.js';
import type { Rows, SweepKind } from '../kind.js';
import { eigenvalue, spin } from '../sharedColumns.js';

/** The model and what is wanted of it. */
function modelOf(core: Core, p: ParameterValues, seed: number, sample: number) {
  const { alpha, n, grainDimension, h, deltaH, j1, grainScale, energy, states } = p as Record<string, number>;
  const reading = p.reading as GrainReadingName;
  const scales = { h, deltaH, j1, grainScale };
  const grain = p.grain as ModelStatistics;
  const model = core.randomGrainModel({ alpha, n, seed, sample, reading, grainDimension, grain, ...scales });
  const window = states === undefined ? undefined : { energy, count: states };
  return { model, window };
}

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

/** d_g: the given value, or that of the reading. */
function dimensionOf({ grainDimension, reading }: ParameterValues): number {
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
        coupling: { type: 'double', unit: 'energy', description: 'J_n' },
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
  inRows: { reading: readingOf, grainDimension: dimensionOf, j1: couplingOf },
  check(parameters) {
    const { states, n } = parameters;
    const dg = dimensionOf(parameters);
    if ((dg & (dg - 1)) !== 0) throw new InputError('grainDimension', `expected a power of two, got ${dg}`);
    if (states !== undefined && (states as number) > dg * 2 ** (n as number)) {
      throw new InputError(
        'states',
        `expected at most ${dg * 2 ** (n as number)}, the dimension, got ${states}`,
      );
    }
  },
  cost: seconds,
  compute(core, parameters, seed, sample, table, signal) {
    const { model, window } = modelOf(core, parameters, seed, sample);
    const asked = { ...model, window };
    if (seconds(parameters) < LONG)
      return rowsOf(core.diagonalizeGrain(asked), model.couplings, parameters, table);
    return core
      .diagonalizeGrainAsync(asked, { signal })
      .then((found) => rowsOf(found, model.couplings, parameters, table));
  },
};

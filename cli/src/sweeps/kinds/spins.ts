// Spins ½ with any Hamiltonian, which the file gives in its section [model]: levels, entropies, form factor of a realization.
import type { Core } from 'emft';
import { InputError, middleStates } from 'emft/check';
import type { ParameterValues } from '../../common/parameters.js';
import { checkSymmetries, checkTerms, type SpinModel } from '../../common/spinModel/model.js';
import { checkModel, operatorOf } from '../../common/spinModel/operator.js';
import { isReduced, sizeOf, upOf } from '../../common/spinModel/sector.js';
import { entropiesOf, type Spectrum, spectrumOf } from '../../common/spinModel/spectrum.js';
import { isRandom, namesOf, type Realization, termsAt } from '../../common/spinModel/terms.js';
import type { Parameter, Rows, SweepKind, Table } from '../kind.js';
import { timesOf } from '../sharedColumns.js';
import { parameters, tables } from '../spinTables.js';

/** Fewest levels that a polynomial can unfold. */
const fewest = ({ degree }: ParameterValues) => (degree as number) + 2;

/** Largest order of a whole matrix. */
const MOST = 32768;

const cutOf = ({ cut, sites }: ParameterValues) => (cut as number) ?? Math.floor((sites as number) / 2);

function check(model: SpinModel, p: ParameterValues): void {
  const { sites, which, states, cut, earliest, latest } = p;
  checkModel(model, p);
  if (which === 'all' && sizeOf(p, model) > MOST) {
    throw new InputError(
      'sites',
      `of ${sites} there are about ${Math.round(sizeOf(p, model))} states, more than ${MOST}, the most that are decomposed whole: take a smaller sector, or which = 'lowest'`,
    );
  }
  if ((which === 'all') !== (states === undefined)) {
    const why =
      which === 'all'
        ? "is for which = 'lowest', 'highest' or 'nearest'"
        : `is needed with which = '${which}'`;
    throw new InputError('states', why);
  }
  if (states !== undefined && !isReduced(p, model) && (states as number) > sizeOf(p, model)) {
    throw new InputError('states', `expected at most ${sizeOf(p, model)}, which there are, got ${states}`);
  }
  if (p.energy !== undefined && which !== 'nearest') {
    throw new InputError('energy', `is for which = 'nearest', not '${which}'`);
  }
  if (cut !== undefined && (cut as number) >= (sites as number)) {
    throw new InputError('cut', `expected fewer than the ${sites} sites, got ${cut}`);
  }
  if (earliest !== undefined && !((earliest as number) < (latest as number))) {
    throw new InputError('latest', `expected more than earliest, ${earliest}, got ${latest}`);
  }
}

// Measured of Heisenberg rings in random fields: all states 0.2 to 0.3 times this, 64 to 2048 states; some 1.5 to 1.8 times.
function cost(model: SpinModel, p: ParameterValues): number {
  const size = sizeOf(p, model);
  const turns = model.symmetries?.some(({ momentum, character }) => momentum ?? Array.isArray(character));
  const complex = p.momentum !== undefined || turns ? 4 : 1;
  // Decomposing a matrix, or some 300 products for each vector sought.
  const whole = complex * 1e-9 * size * size * size;
  if (p.which === 'all') return 1e-3 + whole;
  const some = complex * 3e-7 * size * (p.states as number) * model.terms.length;
  // Inside the spectrum: filters whose degree grows as the number of levels.
  return 1e-3 + (p.which === 'nearest' ? Math.min(whole, some * 30) : some);
}

function formFactor(core: Core, { values }: Spectrum, p: ParameterValues): Rows {
  if (values.length < fewest(p)) {
    throw new InputError(
      'degree',
      `${values.length} levels are fewer than ${fewest(p)}, which it takes to unfold them`,
    );
  }
  const { degree, width } = p as Record<string, number>;
  const time = timesOf(p);
  const unfolded = core.unfold(values, { degree });
  return { time, formFactor: core.spectralFormFactor(unfolded, time, { width }).values };
}

function total(core: Core, n: number, { values, cut }: Spectrum, middle: number): Rows {
  const { first, last } = middleStates(values.length, middle);
  return {
    dimension: n,
    found: values.length,
    cut,
    lowest: values[0],
    highest: values[values.length - 1],
    gap: values.length > 1 ? values[1] - values[0] : Number.NaN,
    gapRatio: last - first >= 3 ? core.gapRatio(values.subarray(first, last)) : Number.NaN,
  };
}

async function compute(
  core: Core,
  model: SpinModel,
  p: ParameterValues,
  { signal, table, ...key }: Realization & { table: string; signal: AbortSignal | undefined },
): Promise<Rows> {
  const terms = termsAt(core, model, p, key);
  const operator = operatorOf(core, model, p, terms);
  const states = table === 'states' || table === 'entropy';
  const found = await spectrumOf(core, operator, p, states, signal);
  const { values } = found;
  if (table === 'total') return total(core, operator.n, found, p.middle as number);
  if (table === 'formFactor') return formFactor(core, found, p);
  const all = { level: Int32Array.from(values, (_, k) => k), eigenvalue: values };
  if (table === 'levels') return all;
  const subsystem = { cut: cutOf(p), order: p.order as number };
  const whole = { first: 0, last: values.length };
  const window = table === 'states' ? whole : middleStates(values.length, p.middle as number);
  const entropies = entropiesOf(core, operator, found, window, subsystem);
  if (table === 'states') return { ...all, entropy: entropies };
  const count = entropies.length;
  const mean = entropies.reduce((sum, s) => sum + s, 0) / count;
  const square = entropies.reduce((sum, s) => sum + (s - mean) * (s - mean), 0) / count;
  return { averaged: count, entropy: mean, deviation: Math.sqrt(square) };
}

/** The parameters that the coefficients of a model name, beside those of every model. */
function namedParameters(model: SpinModel): Record<string, Parameter> {
  const known = Object.keys(parameters);
  const description = 'factor of coefficients of the model, or number of a symmetry';
  return Object.fromEntries(
    namesOf(model).map((name) => {
      if (known.includes(name) || ['samples', 'sample'].includes(name)) {
        throw new InputError(['model'], `'${name}' cannot be a factor: files have a meaning for it`);
      }
      if (Object.values<Table>(tables).some(({ columns }) => name in columns)) {
        throw new InputError(['model'], `'${name}' cannot be a factor: a column has this name`);
      }
      return [name, { type: 'number', unit: '1', description }];
    }),
  );
}

function kindOf(model: SpinModel): SweepKind {
  checkTerms(model);
  checkSymmetries(model);
  return {
    ...spins,
    parameters: { ...namedParameters(model), ...parameters },
    random: () => isRandom(model),
    check: (p) => check(model, p),
    cost: (p) => cost(model, p),
    compute: (core, p, seed, sample, table, signal) =>
      compute(core, model, p, { seed, sample, table, signal }),
  };
}

const EXAMPLE = `[[model.terms]]
op = ["xx", "yy", "zz"]
sites = "ring"
coefficient = 1

[[model.terms]]
op = "z"
sites = "each"
coefficient = { uniform = [-1, 1], times = "w" }
`;

export const spins: SweepKind = {
  description: 'exact diagonalization of spins ½ with the Hamiltonian that the file gives in [model]',
  model: {
    description: [
      'The Hamiltonian is a sum of terms. Each has `op`, one letter a site (`x`, `y`, `z`, `+`, `-`: spin operators with eigenvalues ±½) or a list of such words; `sites`, which is `"chain"` (every run of neighbours), `"ring"` (these, and those across the end: a run from every site, so that each bond of two sites is there twice, and each between opposite sites, where twice the distance is the number of sites), `"each"` (of one letter), or a list of lists of sites; `distance`, 1 by default, between the sites of a run; and a `coefficient`.',
      'A coefficient is a number, `[real, imaginary]`, the name of a parameter, or `{ value = …, times = … }`, where `times` names one parameter or several; in place of `value`, `uniform = [from, to]` or `normal = [mean, deviation]` draws one number for each place of the term. It depends on the seed, the sample, the sites of the place, and the term, which is known by its `name`, if it has one, else by its words, and by its number among drawn terms of the same words: so other terms, the order of places, and the number of sites change no draw, and terms of one name have the same at the same sites. Parameters that coefficients name are swept like any other.',
      'Symmetries beside those that parameters stand for are tables `[[model.symmetries]]`, generators of a group, which must be symmetries of the Hamiltonian: `permutation`, a list of which number i says where site i goes, both counted from 0; `flip = true`, which turns all spins over, alone or besides; and the number by which they multiply the states of the sector: `character`, ±1 or `[real, imaginary]` of modulus 1, or in its place `momentum`, k of e^{2πik/m}, where m is the order of the symmetry. Either may be the name of a parameter, which is swept.',
    ],
    example: EXAMPLE,
    kindOf,
  },
  energy: 'the unit energy is that of the coefficients',
  parameters,
  tables,
  random: () => false,
  inRows: { up: (p) => upOf(p) ?? -1 },
  cost: (p) => cost({ terms: [] }, p),
  compute() {
    throw new InputError('model', 'missing');
  },
};

// Autocorrelators of the l-bits of one realization of the central-grain model, as rows: what becomes of them in time, and in the long run.
import type { Core, ModelStatistics } from 'emft';
import { InputError } from 'emft/check';
import { LATEST_TIME } from '../../common/constants.js';
import type { ParameterValues } from '../../common/parameters.js';
import { autocorrelators, autocorrelatorsOfVectors, checkWhole, theoryOf } from '../autocorrelators.js';
import { checkedDimension, dimensionOf, grainInRows, grainModelOf, grainParameters } from '../grainModel.js';
import type { Rows, SweepKind } from '../kind.js';
import { coupling, meanField, spin, timesOf } from '../sharedColumns.js';

/** A time that is too late is one of `times` there, and follows from `latest` here. */
async function lastNamed<T>(p: ParameterValues, compute: () => Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    if (!(error instanceof InputError) || error.path[0] !== 'times') throw error;
    throw new InputError('latest', `${p.latest}: a time ${error.reason}`);
  }
}

async function compute(
  core: Core,
  p: ParameterValues,
  { seed, sample, table, signal }: { seed: number; sample: number; table: string; signal?: AbortSignal },
): Promise<Rows> {
  const model = grainModelOf(core, p, seed, sample);
  if (table === 'curves') {
    const times = timesOf(p);
    const vectors = p.vectors as number | undefined;
    const { curves, errors } = await lastNamed(p, () =>
      vectors === undefined
        ? autocorrelators(core, model, times, signal)
        : autocorrelatorsOfVectors(core, model, times, { seed, sample, vectors, signal }),
    );
    return {
      spin: curves.flatMap((list, k) => Array.from(list, () => k + 1)),
      time: curves.flatMap(() => times),
      autocorrelator: curves.flatMap((list) => Array.from(list)),
      error: curves.flatMap(() => Array.from(errors)),
    };
  }
  const { plateau } = await autocorrelators(core, model, [], signal);
  const theory = theoryOf(core, model, {
    alpha: p.alpha as number,
    g0: p.g0 as number | undefined,
    grain: p.grain as ModelStatistics,
    grainScale: p.grainScale as number,
  });
  return {
    spin: Int32Array.from(plateau, (_, k) => k + 1),
    coupling: model.couplings,
    plateau,
    ...theory,
  };
}

export const late: SweepKind = {
  description:
    'autocorrelators C(t) = Tr[σ^z(t) σ^z]/D of the l-bits of a random central-grain model, and what is left of them at late times',
  energy:
    "the unit energy is any one, the same for all of them, and the unit of time its inverse; with the defaults it is the paper's, whose mean field h is 1",
  parameters: {
    ...grainParameters,
    g0: {
      type: 'number',
      min: 0,
      optional: true,
      tables: ['spins'],
      unit: '1',
      description:
        'g_1,0 of the mean field, whose g_n,0 then fall off by alpha; left out, g_n,0 are those that [CC22] (3) gives the parameters at energy 0, with no number fitted; figure t1 fits g_1,0 to entropies instead',
    },
    earliest: {
      type: 'number',
      above: 0,
      max: LATEST_TIME,
      default: 0.1,
      tables: ['curves'],
      unit: '1/energy',
      description: 'first time',
    },
    latest: {
      type: 'number',
      above: 0,
      max: LATEST_TIME,
      default: 1000,
      tables: ['curves'],
      unit: '1/energy',
      description: 'last time',
    },
    times: {
      type: 'integer',
      min: 2,
      max: 10000,
      default: 33,
      tables: ['curves'],
      unit: '1',
      description: 'number of times, whose logarithms are evenly spaced',
    },
    vectors: {
      type: 'integer',
      min: 1,
      max: 10000,
      optional: true,
      tables: ['curves'],
      unit: '1',
      description:
        'random vectors for each l-bit, in place of the whole trace: C(t) to about 1/sqrt(vectors D), by products with H alone',
    },
  },
  tables: {
    spins: {
      description: 'one row an l-bit',
      rows: 'many',
      columns: {
        spin,
        coupling,
        plateau: { type: 'double', unit: '1', description: 'average of C(t) over all times' },
        bare: { type: 'double', unit: '1', description: 'bare reduced coupling g_n,0 of the mean field' },
        g: meanField.g,
        czz: { type: 'double', unit: '1', description: 'what it has for the plateau, Czz(g)' },
      },
    },
    curves: {
      description: 'one row an l-bit and time',
      rows: 'many',
      columns: {
        spin,
        time: { type: 'double', unit: '1/energy', description: 't' },
        autocorrelator: { type: 'double', unit: '1', description: 'C(t)' },
        error: {
          type: 'double',
          unit: '1',
          description:
            'bound on what rounding and the series have changed of it; random vectors scatter by more, about 1/sqrt(vectors D)',
        },
      },
    },
  },
  random: () => true,
  inRows: grainInRows,
  check(p) {
    const dg = checkedDimension(p);
    if (p.vectors === undefined) checkWhole('n', dg, p.n as number);
    if (p.earliest !== undefined && !((p.earliest as number) < (p.latest as number)))
      throw new InputError('latest', `expected more than earliest, ${p.earliest}, got ${p.latest}`);
  },
  // Measured: 0.7 to 2 times this, N = 4 … 7; by vectors 0.8 to 2 times, N = 6 and 8.
  cost(p) {
    const [dg, n] = [dimensionOf(p), p.n as number];
    const d = dg * 2 ** n;
    if (p.vectors !== undefined)
      return 2e-2 + 8e-9 * d * (dg + n) * n * (p.vectors as number) * (p.latest as number);
    const times = (p.times as number | undefined) ?? 0;
    const complex = p.grain === 'gue' ? 3 : 1;
    return 1e-2 + n * d * d * (complex * 2e-10 * d + 2e-9 * times + 8e-8);
  },
  compute: (core, p, seed, sample, table, signal) => compute(core, p, { seed, sample, table, signal }),
};

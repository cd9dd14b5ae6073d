// A finite density of grains: avalanches on lattices with a grain at every so many sites, and two grains exactly beside the mean field.
import type {
  GrainLattice,
  GrainLatticesTask,
  TwoGrains,
  TwoGrainsTask,
} from '../../sweeps/tasks/manyGrains.js';
import { sizesOf } from '../cells.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import type { Data, Measured, Profile } from '../figure.js';
import { runAll } from '../runAll.js';
import {
  DG,
  fractionRows,
  HOPPING,
  MAP,
  mapRows,
  meanOf,
  NAMES,
  oneRow,
  oneTheory,
  type Point,
  rowRows,
} from './analyse.js';

/** Row of l-bits between two grains: `states` nearest E = 0, or the middle half of all. */
interface Row {
  n: number;
  samples: number;
  states?: number;
}

interface Scope {
  radius: number;
  strengths: readonly number[];
  offsets: number;
  spacings: readonly number[];
  /** One l-bit between grains of that many levels. */
  one: readonly { grainDimension: number; samples: number }[];
  j1: readonly number[];
  rows: readonly Row[];
}

const scope: Record<Profile, Scope> = {
  quick: {
    radius: 8,
    strengths: [60, 120],
    offsets: 4,
    spacings: [2, 3, 4, 5, 6, 8],
    one: [
      { grainDimension: 8, samples: 16 },
      { grainDimension: 16, samples: 3 },
    ],
    j1: [0.02, 0.08, 0.3],
    rows: [{ n: 3, samples: 4 }],
  },
  paper: {
    radius: 10,
    strengths: [45, 60, 90, 140],
    offsets: 48,
    spacings: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    one: [
      { grainDimension: 8, samples: 200 },
      { grainDimension: 16, samples: 60 },
      { grainDimension: 32, samples: 4 },
    ],
    j1: [0.01, 0.02, 0.05, 0.1, 0.2, 0.4],
    rows: [
      { n: 4, samples: 60 },
      { n: 6, samples: 24, states: 64 },
      { n: 8, samples: 8, states: 64 },
    ],
  },
};
const alphas = [0.3, 0.5, 0.7];
/** J₁ of [CC22]. */
const J1 = 0.41;
const fraction = 0.5;
const seed = 75;

export interface Findings {
  fractions: Point[];
  one: Point[];
  rows: Point[];
  offsets: number;
  samples: Record<number, number>;
  oneSamples: Record<number, number>;
}

export const data: Data<Findings> = {
  title: 'Test D1: many grains, their bubbles and avalanches',
  ensemble: (profile) => Object.fromEntries(scope[profile].rows.map(({ n, samples }) => [n, samples])),
  fewestRealizations: 2,
  async compute(context) {
    const { core, profile, ensemble } = context;
    const wanted = scope[profile];
    const rows = sizesOf(wanted.rows, ensemble);
    const list = <P>(kind: string, params: P, samples: number) =>
      Array.from({ length: samples }, (_, index) => ({ kind, params, seed, index }));
    // The large ones first, so that no worker is left with one at the end.
    const largest = rows.toReversed();
    const rowTasks = largest.flatMap(({ n, samples, states }) =>
      alphas.flatMap((alpha) => {
        const params: TwoGrainsTask = { n, alpha, grainDimension: DG, j1: J1, fraction, states };
        return list('twoGrains', params, samples);
      }),
    );
    const oneTasks = wanted.one.flatMap(({ grainDimension, samples }) =>
      wanted.j1.flatMap((j1) => {
        const params: TwoGrainsTask = { n: 1, alpha: 1, grainDimension, j1, fraction };
        return list('twoGrains', params, samples);
      }),
    );
    const { radius, spacings } = wanted;
    const latticeTasks = wanted.strengths.flatMap((strength) =>
      Array.from({ length: wanted.offsets }, (_, k) => {
        const theta0 = (2 * Math.PI * (k + 0.5)) / wanted.offsets;
        const params: GrainLatticesTask = {
          model: { radius, strength, hopping: HOPPING },
          ...{ theta0, spacings, dg: DG },
        };
        return { kind: 'grainLattices', params, seed, index: k };
      }),
    );
    const results = await runAll<unknown>(context, [...rowTasks, ...oneTasks, ...latticeTasks]);
    const take = <R>(count: number) => results.splice(0, count) as R[];
    const rowResults = largest.flatMap(({ n, samples }) => {
      const cells = alphas.map((alpha) => ({ alpha, own: take<TwoGrains>(samples) }));
      const g = meanOf(
        core,
        cells.flatMap(({ own }) => own.map(({ bare }) => bare)),
      ).mean;
      return cells.flatMap(({ alpha, own }) => rowRows(core, n, alpha, g, own));
    });
    const oneResults = wanted.one.flatMap(({ grainDimension, samples }) => [
      ...wanted.j1.map(() => oneRow(core, grainDimension, take<TwoGrains>(samples))),
      ...oneTheory(core, grainDimension),
    ]);
    const sites = 2 * radius * (radius + 1) + 1;
    const fractions = wanted.strengths.flatMap((strength) =>
      fractionRows(core, strength, sites, take<GrainLattice[]>(wanted.offsets)),
    );
    return {
      columns: columnsOf([...fractions, ...mapRows(core, radius), ...oneResults, ...rowResults]),
      parameters: {
        ...{ profile, seed, radius, strengths: wanted.strengths, spacings, offsets: wanted.offsets },
        ...{ one: wanted.one, rows, alphas, dg: DG, map: MAP },
      },
      measured: {},
    };
  },
  findings: ({ columns, parameters }: Measured) => {
    const { rows, one, offsets } = parameters as unknown as Scope;
    return {
      fractions: rowsOfKind(columns, 'fraction', NAMES),
      one: rowsOfKind(columns, 'one', NAMES),
      rows: rowsOfKind(columns, 'row', NAMES),
      offsets,
      samples: Object.fromEntries(rows.map(({ n, samples }) => [n, samples])),
      oneSamples: Object.fromEntries(one.map(({ grainDimension, samples }) => [grainDimension, samples])),
    };
  },
};

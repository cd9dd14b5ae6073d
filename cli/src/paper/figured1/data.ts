// A finite density of grains: avalanches on lattices with a grain at every so many sites, and two grains exactly beside the mean field.
import { latticeSites } from '../../common/counts.js';
import type {
  GrainLattice,
  GrainLatticesTask,
  TwoGrains,
  TwoGrainsTask,
} from '../../sweeps/tasks/manyGrains.js';
import { sizesOf } from '../cells.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import type { Data, Measured } from '../figure.js';
import { runAll } from '../runAll.js';
import {
  fractionRows,
  type Grid,
  grid,
  mapRows,
  meanOf,
  NAMES,
  oneRow,
  oneTheory,
  type Point,
  rowRows,
} from './analyse.js';

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
  ensemble: (profile) => Object.fromEntries(grid(profile).rows.map(({ n, samples }) => [n, samples])),
  fewestRealizations: 2,
  async compute(context) {
    const { core, profile, ensemble } = context;
    const wanted = grid(profile);
    const { seed, dg, hopping, fraction, rowJ1, alphas } = wanted;
    const rows = sizesOf(wanted.rows, ensemble);
    const list = <P>(kind: string, params: P, samples: number) =>
      Array.from({ length: samples }, (_, index) => ({ kind, params, seed, index }));
    // The large ones first, so that no worker is left with one at the end.
    const largest = rows.toReversed();
    const rowTasks = largest.flatMap(({ n, samples, states }) =>
      alphas.flatMap((alpha) => {
        const params: TwoGrainsTask = { n, alpha, grainDimension: dg, j1: rowJ1, fraction, states };
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
          model: { radius, strength, hopping },
          ...{ theta0, spacings, dg },
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
      return cells.flatMap(({ alpha, own }) => rowRows(core, dg, n, alpha, g, own));
    });
    const oneResults = wanted.one.flatMap(({ grainDimension, samples }) => [
      ...wanted.j1.map(() => oneRow(core, grainDimension, take<TwoGrains>(samples))),
      ...oneTheory(core, wanted.curve, grainDimension),
    ]);
    const sites = latticeSites(radius);
    const fractions = wanted.strengths.flatMap((strength) =>
      fractionRows(core, strength, sites, take<GrainLattice[]>(wanted.offsets)),
    );
    return {
      columns: columnsOf([...fractions, ...mapRows(core, wanted), ...oneResults, ...rowResults]),
      parameters: {
        ...{ profile, seed, radius, strengths: wanted.strengths, spacings, offsets: wanted.offsets },
        ...{ one: wanted.one, rows, alphas, dg, map: wanted.map },
      },
      measured: {},
    };
  },
  findings: ({ columns, parameters }: Measured) => {
    const { rows, one, offsets } = parameters as unknown as Grid;
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

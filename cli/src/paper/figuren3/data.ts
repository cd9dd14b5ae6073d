// One and two l-bits on large grains of each level statistics: norms, entropies and enhancements, as figures n1 and n2 have them of one.
import type { Core, ModelStatistics } from 'emft';
import { modelStatistics } from 'emft/check';
import * as v from 'valibot';
import type { OneSpinTask, TwoSpinTask } from '../../sweeps/tasks/theoryTests.js';
import { aimedCoupling } from '../aim.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { count, gridOf } from '../example.js';
import type { Columns, Data, Measured } from '../figure.js';
import { type ComparedRow, kolmogorov, normBins, normGrid, scaledNorms } from '../normHistogram.js';
import { runAll } from '../runAll.js';
import { type Growing, growingOf, growingRows, growingSizes, growingTasks } from './growing.js';

const sizeOf = v.strictObject({ grainDimension: count, samples: count });

const grid = gridOf(
  'n3',
  v.strictObject({
    ...normGrid,
    growing: growingSizes,
    size: v.strictObject({ norms: sizeOf, states: sizeOf, pairs: sizeOf }),
  }),
);
export type Grid = ReturnType<typeof grid>;

interface OneSpin {
  g: number;
  norms: Float64Array;
  meanEntropy: number;
  czz: number;
}

interface Pair {
  g1: number;
  enhancement: number;
}

/** A measured number beside that of the theory. */
export interface Point {
  x: number;
  value: number;
  error: number;
  theory: number;
}

export interface Found {
  grain: ModelStatistics;
  /** Kolmogorov's distances between the norms and the p̃ of each statistics. */
  distances: Record<ModelStatistics, number>;
  norms: number;
  entropy: Point[];
  czz: Point[];
  enhancement: Point[];
  growing: Growing;
}

export type Findings = Found[];

/** x = g_a/g, and its distances from the three p̃. */
function measureNorms(
  core: Core,
  grain: ModelStatistics,
  samples: OneSpin[],
  edges: Float64Array,
  rows: ComparedRow[],
) {
  const g = core.meanAndError(Float64Array.from(samples, (r) => r.g)).mean;
  const x = scaledNorms(samples, g);
  const distances = modelStatistics.map((other) => kolmogorov(core.resonanceCdf(x, { grain: other })));
  const bins = normBins(core, samples, g, grain, edges, (width) => width);
  for (const { x: middle, width, mean, error, theory } of bins) {
    rows.push({ kind: `${grain} norms`, x: middle, value: mean, error, theory: theory / width });
  }
  return { distances, norms: x.length };
}

/** What the theory says, on fine grids. */
function theoryRows(core: Core, grain: ModelStatistics, { curve: g, density }: Grid): ComparedRow[] {
  const row = (quantity: string, x: number, y: number): ComparedRow => ({
    kind: `${grain} ${quantity} theory`,
    x,
    value: y,
    error: 0,
    theory: y,
  });
  const { entropy, czz, eta } = core.response(g, { grain });
  return [
    ...Array.from(core.resonanceDensity(density, { grain }), (p, i) => row('norms', density[i], p)),
    ...Array.from(g).flatMap((x, i) => [
      row('entropy', x, entropy[i] / Math.LN2),
      row('czz', x, czz[i]),
      row('enhancement', x, Math.exp(eta[i] / 2)),
    ]),
  ];
}

/** Means over samples at one coupling. */
function averageRows(core: Core, grain: ModelStatistics, own: OneSpin[], pairs: Pair[]): ComparedRow[] {
  const over = <R>(list: R[], pick: (r: R) => number) => core.meanAndError(Float64Array.from(list, pick));
  const at = (x: number) => core.response(Float64Array.of(x), { grain });
  const x = over(own, (r) => r.g).mean;
  const { entropy, czz } = at(x);
  const [s, c] = [over(own, (r) => r.meanEntropy / Math.LN2), over(own, (r) => r.czz)];
  const x1 = over(pairs, (r) => r.g1).mean;
  const e = over(pairs, (r) => r.enhancement);
  const theory = Math.exp(at(x1).eta[0] / 2);
  const row = (
    quantity: string,
    where: number,
    m: { mean: number; error: number },
    t: number,
  ): ComparedRow => ({
    kind: `${grain} ${quantity}`,
    x: where,
    value: m.mean,
    error: m.error,
    theory: t,
  });
  return [
    row('entropy', x, s, entropy[0] / Math.LN2),
    row('czz', x, c, czz[0]),
    row('enhancement', x1, e, theory),
  ];
}

const pointsOf = (columns: Columns, kind: string): Point[] =>
  rowsOfKind(columns, kind, ['x', 'value', 'error', 'theory']);

function findings({ columns, measured }: Measured): Findings {
  return modelStatistics.map((grain) => ({
    grain,
    distances: Object.fromEntries(
      modelStatistics.map((other) => [other, measured[`${grain}From${other}`]]),
    ) as Record<ModelStatistics, number>,
    norms: measured[`${grain}Norms`],
    entropy: pointsOf(columns, `${grain} entropy`),
    czz: pointsOf(columns, `${grain} czz`),
    enhancement: pointsOf(columns, `${grain} enhancement`),
    growing: growingOf(columns, grain),
  }));
}

export const data: Data<Findings> = {
  title: 'Test N3: one and two l-bits on real, complex and integrable grains',
  async compute(context) {
    const { core, profile } = context;
    const own = grid(profile);
    const { seed, fraction, targets, shown, size, growing } = own;
    const { norms, states, pairs } = size;
    const list = <P>(kind: string, params: P, samples: number) =>
      Array.from({ length: samples }, (_, index) => ({ kind, params, seed, index }));
    const one = (
      grain: ModelStatistics,
      target: number,
      { grainDimension, samples }: typeof norms,
      withStates: boolean,
    ) => {
      const j1 = aimedCoupling(target, grainDimension, grain);
      const params: OneSpinTask = { grain, grainDimension, j1, fraction, states: withStates };
      return list('oneSpin', params, samples);
    };
    const two = (grain: ModelStatistics) => {
      const { grainDimension, samples } = pairs;
      const j1 = targets.map((g) => aimedCoupling(g, grainDimension, grain));
      const params: TwoSpinTask = { grain, grainDimension, j1, fraction };
      return list('twoSpin', params, samples);
    };
    const tasks = modelStatistics.flatMap((grain) => [
      ...two(grain),
      ...one(grain, shown, norms, false),
      ...targets.flatMap((g) => one(grain, g, states, true)),
    ]);
    // The largest first: at the end no thread is busy alone.
    const larger = growingTasks(growing, { target: targets.at(-1)!, fraction, seed }).reverse();
    const results = await runAll<unknown>(context, [...larger, ...tasks]);
    const take = <R>(count: number) => results.splice(0, count) as R[];
    const rows = growingRows(
      core,
      growing,
      take<Parameters<typeof growingRows>[2][number]>(larger.length).reverse(),
    );
    const measured: Record<string, number> = {};
    for (const grain of modelStatistics) {
      const enhanced = take<Pair[]>(pairs.samples);
      const found = measureNorms(core, grain, take<OneSpin>(norms.samples), own.edges, rows);
      modelStatistics.forEach((other, k) => {
        measured[`${grain}From${other}`] = found.distances[k];
      });
      measured[`${grain}Norms`] = found.norms;
      targets.forEach((_, t) => {
        const found = take<OneSpin>(states.samples);
        rows.push(
          ...averageRows(
            core,
            grain,
            found,
            enhanced.map((one) => one[t]),
          ),
        );
      });
      rows.push(...theoryRows(core, grain, own));
    }
    return {
      columns: columnsOf(rows),
      parameters: { profile, seed, size, growing, fraction },
      measured,
    };
  },
  findings,
};

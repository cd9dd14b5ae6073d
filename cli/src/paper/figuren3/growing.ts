// The enhancement at the strongest coupling on grains of more and more levels. At a given g the coupling J goes as 1/√d of the number d of
// levels, and widens the band by a share of order J²: there are fewer levels per energy, and elements are larger, for Σ_b |V_ab|² = 1 stays.
// That is of order 1/d, and its square of order 1/d²: c + a/d + b/d² through three sizes has the limit c of large grains.
import type { Core, ModelStatistics } from 'emft';
import { modelStatistics } from 'emft/check';
import * as v from 'valibot';
import type { WorkerTask } from '../../sweeps/engines/local/pool.js';
import type { TwoSpinTask } from '../../sweeps/tasks/theoryTests.js';
import { aimedCoupling } from '../aim.js';
import { rowsOfKind } from '../columns.js';
import { count } from '../example.js';
import type { Columns } from '../figure.js';
import type { ComparedRow } from '../normHistogram.js';

/** Three sizes, ascending. */
export const growingSizes = v.pipe(
  v.array(v.strictObject({ grainDimension: count, samples: count })),
  v.length(3),
);
type Sizes = v.InferOutput<typeof growingSizes>;

interface Pair {
  g1: number;
  enhancement: number;
  density: number;
}

/** A relative difference from the theory, with its standard error. */
export interface Relative {
  value: number;
  error: number;
}

export interface Growing {
  levels: number[];
  g: number;
  /** Of [|V′|]/[|V|], at each size and extrapolated. */
  raw: Relative[];
  limit: Relative;
  /** The same times the root of the share of pairs per energy that is left: what it would be at equal density. */
  equal: Relative[];
}

export function growingTasks(
  sizes: Sizes,
  { target, fraction, seed }: { target: number; fraction: number; seed: number },
): WorkerTask[] {
  return modelStatistics.flatMap((grain) =>
    sizes.flatMap(({ grainDimension, samples }) => {
      const j1 = [aimedCoupling(target, grainDimension, grain)];
      const params: TwoSpinTask = { grain, grainDimension, j1, fraction };
      return Array.from({ length: samples }, (_, index) => ({ kind: 'twoSpin', params, seed, index }));
    }),
  );
}

/** The results of these tasks, in their order, as rows: x is the number of levels. */
export function growingRows(core: Core, sizes: Sizes, results: Pair[][]): ComparedRow[] {
  let next = 0;
  return modelStatistics.flatMap((grain) =>
    sizes.flatMap(({ grainDimension: x, samples }) => {
      const own = results.slice(next, next + samples).map(([pair]) => pair);
      next += samples;
      const over = (pick: (pair: Pair) => number) => core.meanAndError(Float64Array.from(own, pick));
      const g = over((pair) => pair.g1).mean;
      const theory = Math.exp(core.eta(g, { grain }) / 2);
      const raw = over((pair) => pair.enhancement);
      const equal = over((pair) => pair.enhancement * Math.sqrt(pair.density));
      return [
        { kind: `${grain} growing`, x, value: raw.mean, error: raw.error, theory },
        { kind: `${grain} growing at equal density`, x, value: equal.mean, error: equal.error, theory },
        { kind: `${grain} growing at coupling`, x, value: g, error: 0, theory: g },
      ];
    }),
  );
}

/** Lagrange's weights of the values at some sizes in the value at x = 1/d of the polynomial in 1/d through them. */
const weightsAt = (levels: readonly number[], x: number) =>
  levels.map((own, k) =>
    levels.reduce(
      (product, other, l) => (l === k ? product : (product * (x - 1 / other)) / (1 / own - 1 / other)),
      1,
    ),
  );

/** What c + a x + b x² through the three values is at x. */
export const throughAt = (levels: readonly number[], values: readonly Relative[], x: number): number =>
  weightsAt(levels, x).reduce((sum, weight, k) => sum + weight * values[k].value, 0);

/** The limit of many levels. */
export function limitOf(levels: readonly number[], values: readonly Relative[]): Relative {
  const weights = weightsAt(levels, 0);
  return {
    value: throughAt(levels, values, 0),
    error: Math.hypot(...weights.map((weight, k) => weight * values[k].error)),
  };
}

/** Relative differences of one kind of rows. */
const relativesOf = (columns: Columns, kind: string) =>
  rowsOfKind(columns, kind, ['x', 'value', 'error', 'theory'] as const).map(
    ({ x, value, error, theory }) => ({ x, value: value / theory - 1, error: error / theory }),
  );

export function growingOf(columns: Columns, grain: ModelStatistics): Growing {
  const raw = relativesOf(columns, `${grain} growing`);
  const levels = raw.map(({ x }) => x);
  return {
    levels,
    g: rowsOfKind(columns, `${grain} growing at coupling`, ['value'] as const).at(-1)!.value,
    raw,
    limit: limitOf(levels, raw),
    equal: relativesOf(columns, `${grain} growing at equal density`),
  };
}

// Late times: C(t) of every l-bit of a chain, its plateau, and Czz of exact diagonalization and of the mean field.
import { type Core, drhCouplings } from 'emft';
import * as v from 'valibot';
import type { LateTimes, LateTimesTask } from '../../sweeps/tasks/lateTimes.js';
import { runCells, sizesOf } from '../cells.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { count, decades, finite, gridOf, numbers } from '../example.js';
import type { Data, Measured } from '../figure.js';
import { fallsOf, type Late } from './late.js';

/** Sizes, with the realizations at each α. Those of `exact` are decomposed whole. */
const sizeOf = v.strictObject({ n: count, samples: count, vectors: count, exact: v.boolean() });
type Size = v.InferOutput<typeof sizeOf>;

const grid = gridOf(
  't1',
  v.strictObject({
    seed: count,
    alphas: numbers,
    until: finite,
    late: count,
    early: decades,
    sizes: v.array(sizeOf),
  }),
);

/** Times at which C(t) is drawn, the later half evenly. */
const timesOf = ({ until, late, early }: ReturnType<typeof grid>) => [
  ...early.filter((t) => t < until / 2),
  ...Array.from({ length: late + 1 }, (_, k) => (until / 2) * (1 + k / late)),
];

interface Row {
  /** 'curve': C(t) of an l-bit; 'plateau': late value beside Czz; 'theory': the mean field on its own. */
  kind: string;
  n: number;
  alpha: number;
  spin: number;
  time: number;
  value: number;
  error: number;
  /** Czz of the mean field. */
  theory: number;
  /** For sizes that are decomposed, the mean over late times; `value` is then the one over all times. */
  late: number;
  lateError: number;
  /** For the same sizes, by how much that mean is above the one over all times, realization by realization. */
  above: number;
  aboveError: number;
}

/** One l-bit of one chain. */
export interface Plateau extends Late {
  n: number;
  alpha: number;
  spin: number;
  error: number;
  theory: number;
  above: number;
  aboveError: number;
}

export interface Findings {
  plateaus: Plateau[];
  /** The largest difference between averages over all times and Czz of eigenstates. */
  apart: number;
  g10: number;
  sizes: readonly Size[];
  until: number;
}

const NAMES = ['n', 'alpha', 'spin', 'value', 'error', 'theory', 'above', 'aboveError'] as const;

interface Cell extends Size {
  alpha: number;
  own: LateTimes[];
}

/** g_{1,0} at which the mean field has the entropies of the last l-bits: the only number that is fitted. */
function fit(core: Core, cells: readonly Cell[]): number {
  const ends = cells
    .filter(({ exact }) => exact)
    .map(({ n, alpha, own }) => ({
      n,
      alpha,
      ...core.meanAndError(Float64Array.from(own, ({ entropy }) => entropy![n - 1])),
    }));
  return core.fitFirstCoupling(ends);
}

function rowsOf(core: Core, { n, alpha, own, exact }: Cell, g10: number, times: readonly number[]): Row[] {
  const { czz } = core.solveMeanField(drhCouplings({ g0: g10, alpha, n }));
  return Array.from({ length: n }, (_, k): Row[] => {
    const of = (pick: (one: LateTimes) => number) => core.meanAndError(Float64Array.from(own, pick));
    const late = of((one) => one.late[k]);
    const plateau = exact ? of((one) => one.plateau![k]) : late;
    const above = exact ? of((one) => one.late[k] - one.plateau![k]) : { mean: 0, error: 0 };
    const common = { n, alpha, spin: k + 1, theory: czz[k] };
    const none = { late: 0, lateError: 0, above: 0, aboveError: 0 };
    return [
      {
        kind: 'plateau',
        ...common,
        time: 0,
        value: plateau.mean,
        error: plateau.error,
        late: late.mean,
        lateError: late.error,
        above: above.mean,
        aboveError: above.error,
      },
      ...times.map((time, j) => {
        const { mean, error } = of((one) => one.curves[k * times.length + j]);
        return { kind: 'curve', ...common, time, value: mean, error, ...none };
      }),
    ];
  }).flat();
}

/** Czz of the mean field for a longer chain with the same first coupling; nothing was measured on that chain. */
function theoryRows(core: Core, g10: number, alphas: readonly number[], n: number): Row[] {
  return alphas.flatMap((alpha) =>
    Array.from(core.solveMeanField(drhCouplings({ g0: g10, alpha, n })).czz, (value, k): Row => {
      const none = { time: 0, error: 0, late: 0, lateError: 0, above: 0, aboveError: 0 };
      return { kind: 'theory', n, alpha, spin: k + 1, value, theory: value, ...none };
    }),
  );
}

function findings({ columns, parameters, measured }: Measured): Findings {
  const until = parameters.until as number;
  const falls = fallsOf(columns, until);
  return {
    plateaus: rowsOfKind(columns, 'plateau', NAMES).map((p) => ({ ...p, falls: falls(p) })),
    apart: measured.plateauFromCzz,
    g10: measured.g10,
    sizes: parameters.sizes as Size[],
    until,
  };
}

export const data: Data<Findings> = {
  title: 'Test T1: autocorrelators of l-bits at late times',
  ensemble: (profile) => Object.fromEntries(grid(profile).sizes.map(({ n, samples }) => [n, samples])),
  async compute(context) {
    const { core, profile, ensemble } = context;
    const own = grid(profile);
    const { seed, alphas, until } = own;
    const times = timesOf(own);
    const wanted = sizesOf(own.sizes, ensemble, ({ exact }) => exact);
    const cells: Cell[] = wanted.flatMap((size) => alphas.map((alpha) => ({ ...size, alpha, own: [] })));
    await runCells(context, cells, ({ n, alpha, vectors, exact }, index) => {
      const params: LateTimesTask = { n, alpha, times, late: until / 2, vectors, exact };
      return { kind: 'lateTimes', params, seed, index };
    });
    const g10 = fit(core, cells);
    const apart = cells.flatMap(({ own }) =>
      own.flatMap(({ plateau, czz }) => plateau?.map((x, k) => Math.abs(x - czz![k])) ?? []),
    );
    const longest = wanted.at(-1)!.n;
    return {
      columns: columnsOf([
        ...cells.flatMap((cell) => rowsOf(core, cell, g10, times)),
        ...theoryRows(core, g10, alphas, longest),
      ]),
      parameters: { profile, seed, alphas, sizes: wanted, until },
      measured: { g10, plateauFromCzz: Math.max(...apart) },
    };
  },
  findings,
};

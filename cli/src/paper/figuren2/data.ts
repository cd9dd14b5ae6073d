// Two l-bits on a large grain: how the coupling of the first enhances the matrix elements of the second.
import * as v from 'valibot';
import type { TwoSpinTask } from '../../sweeps/tasks/theoryTests.js';
import { aimedCoupling } from '../aim.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { count, decades, finite, gridOf, numbers } from '../example.js';
import type { Data } from '../figure.js';
import { runAll } from '../runAll.js';

const grid = gridOf(
  'n2',
  v.strictObject({
    seed: count,
    grainDimension: count,
    samples: count,
    fraction: finite,
    targets: numbers,
    curve: decades,
  }),
);

interface Row {
  kind: string;
  g1: number;
  enhancement: number;
  error: number;
  theory: number;
}

export interface Findings {
  /** One for each coupling, from weak to strong. */
  points: Omit<Row, 'kind'>[];
  largestRelativeDifference: number;
}

export const data: Data<Findings> = {
  title: 'Test N = 2: enhancement of one l-bit’s coupling by another',
  async compute(context) {
    const { core, profile } = context;
    const { seed, grainDimension, samples, fraction, targets, curve: drawn } = grid(profile);
    const j1 = targets.map((g) => aimedCoupling(g, grainDimension));
    const params: TwoSpinTask = { grainDimension, j1, fraction };
    const results = await runAll<{ g1: number; enhancement: number }[]>(
      context,
      Array.from({ length: samples }, (_, index) => ({ kind: 'twoSpin', params, seed, index })),
    );
    const growth = (g: Float64Array) => core.eta(g).map((eta) => Math.exp(0.5 * eta));
    let worst = 0;
    const points = targets.map((_, t): Row => {
      const own = results.map((found) => found[t]);
      const g1 = core.meanAndError(Float64Array.from(own, (r) => r.g1)).mean;
      const { mean, error } = core.meanAndError(Float64Array.from(own, (r) => r.enhancement));
      const [theory] = growth(Float64Array.of(g1));
      worst = Math.max(worst, Math.abs(mean / theory - 1));
      return { kind: 'ED', g1, enhancement: mean, error, theory };
    });
    const curve = Array.from(
      growth(drawn),
      (y, i): Row => ({ kind: 'theory', g1: drawn[i], enhancement: y, error: 0, theory: y }),
    );
    return {
      parameters: { profile, seed, grainDimension, samples, fraction },
      columns: columnsOf([...points, ...curve]),
      measured: {
        largestRelativeDifference: worst,
        strongEnhancement: points[points.length - 1].enhancement,
      },
    };
  },
  findings: ({ columns, measured }) => ({
    points: rowsOfKind(columns, 'ED', ['g1', 'enhancement', 'error', 'theory']),
    largestRelativeDifference: measured.largestRelativeDifference,
  }),
};

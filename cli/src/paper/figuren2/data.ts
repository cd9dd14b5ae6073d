// Two l-bits on a large grain: how the coupling of the first enhances the matrix elements of the second.

import type { TwoSpinTask } from '../../sweeps/tasks/theoryTests.js';
import { aimedCoupling } from '../aim.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import type { Data } from '../figure.js';
import { logGrid } from '../grids.js';
import { runAll } from '../runAll.js';

const size = { quick: { grainDimension: 256, samples: 6 }, paper: { grainDimension: 1024, samples: 16 } };
const targets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const fraction = 0.25;
const seed = 72;

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
    const { grainDimension, samples } = size[profile];
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
    const grid = logGrid(1e-3, 16, 60);
    const curve = Array.from(
      growth(grid),
      (y, i): Row => ({ kind: 'theory', g1: grid[i], enhancement: y, error: 0, theory: y }),
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

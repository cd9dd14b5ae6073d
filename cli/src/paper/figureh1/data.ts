// Hysteresis of the avalanche: stable solutions of the mean-field equations followed up and down in the disorder W.
import { columnsOf } from '../columns.js';
import { checkpoint, type Data } from '../figure.js';
import { logGrid } from '../grids.js';

const theta0 = 2.954;
/** Least W and points a decade, a power of two; the last point is a little above the end of the hysteresis. */
const size = {
  quick: { radius: 6, from: 10, perDecade: 64, points: 113 },
  paper: { radius: 8, from: 10, perDecade: 256, points: 577 },
};

export const data: Data<null> = {
  title: 'Test H: hysteresis of the avalanche as the disorder W changes',
  async compute(context) {
    const { core, profile } = context;
    const { radius, from, perDecade, points } = size[profile];
    const strengths = logGrid(from, perDecade, points);
    await checkpoint(context, 0);
    const { branches, falling, rising, sites, windows } = core.latticeHysteresis({
      radius,
      theta0,
      strengths,
    });
    await checkpoint(context, 1);
    const rows = Array.from(strengths).flatMap((strength, i) =>
      branches[i].map(({ etaTot, stable }) => ({
        strength,
        etaTotBits: etaTot / Math.LN2,
        stable: Number(stable),
        falling: Number(etaTot === falling[i]),
        rising: Number(etaTot === rising[i]),
      })),
    );
    const [begins, ends] = windows.length > 0 ? [windows[0][0], windows[windows.length - 1][1]] : [0, 0];
    return {
      parameters: { profile, radius, theta0, g0: 1, sites },
      columns: columnsOf(rows, ['stable', 'falling', 'rising']),
      measured: { hysteresisFrom: begins, hysteresisTo: ends },
    };
  },
  findings: () => null,
};

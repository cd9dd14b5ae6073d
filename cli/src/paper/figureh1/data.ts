// Hysteresis of the avalanche: stable solutions of the mean-field equations followed up and down in the disorder W.
import * as v from 'valibot';
import { columnsOf } from '../columns.js';
import { count, decades, finite, gridOf } from '../example.js';
import { checkpoint, type Data } from '../figure.js';

const grid = gridOf('h1', v.strictObject({ radius: count, theta0: finite, strengths: decades }));

export const data: Data<null> = {
  title: 'Test H: hysteresis of the avalanche as the disorder W changes',
  async compute(context) {
    const { core, profile } = context;
    const { radius, theta0, strengths } = grid(profile);
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

// emft bottleneck: where an avalanche in two dimensions is weakest, for given decay lengths.
import { command } from './command.js';
import { printJson, printTable, withCore } from './common.js';
import { number } from './flags.js';
import { grain, json } from './shared.js';

export const bottleneck = command({
  name: 'bottleneck',
  description: 'where an avalanche in two dimensions is weakest, for couplings g0 exp(−r/ζ)',
  example: '0.5',
  arguments: {
    zeta: number('<zeta...>', 'decay lengths ζ in lattice spacings, 0.02 to 10', {
      becomes: [['options', 'zeta']],
    }),
  },
  flags: {
    grain,
    json: json(
      'print [{ zeta, radius, thermalized, logReduction, reduction, logCriticalG0, criticalG0, failedEtaTot, failedRadius, discRadius, sites }]',
    ),
  },
  help: () => `
radius = 1/(πζ log 2), where couplings enhanced by every l-bit inside are least; logReduction their log g/g0 there.
logCriticalG0: log g0 between which the avalanche begins by the mean-field equations on a disc of lattice sites;
failedRadius: how far the last avalanche that fails gets. In JSON a critical g0 beyond the range of a double is null.`,
  run: ({ zeta, grain, json }) =>
    withCore(async (core) => {
      const rows = zeta.map((z) => ({ zeta: z, ...core.bottleneck({ zeta: z, grain }) }));
      if (json) await printJson(rows);
      else {
        await printTable({
          zeta,
          radius: rows.map((r) => r.radius),
          logReduction: rows.map((r) => r.logReduction),
          logCriticalG0: rows.map((r) => r.logCriticalG0[0]),
          failedRadius: rows.map((r) => r.failedRadius),
        });
      }
    }),
});

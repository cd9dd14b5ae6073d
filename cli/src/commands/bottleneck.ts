// emft bottleneck: where an avalanche in two dimensions is weakest, for given decay lengths.
import type { Command } from 'commander';
import { parseNumber, printJson, printTable, withCore } from './common.js';

export function addBottleneck(program: Command): void {
  program
    .command('bottleneck')
    .description('where an avalanche in two dimensions is weakest, for couplings g0 exp(−r/ζ)')
    .argument('<zeta...>', 'decay lengths ζ in lattice spacings, 0.02 to 10', (text, list: number[] = []) => [
      ...list,
      parseNumber(text),
    ])
    .option(
      '--json',
      'print [{ zeta, radius, thermalized, logReduction, reduction, logCriticalG0, criticalG0, failedEtaTot, failedRadius, discRadius, sites }]',
    )
    .addHelpText(
      'after',
      `
radius = 1/(πζ log 2), where couplings enhanced by every l-bit inside are least; logReduction their log g/g0 there.
logCriticalG0: log g0 between which the avalanche begins by the mean-field equations on a disc of lattice sites;
failedRadius: how far the last avalanche that fails gets. In JSON a critical g0 beyond the range of a double is null.`,
    )
    .action((zeta: number[], { json }: { json?: boolean }) =>
      withCore(async (core) => {
        const rows = zeta.map((z) => ({ zeta: z, ...core.bottleneck({ zeta: z }) }));
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
    );
}

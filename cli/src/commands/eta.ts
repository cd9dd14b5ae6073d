// emft eta: the single-spin response at given couplings.
import type { Command } from 'commander';
import { parseNumber, printJson, printTable, withCore } from './common.js';

export function addEta(program: Command): void {
  program
    .command('eta')
    .description('entanglement growth η, mean entropy [S] and Czz of one spin at reduced coupling g')
    .argument('<g...>', 'reduced couplings, ≥ 0', (text: string, list: number[] = []) => [
      ...list,
      parseNumber(text),
    ])
    .option('--json', 'print [{ g, eta, entropy, czz }] (entropies in nats)')
    .action((g: number[], { json }: { json?: boolean }) =>
      withCore(async (core) => {
        const { eta, entropy, czz } = core.response(Float64Array.from(g));
        if (!json) await printTable({ g, eta, entropy, czz });
        else await printJson(g.map((x, i) => ({ g: x, eta: eta[i], entropy: entropy[i], czz: czz[i] })));
      }),
    );
}

// emft eta: the single-spin response at given couplings.
import { command } from './command.js';
import { printJson, printTable, withCore } from './common.js';
import { number } from './flags.js';
import { grain, json } from './shared.js';

export const eta = command({
  name: 'eta',
  description: 'entanglement growth η, mean entropy [S] and Czz of one spin at reduced coupling g',
  example: '0.1 1',
  arguments: { g: number('<g...>', 'reduced couplings, ≥ 0', { becomes: [['g']] }) },
  help: () => `
g and czz are pure numbers, eta and entropy are in nats.`,
  flags: { grain, json: json('print [{ g, eta, entropy, czz }] (entropies in nats)') },
  run: ({ g, grain, json }) =>
    withCore(async (core) => {
      const { eta, entropy, czz } = core.response(Float64Array.from(g), { grain });
      if (!json) await printTable({ g, eta, entropy, czz });
      else await printJson(g.map((x, i) => ({ g: x, eta: eta[i], entropy: entropy[i], czz: czz[i] })));
    }),
});

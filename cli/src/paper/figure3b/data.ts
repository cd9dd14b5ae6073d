// Fig. 3(b): how many spins a failing avalanche thermalizes as α approaches α_c from below.
import type { Core } from 'emft';
import { columnsOf } from '../columns.js';
import { example, rangeOf, valuesOf } from '../example.js';
import { checkpoint, type Data } from '../figure.js';
import { decadeGrid, logLogSlope, pointsPerDecade } from '../grids.js';

/** The last coupling of a long enough chain: its η is far below the rounding of the sum. */
const NEGLIGIBLE_LOG_G = Math.log(1e-20);

export interface Findings {
  firstCouplings: number[];
  /** Of η_tot ∝ |δα|^x over the decade from `low` on, by name. */
  exponents: Record<string, number>;
  low: number;
}

/** Solves chains of growing length until the last spin does not contribute. */
function etaTotOfLongChain(core: Core, g0: number, alpha: number) {
  for (let n = 128; ; n *= 2) {
    const solution = core.solveMeanField(core.drhLogCouplings({ g0, alpha, n }), { log: true });
    if (solution.logG[n - 1] < NEGLIGIBLE_LOG_G || n >= 65536) return { n, ...solution };
  }
}

export const data: Data<Findings> = {
  title: 'Fig. 3(b) Extent of failed avalanches near the critical point',
  async compute(context) {
    const { core, profile } = context;
    const chains = example('3b', profile);
    const firstCouplings = valuesOf(chains, 'g10');
    const range = rangeOf(chains, 'deltaAlpha');
    const distances = decadeGrid(range);
    const decade = pointsPerDecade(range) + 1;
    const [low, high] = [distances[0], distances[distances.length - 1]];
    const rows: { g10: number; deltaAlpha: number; n: number; etaTotBits: number }[] = [];
    const exponents: Record<string, number> = {};
    for (const g10 of firstCouplings) {
      const totals: number[] = [];
      for (const distance of distances) {
        const { n, etaTot } = etaTotOfLongChain(core, g10, Math.SQRT1_2 - distance);
        totals.push(etaTot / Math.LN2);
        rows.push({ g10, deltaAlpha: -distance, n, etaTotBits: etaTot / Math.LN2 });
        await checkpoint(context, rows.length / (distances.length * firstCouplings.length));
      }
      exponents[`exponentAt${g10}`] = logLogSlope(distances.subarray(0, decade), totals.slice(0, decade));
    }
    return {
      parameters: { profile, g10: firstCouplings, deltaAlphaRange: [-high, -low] },
      columns: columnsOf(rows),
      measured: exponents,
      findings: { firstCouplings, exponents, low },
    };
  },
};

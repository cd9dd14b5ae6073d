// Fig. 3(b): how many spins an avalanche thermalizes as α approaches α_c from below, for chains of several lengths.

import * as v from 'valibot';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { columnsOf } from '../columns.js';
import { besidesSweep, example, finite, onlyValueOf, rangeOf, valuesOf } from '../example.js';
import { checkpoint, type Data } from '../figure.js';
import { decadeGrid, logLogSlope } from '../grids.js';

/** The decade over which the power law is fitted: δα is small, and the longest chain far longer than the avalanche. */
const besidesOf = besidesSweep('3b', v.strictObject({ fit: v.strictObject({ from: finite, to: finite }) }));

export interface Findings {
  g10: number;
  lengths: number[];
  /** The exponent x of η_tot ∝ |δα|^x in the longest chain. */
  exponent: number;
  /** η_tot/(N log 2) of each length at the least |δα|. */
  saturation: number[];
  least: number;
}

export const data: Data<Findings> = {
  title: 'Fig. 3(b) Extent of failed avalanches near the critical point',
  async compute(context) {
    const { core, profile } = context;
    const chains = example('3b', profile);
    const g10 = onlyValueOf(chains, 'g10');
    const lengths = valuesOf(chains, 'n');
    const distances = decadeGrid(rangeOf(chains, 'deltaAlpha'));
    const rows: { n: number; deltaAlpha: number; etaTotBits: number; converged: number }[] = [];
    for (const n of lengths) {
      for (const distance of distances) {
        const bare = core.drhLogCouplings({ g0: g10, alpha: ALPHA_CRITICAL - distance, n });
        const { etaTot, converged } = core.solveMeanField(bare, { log: true });
        rows.push({ n, deltaAlpha: -distance, etaTotBits: etaTot / Math.LN2, converged: Number(converged) });
      }
      await checkpoint(context, rows.length / (distances.length * lengths.length));
    }
    const { fit } = besidesOf(profile);
    const longest = Math.max(...lengths);
    const fitted = rows.filter(
      ({ n, deltaAlpha }) => n === longest && -deltaAlpha >= fit.from && -deltaAlpha <= fit.to,
    );
    const exponent = logLogSlope(
      fitted.map((r) => -r.deltaAlpha),
      fitted.map((r) => r.etaTotBits),
    );
    const saturation = lengths.map((n) => rows.find((r) => r.n === n)!.etaTotBits / n);
    const [least, most] = [distances[0], distances[distances.length - 1]];
    return {
      parameters: { profile, g10, lengths, deltaAlphaRange: [-most, -least] },
      columns: columnsOf(rows),
      measured: {
        exponent,
        ...Object.fromEntries(lengths.map((n, i) => [`saturationAt${n}`, saturation[i]])),
      },
    };
  },
  findings({ parameters, measured }) {
    const { g10, lengths, deltaAlphaRange } = parameters as {
      g10: number;
      lengths: number[];
      deltaAlphaRange: [number, number];
    };
    const saturation = lengths.map((n) => measured[`saturationAt${n}`]);
    return { g10, lengths, exponent: measured.exponent, saturation, least: -deltaAlphaRange[1] };
  },
};

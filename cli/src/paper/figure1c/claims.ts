// Whether the distribution of Fig. 1(c) has two peaks.
import { type Claim, show } from '../claim.js';
import type { Findings } from './data.js';

export function claims({ couplings, peaks, measured }: Findings): Claim[] {
  const bimodal = couplings.filter((_, k) => peaks[k].valley > peaks[k].peak);
  const lower = peaks
    .filter((p) => p.valley > p.peak)
    .map((p) => show(p.peak, 2))
    .join(', ');
  return [
    {
      id: 'bimodal-entropy',
      source: 'Fig. 1(c)',
      statement:
        'the entropy distribution of weakly coupled spins is bimodal: most are unentangled, resonant ones are near log 2',
      stated: 'bimodal',
      measured: `two peaks at g = ${bimodal.join(', ')}; lower ones at ${lower} log 2`,
      values: measured,
      agrees: bimodal.includes(couplings[0]),
      rule: 'the density at the weakest coupling has a least value between two peaks',
    },
  ];
}

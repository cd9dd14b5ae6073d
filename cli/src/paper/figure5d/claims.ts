// Whether avalanches run in intervals of the offset.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings, shareText } from '../phaseScan.js';

export function claims({ scans, strength, hopping }: ScanFindings): Claim[] {
  const shares = scans.map(avalancheShare);
  return [
    {
      id: 'fig5d-intervals',
      source: 'Fig. 5(d)',
      statement: `below W_th avalanches run in intervals of θ₀ and fail elsewhere, with nothing between (hopping ${hopping})`,
      stated: 'intervals with η_tot near N log 2, the rest ≲ 14 log 2',
      measured: `W = ${strength}: ${scans.map((s) => `a share ${shareText(s)} of the turn at R = ${s.radius}, failed ones at most ${show(largestFailed(s), 3)} log 2`).join('; ')}`,
      values: Object.fromEntries(scans.map((s, i) => [`shareAtRadius${s.radius}`, shares[i]])),
      agrees: shares.every((share) => share > 0 && share < 1),
      note: `With hopping 1, as printed, lattices avalanche at every offset at this W.`,
    },
  ];
}

// Whether avalanches run in intervals of the offset.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings, shareText } from '../phaseScan.js';

export function claims({ scans, strength, hopping }: ScanFindings): Claim[] {
  const shares = scans.map(avalancheShare);
  const texts = scans.map((s, k) => {
    const failed = shares[k] < 1 ? `, failed ones at most ${show(largestFailed(s), 3)} log 2` : '';
    return `a share ${shareText(s)} of the turn at R = ${s.radius}${failed}`;
  });
  return [
    {
      id: 'fig5d-intervals',
      source: 'Fig. 5(d)',
      statement: 'below W_th avalanches run in intervals of θ₀ and fail elsewhere, with nothing between',
      stated: 'intervals with η_tot near N log 2, the rest ≲ 14 log 2',
      measured: `W = ${strength}: ${texts.join('; ')}`,
      values: Object.fromEntries(scans.map((s, k) => [`shareAtRadius${s.radius}`, shares[k]])),
      agrees: shares.every((share) => share > 0 && share < 1) && scans.every((s) => largestFailed(s) < 14),
      rule: 'at every R some offsets avalanche and some fail, these with less than 14 log 2',
      note: `Measured with hopping ${hopping}; the paper does not print the W of this panel.`,
    },
  ];
}

// Whether avalanches run in intervals of the offset.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings, shareText } from '../phaseScan.js';

export function claims({ scan, radius }: ScanFindings): Claim[] {
  return [
    {
      id: 'fig5c-intervals',
      source: 'Fig. 5(c)',
      statement: 'below W_th avalanches run in intervals of θ₀ and fail elsewhere, with nothing between',
      stated: 'intervals with η_tot near N log 2, the rest ≲ 14 log 2',
      measured: `a share ${shareText(scan)} of the turn avalanches; failed ones reach ${show(largestFailed(scan), 3)} log 2 (R = ${radius})`,
      values: { share: avalancheShare(scan), largestFailedBits: largestFailed(scan) },
      agrees: avalancheShare(scan) > 0 && avalancheShare(scan) < 1,
    },
  ];
}

// Fig. 5(c): below the threshold, where some phase offsets avalanche and others do not. W = 75 stands for the paper's
// strength below its threshold: with the printed parameters every offset avalanches at W = 45.
import { show } from './claim.js';
import { avalancheShare, largestFailed, phaseScan, shareText } from './phaseScan.js';

export const figure = phaseScan({
  id: '5c',
  strength: 75,
  claims: (scan, radius) => [
    {
      id: 'fig5c-intervals',
      source: 'Fig. 5(c)',
      statement: 'below W_th avalanches run in intervals of θ₀ and fail elsewhere, with nothing between',
      stated: 'intervals with η_tot near N log 2, the rest ≲ 14 log 2',
      measured: `a share ${shareText(scan)} of the turn avalanches; failed ones reach ${show(largestFailed(scan), 3)} log 2 (R = ${radius})`,
      values: { share: avalancheShare(scan), largestFailedBits: largestFailed(scan) },
      agrees: avalancheShare(scan) > 0 && avalancheShare(scan) < 1,
    },
  ],
});

// Fig. 5(d): above the threshold every avalanche fails, and (20) tells how far apart grains must be.
import { show } from './claim.js';
import { avalancheShare, largestFailed, phaseScan } from './phaseScan.js';

export const figure = phaseScan({
  id: '5d',
  strength: 120,
  spacing: true,
  claims: (scan, radius) => [
    {
      id: 'fig5d-none',
      source: 'Fig. 5(d)',
      statement: 'above W_th the avalanche fails at every phase offset',
      stated: 'η_tot ≲ 14 log 2 at every θ₀',
      measured: `η_tot ≤ ${show(largestFailed(scan), 3)} log 2 at ${scan.theta0.length} offsets, W = 120, R = ${radius}`,
      values: { share: avalancheShare(scan), largestFailedBits: largestFailed(scan) },
      agrees: avalancheShare(scan) === 0,
    },
  ],
});

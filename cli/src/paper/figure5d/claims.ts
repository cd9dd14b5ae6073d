// Whether every avalanche fails.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings } from '../phaseScan.js';

export function claims({ scan, strength, radius }: ScanFindings): Claim[] {
  return [
    {
      id: 'fig5d-none',
      source: 'Fig. 5(d)',
      statement: 'above W_th the avalanche fails at every phase offset',
      stated: 'η_tot ≲ 14 log 2 at every θ₀',
      measured: `η_tot ≤ ${show(largestFailed(scan), 3)} log 2 at ${scan.theta0.length} offsets, W = ${strength}, R = ${radius}`,
      values: { share: avalancheShare(scan), largestFailedBits: largestFailed(scan) },
      agrees: avalancheShare(scan) === 0,
    },
  ];
}

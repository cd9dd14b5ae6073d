// Whether every avalanche fails, and the enhancement no longer changes as the lattice grows.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings } from '../phaseScan.js';

export function claims({ scans, strength, hopping }: ScanFindings): Claim[] {
  const share = Math.max(...scans.map(avalancheShare));
  const largest = scans.map(largestFailed);
  return [
    {
      id: 'fig5c-none',
      source: 'Fig. 5(c)',
      statement: `above W_th the avalanche fails at every phase offset (hopping ${hopping})`,
      stated: 'η_tot ≲ 14 log 2 at every θ₀, converged in N',
      measured: `at most ${scans.map((s, i) => `${show(largest[i], 3)} log 2 at R = ${s.radius}`).join(', ')}; W = ${strength}, ${scans[0].theta0.length} offsets and more`,
      values: {
        share,
        ...Object.fromEntries(scans.map((s, i) => [`largestFailedBitsAtRadius${s.radius}`, largest[i]])),
      },
      agrees: share === 0,
      note: `With hopping 1, as printed, lattices avalanche at every offset at this W.`,
    },
  ];
}

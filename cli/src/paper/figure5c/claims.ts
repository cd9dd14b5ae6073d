// Whether every avalanche fails, and the enhancement no longer changes as the lattice grows.
import { type Claim, show } from '../claim.js';
import { avalancheShare, largestFailed, type ScanFindings, shareText } from '../phaseScan.js';

/** Largest difference of the maxima of two radii, in units of log 2, that counts as convergence. */
const CONVERGED = 0.5;

export function claims({ scans, strength, hopping }: ScanFindings): Claim[] {
  const source = 'Fig. 5(c)';
  const share = Math.max(...scans.map(avalancheShare));
  const failed = scans.filter((s) => avalancheShare(s) < 1);
  const largest = failed.map(largestFailed);
  const note = `Measured with hopping ${hopping}; the paper does not print the W of this panel.`;
  const each = (text: (k: number) => string) =>
    failed.map((s, k) => `${text(k)} at R = ${s.radius}`).join(', ');
  const offsets = `W = ${strength}, ${scans[0].theta0.length} offsets and more`;
  return [
    {
      id: 'fig5c-none',
      source,
      statement: 'above W_th the avalanche fails at every phase offset',
      stated: 'it fails at every θ₀',
      measured: `${scans.map((s) => `a share ${shareText(s)} of the turn avalanches at R = ${s.radius}`).join(', ')}; ${offsets}`,
      values: { share },
      agrees: share === 0,
      rule: 'no offset of the scans avalanches',
      note,
    },
    {
      id: 'fig5c-converged',
      source,
      statement: 'the enhancement of failed avalanches converges as the lattice grows',
      stated: 'the curves of all N coincide, η_tot ≲ 14 log 2',
      measured:
        failed.length > 0 ? `at most ${each((k) => `${show(largest[k], 4)} log 2`)}` : 'every avalanche runs',
      values: Object.fromEntries(failed.map((s, k) => [`largestFailedBitsAtRadius${s.radius}`, largest[k]])),
      agrees:
        share === 0 &&
        Math.abs(largest.at(-1)! - largest.at(-2)!) < CONVERGED &&
        largest.every((x) => x < 14),
      rule: `every avalanche fails, the largest η_tot of the two largest R differ by less than ${CONVERGED} log 2, and none exceeds 14 log 2`,
      note,
    },
  ];
}

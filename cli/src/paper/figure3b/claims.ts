// The power law of Fig. 3(b), and the value at which chains of each length saturate.
import { type Claim, show } from '../claim.js';
import type { Findings } from './data.js';

export function claims({ g10, lengths, exponent, saturation, least }: Findings): Claim[] {
  return [
    {
      id: 'eta-tot-exponent',
      source: 'Fig. 3(b)',
      statement: 'η_tot of a failed avalanche diverges as a power of |δα|',
      stated: 'η_tot ∝ |δα|⁻¹',
      measured: `exponent ${show(exponent)} (g₁₀ = ${g10}, N = ${Math.max(...lengths)})`,
      values: { exponent },
      agrees: Math.abs(exponent + 1) < 0.05,
      rule: 'within 0.05 of −1',
      note: 'Fitted over |δα| from 0.003 to 0.03.',
    },
    {
      id: 'eta-tot-saturation',
      source: 'Fig. 3(b)',
      statement: 'the curve of each N saturates where all of the chain is thermal',
      stated: 'η_tot → N log 2 as δα → 0',
      measured: `η_tot/(N log 2) = ${saturation.map((s, i) => `${show(s, 6)} (N = ${lengths[i]})`).join(', ')} at |δα| = ${least}`,
      values: Object.fromEntries(lengths.map((n, i) => [`saturationAt${n}`, saturation[i]])),
      agrees: saturation.every((s) => Math.abs(s - 1) < 0.1),
      rule: 'within 10 % at every N',
    },
  ];
}

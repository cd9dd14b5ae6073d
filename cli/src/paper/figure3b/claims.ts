// The power law of Fig. 3(b).
import { type Claim, show } from '../claim.js';
import type { Findings } from './data.js';

export function claims({ firstCouplings, exponents, low }: Findings): Claim[] {
  const fitted = Object.values(exponents);
  return [
    {
      id: 'eta-tot-exponent',
      source: 'Fig. 3(b)',
      statement: 'η_tot of a failed avalanche diverges as a power of |δα|',
      stated: 'η_tot ∝ |δα|⁻¹',
      measured: firstCouplings.map((g, i) => `${show(fitted[i])} (g₁₀ = ${g})`).join(', '),
      values: exponents,
      agrees: fitted.every((e) => Math.abs(e + 1) < 0.05),
      note: `Exponents fitted over |δα| from ${low} to ${10 * low}.`,
    },
  ];
}

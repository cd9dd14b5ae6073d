// How far the avalanche of Fig. 3(a) comes.
import { type Claim, show } from '../claim.js';
import { signed } from '../style.js';
import type { Findings } from './data.js';

export function claims({ deltaAlpha, g10, half, total }: Findings): Claim[] {
  return [
    {
      id: 'n-star',
      source: 'Fig. 3(a)',
      statement: `at δα = ${signed(deltaAlpha)}, g₁₀ = ${g10}, the entropy falls through half its maximum at n*`,
      stated: 'n* ≈ 30',
      measured: `n* = ${show(half)}`,
      values: { nStar: half, etaTotOverLog2: total },
      agrees: Math.abs(half - 30) <= 1,
      rule: 'within one l-bit of 30',
      note: `The same solution has η_tot = ${show(total)} log 2.`,
    },
  ];
}

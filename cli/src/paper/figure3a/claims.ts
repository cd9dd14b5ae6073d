// How far the avalanche of Fig. 3(a) comes.
import { agrees, FRONT } from '../../common/rules.js';
import { type Claim, show } from '../claim.js';
import { signed } from '../style.js';
import type { Findings } from './data.js';

export function claims({ deltaAlpha, g10, half, total }: Findings): Claim[] {
  return [
    {
      id: 'n-star',
      source: 'Fig. 3(a)',
      statement: `at δα = ${signed(deltaAlpha)}, g₁₀ = ${g10}, the entropy falls through half its maximum at n*`,
      stated: `n* ≈ ${FRONT.stated}`,
      measured: `n* = ${show(half)}`,
      values: { nStar: half, etaTotOverLog2: total },
      agrees: agrees.front(half),
      rule: `within one l-bit of ${FRONT.stated}`,
      note: `The same solution has η_tot = ${show(total)} log 2.`,
    },
  ];
}

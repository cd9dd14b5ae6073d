// The enhancement (8c), √2 at strong coupling (8b), and the limits of η, which have no number.
import { type Claim, show } from '../claim.js';
import { largestDeviation } from '../deviation.js';
import type { Findings } from './data.js';

export function claims({ points, largestRelativeDifference }: Findings): Claim[] {
  const [first, last] = [points[0], points[points.length - 1]];
  const sigma = largestDeviation(
    points.map(({ enhancement, error, theory }) => [enhancement - theory, error]),
  );
  return [
    {
      id: 'n2-enhancement',
      source: 'Eq. (8c)',
      statement: '[|V′_2,ab|]/[|V_2,ab|] = exp(η(g₁)/2)',
      stated: 'e^{η(g₁)/2}, g₁ from 10⁻³ to 3',
      measured: points
        .map(
          ({ g1, enhancement, error, theory }) =>
            `${show(enhancement)} ± ${show(error, 1)} (theory ${show(theory)}) at g₁ = ${show(g1, 2)}`,
        )
        .join('; ')
        .concat(`; up to ${show(100 * largestRelativeDifference, 2)} % and ${sigma} standard errors off`),
      values: { largestRelativeDifference },
      agrees: largestRelativeDifference < 0.03,
      rule: 'within 3 % of the theory at every g₁',
    },
    {
      id: 'n2-limits',
      source: 'Eq. (8b)',
      statement: 'limits of the enhancement: η → −8 g log g at weak, η → log 2 at strong coupling',
      stated: '√2 at strong coupling',
      measured: `${show(last.enhancement)} ± ${show(last.error, 1)} at g₁ = ${show(last.g1, 3)}; log-enhancement at g₁ = ${show(first.g1, 2)} is ${show(Math.log(first.enhancement) / Math.log(first.theory), 3)} of η/2`,
      values: { strong: last.enhancement, strongError: last.error },
      agrees: Math.abs(last.enhancement / Math.SQRT2 - 1) < 0.02,
      rule: `within 2 % of √2 at the strongest coupling measured, g₁ = ${show(last.g1, 3)}`,
    },
  ];
}

// What the paper states of one spin at weak and strong coupling: (7b), and the limits of η, which have no number.
import { agrees, SLOPE } from '../../common/rules.js';
import { type Claim, show } from '../claim.js';
import type { Limits } from './data.js';

export function claims({ entropySlope, etaSlope, saturation }: Limits): Claim[] {
  return [
    {
      id: 'eta-weak',
      source: 'limits of η (unnumbered)',
      statement: 'η(g) for g → 0',
      stated: 'η → −8 g log g',
      measured: `coefficient of g log g: ${show(etaSlope, 7)}`,
      values: { etaLogCoefficient: etaSlope },
      agrees: Math.abs(etaSlope + 8) < 1e-3,
      rule: 'within 10⁻³ of −8',
    },
    {
      id: 'entropy-weak',
      source: 'Eq. (7b)',
      statement: '[S](g) for g → 0',
      stated: `[S] → 2π log 2 · g = ${show(SLOPE.stated)} g`,
      measured: `[S]/g = ${show(entropySlope, 7)} = 2π · ${show(entropySlope / (2 * Math.PI), 7)}`,
      values: { entropySlope },
      agrees: agrees.slope(entropySlope),
      rule: 'within 10⁻³ of the printed coefficient',
      note: 'A misprint: the factor log 2 is not there. The tail 2/x² of p̃ gives [S](g) → 2g ∫₀^∞ S(h)/h² dh as g → 0, with entropies in nats, as elsewhere in the paper, and that integral is π exactly.',
    },
    {
      id: 'eta-strong',
      source: 'limits of η (unnumbered)',
      statement: 'η(g) for g → ∞',
      stated: 'η → log 2',
      measured: `η(10⁴) = ${show(saturation, 10)} log 2`,
      values: { etaSaturationOverLog2: saturation },
      agrees: Math.abs(saturation - 1) < 1e-8,
      rule: 'within 10⁻⁸ of 1',
    },
  ];
}

// What the paper states of one spin at weak and strong coupling, (7).
import { type Claim, show } from '../claim.js';
import type { Limits } from './data.js';

/** The coefficient of g that (7b) prints. */
const printed = 2 * Math.PI * Math.LN2;

export function claims({ entropySlope, etaSlope, saturation }: Limits): Claim[] {
  return [
    {
      id: 'eta-weak',
      source: 'Sec. III, limits of η',
      statement: 'η(g) for g → 0',
      stated: 'η → −8 g log g',
      measured: `coefficient of g log g: ${show(etaSlope, 7)}`,
      values: { etaLogCoefficient: etaSlope },
      agrees: Math.abs(etaSlope + 8) < 1e-3,
    },
    {
      id: 'entropy-weak',
      source: 'Eq. (7b)',
      statement: '[S](g) for g → 0',
      stated: `[S] → 2π log 2 · g = ${show(printed)} g`,
      measured: `[S]/g = ${show(entropySlope, 7)} = 2π · ${show(entropySlope / (2 * Math.PI), 7)}`,
      values: { entropySlope },
      agrees: Math.abs(entropySlope / printed - 1) < 1e-3,
      note: 'The factor log 2 printed in (7b) is not there: with entropies in nats, as elsewhere in the paper, ∫S(g)/g² dg = π exactly and [S] → 2πg.',
    },
    {
      id: 'eta-strong',
      source: 'Sec. III, limits of η',
      statement: 'η(g) for g → ∞',
      stated: 'η → log 2',
      measured: `η(10⁴) = ${show(saturation, 10)} log 2`,
      values: { etaSaturationOverLog2: saturation },
      agrees: Math.abs(saturation - 1) < 1e-8,
    },
  ];
}

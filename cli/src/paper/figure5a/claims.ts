// Whether quasiperiodic lattices have a threshold.
import { type Cell, fractionText, thresholdBracket } from '../avalancheFraction.js';
import { type Claim, show } from '../claim.js';

export function claims(all: Cell[]): Claim[] {
  const radii = [...new Set(all.map((c) => c.radius))];
  const brackets = radii.map((r) => thresholdBracket(all, r));
  const strongest = all.filter((c) => c.strength === Math.max(...all.map((d) => d.strength)));
  return [
    {
      id: 'fig5a-stable',
      source: 'Fig. 5(a)',
      statement: 'above a threshold W_th no quasiperiodic lattice has an avalanche, at every size',
      stated: 'f_aval = 0 above W_th ≈ 45',
      measured: radii.map((r, i) => `last avalanche at W = ${show(brackets[i][0], 3)} (R = ${r})`).join(', '),
      values: Object.fromEntries(radii.map((r, i) => [`lastAvalancheAtRadius${r}`, brackets[i][0]])),
      agrees: strongest.every((c) => c.fraction === 0),
      note: `At the largest W = ${show(strongest[0].strength, 3)}: f_aval = ${strongest.map((c) => `${fractionText(c)} at R = ${c.radius}`).join(', ')}. The statement on stability is confirmed; the value of W_th is another one, see the claim on W_th.`,
    },
  ];
}

// One l-bit: the distribution of norms, and the averages from weak to strong coupling.
import { type Claim, show } from '../claim.js';
import type { Findings } from './data.js';

export function claims({ norms, averages, weak, grains }: Findings): Claim[] {
  const { distance, states, chiSquaredPerBin } = norms;
  return [
    {
      id: 'n1-norms',
      source: 'Eqs. (3), (5), (A3)',
      statement: 'the norms g_1a divided by g_1 = ρ[|V|] are distributed as p̃',
      stated: 'p̃(x), five decades',
      measured: `Kolmogorov distance ${show(distance, 2)} over ${states} states, χ² per bin ${show(chiSquaredPerBin, 2)}`,
      values: { distance, states, chiSquaredPerBin },
      agrees: distance < 0.02,
    },
    {
      id: 'n1-response',
      source: 'Eqs. (7a), (7b)',
      statement: '[S] and Czz of one l-bit from weak to strong coupling',
      stated: 'the averages (A13), (A14); Czz → 1 − 2πg',
      measured: `largest differences ${show(averages.entropy, 2)} log 2 and ${show(averages.czz, 2)}; [S] up to ${show(averages.sigma, 2)} standard errors from theory; at g = ${show(weak.coupling, 2)} (${grains.samples} grains of ${grains.grainDimension} levels) it is ${show(weak.ratio, 3)} ± ${show(weak.error, 1)} of the theory's`,
      values: {
        entropyDifferenceBits: averages.entropy,
        czzDifference: averages.czz,
        weakRatio: weak.ratio,
        weakRatioError: weak.error,
        largestStandardErrors: averages.sigma,
      },
      agrees: averages.entropy < 0.05 && averages.czz < 0.05,
      note: `Judged with [S] → 2πg; with 2π log 2, which (7b) prints for [S], the ratio would be ${show(1 / Math.LN2, 3)}. At g ≈ 0.1 … 0.3 [S] lies 3 to 5 per cent above the theory, outside the error bars, alike for grains of 128, 256 and 512 levels: not an effect of the grain's size but of more than two levels at resonance, which the theory leaves out. At g ≈ 1 the difference is below 1 per cent and changes with the size of the grain; the standard errors are smaller still.`,
    },
  ];
}

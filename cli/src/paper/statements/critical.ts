// The critical coupling of N equal couplings, Eqs. (21), (22).
import * as v from 'valibot';
import { agrees, SCALING } from '../../common/rules.js';
import { type Claim, nearestPowerOfTen, show } from '../claim.js';
import { count, statementGrid } from '../example.js';
import type { FigureContext } from '../figure.js';

const grid = statementGrid('critical', v.strictObject({ counts: v.array(count) }));

export async function check({ core, profile }: FigureContext): Promise<Claim[]> {
  const { counts } = grid(profile);
  const found = counts.flatMap((n) => core.criticalCoupling(n) ?? []);
  const ratios = found.map(({ g0, asymptotic }) => g0 / asymptotic);
  return [
    {
      id: 'critical-coupling',
      source: 'Eq. (22)',
      statement: 'the critical coupling of N equal couplings scales as 1/(4 N log N)',
      stated: 'g_c ~ (4 N log N)⁻¹',
      measured: `g_c · 4 N log N = ${ratios.map((r) => show(r, 3)).join(', ')} at N = ${counts.map(nearestPowerOfTen).join(', ')}`,
      values: Object.fromEntries(counts.map((n, i) => [`ratioAtN${n}`, ratios[i]])),
      agrees: agrees.scaling(ratios),
      rule: `the largest of these ratios below ${SCALING.ratio} times the least: the scaling, not its prefactor`,
      note: `The scaling holds, the prefactor is not 1: from η ≈ −8 g log g, the fold lies at g ≈ 1/(4 N log N) but is reached from the bare coupling g₀ = g e^{−Nη/2} ≈ g/e, so that g_c · 4 N log N → 1/e = ${show(Math.exp(-1), 3)} slowly.`,
    },
  ];
}

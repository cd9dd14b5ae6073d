// The distribution of resonance strengths that everything else averages over, (A3) and (A4).
import * as v from 'valibot';
import { type Claim, nearestPowerOfTen, show } from '../claim.js';
import { count, finite, statementGrid } from '../example.js';
import type { FigureContext } from '../figure.js';
import { logGrid } from '../grids.js';

const grid = statementGrid('density', v.strictObject({ from: finite, perDecade: count, points: count }));

export async function check({ core, profile }: FigureContext): Promise<Claim[]> {
  const { from, perDecade, points } = grid(profile);
  // Trapezoid in log x: the integrand vanishes at the lower end, and the tail 2/x² is added beyond the upper.
  const x = logGrid(from, perDecade, points);
  const last = x.length - 1;
  const { density } = core.resonanceDistribution(x);
  const step = Math.LN10 / perDecade;
  let mass = 2 / x[last] - 0.5 * step * density[last] * x[last];
  for (let i = 0; i <= last; ++i) mass += step * density[i] * x[i];
  const tail = density[last] * x[last] ** 2;
  return [
    {
      id: 'density-normalization',
      source: 'Eq. (A3)',
      statement: 'the distribution p̃(x) of resonance strengths is normalized',
      stated: '∫p̃ dx = 1; the expansion printed in (A3) has ∫ = 1.78',
      measured: `∫p̃ dx = ${show(mass, 12)} for the closed form used here`,
      values: { mass },
      agrees: false,
      rule: 'the printed expansion had the integral 1',
      note: 'The printed coefficients of (A3) do not normalize, so nothing here uses them; 1.78 is the integral of the printed expansion, a number of the paper’s, which no table here holds. The exact density is p̃(x) = (2/x²) y e^{−y} [K₀(y) + K₁(y)] with y = π³/(8x²).',
    },
    {
      id: 'density-tail',
      source: 'Eq. (A4)',
      statement: 'p̃(x) for x → ∞',
      stated: 'p̃ → 2/x²',
      measured: `x² p̃(x) = ${show(tail, 10)} at x = ${nearestPowerOfTen(x[last])}`,
      values: { tail },
      agrees: Math.abs(tail - 2) < 1e-6,
      rule: 'within 10⁻⁶ of 2',
    },
  ];
}

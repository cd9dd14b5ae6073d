// p̃ of complex and of integrable grains by Monte Carlo: norms x = √(Σ_b |V_b|²/(E_b − E)²) / (ρ [|V|]) of grains of 256
// levels. E lies in the middle half of the spectrum, one point in each of 100 equal parts, about one level apart; V_b are
// complex Gaussians drawn anew for each point, so that points of one matrix share its levels but not the elements.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { gue } from '../../support/gue.js';

const core = await createCore();
const D = 256;
const POINTS = 100;
/** EMFT_MATRICES=1000 takes 10⁵ points, a minute or so. */
const MATRICES = Number(process.env.EMFT_MATRICES ?? 40);

const gueLevels = (seed: number) => core.eighComplex(gue(core, D, seed, 1), D, { vectors: false }).values;

const ensembles = {
  gue: {
    levels: gueLevels,
    middle: Math.sqrt(D),
    density: (e: number) => Math.sqrt(4 * D - e * e) / (2 * Math.PI),
  },
  poisson: {
    levels: (seed: number) => core.uniforms({ seed, stream: 2 }, D).map((u) => D * (u - 0.5)),
    middle: D / 4,
    density: () => 1,
  },
};

function norms({ levels, middle, density }: (typeof ensembles)['gue']): Float64Array {
  const found: number[] = [];
  for (let seed = 0; seed < MATRICES; ++seed) {
    const energies = levels(seed);
    const where = core.uniforms({ seed, stream: 3 }, POINTS);
    const v = core.normals({ seed, stream: 4 }, 2 * D * POINTS);
    where.forEach((u, p) => {
      const e = middle * ((2 * (p + u)) / POINTS - 1);
      const sum = energies.reduce((total, level, b) => {
        const k = 2 * (p * D + b);
        return total + (v[k] ** 2 + v[k + 1] ** 2) / (level - e) ** 2;
      }, 0);
      // [|V|] = √(π/2) of two normal parts
      found.push(Math.sqrt(sum) / (density(e) * Math.sqrt(Math.PI / 2)));
    });
  }
  return Float64Array.from(found).sort();
}

test.each(['gue', 'poisson'] as const)('norms of a %s grain have its p̃, not that of another grain', (own) => {
  const x = norms(ensembles[own]);
  // Kolmogorov's statistic: 99 % of samples of independent points are nearer than 1.628/√n.
  const quantile = 1.628 / Math.sqrt(x.length);
  for (const grain of ['goe', 'gue', 'poisson'] as const) {
    const cdf = core.resonanceCdf(x, { grain });
    const distances = x.map((_, i) => Math.max(cdf[i] - i / x.length, (i + 1) / x.length - cdf[i]));
    const distance = distances.reduce((a, b) => Math.max(a, b));
    if (grain === own) expect(distance).toBeLessThan(quantile);
    else expect(distance).toBeGreaterThan(1.5 * quantile);
  }
});

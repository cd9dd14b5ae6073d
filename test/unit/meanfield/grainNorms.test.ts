// p̃ of complex, quaternion and integrable grains by Monte Carlo: norms x = √(Σ_b |V_b|²/(E_b − E)²) / (ρ [|V|]) of grains of 256
// levels, of 64 Kramers pairs for the GSE. E lies in the middle half of the spectrum, one point in each of 100 equal parts, about one
// level apart or less; V_b are complex Gaussians, or quaternions, drawn anew for each point, so that points of one matrix share its
// levels but not the elements.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { gue } from '../../support/gue.js';

const core = await createCore();
const D = 256;
const POINTS = 100;
/** EMFT_MATRICES=1000 takes 10⁵ points, a minute or so. */
const MATRICES = Number(process.env.EMFT_MATRICES ?? 40);

const gueLevels = (seed: number) => core.eighComplex(gue(core, D, seed, 1), D, { vectors: false }).values;

/** Kramers pairs of the GSE, one level each. */
const PAIRS = 64;

/** Levels of a quaternion self-dual matrix as a complex one of twice the order: q = [z, w; −w*, z*], and its conjugate at (j, i). */
function gseLevels(seed: number): Float64Array {
  const n = 2 * PAIRS;
  const normal = core.normals({ seed, stream: 1 }, 4 * PAIRS * PAIRS);
  const a = new Float64Array(2 * n * n);
  const put = (i: number, j: number, re: number, im: number) => {
    [a[2 * (i * n + j)], a[2 * (i * n + j) + 1]] = [re, im];
    [a[2 * (j * n + i)], a[2 * (j * n + i) + 1]] = [re, i === j ? 0 : -im];
  };
  for (let i = 0; i < PAIRS; ++i) {
    for (let j = 0; j <= i; ++j) {
      const [x, y, u, v] = normal
        .subarray(4 * (i * PAIRS + j))
        .map((q, k) => (i === j ? (k ? 0 : Math.SQRT2 * q) : q));
      put(2 * i, 2 * j, x, y);
      put(2 * i + 1, 2 * j + 1, x, -y);
      put(2 * i, 2 * j + 1, u, v);
      put(2 * i + 1, 2 * j, -u, v);
    }
  }
  const { values } = core.eighComplex(a, n, { vectors: false });
  return values.filter((_, k) => k % 2 === 0);
}

const ensembles = {
  gue: {
    parts: 2,
    mean: Math.sqrt(Math.PI / 2),
    levels: gueLevels,
    middle: Math.sqrt(D),
    density: (e: number) => Math.sqrt(4 * D - e * e) / (2 * Math.PI),
  },
  // |H_ij|² is 4 on average.
  gse: {
    parts: 4,
    mean: 0.75 * Math.sqrt(2 * Math.PI),
    levels: gseLevels,
    middle: 2 * Math.sqrt(PAIRS),
    density: (e: number) => Math.sqrt(16 * PAIRS - e * e) / (8 * Math.PI),
  },
  poisson: {
    parts: 2,
    mean: Math.sqrt(Math.PI / 2),
    levels: (seed: number) => core.uniforms({ seed, stream: 2 }, D).map((u) => D * (u - 0.5)),
    middle: D / 4,
    density: () => 1,
  },
};

/** `parts` normal numbers make an element, whose modulus is `mean` on average. */
function norms({ parts, mean, levels, middle, density }: (typeof ensembles)['gue']): Float64Array {
  const found: number[] = [];
  for (let seed = 0; seed < MATRICES; ++seed) {
    const energies = levels(seed);
    const where = core.uniforms({ seed, stream: 3 }, POINTS);
    const v = core.normals({ seed, stream: 4 }, parts * energies.length * POINTS);
    where.forEach((u, p) => {
      const e = middle * ((2 * (p + u)) / POINTS - 1);
      const sum = energies.reduce((total, level, b) => {
        let square = 0;
        for (let k = 0; k < parts; ++k) square += v[parts * (p * energies.length + b) + k] ** 2;
        return total + square / (level - e) ** 2;
      }, 0);
      found.push(Math.sqrt(sum) / (density(e) * mean));
    });
  }
  return Float64Array.from(found).sort();
}

test.each(['gue', 'gse', 'poisson'] as const)(
  'norms of a %s grain have its p̃, not that of another grain',
  (own) => {
    const x = norms(ensembles[own]);
    // Kolmogorov's statistic: 99 % of samples of independent points are nearer than 1.628/√n.
    const quantile = 1.628 / Math.sqrt(x.length);
    for (const grain of ['goe', 'gue', 'gse', 'poisson'] as const) {
      const cdf = core.resonanceCdf(x, { grain });
      const distances = x.map((_, i) => Math.max(cdf[i] - i / x.length, (i + 1) / x.length - cdf[i]));
      const distance = distances.reduce((a, b) => Math.max(a, b));
      if (grain === own) expect(distance).toBeLessThan(quantile);
      else expect(distance).toBeGreaterThan(1.5 * quantile);
    }
  },
);

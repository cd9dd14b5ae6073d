// Standard errors of thermal averages: (estimate − exact)/error of many seeds has mean 0 and standard deviation 1, at high and low
// temperatures. Exact averages are sums over all levels from a decomposition of the whole matrix.
import { createCore, type SpinTerm } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const sites = 8;
/** Seeds, and random vectors each. The standard deviation of 120 pulls is known to 6.5 % where they are normal. */
const [SEEDS, SAMPLES] = [120, 20];
const bonds = Array.from({ length: sites - 1 }, (_, i) => i);
const terms: SpinTerm[] = [
  ...['xx', 'yy', 'zz'].flatMap((op) => bonds.map((i) => ({ op, sites: [i, i + 1] }))),
  ...Array.from({ length: sites }, (_, i) => ({ op: 'z', sites: [i], coefficient: 0.5 * Math.cos(5 * i) })),
];
const h = core.spins({ sites, terms });
// Does not commute with H, and has elements off the diagonal.
const observed: SpinTerm[] = [
  { op: 'zz', sites: [2, 3] },
  { op: 'xx', sites: [3, 4] },
  { op: 'z', sites: [0] },
];
const a = core.spins({ sites, terms: observed });
const betas = [0.1, 1, 3];

const { values, vectors } = core.eigh(h.toDense(), h.n);
const elements = core.expectation(a, vectors, { complex: false });
/** Averages at each β by all levels. */
const exact = betas.map((beta) => {
  const weights = values.map((e) => Math.exp(-beta * (e - values[0])));
  const z = weights.reduce((s, w) => s + w, 0);
  const average = (f: (k: number) => number) => weights.reduce((s, w, k) => s + w * f(k), 0) / z;
  const energy = average((k) => values[k]);
  return {
    energies: energy,
    expectations: average((k) => elements[k]),
    heatCapacities: beta * beta * average((k) => (values[k] - energy) ** 2),
    logZ: Math.log(z) - beta * values[0],
  };
});

const runs = Array.from({ length: SEEDS }, (_, seed) =>
  core.typicality(h, { betas, observables: [a], samples: SAMPLES, vectors: 30, seed: 1000 + seed }),
);

/** Mean and standard deviation. */
function moments(pulls: number[]): { mean: number; deviation: number } {
  const mean = pulls.reduce((s, x) => s + x, 0) / pulls.length;
  return { mean, deviation: Math.sqrt(pulls.reduce((s, x) => s + (x - mean) ** 2, 0) / (pulls.length - 1)) };
}

const quantities = [
  ['energies', 'energyErrors'],
  ['logZ', 'logZErrors'],
  ['expectations', 'expectationErrors'],
  ['heatCapacities', 'heatCapacityErrors'],
] as const;

describe.each(betas.map((beta, b) => ({ beta, b })))('β = $beta', ({ b }) => {
  test.each(quantities)('pulls of %s by %s', (name, error) => {
    const pulls = runs.map((run) => {
      const [found, errors] =
        name === 'expectations'
          ? [run[name][0], run.expectationErrors[0]]
          : [run[name], run[error] as Float64Array];
      return (found[b] - exact[b][name]) / errors[b];
    });
    const { mean, deviation } = moments(pulls);
    // A ratio of means is biased by the square of the error at most: a fraction of it.
    expect(Math.abs(mean)).toBeLessThan(0.3);
    expect(deviation).toBeGreaterThan(0.8);
    // A heat capacity at low temperature has a long tail: few vectors hold much of the ground state.
    expect(deviation).toBeLessThan(name === 'heatCapacities' ? 1.35 : 1.25);
  });
});

// The enhancement (8c) of grains of complex and of independent levels by exact diagonalization: [|V′_ab|]/[|V_ab|] of a
// random Hermitian operator V of the grain, between eigenstates with and without the coupling of one l-bit, is e^{η(g)/2}.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { gue } from '../../support/gue.js';

const core = await createCore();
const D = 64;
const N = 2 * D;
const SAMPLES = 40;
/** Field of the l-bit in units of half the bandwidth: 2h is many level spacings, far below the bandwidth. */
const H = 0.2;
/** The middle quarter of the states. */
const [FIRST, END] = [0.375 * N, 0.625 * N];

const hermitian = (seed: number, stream: number) => gue(core, D, seed, stream);

/** Levels between about −1 and 1, and how many there are per energy at 0. */
const grains = {
  gue: {
    levels: (seed: number) =>
      core.eighComplex(hermitian(seed, 1), D, { vectors: false }).values.map((e) => e / (2 * Math.sqrt(D))),
    density: (2 * D) / Math.PI,
  },
  poisson: {
    levels: (seed: number) => core.uniforms({ seed, stream: 9 }, D).map((u) => 2 * u - 1),
    density: D / 2,
  },
};

/** Grain and l-bit, basis index 2 i + spin: E_i ± h, and J V₁ between up and down. */
function coupled(levels: Float64Array, v: Float64Array, j: number): Float64Array {
  const a = new Float64Array(2 * N * N);
  levels.forEach((e, i) => {
    a[2 * (2 * i * N + 2 * i)] = e + H;
    a[2 * ((2 * i + 1) * N + 2 * i + 1)] = e - H;
    for (let k = 0; k < D; ++k) {
      const [re, im] = [j * v[2 * (i * D + k)], j * v[2 * (i * D + k) + 1]];
      const [up, down] = [2 * (2 * i * N + 2 * k + 1), 2 * ((2 * k + 1) * N + 2 * i)];
      a[up] = a[down] = re;
      a[up + 1] = im;
      a[down + 1] = -im;
    }
  });
  return a;
}

/** V x for V on the grain. */
function applied(v: Float64Array, x: Float64Array): Float64Array {
  const y = new Float64Array(2 * N);
  for (let i = 0; i < D; ++i) {
    for (let k = 0; k < D; ++k) {
      const [re, im] = [v[2 * (i * D + k)], v[2 * (i * D + k) + 1]];
      for (const spin of [0, 1]) {
        const [to, from] = [2 * (2 * i + spin), 2 * (2 * k + spin)];
        y[to] += re * x[from] - im * x[from + 1];
        y[to + 1] += re * x[from + 1] + im * x[from];
      }
    }
  }
  return y;
}

/** [|V_ab|] over all pairs of the middle quarter. */
function meanElement(h: Float64Array, v: Float64Array): number {
  const { vectors } = core.eighComplex(h, N);
  const column = (k: number) => vectors.subarray(2 * N * k, 2 * N * (k + 1));
  let sum = 0;
  for (let b = FIRST; b < END; ++b) {
    const y = applied(v, column(b));
    for (let a = FIRST; a < END; ++a) {
      const x = column(a);
      let [re, im] = [0, 0];
      for (let i = 0; i < 2 * N; i += 2) {
        re += x[i] * y[i] + x[i + 1] * y[i + 1];
        im += x[i] * y[i + 1] - x[i + 1] * y[i];
      }
      sum += Math.hypot(re, im);
    }
  }
  return sum / (END - FIRST) ** 2;
}

// At g = 3 the coupling of so small a grain is as large as its bandwidth, which moves levels of uniform density more than a
// semicircle: there independent levels are 3 % off.
test.each([
  ['gue', [0.001, 0.01, 0.1, 0.3, 1, 3]],
  ['poisson', [0.001, 0.01, 0.1, 0.3, 1]],
] as const)('%s: within 2 %% of e^{η/2}', (grain, couplings) => {
  const { levels, density } = grains[grain];
  const ratios = couplings.map(() => new Float64Array(SAMPLES));
  for (let seed = 0; seed < SAMPLES; ++seed) {
    const [own, v1, v2] = [levels(seed), hermitian(seed, 2), hermitian(seed, 3)];
    const apart = meanElement(coupled(own, v1, 0), v2);
    couplings.forEach((g, t) => {
      // [|V₁|] = √π/2
      const j = g / (density * 0.5 * Math.sqrt(Math.PI));
      ratios[t][seed] = meanElement(coupled(own, v1, j), v2) / apart;
    });
  }
  couplings.forEach((g, t) => {
    const { mean } = core.meanAndError(ratios[t]);
    const theory = Math.exp(0.5 * core.eta(g, { grain }));
    expect(Math.abs(mean / theory - 1), `g = ${g}: ${mean}, theory ${theory}`).toBeLessThan(0.02);
  });
});

// Traces and thermal averages from random vectors: against whole spectra from numpy within their errors, and errors against the
// scatter of seeds.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { dynamicsCases } from '../../support/dynamics.js';

const core = await createCore();

describe.each(dynamicsCases)('$name', ({ sites, terms, observable, thermal }) => {
  const h = core.spins({ sites, terms });
  const a = core.spins({ sites, terms: observable });
  const betas = thermal.map(({ beta }) => beta);
  const found = core.typicality(h, { betas, observables: [a], samples: 200, vectors: 60, seed: 1 });
  const quantities = [
    ['logZ', found.logZ, found.logZErrors, thermal.map((x) => x.logZ)],
    ['energy', found.energies, found.energyErrors, thermal.map((x) => x.energy)],
    ['heat capacity', found.heatCapacities, found.heatCapacityErrors, thermal.map((x) => x.heatCapacity)],
    ['entropy', found.entropies, found.entropyErrors, thermal.map((x) => x.logZ + x.beta * x.energy)],
    ['observable', found.expectations[0], found.expectationErrors[0], thermal.map((x) => x.expectation)],
  ] as const;

  test.each(quantities)('%s is that of the whole spectrum', (_, values, errors, wanted) => {
    values.forEach((x, k) => {
      expect(Math.abs(x - wanted[k])).toBeLessThan(4 * errors[k] + 1e-12);
      // The errors say something: n = 32 or 64 and 200 vectors.
      expect(errors[k]).toBeLessThan(0.1);
    });
  });

  test('is exact where all vectors agree: log n without temperature, the ground state at the lowest', () => {
    expect(Math.abs(found.logZ[0] - sites * Math.log(2))).toBeLessThan(1e-13);
    // An ulp of log Z for each of the 200 vectors that is left out.
    expect(found.logZErrors[0]).toBeLessThan(1e-12);
    expect(found.energyErrors.at(-1)).toBeLessThan(0.01);
  });

  test('of negative temperatures is that of −H', () => {
    const turned = core.typicality(h.scaled(-1), {
      betas: betas.map((b) => -b),
      observables: [a],
      samples: 10,
    });
    const plain = core.typicality(h, { betas, observables: [a], samples: 10 });
    turned.energies.forEach((e, k) => {
      expect(Math.abs(e + plain.energies[k])).toBeLessThan(1e-12);
      expect(Math.abs(turned.expectations[0][k] - plain.expectations[0][k])).toBeLessThan(1e-11);
      expect(Math.abs(turned.energyErrors[k] - plain.energyErrors[k])).toBeLessThan(1e-11);
    });
  });
});

describe('traces of functions', () => {
  const sites = 7;
  const h = core.spins({
    sites,
    terms: ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
    ),
    sector: { up: 3 },
  });
  const { values } = core.eigh(h.toDense(), h.n, { vectors: false });
  const functions = [() => 1, (e: number) => e * e, (e: number) => 1 / (1 + e * e)];

  test('are those of the eigenvalues within errors, which are the scatter between seeds', () => {
    const runs = Array.from({ length: 200 }, (_, seed) =>
      core.typicality(h, { functions, samples: 10, vectors: 40, seed }),
    );
    functions.forEach((f, k) => {
      const wanted = values.reduce((s, e) => s + f(e), 0);
      const mean = runs.reduce((s, { traces }) => s + traces[k], 0) / runs.length;
      const scatter = Math.sqrt(
        runs.reduce((s, { traces }) => s + (traces[k] - mean) ** 2, 0) / (runs.length - 1),
      );
      const error = Math.sqrt(runs.reduce((s, run) => s + run.traceErrors[k] ** 2, 0) / runs.length);
      if (k === 0) {
        expect(Math.abs(mean - h.n)).toBeLessThan(1e-12);
        expect(error).toBeLessThan(1e-13);
        return;
      }
      expect(Math.abs(mean - wanted)).toBeLessThan((4 * scatter) / Math.sqrt(runs.length));
      expect(error / scatter).toBeGreaterThan(0.8);
      expect(error / scatter).toBeLessThan(1.25);
    });
  });

  test('errors of thermal averages, too, are the scatter between seeds', () => {
    const runs = Array.from({ length: 200 }, (_, seed) =>
      core.typicality(h, { betas: [0.7], observables: [h], samples: 10, vectors: 35, seed }),
    );
    for (const [value, error] of [
      ['energies', 'energyErrors'],
      ['heatCapacities', 'heatCapacityErrors'],
      ['logZ', 'logZErrors'],
    ] as const) {
      const mean = runs.reduce((s, run) => s + run[value][0], 0) / runs.length;
      const scatter = Math.sqrt(
        runs.reduce((s, run) => s + (run[value][0] - mean) ** 2, 0) / (runs.length - 1),
      );
      const said = Math.sqrt(runs.reduce((s, run) => s + run[error][0] ** 2, 0) / runs.length);
      expect(said / scatter).toBeGreaterThan(0.75);
      expect(said / scatter).toBeLessThan(1.35);
    }
    // H as an observable is the energy.
    for (const run of runs) {
      expect(Math.abs(run.expectations[0][0] - run.energies[0])).toBeLessThan(1e-12);
      expect(Math.abs(run.expectationErrors[0][0] - run.energyErrors[0])).toBeLessThan(1e-12);
    }
  });
});

test('in H = 0 large β were refused in units of 1/|H|; traces beyond the doubles were Infinity, and errors of large ones', () => {
  const zero = core.csr({ n: 4, indptr: [0, 0, 0, 0, 0], indices: [], data: [] });
  const betas = [0, 5e-324, 1e300, -1e308];
  const still = core.typicality(zero, { betas, samples: 3 });
  for (const x of still.logZ) expect(Math.abs(x - Math.log(4))).toBeLessThan(1e-15);
  expect(Array.from(still.energies)).toEqual([0, 0, 0, 0]);
  expect(Array.from(still.heatCapacities)).toEqual([0, 0, 0, 0]);
  expect(Array.from(still.truncation)).toEqual([0, 0, 0, 0]);
  const h = core.spins({ sites: 3, terms: [{ op: 'z', sites: [0] }] });
  const traced = (size: number) => core.typicality(h, { functions: [(e) => size * e], samples: 3 });
  expect(traced(2 ** 900).traceErrors[0]).toBe(2 ** 900 * traced(1).traceErrors[0]);
  expect(traced(2 ** -900).traceErrors[0]).toBe(2 ** -900 * traced(1).traceErrors[0]);
  expect(() => core.typicality(h, { functions: [() => 1e308], samples: 2 })).toThrow(
    /^options\.functions\[0\]: has a trace beyond the largest double/,
  );
});

test('units, special operators and what is wrong', () => {
  const h = core.spins({
    sites: 3,
    terms: [
      { op: 'xx', sites: [0, 1] },
      { op: 'z', sites: [2] },
    ],
  });
  const plain = core.typicality(h, { betas: [2], samples: 5 });
  const scaled = core.typicality(h.scaled(2 ** 400), { betas: [2 * 2 ** -400], samples: 5 });
  expect(scaled.energies[0]).toBe(plain.energies[0] * 2 ** 400);
  expect(scaled.logZ[0]).toBe(plain.logZ[0]);
  const zero = core.csr({ n: 4, indptr: [0, 0, 0, 0, 0], indices: [], data: [] });
  const still = core.typicality(zero, { betas: [3], samples: 3, functions: [(e) => e + 1] });
  expect(still.energies[0]).toBe(0);
  expect(Math.abs(still.traces[0] - 4)).toBeLessThan(1e-14);
  expect(core.typicality(h, { betas: [1], samples: 1 }).energyErrors[0]).toBeNaN();
  const typicality = core.typicality as (...args: unknown[]) => unknown;
  expect(() => typicality(h, { betas: [Number.NaN] })).toThrow(/^options\.betas: /);
  expect(() => typicality(h, { functions: [3] })).toThrow(
    /^options\.functions\[0\]: expected a function, got 3/,
  );
  expect(() => typicality(h, { functions: [() => Number.NaN] })).toThrow(
    /^options\.functions\[0\]: gave NaN for/,
  );
  expect(() => typicality(h, { betas: [1], samples: 0 })).toThrow(/^options\.samples: /);
  expect(() => typicality(h, { betas: [1], observables: [zero] })).toThrow(/^options\.observables\[0\]: /);
});

test('at the lowest temperatures heat capacity and entropy of one ground state were rounding, and no error said so', () => {
  const bonds = (['xx', 'yy', 'zz'] as const).flatMap((op) =>
    Array.from({ length: 8 }, (_, i) => ({ op, sites: [i, (i + 1) % 8] })),
  );
  const h = core.spins({ sites: 8, terms: [...bonds, { op: 'z', sites: [0], coefficient: 0.7 }] });
  const betas = [1e10, 1e13, 1e14, 1e15, 1e16, 1e18];
  const found = core.typicality(h, { betas, samples: 30, vectors: 60 });
  betas.forEach((_, k) => {
    expect(Math.abs(found.heatCapacities[k])).toBeLessThanOrEqual(4 * found.heatCapacityErrors[k]);
    expect(Math.abs(found.entropies[k])).toBeLessThanOrEqual(4 * found.entropyErrors[k]);
  });
});

// The spectral form factor against the sum that defines it and random matrices, and the references of random spectra.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { goeLevels, poissonLevels, range } from '../../support/spectra.js';

const core = await createCore();
const [n, spectra] = [128, 400];
const goe = goeLevels(core, n, spectra);
const unfolded = core.unfold(goe, { spectra, method: 'ensemble' });
const poisson = poissonLevels(core, n, spectra);

describe('the spectral form factor', () => {
  const times = range(30, (k) => 10 ** (-2 + k / 10));

  test('is the sum that defines it', () => {
    const two = unfolded.subarray(0, 2 * n);
    const { values, connected } = core.spectralFormFactor(two, times, { spectra: 2, width: 0.7 });
    times.forEach((tau, t) => {
      let [square, norm] = [0, 0];
      const sums: [number, number][] = [];
      for (const k of [0, 1]) {
        const e = two.subarray(n * k, n * (k + 1));
        const mean = e.reduce((a, b) => a + b) / n;
        const variance = e.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
        let [re, im] = [0, 0];
        for (const x of e) {
          const rho = Math.exp(-((x - mean) ** 2) / (2 * 0.49 * variance));
          re += rho * Math.cos(2 * Math.PI * x * tau);
          im -= rho * Math.sin(2 * Math.PI * x * tau);
          norm += (rho * rho) / 2;
        }
        square += (re * re + im * im) / 2;
        sums.push([re, im]);
      }
      expect(Math.abs(values[t] - square / norm)).toBeLessThan(1e-11 * n);
      const apart = ((sums[0][0] - sums[1][0]) ** 2 + (sums[0][1] - sums[1][1]) ** 2) / 2;
      expect(Math.abs(connected[t] - apart / norm)).toBeLessThan(1e-11 * n);
    });
  });

  test('of GOE levels is 2τ − τ log(1 + 2τ), of Poisson levels 1, within its errors', () => {
    const reference = core.levelReference('goe', 'formFactor', times);
    const { connected, connectedErrors } = core.spectralFormFactor(unfolded, times, { spectra });
    const away = times.map((_, t) => Math.abs(connected[t] - reference[t]) / connectedErrors[t]);
    // Below this a weight half as wide as the spectrum does not resolve time.
    times.forEach((tau, t) => {
      if (tau > 4 / n) expect(away[t], `at ${tau}`).toBeLessThan(3.5);
    });
    expect(away.filter((x) => x > 2).length).toBeLessThan(5);
    const flat = core.spectralFormFactor(poisson, times.subarray(10), { spectra });
    flat.values.forEach((k, t) => {
      expect(Math.abs(k - 1) / flat.errors[t]).toBeLessThan(3.5);
    });
    const { time, g } = core.thoulessTime(
      times,
      connected.map((k) => Math.max(k, 0)),
      { tolerance: 0.2 },
    );
    expect(time).toBeLessThan(0.05);
    expect(Math.abs(g + Math.log10(time))).toBeLessThan(1e-14);
  });

  test('its errors are the spread over parts of the spectra', () => {
    const parts = range(20, (k) => k);
    const some = [3, 12, 20];
    const at = times.filter((_, t) => some.includes(t));
    const size = spectra / 20;
    const single = [...parts].map((k) =>
      core.spectralFormFactor(unfolded.subarray(n * size * k, n * size * (k + 1)), at, { spectra: size }),
    );
    const whole = core.spectralFormFactor(unfolded, at, { spectra });
    for (const [key, error] of [
      ['values', 'errors'],
      ['connected', 'connectedErrors'],
    ] as const) {
      at.forEach((_, t) => {
        const spread = core.meanAndError(Float64Array.from(single, (one) => one[key][t])).error;
        expect(whole[error][t] / spread).toBeGreaterThan(0.5);
        expect(whole[error][t] / spread).toBeLessThan(2);
      });
    }
    const one = core.spectralFormFactor([0, 1, 2], [0, 1]);
    expect([one.errors, one.connected, one.connectedErrors].flatMap((x) => [...x])).toEqual(
      Array(6).fill(Number.NaN),
    );
  });

  test('phases keep their digits: an even grid comes back whole at every whole time', () => {
    const { values } = core.spectralFormFactor(
      range(101, (k) => k),
      [0, 1, 7, 1000, 0.5, -1],
      { width: 0 },
    );
    expect([...values.subarray(0, 4), values[5]]).toEqual([101, 101, 101, 101, 101]);
    expect(Math.abs(values[4] - 1 / 101)).toBeLessThan(1e-14);
  });

  test('the Thouless time is where the last difference ends', () => {
    const tau = [0.01, 0.1, 0.5, 1, 5];
    const k = core.levelReference('goe', 'formFactor', tau);
    expect(core.thoulessTime(tau, k)).toEqual({ time: 0.01, g: 2 });
    // Twice as much at 0.1: log10 2 = 0.301 falls to 0.1 by two thirds of the way, in log τ, to 0.5.
    k[1] *= 2;
    const { time } = core.thoulessTime(tau, k, { tolerance: 0.1 });
    expect(Math.abs(time - 0.5 * (0.1 / 0.5) ** (0.1 / Math.log10(2)))).toBeLessThan(1e-12);
    k[3] *= 2;
    expect(core.thoulessTime(tau, k)).toEqual({ time: Number.NaN, g: Number.NaN });
    // Beyond the Heisenberg time nothing is asked.
    expect(
      core.thoulessTime([0.1, 2], [core.levelReference('gue', 'formFactor', [0.1])[0], 9], {
        ensemble: 'gue',
      }),
    ).toEqual({ time: 0.1, g: 1 });
  });
});

describe('references', () => {
  test('are normalised densities of mean 1 where they are of spacings', () => {
    const points = range(100_000, (k) => (k + 0.5) / 10_000);
    for (const ensemble of ['poisson', 'goe', 'gue'] as const) {
      const p = core.levelReference(ensemble, 'spacing', points);
      const sum = p.reduce((a, x) => a + x / 10_000, 0);
      const mean = p.reduce((a, x, i) => a + (x * points[i]) / 10_000, 0);
      const tail = ensemble === 'poisson' ? 6e-4 : 1e-8;
      expect(Math.abs(sum - 1)).toBeLessThan(tail);
      expect(Math.abs(mean - 1)).toBeLessThan(tail);
      const ratios = core.levelReference(ensemble, 'gapRatio', points);
      expect(Math.abs(ratios.reduce((a, x) => a + x / 10_000, 0) - 1)).toBeLessThan(1e-4);
    }
  });

  test('the number variance is ∫ 2 K(τ) sin²(πLτ)/(πτ)² dτ', () => {
    for (const ensemble of ['goe', 'gue'] as const) {
      for (const length of [0.05, 0.7, 3]) {
        const [end, points] = [400, 200_000];
        const tau = range(points, (k) => ((k + 0.5) * end) / points);
        const k = core.levelReference(ensemble, 'formFactor', tau);
        const sum = tau.reduce(
          (a, t, i) =>
            a + ((2 * k[i] * Math.sin(Math.PI * length * t) ** 2) / (Math.PI * t) ** 2) * (end / points),
          1 / (Math.PI ** 2 * end),
        );
        expect(Math.abs(core.levelReference(ensemble, 'numberVariance', [length])[0] - sum)).toBeLessThan(
          2e-5,
        );
      }
    }
  });

  test('the form factor has no step at the Heisenberg time and tends to 1', () => {
    const [below, at, above] = core.levelReference('goe', 'formFactor', [1 - 1e-9, 1, 1 + 1e-9]);
    expect(Math.abs(below - at) + Math.abs(above - at)).toBeLessThan(1e-8);
    expect(Math.abs(core.levelReference('goe', 'formFactor', [1e6])[0] - 1)).toBeLessThan(1e-9);
  });
});

test('levels whose phases are beyond what the kernel knows gave numbers of no meaning, or NaN', () => {
  const refused = /^levels: element 1 is 1[e+0]+\d*, of which no phase is known at a time of/;
  for (const [level, time] of [
    [1e20, 1],
    [1e200, 0.5],
    [1e200, 1e-200],
    [1e10, -(2 ** 20)],
  ])
    expect(() => core.spectralFormFactor([0, level], [0, time])).toThrow(refused);
  // Up to there they are known: 2^49 turns and no part of one.
  expect(core.spectralFormFactor([0, 2 ** 49], [1], { width: 0 }).values[0]).toBe(2);
  expect(core.spectralFormFactor([0, 2 ** 49 + 0.5], [1], { width: 0 }).values[0]).toBeLessThan(1e-20);
});

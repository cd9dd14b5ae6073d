// Gap ratios, unfolding and number variance: of random matrices, and of the simplest spectra; what is wrong is named.
import { createCore, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goeLevels, poissonLevels, range } from '../../support/spectra.js';

const core = await createCore();
const [n, spectra] = [128, 400];
const goe = goeLevels(core, n, spectra);
const unfolded = core.unfold(goe, { spectra, method: 'ensemble' });
const poisson = poissonLevels(core, n, spectra);
const each = (levels: Float64Array, f: (one: Float64Array) => number) =>
  range(spectra, (k) => f(levels.subarray(n * k, n * (k + 1))));

test('levels that an unfolding polynomial makes fall are answered with the ways that do not', () => {
  expect(() => core.numberVariance([0, 2, 1], [1])).toThrow(InputError);
  expect(() => core.numberVariance([0, 2, 1], [1])).toThrow(/'ensemble' or 'local' of unfold/);
});

describe('gap ratios', () => {
  test('take copies that rounding tells apart for copies, as sweeps do, or not if they are told', () => {
    const levels = [0, 1, 1 + 2e-16, 2, 4, 7];
    expect([...core.gapRatios(levels)]).toEqual([0, 0, 0.5, 2 / 3]);
    const apart = core.gapRatios(levels, { tolerance: 0 });
    expect(apart[0]).toBeGreaterThan(0);
    expect(core.gapRatio([5, 5 + 1e-14, 5 + 3e-14])).toBeNaN();
  });

  test('of GOE, GUE and Poisson levels have the known means', () => {
    const gue = range(150, (k) => {
      const [re, im] = [core.goe(80, { seed: 6, index: 2 * k }), core.normals({ seed: 7, index: k }, 6400)];
      const a = new Float64Array(12800);
      // Half of the antisymmetric part of independent deviates has the variance of the off-diagonal real part.
      const scale = Math.sqrt(1 / 81 / 2);
      for (let i = 0; i < 80; ++i) {
        for (let j = 0; j < 80; ++j) {
          a[2 * (80 * i + j)] = re[80 * i + j];
          a[2 * (80 * i + j) + 1] = scale * (im[80 * i + j] - im[80 * j + i]);
        }
      }
      return core.gapRatio(core.eighComplex(a, 80, { vectors: false }).values);
    });
    const cases: [Float64Array, number][] = [
      [each(goe, core.gapRatio), 0.5307],
      [gue, 0.5996],
      [each(poisson, core.gapRatio), 2 * Math.LN2 - 1],
    ];
    for (const [ratios, wanted] of cases) {
      const { mean, error } = core.meanAndError(ratios);
      expect(Math.abs(mean - wanted)).toBeLessThan(3.5 * error + 1e-3);
      expect(error).toBeLessThan(3e-3);
    }
  });

  test('spectra in one array were refused, or taken for one where they ascend', () => {
    const [a, b, none] = [
      [1, 2, 4, 7],
      [0, 3, 4, 4],
      [5, 5, 5, 5],
    ];
    const all = [...a, ...b, ...none];
    expect([...core.gapRatios(all, { spectra: 3 })]).toEqual(
      [a, b, none].flatMap((levels) => [...core.gapRatios(levels)]),
    );
    expect(core.gapRatio(all, { spectra: 3 })).toBe((core.gapRatio(a) + core.gapRatio(b)) / 2);
    expect(core.gapRatio([...none, ...none], { spectra: 2 })).toBeNaN();
    expect(() => core.gapRatio(all)).toThrow(/options\.spectra is their number$/);
    expect(() => core.gapRatio(all, { spectra: 5 })).toThrow(/3 or more for each of 5 spectra/);
  });

  test('are those of the gaps, and their mean is gapRatio', () => {
    const levels = [0, 1, 3, 3, 3, 4];
    expect([...core.gapRatios(levels)]).toEqual([0.5, 0, 0, 0]);
    expect(core.gapRatio(levels)).toBe(0.125);
    expect([...core.gapRatios([2, 2, 2, 2])]).toEqual([Number.NaN, Number.NaN]);
    expect(core.gapRatio([2, 2, 2])).toBeNaN();
    // Of any size.
    expect(core.gapRatio([-5e-324, 0, 1e-323])).toBe(0.5);
    expect(core.gapRatio([0, 2 ** 1000, 3 * 2 ** 1000])).toBe(0.5);
  });

  test('have the density that is given for them', () => {
    for (const [levels, ensemble] of [
      [goe, 'goe'],
      [poisson, 'poisson'],
    ] as const) {
      const ratios = range(spectra, (k) => k).reduce<number[]>((all, k) => {
        all.push(...core.gapRatios(levels.subarray(n * k, n * (k + 1))));
        return all;
      }, []);
      for (let b = 0; b < 10; ++b) {
        const share = ratios.filter((r) => r >= b / 10 && r < (b + 1) / 10).length / ratios.length;
        const points = range(20, (i) => (b + (i + 0.5) / 20) / 10);
        const wanted = core.levelReference(ensemble, 'gapRatio', points).reduce((a, x) => a + x / 200, 0);
        expect(Math.abs(share - wanted)).toBeLessThan(4 * Math.sqrt(wanted / ratios.length) + 0.03 * wanted);
      }
    }
  });
});

describe('unfolding', () => {
  test('by a polynomial is exact where the staircase is one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.integer({ min: -1000, max: 1000 }),
        (count, degree, shift, exponent) => {
          // N(x) = (x + ½) on a grid: a straight line, on any scale.
          const unit = 2 ** exponent;
          const levels = range(count, (k) => (k + shift) * unit);
          fc.pre(levels.every((x, i) => i === 0 || x > levels[i - 1]));
          core.unfold(levels, { degree }).forEach((x, k) => {
            expect(Math.abs(x - (k + 0.5))).toBeLessThan(1e-9 * count + 1e-13 * Math.abs(shift) * count);
          });
        },
      ),
    );
    // N(x) = √x + ½ is none, x = N² − N + ¼ is: the inverse of a quadratic within what degree 40 can.
    const curved = core.unfold(
      range(200, (k) => (k + 50) ** 2),
      { degree: 40 },
    );
    curved.forEach((x, k) => {
      expect(Math.abs(x - (k + 0.5))).toBeLessThan(1e-5);
    });
  });

  test('of equal levels gives one number, of more spectra the mean staircase', () => {
    for (const method of ['polynomial', 'ensemble'] as const) {
      expect([...core.unfold([3, 3, 3, 3], { method })]).toEqual([2, 2, 2, 2]);
    }
    expect([...core.unfold([1, 2, 3, 2, 3, 4], { method: 'ensemble', spectra: 2 })]).toEqual([
      0.25, 1, 2, 1, 2, 2.75,
    ]);
    expect([...core.unfold([], {})]).toEqual([]);
  });

  test('by neighbours has unit gaps on an even grid, whatever its spacing, and on an exponential one', () => {
    const levels = range(100, (k) => Math.exp(k / 50));
    for (const [x, k] of core.unfold(levels, { method: 'local', window: 3 }).entries()) {
      expect(Math.abs(k - (x + 0.5))).toBeLessThan(0.03 * Math.max(1, x));
    }
    expect([...core.unfold([0, 4, 8, 0, 1, 2], { method: 'local', spectra: 2 })]).toEqual([
      0.5, 1.5, 2.5, 0.5, 1.5, 2.5,
    ]);
  });
});

describe('the number variance', () => {
  test('is that of windows at many places', () => {
    const one = unfolded.subarray(0, n);
    const lengths = [0.3, 1, 2.5, 40];
    const exact = core.numberVariance(one, lengths);
    lengths.forEach((length, i) => {
      const places = range(20_000, (k) => one[0] + ((k + 0.5) / 20_000) * (one[n - 1] - length - one[0]));
      const counts = places.map((x) => one.filter((e) => e > x && e <= x + length).length);
      const mean = counts.reduce((a, b) => a + b) / counts.length;
      const sampled = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / counts.length;
      expect(Math.abs(exact[i] - sampled)).toBeLessThan(2e-3 * (1 + sampled));
    });
  }, 120_000);

  test('of GOE and Poisson levels is the known one, of an even grid that of a fraction', () => {
    const lengths = [0.5, 1, 2, 4];
    const wanted = core.levelReference('goe', 'numberVariance', lengths);
    core.numberVariance(unfolded, lengths, { spectra }).forEach((x, i) => {
      expect(Math.abs(x / wanted[i] - 1)).toBeLessThan(0.03);
    });
    core.numberVariance(poisson, lengths, { spectra }).forEach((x, i) => {
      expect(Math.abs(x / lengths[i] - 1)).toBeLessThan(0.08);
    });
    const grid = core.numberVariance(
      range(1001, (k) => k),
      [0, 0.25, 2, 2.5, 2000],
    );
    expect([grid[0], grid[2]]).toEqual([0, 0]);
    expect(Math.abs(grid[1] - 0.1875)).toBeLessThan(1e-3);
    expect(Math.abs(grid[3] - 0.25)).toBeLessThan(1e-3);
    expect(grid[4]).toBeNaN();
  });
});

test('what is wrong is named', () => {
  for (const [call, message] of [
    [() => core.gapRatio([1, 2]), /levels: expected 3 or more for a spectrum/],
    [() => core.gapRatio([1, 3, 2]), /levels: element 2 is 2, expected no less than 3/],
    [() => core.gapRatio([-1e308, 0, 1e308]), /levels: element 2 is 1e\+308: its distance/],
    [() => core.unfold([1, 2, 3], { spectra: 2 }), /levels: expected 0 or more for each of 2 spectra/],
    [() => core.unfold([1], { degree: 51 }), /options.degree: expected a whole number ≥ 1 and ≤ 50, got 51/],
    [() => core.numberVariance([1, 2], [-1]), /lengths: element 0 is -1/],
    [() => core.spectralFormFactor([1, 2], [Number.NaN]), /times: element 0 is NaN/],
    [() => core.thoulessTime([1, 1], [1, 1]), /times: element 1 is 1, expected more than 1/],
    [() => core.levelReference('gse' as 'goe', 'spacing', [1]), /ensemble: expected one of/],
    [
      () => core.fidelitySusceptibility([1, 2], [1, 2, 3]),
      /elements: expected 4 numbers, or 8 of complex ones/,
    ],
    [() => core.spectralFunction([1, 2], [1, 2, 2, 1], [0]), /edges: expected 2 numbers or more, got 1/],
    [
      () => core.spectralFunction([1, 2], [1, 2, 2, 1], [0, 1], { states: [1, 0] }),
      /options.states: expected a whole number ≥ 1 and ≤ 1, got 0/,
    ],
  ] as const) {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  }
});

test('levels below the normal doubles were all unfolded to one place', () => {
  const levels = [1, 2, 3, 4, 5, 7, 8];
  for (const s of [2 ** -1074, 2 ** -1030, 2 ** -900, 2 ** 1000]) {
    const scaled = levels.map((x) => x * s);
    for (const method of ['polynomial', 'local'] as const) {
      const options = { method, degree: 1, window: 2 };
      expect(core.unfold(scaled, options)).toEqual(core.unfold(levels, options));
    }
    expect([...core.unfold([s, s, s], { method: 'polynomial' })]).toEqual([1.5, 1.5, 1.5]);
  }
});

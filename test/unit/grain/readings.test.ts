// Readings of the paper's grain: what a name stands for, and averages that an independent program gave.
import { type Core, createCore, grainReadings } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

describe('readings of the grain', () => {
  const drawn = { alpha: 0.6, n: 3, seed: 4, sample: 2 };

  test('a reading sets d_g and J_1, and what is given beside it wins', () => {
    expect(core.randomGrainModel({ ...drawn, reading: 'printed' })).toEqual(core.randomGrainModel(drawn));
    for (const [reading, scales] of Object.entries(grainReadings)) {
      const named = core.randomGrainModel({ ...drawn, reading: reading as keyof typeof grainReadings });
      expect(named).toEqual(core.randomGrainModel({ ...drawn, ...scales }));
      expect(named.grain).toHaveLength(scales.grainDimension ** 2);
      expect(named.couplings[0]).toBe(scales.j1);
    }
    const own = core.randomGrainModel({ ...drawn, reading: 'dg64', grainDimension: 4, j1: 2 });
    expect([own.grain.length, own.couplings[0]]).toEqual([16, 2]);
  });

  test('dg64 couples as strongly as dg256: the same J_1 √d_g', () => {
    const { dg64, dg256 } = grainReadings;
    expect(dg64.j1 * Math.sqrt(dg64.grainDimension)).toBeCloseTo(
      dg256.j1 * Math.sqrt(dg256.grainDimension),
      12,
    );
  });

  test('a name that is none is refused', () => {
    const options = { ...drawn, reading: 'dg8' as 'printed' };
    expect(() => core.randomGrainModel(options)).toThrow(
      /^options\.reading: expected one of 'printed', 'dg256', 'dg64', got "dg8"$/,
    );
  });

  // d_g = 64, J_1 = 0.41, N = 3, middle half by level index; means and standard errors of [S_end]/log 2 by numpy.
  test.each([
    [0.45, 0.806, 0.006],
    [0.55, 0.887, 0.004],
    [0.65, 0.929, 0.003],
    [Math.SQRT1_2, 0.942, 0.003],
  ])('middle half at α = %f is %f ± %f log 2', (alpha, stated, itsError) => {
    const samples = Float64Array.from({ length: 10 }, (_, sample) => {
      const model = core.randomGrainModel({ alpha, n: 3, seed: 11, sample, grainDimension: 64 });
      return core.diagonalizeGrain(model, { window: { fraction: 0.5 } }).meanEntropy[2] / Math.LN2;
    });
    const { mean, error } = core.meanAndError(samples);
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(mean - stated)).toBeLessThan(3.5 * Math.hypot(error, itsError));
  });

  // A grain of eight two-level systems: where d_g = 8 has 0.68 and less, by numpy 0.977, 0.970, 0.967 at N = 1, 2, 3.
  test.each([
    [2, 3],
    [3, 1],
  ])('dg256, N = %i: the middle half has 0.96 to 0.98 log 2 at the critical point', (n, samples) => {
    for (let sample = 0; sample < samples; ++sample) {
      const model = core.randomGrainModel({ alpha: Math.SQRT1_2, n, seed: 2022, sample, reading: 'dg256' });
      const { meanEntropy } = core.diagonalizeGrain(model, { window: { fraction: 0.5 } });
      const last = meanEntropy[n - 1] / Math.LN2;
      expect(last).toBeGreaterThan(0.96);
      expect(last).toBeLessThan(0.98);
    }
  });
});

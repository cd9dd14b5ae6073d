// Random central-grain models: the moments of their ensembles, and scales at the ends of the range of doubles.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

describe('random models', () => {
  test('a grain too large to draw was reported as a wrong n, and scales whose squares overflow gave 0 or blamed the variance', () => {
    const good = { alpha: 0.7, n: 2, seed: 3 };
    expect(() => core.randomGrainModel({ ...good, grainDimension: 2 ** 15 })).toThrow(
      /^options\.grainDimension: .*≤ 16384, got 32768/,
    );
    expect(() => core.randomGrainModel({ ...good, grainScale: 1e300 })).toThrow(
      /^options\.grainScale: .*≤ 1e\+296, got 1e\+300/,
    );
    const { grain } = core.randomGrainModel({ ...good, grainScale: 1 });
    for (const grainScale of [2 ** -900, 2 ** 900]) {
      expect(core.randomGrainModel({ ...good, grainScale }).grain).toEqual(grain.map((x) => x * grainScale));
    }
    const wide = core.randomGrainModel({ ...good, grainDimension: 64, grainScale: 1e296 });
    expect(core.diagonalizeGrain({ ...wide, verify: true }).eigenvalues.every(Number.isFinite)).toBe(true);
  });

  test('moments of the grain and range of the fields', () => {
    let trace = 0;
    const [samples, dg] = [2000, 8];
    let [low, high] = [2, 0];
    for (let sample = 0; sample < samples; ++sample) {
      const { grain, fields } = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 5, sample });
      for (const x of grain) trace += x * x;
      low = Math.min(low, ...fields);
      high = Math.max(high, ...fields);
    }
    // tr H²/d_g has relative standard deviation √(2/36) a sample.
    expect(Math.abs(trace / (samples * dg) / 1.5 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 36 / samples));
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(0.901);
    expect(high).toBeLessThan(1.1);
    expect(high).toBeGreaterThan(1.099);
  });

  test('gap ratio of a 512-level GOE grain without couplings is 0.5307 within 0.003', () => {
    let sum = 0;
    const samples = 96;
    for (let sample = 0; sample < samples; ++sample) {
      const { grain } = core.randomGrainModel({ alpha: 0, n: 0, seed: 8, sample, grainDimension: 512 });
      sum += core.diagonalizeGrain({ grain, fields: [], couplings: [] }).gapRatio;
    }
    expect(Math.abs(sum / samples - 0.5307)).toBeLessThan(0.003);
  });
});

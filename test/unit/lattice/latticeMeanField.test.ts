// The mean field on couplings of the lattice: the reference, and bounds that hold for what was not resolved.
import { readFileSync } from 'node:fs';
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/lattice.json', import.meta.url), 'utf8'));

describe('latticeMeanField', () => {
  test('agrees with the reference by every method', () => {
    for (const { radius, strength, theta0, g0, etaTot } of fixture.etaTot) {
      for (const method of ['auto', 'band', 'lanczos'] as const) {
        const couplings = core.latticeCouplings({ radius, strength, theta0, method });
        const solution = core.latticeMeanField(couplings, { g0 });
        expect(Math.abs(solution.etaTot - etaTot)).toBeLessThan(1e-8);
        const [low, high] = solution.etaTotBounds;
        expect(low).toBeLessThanOrEqual(solution.etaTot);
        expect(high).toBeGreaterThanOrEqual(solution.etaTot);
        expect(high - low).toBeLessThan(1e-5);
        expect(solution.certain).toBe(true);
        expect(solution.avalanche).toBe(etaTot > 0.5 * couplings.potential.length * Math.LN2);
        expect(solution.entropy.length).toBe(couplings.phi0.length);
      }
    }
  });

  test('unresolved couplings widen the bounds and withhold the verdict, small ones decide it', () => {
    // At W = 45 the avalanche starts, but where it ends is up to couplings below any absolute resolution.
    const model = { radius: 33, strength: 45, theta0: 2.954 };
    expect(core.latticeCouplings(model).method).toBe('lanczos');
    expect(core.latticeCouplings({ ...model, relative: 1e-6 }).method).toBe('local');
    const coarse = core.latticeCouplings({ ...model, resolution: 1e-8 });
    const unsure = core.latticeMeanField(coarse);
    expect(coarse.method).toBe('lanczos');
    expect(unsure.certain).toBe(false);
    expect(unsure.etaTotBounds[0]).toBeLessThan(400);
    expect(unsure.etaTotBounds[1]).toBeCloseTo(2245 * Math.LN2, 6);
    const sure = core.latticeMeanField(core.latticeCouplings({ ...model, relative: 1e-6 }));
    expect(sure.certain).toBe(true);
    expect(sure.avalanche).toBe(true);
    expect(sure.etaTot).toBeCloseTo(2245 * Math.LN2, 6);
    // A failed avalanche is certain at the same resolution.
    const failed = core.latticeMeanField(
      core.latticeCouplings({ ...model, strength: 120, resolution: 1e-8 }),
    );
    expect(failed.avalanche).toBe(false);
    expect(failed.certain).toBe(true);
  });

  test('bounds from a coarse resolution hold the fine value', () => {
    for (let index = 0; index < 6; ++index) {
      const model = { radius: 14, strength: 150, random: true, seed: 3, index };
      const fine = core.latticeMeanField(core.latticeCouplings(model));
      for (const resolution of [1e-4, 1e-6, 1e-9]) {
        const couplings = core.latticeCouplings({ ...model, method: 'lanczos', resolution });
        const [low, high] = core.latticeMeanField(couplings).etaTotBounds;
        expect(low).toBeLessThanOrEqual(fine.etaTotBounds[1]);
        expect(high).toBeGreaterThanOrEqual(fine.etaTotBounds[0]);
      }
    }
  });

  test('grows with g0 and names what is wrong', () => {
    const couplings = core.latticeCouplings({ radius: 8, strength: 120, theta0: 0.3 });
    const eta = [0.01, 0.1, 1, 10].map((g0) => core.latticeMeanField(couplings, { g0 }).etaTot);
    expect(eta).toEqual(eta.toSorted((a, b) => a - b));
    expect(() => core.latticeMeanField(couplings, { g0: 0 })).toThrow(/options\.g0/);
    expect(() => core.latticeMeanField(couplings, { threshold: 1 })).toThrow(/options\.threshold/);
    expect(() => core.latticeMeanField(couplings, { g: 1 } as never)).toThrow(/unknown option/);
    expect(() => core.latticeMeanField({} as never)).toThrow(/couplings: expected a result/);
  });
});

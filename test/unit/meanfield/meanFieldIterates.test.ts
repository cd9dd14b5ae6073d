// The iterates of (13): each against the equation by way of η alone, the last against the iteration that keeps none.
import { createCore, drhCouplings, type GrainStatistics, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const row = (all: Float64Array, n: number, k: number) => all.subarray(k * n, (k + 1) * n);

describe('meanFieldIterates', () => {
  test.each<GrainStatistics>(['goe', 'gue', 'gse', 'poisson'])(
    '%s: every iterate follows from the one before',
    (grain) => {
      const bare = drhCouplings({ g0: 0.4, alpha: 0.6, n: 25 });
      const n = bare.length;
      const r = core.meanFieldIterates(bare, { grain });
      expect(r.converged).toBe(true);
      expect([r.logG.length, r.entropy.length, r.etaTot.length]).toEqual([r.count * n, r.count * n, r.count]);
      for (let k = 0; k < r.count; ++k) {
        const g = row(r.logG, n, k).map(Math.exp);
        const { eta, entropy } = core.response(g, { grain });
        const total = eta.reduce((sum, e) => sum + e, 0);
        expect(Math.abs(total - r.etaTot[k])).toBeLessThan(1e-12 * Math.max(1, total));
        row(r.entropy, n, k).forEach((s, i) => {
          expect(Math.abs(s - entropy[i])).toBeLessThan(1e-12);
        });
        if (k + 1 === r.count) break;
        row(r.logG, n, k + 1).forEach((log, i) => {
          expect(Math.abs(log - (Math.log(bare[i]) + 0.5 * (total - eta[i])))).toBeLessThan(1e-11);
        });
      }
    },
  );

  test('after k sweeps the bits are those of k sweeps of solveMeanField, and they only climb', () => {
    const couplings = fc.array(fc.double({ min: 1e-12, max: 3, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(couplings, fc.integer({ min: 1, max: 30 }), (bare, maxIterations) => {
        const options = { maxIterations, tolerance: 1e-9 };
        const r = core.meanFieldIterates(bare, options);
        const one = core.solveMeanField(bare, { ...options, method: 'iteration' });
        expect(row(r.logG, bare.length, r.count - 1)).toEqual(one.logG);
        expect(row(r.entropy, bare.length, r.count - 1)).toEqual(one.entropy);
        expect([r.etaTot[r.count - 1], r.converged, r.count - 1]).toEqual([
          one.etaTot,
          one.converged,
          one.iterations,
        ]);
        for (let k = 1; k < r.count; ++k) expect(r.etaTot[k]).toBeGreaterThanOrEqual(r.etaTot[k - 1]);
      }),
      { numRuns: 60 },
    );
  });

  test('logarithms of couplings below the doubles, and couplings of 0', () => {
    const log = core.drhLogCouplings({ g0: 0.5, alpha: 0.8, n: 4000 });
    const r = core.meanFieldIterates(log, { log: true, maxIterations: 5 });
    expect([r.converged, r.count]).toEqual([false, 6]);
    expect(r.logG.every(Number.isFinite)).toBe(true);
    const none = core.meanFieldIterates([0, 0.3]);
    expect(none.logG[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(none.entropy[0]).toBe(0);
    expect(none.converged).toBe(true);
  });

  test('refuses what would not fit, and names it', () => {
    const many = new Float64Array(1000);
    expect(() => core.meanFieldIterates(many, { maxIterations: 8388 })).toThrow(/maxIterations.*8387/);
    expect(() => core.meanFieldIterates(many, { maxIterations: 0 })).toThrow(InputError);
    expect(() => core.meanFieldIterates(new Float64Array(2 ** 22 + 1))).toThrow(/4194304 couplings/);
    expect(() => core.meanFieldIterates([-1])).toThrow(/bare/);
    expect(() => core.meanFieldIterates([0.1], { tolerance: -1 })).toThrow(/tolerance/);
  });
});

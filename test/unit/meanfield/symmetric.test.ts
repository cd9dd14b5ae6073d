// The mean field of two spins and of N equal ones, whose equations are (8), (9), (21) and (22) of the paper.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { relative } from '../../support/meanField.js';

const core = await createCore();

describe('two spins and symmetric couplings', () => {
  test('(8), (9): each spin feels the other', () => {
    for (const [g1, g2] of [
      [0.3, 0.01],
      [1e-3, 2],
      [1e-9, 1e-7],
    ]) {
      const s = core.twoSpin(g1, g2);
      const { eta } = core.responseQuadrature(s.g);
      expect(relative(s.g[0], g1 * Math.exp(0.5 * eta[1]))).toBeLessThan(1e-13);
      expect(relative(s.g[1], g2 * Math.exp(0.5 * eta[0]))).toBeLessThan(1e-13);
    }
    expect(() => core.twoSpin(-1, 1)).toThrow(/^g1: /);
    expect(() => core.twoSpin(1, Number.NaN)).toThrow(/^g2: /);
  });

  test('(21): roots satisfy it, and the first is the limit of its iteration', () => {
    for (const [g0, n] of [
      [1e-4, 100],
      [2e-4, 100],
      [0.003, 11],
      [0.5, 1],
    ]) {
      for (const root of core.symmetricBranches(g0, n)) {
        const [eta] = core.eta(Float64Array.of(Math.min(root.g, 1e300)));
        expect(Math.abs(root.logG - Math.log(g0) - 0.5 * n * eta)).toBeLessThan(1e-11);
      }
      let u = Math.log(g0);
      for (let k = 0; k < 3000; ++k) u = Math.log(g0) + 0.5 * n * core.eta(Float64Array.of(Math.exp(u)))[0];
      expect(core.symmetricMeanField(g0, n).logG).toBeCloseTo(u, 10);
    }
    expect(() => core.symmetricMeanField(1, 0)).toThrow(/^n: /);
  });

  test('(22): g_c is where the least root jumps', () => {
    for (const n of [11, 20, 100, 1000, 10 ** 6]) {
      const fold = core.criticalCoupling(n)!;
      const below = core.symmetricBranches(fold.g0 * (1 - 1e-6), n);
      const above = core.symmetricBranches(fold.g0 * (1 + 1e-6), n);
      expect([below.length, above.length]).toEqual([3, 1]);
      expect(above[0].etaTot).toBeGreaterThan(1.3 * below[0].etaTot);
      expect(relative(below[0].g, fold.g)).toBeLessThan(5e-3);
    }
  });

  test('(4N log N)⁻¹ is the renormalized coupling at the fold; the bare one is smaller by 1/e in the limit', () => {
    let previous = 0;
    for (const n of [1e3, 1e6, 1e9, 1e12, 1e15]) {
      const { g, g0, asymptotic } = core.criticalCoupling(n)!;
      const ratio = g0 / asymptotic;
      expect(ratio).toBeGreaterThan(previous);
      expect(ratio).toBeLessThan(Math.exp(-1));
      previous = ratio;
      expect(Math.abs(g / asymptotic - 1)).toBeLessThan(0.12);
    }
    expect(previous).toBeGreaterThan(0.33);
    for (let n = 1; n <= 10; ++n) expect(core.criticalCoupling(n)).toBeNull();
    expect(() => core.criticalCoupling(0)).toThrow(/^n: /);
  });
});

// The mean field: its solution against converged references, by both methods, and at the ends of the range of doubles.
import { createCore, drhCouplings } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from '../../fixtures/drh.json' with { type: 'json' };
import { relative, residual } from '../../support/meanField.js';

const core = await createCore();

describe('solveMeanField', () => {
  test.each(fixture)('converged DRH solution g10 = $g10, alpha = $alpha, N = $n', (row) => {
    const bare = drhCouplings({ g0: row.g10, alpha: row.alpha, n: row.n });
    for (const method of ['scalar', 'iteration'] as const) {
      const s = core.solveMeanField(bare, { method });
      expect(s.converged).toBe(true);
      expect(relative(s.etaTot, row.etaTot)).toBeLessThan(1e-10);
      row.g.forEach((x, i) => {
        expect(relative(s.g[i], x)).toBeLessThan(1e-10);
      });
      row.entropy.forEach((x, i) => {
        expect(relative(s.entropy[i], x)).toBeLessThan(1e-10);
      });
      expect(residual(core, bare, s.g)).toBeLessThan(1e-12);
    }
  });

  test('Fig. 3(a): half-entropy crossing at n = 29.6, η_tot/log 2 = 32.83', () => {
    const bare = drhCouplings({ g0: 0.5, alpha: Math.SQRT1_2 - 0.07, n: 50 });
    const { entropy, etaTot } = core.solveMeanField(bare);
    const half = 0.5 * Math.LN2;
    const k = entropy.findIndex((s) => s < half);
    const crossing = k + (entropy[k - 1] - half) / (entropy[k - 1] - entropy[k]);
    expect(crossing).toBeGreaterThan(29.5);
    expect(crossing).toBeLessThan(29.7);
    expect(etaTot / Math.LN2).toBeCloseTo(32.83, 2);
  });

  test('a single spin keeps its bare coupling; zero couplings stay zero', () => {
    for (const g of [1e-250, 1e-20, 0.3, 1e9]) {
      const s = core.solveMeanField(Float64Array.of(g));
      expect(relative(s.g[0], g)).toBeLessThan(1e-12);
      expect(relative(s.etaTot, core.response(Float64Array.of(g)).eta[0])).toBeLessThan(1e-13);
    }
    const mixed = core.solveMeanField(Float64Array.of(0, 1, 0));
    expect([mixed.g[0], mixed.logG[0], mixed.entropy[0], mixed.czz[0]]).toEqual([0, -Infinity, 0, 1]);
    expect(mixed.g[1]).toBeCloseTo(1, 14);
    expect(core.solveMeanField(new Float64Array(5)).etaTot).toBe(0);
    expect(core.solveMeanField(new Float64Array(5), { method: 'iteration' }).etaTot).toBe(0);
  });

  test('log g stays finite where g overflows', () => {
    const bare = new Float64Array(5101).fill(1);
    for (const method of ['scalar', 'iteration'] as const) {
      const s = core.solveMeanField(bare, { method });
      expect(s.g[0]).toBe(Infinity);
      expect(relative(s.logG[0], 0.5 * 5100 * Math.LN2)).toBeLessThan(1e-14);
      expect(relative(s.etaTot, 5101 * Math.LN2)).toBeLessThan(1e-14);
      expect([s.entropy[0], s.czz[0]]).toEqual([Math.LN2, 0]);
    }
  });

  test('couplings as logarithms', () => {
    const bare = drhCouplings({ g0: 0.7, alpha: 0.6, n: 30 });
    const a = core.solveMeanField(bare);
    const b = core.solveMeanField(
      bare.map((x) => Math.log(x)),
      { log: true },
    );
    expect(relative(a.etaTot, b.etaTot)).toBeLessThan(1e-13);
    const tiny = core.solveMeanField(Float64Array.of(-2000, -Infinity, 0), { log: true });
    expect(tiny.etaTot).toBeCloseTo(core.response(Float64Array.of(1)).eta[0], 14);
    expect(tiny.logG[0]).toBeCloseTo(-2000 + 0.5 * tiny.etaTot, 9);
  });

  const couplings = fc
    .array(fc.double({ min: -25, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 })
    .map((logs) => Float64Array.from(logs, (u) => Math.exp(u)));

  test('scalar and iteration agree; the least root is the first branch; residuals vanish', () => {
    fc.assert(
      fc.property(couplings, (bare) => {
        const scalar = core.solveMeanField(bare);
        const iteration = core.solveMeanField(bare, { method: 'iteration' });
        const branches = core.meanFieldBranches(bare);
        expect(scalar.converged && iteration.converged).toBe(true);
        // what rounding can move the root by
        const tolerance = 1e-12 / Math.max(1e-4, 1 - scalar.slope);
        expect(relative(iteration.etaTot, scalar.etaTot)).toBeLessThan(tolerance);
        expect(relative(branches[0].etaTot, scalar.etaTot)).toBeLessThan(tolerance);
        for (const branch of branches) {
          expect(branch.etaTot).toBeGreaterThanOrEqual(branches[0].etaTot);
          expect(residual(core, bare, branch.g)).toBeLessThan(1e-9);
        }
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  test('the order of the spins does not matter', () => {
    fc.assert(
      fc.property(couplings, (bare) => {
        const a = core.solveMeanField(bare);
        const b = core.solveMeanField(bare.toReversed());
        expect(relative(b.etaTot, a.etaTot)).toBeLessThan(1e-14 / Math.max(1e-4, 1 - a.slope));
        expect(relative(b.logG.at(-1)!, a.logG[0])).toBeLessThan(1e-12 / Math.max(1e-4, 1 - a.slope));
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  test('stronger couplings give larger η_tot', () => {
    fc.assert(
      fc.property(couplings, fc.double({ min: 1.01, max: 3, noNaN: true }), (bare, factor) => {
        const weak = core.solveMeanField(bare).etaTot;
        expect(core.solveMeanField(bare.map((x) => x * factor)).etaTot).toBeGreaterThanOrEqual(weak);
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  test('reports a cap that was reached, from below', () => {
    const bare = drhCouplings({ g0: 0.5, alpha: Math.SQRT1_2 - 0.07, n: 50 });
    const full = core.solveMeanField(bare);
    for (const method of ['scalar', 'iteration'] as const) {
      const s = core.solveMeanField(bare, { method, maxIterations: 3 });
      expect(s.converged).toBe(false);
      expect(s.etaTot).toBeLessThan(full.etaTot);
    }
  });

  test('names what is wrong, and the next call is unharmed', () => {
    const bad: [Float64Array, object, RegExp][] = [
      [Float64Array.of(Number.NaN), {}, /^bare: element 0 is NaN/],
      [Float64Array.of(1, -1), {}, /^bare: element 1 is -1/],
      [new Float64Array(0), {}, /^bare: expected at least 1/],
      [Float64Array.of(Infinity), { log: true }, /^bare: element 0 is Infinity/],
      [Float64Array.of(1), { method: 'newton' }, /^options\.method: /],
      [Float64Array.of(1), { maxIterations: 0 }, /^options\.maxIterations: /],
      [Float64Array.of(1), { steps: 3 }, /^options\.steps: unknown option/],
    ];
    for (const [bare, options, message] of bad) {
      expect(() => core.solveMeanField(bare, options)).toThrow(message);
    }
    for (const wrong of ['1', [[1]], ['1'], { length: 1 }]) {
      expect(() => core.solveMeanField(wrong as never)).toThrow(/^bare(\[0\])?: expected /);
    }
    expect(core.solveMeanField(Float64Array.of(1)).converged).toBe(true);
  });

  test('takes any list of numbers', async () => {
    const exact = core.solveMeanField(Float64Array.of(0.5, 0.25));
    for (const bare of [[0.5, 0.25], Float32Array.of(0.5, 0.25)]) {
      expect(core.solveMeanField(bare)).toEqual(exact);
      expect(await core.solveMeanFieldAsync(bare)).toEqual(exact);
      expect(core.meanFieldBranches(bare)[0].g).toEqual(exact.g);
      expect((await core.meanFieldBranchesAsync(bare))[0].g).toEqual(exact.g);
    }
    expect(core.solveMeanField([-1, -2, Number.NEGATIVE_INFINITY], { log: true }).converged).toBe(true);
  });

  test('gives couplings that nothing changes as they came: they were off by hundreds of ulp', async () => {
    for (let k = 0; k < 308; ++k) {
      const g0 = 3.3 * 10 ** -k;
      const given = Float64Array.of(g0);
      for (const { g } of [core.solveMeanField(given), core.meanFieldBranches(given)[0]]) {
        if (k >= 20) expect(g).toEqual(given);
        else expect(Math.abs(g[0] / g0 - 1)).toBeLessThan(1e-14);
      }
    }
    const given = Float64Array.of(1e-200, 5e-324, 0);
    const wanted = given.slice();
    const later = core.solveMeanFieldAsync(given);
    given.fill(1);
    expect((await later).g).toEqual(wanted);
  });
});

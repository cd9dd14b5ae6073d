import { createCore, drhCouplings } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from '../../fixtures/drh.json' with { type: 'json' };

const core = await createCore();
const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

/** Largest |g_n / (g_{n,0} e^{(η_tot − η_n)/2}) − 1|, by the quadrature. */
function residual(bare: Float64Array, g: Float64Array): number {
  const { eta } = core.responseQuadrature(g);
  const total = eta.reduce((sum, e) => sum + e, 0);
  return Math.max(...g.map((x, i) => relative(x, bare[i] * Math.exp(0.5 * (total - eta[i])))));
}

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
      expect(residual(bare, s.g)).toBeLessThan(1e-12);
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
          expect(residual(bare, branch.g)).toBeLessThan(1e-9);
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
    expect(() => core.solveMeanField([1] as never)).toThrow(/^bare: expected a Float64Array/);
    expect(core.solveMeanField(Float64Array.of(1)).converged).toBe(true);
  });
});

describe('meanFieldBranches', () => {
  /** Roots of T = Φ(T) counted by brute force on a grid; each spin is found by bisection on η. */
  function signChanges(bare: Float64Array, count: number): number {
    const limit = bare.length * Math.LN2;
    let changes = 0;
    let previous = 1;
    for (let k = 1; k <= count; ++k) {
      const total = (limit * 1.000001 * k * k) / count ** 2;
      // u + η(u)/2 = log g0 + T/2 for every spin, by bisection
      let low = bare.map((b) => Math.log(b) + 0.5 * total - 0.5 * Math.LN2);
      let high = bare.map((b) => Math.log(b) + 0.5 * total);
      const target = high.slice();
      for (let step = 0; step < 45; ++step) {
        const middle = low.map((v, i) => 0.5 * (v + high[i]));
        const eta = core.eta(middle.map((v) => Math.exp(Math.min(v, 600))));
        const above = middle.map((v, i) => (v + 0.5 * eta[i] > target[i] ? 1 : 0));
        high = high.map((v, i) => (above[i] ? middle[i] : v));
        low = low.map((v, i) => (above[i] ? v : middle[i]));
      }
      const sum = core.eta(low.map((v) => Math.exp(Math.min(v, 600)))).reduce((s, e) => s + e, 0);
      const sign = Math.sign(sum - total);
      if (sign !== previous) ++changes;
      previous = sign;
    }
    return changes;
  }

  test('finds as many as a brute-force scan, alternating in stability', () => {
    const models = [
      new Float64Array(100).fill(1.4e-4),
      new Float64Array(40).fill(3e-4),
      Float64Array.from({ length: 60 }, (_, i) => (i < 12 ? 2.7e-3 : 1e-7)),
      drhCouplings({ g0: 0.5, alpha: 0.63, n: 40 }),
    ];
    const counts = models.map((bare) => {
      const branches = core.meanFieldBranches(bare);
      expect(branches.length).toBe(signChanges(bare, 700));
      branches.forEach((branch, i) => {
        expect(branch.stable).toBe(i % 2 === 0);
        expect(branch.stable).toBe(branch.slope < 1);
        expect(branch.tangent).toBe(false);
        if (i) expect(branch.etaTot).toBeGreaterThan(branches[i - 1].etaTot);
        expect(residual(bare, branch.g)).toBeLessThan(1e-8);
      });
      return branches.length;
    });
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(3);
    expect(counts.at(-1)).toBe(1);
  });

  test('slope is the susceptibility: dη_tot/d log g0 = 2 slope / (1 − slope)', () => {
    const bare = new Float64Array(100).fill(1.3e-4);
    const step = 1e-5;
    const [a, b] = [1 - step, 1 + step].map((f) => core.meanFieldBranches(bare.map((x) => x * f)));
    core.meanFieldBranches(bare).forEach(({ slope }, i) => {
      const derivative = (b[i].etaTot - a[i].etaTot) / (2 * step);
      expect(Math.abs(derivative - (2 * slope) / (1 - slope))).toBeLessThan(
        1e-3 * Math.abs(derivative) + 1e-6,
      );
    });
  });

  test('no coupling, no branch but 0; avalanche of 5101 spins', () => {
    expect(core.meanFieldBranches(new Float64Array(4)).map((b) => b.etaTot)).toEqual([0]);
    const [only, ...others] = core.meanFieldBranches(new Float64Array(5101).fill(1));
    expect(others).toEqual([]);
    expect([only.stable, only.slope]).toEqual([true, 0]);
  });
});

describe('meanFieldMap', () => {
  test('every branch is a fixed point, with the slope that decides on its stability', () => {
    for (const bare of [
      new Float64Array(100).fill(1.4e-4),
      Float64Array.from({ length: 60 }, (_, i) => (i < 12 ? 2.7e-3 : 1e-7)),
      drhCouplings({ g0: 0.5, alpha: 0.637, n: 50 }),
    ]) {
      const branches = core.meanFieldBranches(bare);
      const t = Float64Array.from(branches, (b) => b.etaTot);
      const { phi, slope } = core.meanFieldMap(bare, t);
      branches.forEach((b, i) => {
        expect(Math.abs(phi[i] - t[i])).toBeLessThan(1e-11 * Math.max(1, t[i]));
        expect(Math.abs(slope[i] - b.slope)).toBeLessThan(1e-9 * Math.max(1, b.slope));
      });
    }
  });

  test('Φ is Σ η over spins found by bisection, its slope the difference quotient', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -12, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (logs, total) => {
          const bare = Float64Array.from(logs);
          let sum = 0;
          for (const b of logs) {
            let [low, high] = [b + total / 2 - Math.LN2, b + total / 2];
            for (let step = 0; step < 60; ++step) {
              const u = 0.5 * (low + high);
              if (u + 0.5 * core.eta(Float64Array.of(Math.exp(u)))[0] > b + total / 2) high = u;
              else low = u;
            }
            sum += core.eta(Float64Array.of(Math.exp(low)))[0];
          }
          const step = 1e-4;
          const t = Float64Array.of(total, total - step, total + step);
          const { phi, slope } = core.meanFieldMap(bare, t, { log: true });
          expect(Math.abs(phi[0] - sum)).toBeLessThan(1e-12 * logs.length);
          expect(Math.abs(slope[0] - (phi[2] - phi[1]) / (2 * step))).toBeLessThan(1e-7 * logs.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a coupling of 0 adds nothing; wrong input is named', () => {
    const { phi, slope } = core.meanFieldMap(new Float64Array(2), Float64Array.of(0, 5));
    expect([...phi, ...slope]).toEqual([0, 0, 0, 0]);
    expect(() => core.meanFieldMap(new Float64Array(0), Float64Array.of(1))).toThrow(/^bare: /);
    expect(() => core.meanFieldMap(Float64Array.of(1), Float64Array.of(Number.NaN))).toThrow(/^t: /);
  });
});

describe('fitFirstCoupling', () => {
  const end = (g0: number, n: number, alpha = Math.SQRT1_2) =>
    core.solveMeanField(drhCouplings({ g0, alpha, n })).entropy[n - 1];

  test('gives the coupling back that the entropies were made with', () => {
    for (const g0 of [0.02, 0.11, 0.9, 4]) {
      const ends = [4, 5, 7].map((n) => ({ alpha: 0.7, n, mean: end(g0, n, 0.7), error: 0.01 * n }));
      expect(relative(core.fitFirstCoupling(ends), g0)).toBeLessThan(1e-12);
    }
  });

  test('the size of the errors mattered where their squares are no doubles: 1e-4 as the first coupling', () => {
    const ends = [
      { alpha: 0.7, n: 6, mean: 0.3, error: 1 },
      { alpha: 0.5, n: 3, mean: 0.3, error: 2 },
      { alpha: 0.6, n: 8, mean: 0.05, error: 1 },
    ];
    const of = (scale: number) => core.fitFirstCoupling(ends.map((e) => ({ ...e, error: e.error * scale })));
    const expected = of(1);
    for (const e of [-1074, -1000, -520, -40, 500, 520, 1022]) expect(of(2 ** e), `2^${e}`).toBe(expected);
    // One of errors that no other can be compared with decides alone, and a huge one alone is one end.
    const [first, second, third] = ends;
    const alone = core.fitFirstCoupling([first]);
    const huge = 2 ** 1000;
    const rest = [second, third].map((e) => ({ ...e, error: huge }));
    expect(relative(core.fitFirstCoupling([{ ...first, error: 2 ** -1000 }, ...rest]), alone)).toBeLessThan(
      1e-15,
    );
    expect(core.fitFirstCoupling([{ ...first, error: 1e300 }])).toBe(alone);
  });

  test('errors weigh the measurements: the root of Σ (mean field − measured)/error²', () => {
    const ends = [
      { alpha: Math.SQRT1_2, n: 4, mean: 0.3, error: 0.01 },
      { alpha: Math.SQRT1_2, n: 6, mean: 0.4, error: 0.03 },
    ];
    const g0 = core.fitFirstCoupling(ends);
    const [a, b] = ends.map(({ n, mean, error }) => (end(g0, n) - mean) / error ** 2);
    expect(Math.abs(a + b)).toBeLessThan(1e-8 * Math.abs(a));
    expect(g0).toBeGreaterThan(core.fitFirstCoupling([ends[0]]));
    expect(g0).toBeLessThan(core.fitFirstCoupling([ends[1]]));
  });

  test('names what is wrong', () => {
    const good = { alpha: 0.7, n: 4, mean: 0.3, error: 0.01 };
    expect(() => core.fitFirstCoupling([])).toThrow(/^ends: /);
    expect(() => core.fitFirstCoupling([{ ...good, mean: 0.7 }])).toThrow(/^ends\[0\]\.mean: /);
    expect(() => core.fitFirstCoupling([{ ...good, error: 0 }])).toThrow(/^ends\[0\]\.error: /);
    expect(() => core.fitFirstCoupling([{ ...good, mean: 0 }])).toThrow(/^ends: no first coupling/);
  });
});

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

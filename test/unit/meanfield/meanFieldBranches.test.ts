// All branches of the mean field, and the map whose fixed points they are.
import { createCore, drhCouplings } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { residual } from '../../support/meanField.js';

const core = await createCore();

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
        expect(residual(core, bare, branch.g)).toBeLessThan(1e-8);
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

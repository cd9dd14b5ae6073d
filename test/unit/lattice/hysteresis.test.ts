// Sweeps of W against brute force: the iteration (13), begun at each step from the spins that the last total implies.
import { type Core, createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { reached } from '../../../src/lattice/hysteresis.js';

const core = await createCore();
const { LN2 } = Math;

/** Φ(T) = Σ η(g_n), log g_n + ½η(g_n) = log g_{n,0} + T/2, by bisection in log g. */
function map(bare: Float64Array, total: number): number {
  const goal = bare.map((g) => Math.log(g) + total / 2);
  const low = goal.map((y) => y - LN2);
  const high = goal.slice();
  for (let step = 0; step < 60; ++step) {
    const middle = low.map((x, i) => (x + high[i]) / 2);
    const eta = core.eta(middle.map(Math.exp));
    for (let i = 0; i < bare.length; ++i) {
      if (middle[i] + eta[i] / 2 < goal[i]) low[i] = middle[i];
      else high[i] = middle[i];
    }
  }
  return core.eta(high.map(Math.exp)).reduce((sum, x) => sum + x, 0);
}

function settle(bare: Float64Array, start: number): number {
  let total = start;
  for (let step = 0; step < 2000; ++step) {
    const next = map(bare, total);
    if (Math.abs(next - total) < 1e-12 * total) return next;
    total = next;
  }
  throw new Error('the iteration does not settle');
}

const bareAt = (model: Parameters<Core['latticeHysteresis']>[0], strength: number) => {
  const { strengths: _, g0 = 1, ...rest } = model;
  return core.latticeCouplings({ ...rest, strength, relative: 1e-6 }).phi0.map((x) => g0 * x);
};

describe('latticeHysteresis', () => {
  test.each([
    { radius: 4, theta0: 2.954, strengths: Float64Array.of(30, 60, 66, 75, 90, 97, 105, 200) },
    { radius: 3, random: true, seed: 7, g0: 2, strengths: Float64Array.of(20, 35, 50, 65, 80, 120, 300) },
  ])('is what the iteration does step by step', (model) => {
    const { falling, rising, branches, sites } = core.latticeHysteresis(model);
    const n = model.strengths.length;
    let total = 1e-9;
    for (let i = n - 1; i >= 0; --i) {
      total = settle(bareAt(model, model.strengths[i]), total);
      expect(Math.abs(falling[i] / total - 1)).toBeLessThan(1e-7);
    }
    total = sites;
    for (let i = 0; i < n; ++i) {
      total = settle(bareAt(model, model.strengths[i]), total);
      expect(Math.abs(rising[i] / total - 1)).toBeLessThan(1e-7);
      const stable = branches[i].filter((b) => b.stable).map((b) => b.etaTot);
      expect(stable).toContain(rising[i]);
      expect(stable).toContain(falling[i]);
    }
  });

  test('inside the window the sweeps differ, outside they agree; the window grows with the lattice', () => {
    const strengths = Float64Array.from({ length: 60 }, (_, i) => 10 * (i + 1));
    const ends = [4, 6].map((radius) => {
      const h = core.latticeHysteresis({ radius, theta0: 2.954, strengths });
      expect(h.windows.length).toBe(1);
      const [from, to] = h.windows[0];
      strengths.forEach((w, i) => {
        const inside = w >= from && w <= to;
        expect(h.rising[i] > h.falling[i]).toBe(inside);
        expect(h.branches[i].filter((b) => b.stable).length).toBe(inside ? 2 : 1);
        if (w < from) expect(h.falling[i]).toBeGreaterThan(0.9 * h.sites * LN2);
        if (w > to) expect(h.rising[i]).toBeLessThan(0.5 * h.sites * LN2);
        // The least solution is that of latticeMeanField.
        const couplings = core.latticeCouplings({ radius, theta0: 2.954, strength: w, relative: 1e-6 });
        expect(h.branches[i][0].etaTot).toBeCloseTo(core.latticeMeanField(couplings).etaTot, 9);
      });
      return to;
    });
    expect(ends[1]).toBeGreaterThan(2 * ends[0]);
  });

  test('a state goes to the next solution on its way', () => {
    const root = (etaTot: number, stable: boolean, tangent = false) => ({
      etaTot,
      stable,
      slope: 0.5,
      tangent,
    });
    const three = [root(1, true), root(2, false), root(5, true)];
    expect([0, 1, 1.5, 2.5, 5, 9].map((t) => reached(three, t))).toEqual([1, 1, 1, 5, 5, 5]);
    // A solution about to vanish holds what comes from below, and lets pass what comes from above.
    const tangent = [root(1, false, true), root(3, true)];
    expect([0, 2, 4].map((t) => reached(tangent, t))).toEqual([1, 3, 3]);
    const last = [root(1, true), root(3, false, true)];
    expect([2, 4].map((t) => reached(last, t))).toEqual([1, 3]);
  });

  test('equal input gives equal bits; names what is wrong', () => {
    const model = { radius: 3, theta0: 1, strengths: Float64Array.of(30, 90) };
    expect(core.latticeHysteresis(model)).toEqual(core.latticeHysteresis(model));
    const bad = (change: object, message: RegExp) =>
      expect(() => core.latticeHysteresis({ ...model, ...change } as never)).toThrow(message);
    bad({ strengths: Float64Array.of(1) }, /options\.strengths: expected 2 to 10000/);
    bad({ strengths: Float64Array.of(2, 2) }, /options\.strengths: expected ascending values, element 1/);
    bad({ strengths: Float64Array.of(0, 2) }, /options\.strengths: element 0/);
    bad({ strengths: [1, 2] }, /options\.strengths/);
    bad({ strength: 3 }, /options\.strength: unknown option/);
    bad({ g0: 0 }, /options\.g0/);
    bad({ radius: 0 }, /options\.radius/);
    bad({ theta0: undefined }, /options\.theta0/);
  });
});

// Medians, bootstrap intervals and performance profiles of the lab, against what is known of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profiles, shareWithin } from '../../../web/src/lab/profile.js';
import { deviates, estimate, median, quantile, ratioOf } from '../../../web/src/lab/statistics.js';

const samples = fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('estimates', () => {
  test('the median is the middle, or the mean of the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
  });

  test('intervals hold the median, lie among the samples, scale with them, and are the same every time', () => {
    fc.assert(
      fc.property(samples, (x) => {
        const { median: m, low, high } = estimate(x);
        expect(low).toBeLessThanOrEqual(m);
        expect(high).toBeGreaterThanOrEqual(m);
        expect(low).toBeGreaterThanOrEqual(Math.min(...x));
        expect(high).toBeLessThanOrEqual(Math.max(...x));
        expect(estimate(x.map((s) => 4 * s))).toEqual({ median: 4 * m, low: 4 * low, high: 4 * high });
      }),
      { numRuns: 50 },
    );
  });

  test('95 % intervals hold the true median in about 95 % of trials', () => {
    const random = deviates(7);
    let held = 0;
    for (let trial = 0; trial < 400; ++trial) {
      // Exponential: skewed, as times are; its median is log 2.
      const { low, high } = estimate(
        Array.from({ length: 25 }, () => -Math.log(1 - random())),
        0.95,
        400,
      );
      if (low <= Math.LN2 && Math.LN2 <= high) ++held;
    }
    // Three standard deviations of 400 trials are 3.3 %; bootstrap intervals of 25 samples are a little short or long.
    expect(held / 400).toBeGreaterThan(0.9);
    expect(held / 400).toBeLessThan(0.99);
  });

  test('ratios are taken round by round: what slows both in one round cancels', () => {
    const slow = [1, 1, 50, 1, 3, 1];
    expect(
      ratioOf(
        slow.map((x) => 2 * x),
        slow,
      ),
    ).toEqual({ median: 2, low: 2, high: 2 });
  });

  test('deviates are uniform', () => {
    const random = deviates(3);
    const all = Array.from({ length: 20_000 }, random);
    const mean = all.reduce((s, x) => s + x, 0) / all.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * all.length));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThan(1);
  });
});

describe('performance profiles', () => {
  // Dolan and Moré's definition on three problems: b is best twice, a once, and c solves one alone, three times as slowly.
  const costs = [
    { solver: 'a', problem: '1', cost: 2 },
    { solver: 'b', problem: '1', cost: 1 },
    { solver: 'c', problem: '1', cost: 3 },
    { solver: 'a', problem: '2', cost: 5 },
    { solver: 'b', problem: '2', cost: 10 },
    { solver: 'c', problem: '2', cost: Number.POSITIVE_INFINITY },
    { solver: 'a', problem: '3', cost: 8 },
    { solver: 'b', problem: '3', cost: 4 },
    { solver: 'c', problem: '4', cost: Number.POSITIVE_INFINITY },
  ];

  test('are those of the definition', () => {
    expect(profiles(costs)).toEqual([
      { solver: 'a', ratio: [1, 2], share: [1 / 3, 1] },
      { solver: 'b', ratio: [1, 2], share: [2 / 3, 1] },
      { solver: 'c', ratio: [3], share: [1 / 3] },
    ]);
  });

  test('a problem that nobody solved counts for nobody, one that is missing as not solved', () => {
    const [a, , c] = profiles(costs);
    expect(shareWithin(a, 1e9)).toBe(1);
    expect(shareWithin(c, 2.99)).toBe(0);
    expect(shareWithin(c, 1e9)).toBe(1 / 3);
  });

  test('rise from 0 to 1 at most, and somebody is best everywhere', () => {
    const cost = fc.record({
      solver: fc.constantFrom('a', 'b', 'c'),
      problem: fc.constantFrom('1', '2', '3', '4', '5'),
      cost: fc.oneof(fc.double({ min: 1e-6, max: 10, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
    });
    const once = fc.uniqueArray(cost, { selector: ({ solver, problem }) => solver + problem, minLength: 1 });
    fc.assert(
      fc.property(once, (all) => {
        const found = profiles(all);
        for (const { ratio, share } of found) {
          expect(ratio.every((r, k) => r >= 1 && (k === 0 || r > ratio[k - 1]))).toBe(true);
          expect(share.every((s, k) => s > (share[k - 1] ?? 0) && s <= 1 + 1e-15)).toBe(true);
          expect(ratio.length).toBe(share.length);
        }
        const best = found.reduce((sum, profile) => sum + shareWithin(profile, 1), 0);
        if (all.some((c) => Number.isFinite(c.cost))) expect(best).toBeGreaterThan(1 - 1e-12);
      }),
    );
  });
});

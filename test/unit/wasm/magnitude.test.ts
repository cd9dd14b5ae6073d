// Powers of two that bring numbers near 1.
import { expect, test } from 'vitest';
import { scaleByPowerOfTwo, timesPowerOfTwo, unitFactor } from '../../../src/wasm/magnitude.js';

test('a unit factor brings a number into [1, 2) and rounds nothing', () => {
  for (const x of [1, 1.5, 2, 3e-7, 0.9999999999999999, 2 ** 1000, 1.1e300, 2 ** -1000, 3e-301]) {
    const unit = unitFactor(x);
    expect(x * unit).toBeGreaterThanOrEqual(1);
    expect(x * unit).toBeLessThan(2);
    expect((x * unit) / unit).toBe(x);
  }
});

test('beyond 2^±1000 the factor and its inverse stay normal numbers', () => {
  expect([5e-324, 2 ** -1060].map(unitFactor)).toEqual([2 ** 1000, 2 ** 1000]);
  expect(unitFactor(Number.MAX_VALUE)).toBe(2 ** -1000);
});

test.each([-1500, -1001, -1000, 3, 1000, 1001, 1500])(
  'many numbers times 2^%d, each as one alone',
  (exponent) => {
    const all = Float64Array.of(1, -1.5, 3e-7, 1.1e300, 3e-301, 5e-324, 0, 1.7e-150);
    const each = all.map((x) => timesPowerOfTwo(x, exponent));
    scaleByPowerOfTwo(all, exponent);
    expect(all).toEqual(each);
  },
);

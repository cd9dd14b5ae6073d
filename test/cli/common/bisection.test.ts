// Bisection, as figures, thresholds and views use it.
import { expect, test } from 'vitest';
import { bisected, halved, halvings, ratioMiddle } from '../../../cli/src/common/bisection.js';

test('a place is found to all digits', () => {
  expect(bisected([1, 2], (x) => x * x < 2)).toBeCloseTo(Math.SQRT2, 15);
  expect(bisected([-40, 40], (x) => Math.exp(x) < 5)).toBeCloseTo(Math.log(5), 15);
});

test('a bracket keeps the end of either side', () => {
  const isLow = (x: number) => x < 5;
  expect(halved(0, [0, 16], isLow)).toEqual([0, 16]);
  expect(halved(2, [0, 16], isLow)).toEqual([4, 8]);
  expect(halved(2, [1, 256], isLow, ratioMiddle)).toEqual([4, 16]);
});

test('nothing is asked before the bracket itself was looked at', () => {
  let asked = 0;
  const isLow = () => ++asked > 0;
  for (const [low, high] of halvings([3, 4], isLow)) if (high - low <= 1) break;
  expect(asked).toBe(0);
});

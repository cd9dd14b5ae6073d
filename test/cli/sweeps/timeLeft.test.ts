// How long a sweep says that it goes on: nothing before enough is done, then from the pace of late.
import { expect, test } from 'vitest';
import { timeLeft } from '../../../cli/src/sweeps/timeLeft.js';

test('the first of many tasks, small and slowed by the start of workers, gave hours for minutes', () => {
  // Costs of the first chunks are a twentieth of the time that they take, of the others what they take.
  const small = Array.from({ length: 10 }, () => ({ cost: 0.1, seconds: 2 }));
  const large = Array.from({ length: 200 }, () => ({ cost: 1, seconds: 1 }));
  const chunks = [...small, ...large];
  const all = chunks.reduce((sum, { seconds }) => sum + seconds, 0);
  const estimate = timeLeft(chunks.reduce((sum, { cost }) => sum + cost, 0));
  let now = 0;
  const said = chunks.map(({ cost, seconds }) => {
    now += seconds;
    return { left: estimate.add(cost, now), true: all - now };
  });
  expect(said.slice(0, 19).map(({ left }) => left)).toEqual(Array(19).fill(null));
  for (const { left, true: truly } of said.slice(19)) {
    expect(left).toBeGreaterThanOrEqual(0.5 * truly);
    expect(left).toBeLessThanOrEqual(4 * truly + 1e-9);
  }
  // Where the small ones lie in the earlier half, they count no more.
  for (const { left, true: truly } of said.slice(40)) expect(left).toBeCloseTo(truly, 6);
  expect(said.at(-1)!.left).toBeCloseTo(0, 9);
});

test('a sweep of hours says something once it has worked for a minute', () => {
  const estimate = timeLeft(1000);
  expect(estimate.add(11, 30)).toBeNull();
  expect(estimate.add(11, 66)).toBeCloseTo((978 / 11) * 36, 6);
});

// Figure n3: what enhancements on growing grains go to. One size alone had it 3 % off, of which the band's growing width is the cause.
import { expect, test } from 'vitest';
import { beyond } from '../../../cli/src/paper/figuren3/beyond.js';
import type { Found } from '../../../cli/src/paper/figuren3/data.js';
import { limitOf, throughAt } from '../../../cli/src/paper/figuren3/growing.js';

const levels = [256, 512, 1024];
const at = (c: number, error: number) => levels.map((d) => ({ value: c + 9 / d - 2000 / d ** 2, error }));

test('c + a/d + b/d² through three sizes is extrapolated without an error of its own, and errors of sizes grow as Lagrange’s weights', () => {
  const values = at(0.01, 0.001);
  const limit = limitOf(levels, values);
  expect(limit.value).toBeCloseTo(0.01, 14);
  // 1/3, −2 and 8/3.
  expect(limit.error).toBeCloseTo(0.001 * Math.sqrt(1 / 9 + 4 + 64 / 9), 14);
  levels.forEach((d, k) => {
    expect(throughAt(levels, values, 1 / d)).toBeCloseTo(values[k].value, 14);
  });
});

const judged = (c: number, error: number, own = levels) => {
  const point = { x: 1, value: 1, error: 0.001, theory: 1 };
  const raw = at(c, error);
  const growing = { levels: own, g: 3, raw, equal: raw, limit: limitOf(levels, raw) };
  const distances = { goe: 0.1, gue: 0.001, poisson: 0.1 };
  const [entropy, czz, enhancement] = [[point], [point], [point]];
  const found: Found = { grain: 'gue', distances, norms: 1e5, entropy, czz, enhancement, growing };
  return beyond([found]).find(({ id }) => id === 'n3-limit-gue')!.verdict;
};

test('a limit of 1.9(6) % agreed with less than 2 %: two errors decide, and nothing does of small grains', () => {
  expect(judged(0.001, 0.001)).toBe('agrees');
  expect(judged(0.03, 0.001)).toBe('differs');
  expect(judged(0.001, 0.01)).toBe('open');
  expect(judged(0.019, 0.0016)).toBe('open');
  expect(judged(-0.001, 0.001)).toBe('agrees');
  expect(judged(-0.03, 0.001)).toBe('differs');
  expect(judged(0.03, 0.001, [64, 128, 256])).toBe('open');
});

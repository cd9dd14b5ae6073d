// What figures share: grids, readings off curves, ticks, and where results come from.
import { expect, test } from 'vitest';
import { provenance } from '../../../cli/src/files/provenance.js';
import { crossing, decadeGrid, logGrid, logLogSlope } from '../../../cli/src/paper/grids.js';
import { decades, powerOfTen } from '../../../cli/src/paper/style.js';

test('logarithmic grids', () => {
  const grid = logGrid(1e-3, 16, 33);
  expect([grid[0], grid[16], grid[32]]).toEqual([1e-3, 1e-2, 1e-1]);
  for (let i = 1; i < 33; ++i)
    expect(Math.abs(grid[i] / grid[i - 1] / 10 ** (1 / 16) - 1)).toBeLessThan(1e-14);
});

test('a geometric range by exact decades, whatever its sign; other ranges are refused', () => {
  const range = { from: -1e-3, to: -0.2738419634264361, points: 40, spacing: 'geometric' as const };
  expect(Array.from(decadeGrid(range))).toEqual(Array.from(logGrid(1e-3, 16, 40)));
  expect(() => decadeGrid({ ...range, points: 41 })).toThrow(/^points: expected a power of two/);
});

test('crossings and slopes', () => {
  expect(crossing([1, 2, 3], [1, 0.75, 0.25], 0.5)).toBe(2.5);
  expect(crossing([1, 2], [1, 0.75], 0.5)).toBeNaN();
  expect(logLogSlope([1, 2, 4], [3, 12, 48])).toBeCloseTo(2, 11);
});

test('ticks', () => {
  expect(decades(0.8, 1200)).toEqual([1, 10, 100, 1000]);
  expect([1e-3, 0.1, 1, 10, 1000, 5].map(powerOfTen)).toEqual([
    '$10^{-3}$',
    '$10^{-1}$',
    '1',
    '10',
    '$10^{3}$',
    '5',
  ]);
});

test('provenance names this build', () => {
  const { version, revision, wasmSha256 } = provenance();
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(revision === null || /^[0-9a-f]{40}(\+changes)?$/.test(revision)).toBe(true);
  expect(wasmSha256).toMatch(/^[0-9a-f]{64}$/);
});

// What figures share: grids, readings off curves, ticks, and where results come from.

import { InputError } from 'emft/check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { provenance } from '../../../cli/src/files/provenance.js';
import { count, decades as decadesSchema, partOfFile } from '../../../cli/src/paper/example.js';
import { crossing, decadeGrid, logGrid, logLogSlope } from '../../../cli/src/paper/grids.js';
import { decades, decadeTick } from '../../../cli/src/paper/style.js';

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
  expect([1e-3, 0.1, 1, 10, 1000, 5].map(decadeTick)).toEqual([
    '$10^{-3}$',
    '$10^{-1}$',
    '1',
    '10',
    '$10^{3}$',
    '5',
  ]);
});

describe('a part of a figure’s file', () => {
  const schema = v.strictObject({ counts: v.array(count), range: v.optional(decadesSchema) });
  const figure = { paper: ['figure'], quick: ['quick', 'figure'] };
  const statement = { paper: ['critical'], quick: ['critical', 'quick'] };
  const read = (text: string, sections = figure, profile?: 'paper' | 'quick') =>
    partOfFile({ name: 'figure-x.toml', text }, schema, sections, profile);

  test('has in its quick profile what [quick] has in place of the same keys', () => {
    const text = '[figure]\ncounts = [1, 2]\n[quick.figure]\ncounts = [3]';
    expect([read(text), read(text, figure, 'quick')]).toEqual([{ counts: [1, 2] }, { counts: [3] }]);
    const own = '[critical]\ncounts = [1]\n[critical.quick]\ncounts = [2]';
    expect([read(own, statement), read(own, statement, 'quick')]).toEqual([{ counts: [1] }, { counts: [2] }]);
  });

  test.each([
    ['', figure, 'figure-x.toml: figure: missing: a section [figure]'],
    ['[other]', statement, 'figure-x.toml: critical: missing: a section [critical]'],
    ['critical = 3', statement, 'figure-x.toml: critical: expected a section [critical], got 3'],
    ['[figure]', figure, 'figure-x.toml: figure.counts: missing'],
    ['[figure]\ncounts = [1, 0]', figure, 'figure-x.toml: figure.counts.2: '],
    [
      '[figure]\ncount = [1]\ncounts = [1]',
      figure,
      "figure-x.toml: figure.count: unknown key; did you mean 'counts'",
    ],
    ['[figure]\ncounts = [1]\n[quick.figure]\ncounts = 2', figure, 'figure-x.toml: quick.figure.counts: '],
    ['quick = 1\n[figure]\ncounts = [1]', figure, 'figure-x.toml: quick: expected a section [quick], got 1'],
    [
      '[critical]\ncounts = [1]\n[critical.quick.range]\nfro = 1',
      statement,
      'figure-x.toml: critical.quick.range.fro',
    ],
  ])('is refused by the place of what is wrong: %j', (text, sections, message) => {
    expect(() => read(text, sections)).toThrow(InputError);
    expect(() => read(text, sections)).toThrow(message);
  });
});

test('provenance names this build', () => {
  const { version, revision, wasmSha256 } = provenance();
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(revision === null || /^[0-9a-f]{40}(\+changes)?$/.test(revision)).toBe(true);
  expect(wasmSha256).toMatch(/^[0-9a-f]{64}$/);
});

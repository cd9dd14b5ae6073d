// Figure d1 holds the bound (20) against lattices that may break it: once it was compared with twice the largest R, and one step more.
import { expect, test } from 'vitest';
import type { Point } from '../../../cli/src/paper/figured1/analyse.js';
import { beyond } from '../../../cli/src/paper/figured1/beyond.js';

const nothing = { y: 0, value: 0, error: 0, never: 0, coupling: 0, collars: 0, always: 0, squares: 0 };
const one: Point = { ...nothing, size: 8, x: 0.1, value: 0.5, never: 0.5, radius: 0, radiusMost: 0 };

/** Lattices whose fractions of avalanches at spacings 2, 3, … by coupling are these; R of (20) is 2.4 on average and at most 4. */
const of = (coupling: number[], offsets = 48) => {
  const fractions = coupling.map((f, k): Point => {
    return { ...nothing, size: 60, x: k + 2, coupling: f, radius: 2.4, radiusMost: 4 };
  });
  const all = beyond({ fractions, one: [one], rows: [], offsets, samples: {}, oneSamples: { 8: 200 } });
  return { bound: all.find(({ id }) => id === 'd1-bound')!, twice: all.find(({ id }) => id === 'd1-twice')! };
};

test('a single lattice that avalanches with grains R apart breaks the bound, and at smaller spacings none does', () => {
  expect(of([1, 0.5, 0, 0, 0]).bound).toMatchObject({ verdict: 'agrees', values: { beyondR60: 0 } });
  const broken = of([1, 0.5, 1 / 48, 0, 0]).bound;
  expect(broken).toMatchObject({ verdict: 'differs', values: { beyondR60: 1 / 48 } });
  expect(broken.measured).toBe('W = 60: up to 2.1 % (R = 4)');
  // Beyond R counts too, wherever it is.
  expect(of([1, 0.5, 0, 0, 0.1]).bound.verdict).toBe('differs');
  expect(of([1, 1, 1, 1, 1], 4).bound.verdict).toBe('open');
});

test('the mean 2R is off where avalanches end more than a step before or after it', () => {
  expect(of([1, 1, 0, 0, 0]).twice).toMatchObject({ verdict: 'agrees', values: { zero60: 4, twice60: 4.8 } });
  expect(of([1, 1, 1, 0, 0]).twice).toMatchObject({ verdict: 'agrees', values: { zero60: 5 } });
  expect(of([1, 0, 0, 0, 0]).twice).toMatchObject({ verdict: 'differs', values: { zero60: 3 } });
  expect(of([1, 1, 1, 1, 0]).twice).toMatchObject({ verdict: 'differs', values: { zero60: 6 } });
  expect(of([1, 1, 1, 1, 1]).twice).toMatchObject({ verdict: 'differs', values: { twice60: 4.8 } });
});

const oneOf = (points: Partial<Point>[], oneSamples: Record<number, number>) => {
  const own = points.map((point) => ({ ...one, squares: 0.3, always: 0.9, ...point }));
  return beyond({ fractions: [], one: own, rows: [], offsets: 48, samples: {}, oneSamples }).find(
    ({ id }) => id === 'd1-one',
  )!;
};

test('one l-bit: an error of a fifth passed half as much, and many realizations of one d_g stood for few of another', () => {
  expect(oneOf([{ never: 0.52 }], { 8: 200 }).verdict).toBe('agrees');
  expect(oneOf([{ never: 0.52 }, { never: 0.7, error: 0.11 }], { 8: 200 })).toMatchObject({
    verdict: 'open',
    note: 'Standard errors are wider than what is asked.',
  });
  expect(oneOf([{ never: 0.9, always: 1.5 }], { 8: 200 }).verdict).toBe('differs');
  expect(oneOf([{ never: 0.52 }], { 8: 200, 32: 4 }).verdict).toBe('open');
});

test('the order of the three rules is no prediction that could fail, and is counted apart', () => {
  const fractions = [0.9, 0.4].map((coupling, k): Point => {
    return {
      ...nothing,
      size: 60,
      x: k + 2,
      coupling,
      never: coupling / 2,
      collars: 0.9,
      radius: 2,
      radiusMost: 2,
    };
  });
  const half = (list: Point[]) =>
    beyond({ fractions: list, one: [one], rows: [], offsets: 48, samples: {}, oneSamples: { 8: 200 } }).find(
      ({ id }) => id === 'd1-half',
    )!.verdict;
  expect(half(fractions)).toBe('identity');
  expect(half(fractions.map((p) => ({ ...p, never: 0.9 })))).toBe('differs');
});

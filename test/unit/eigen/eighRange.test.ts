// Parts of the spectrum and batches, against the whole and one by one.
import { type Core, createCore, InputError } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decompositionRatios } from '../../../src/accuracy/ratios.js';
import { driverMatrix, hardCases, TYPE_COUNT, ULP } from '../../support/lapack/matrices.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});

const indexRanges = (n: number): [number, number][] => [
  [0, 0],
  [n - 1, n - 1],
  [n >> 2, n >> 1],
  [0, n - 1],
];

describe('eigh, a part of the spectrum', () => {
  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))('ddrvst type %i by index', (type) => {
    for (const n of [1, 2, 3, 5, 20, 21, 41, 64, 120]) {
      const a = driverMatrix(core, type, n);
      const all = core.eigh(a, n);
      const size = Math.max(Math.abs(all.values[0]), Math.abs(all.values[n - 1]));
      for (const [first, last] of indexRanges(n)) {
        const some = core.eigh(a, n, { range: { index: [first, last] } });
        expect(some.values).toEqual(all.values.slice(first, last + 1));
        expect(some.vectors).toEqual(all.vectors.slice(first * n, (last + 1) * n));
        const { residual, orthogonality } = decompositionRatios(a, n, some.values, some.vectors, 1);
        expect(residual).toBeLessThan(10);
        expect(orthogonality).toBeLessThan(10);
        const bare = core.eigh(a, n, { vectors: false, range: { index: [first, last] } });
        expect(bare.vectors.length).toBe(0);
        expect(bare.values.length).toBe(last - first + 1);
        bare.values.forEach((x, k) => {
          expect(Math.abs(x - some.values[k])).toBeLessThanOrEqual(10 * ULP * size);
        });
      }
    }
  });

  test.each(hardCases())('vectors of clusters are orthogonal: $name', ({ n, a }) => {
    for (const [first, last] of indexRanges(n)) {
      const { values, vectors } = core.eigh(a, n, { range: { index: [first, last] } });
      expect(values.length).toBe(last - first + 1);
      expect(decompositionRatios(a, n, values, vectors, 1).orthogonality).toBeLessThan(10);
    }
  });

  test('by value: exactly the computed eigenvalues in (lo, hi]', () => {
    const n = 60;
    for (let type = 1; type <= TYPE_COUNT; ++type) {
      const a = driverMatrix(core, type, n);
      for (const vectors of [true, false]) {
        const all = core.eigh(a, n, { vectors }).values;
        // Bounds that are eigenvalues themselves, and their neighbours.
        for (const [i, j] of [
          [0, 59],
          [10, 11],
          [20, 40],
        ]) {
          for (const [lo, hi] of [
            [all[i], all[j]],
            [-Infinity, all[j]],
            [all[i], Infinity],
          ]) {
            if (!(lo < hi)) continue;
            const { values } = core.eigh(a, n, { vectors, range: { value: [lo, hi] } });
            expect(values).toEqual(all.filter((x) => x > lo && x <= hi));
          }
        }
      }
    }
  });

  test.each(['auto', ...rangeMethods] as const)(
    '%s: the bits that the whole has, at its own eigenvalues',
    (method) => {
      for (const n of [1, 2, 3, 10, 20, 21, 39, 40, 75]) {
        const a = core.goe(n, { seed: n });
        for (const vectors of [true, false]) {
          const all = core.eigh(a, n, { method, vectors });
          for (const [first, last] of indexRanges(n)) {
            const hi = all.values[last];
            const value: [number, number] = [first > 0 ? all.values[first - 1] : -Infinity, hi];
            for (const range of [{ index: [first, last] as const }, { value }]) {
              const some = core.eigh(a, n, { method, vectors, range });
              expect(some.values).toEqual(all.values.slice(first, last + 1));
              expect(some.vectors).toEqual(all.vectors.slice(first * n, (last + 1) * n));
            }
          }
        }
      }
    },
  );

  test.each([true, false])('by value: the zero matrix and tiny bounds, vectors: %s', (vectors) => {
    const zero = new Float64Array(9);
    const count = (lo: number, hi: number) =>
      core.eigh(zero, 3, { vectors, range: { value: [lo, hi] } }).values.length;
    expect(count(-1e-300, 0)).toBe(3);
    expect(count(-5e-324, 0)).toBe(3);
    expect(count(-1, 5e-324)).toBe(3);
    expect(count(0, 1e-300)).toBe(0);
    expect(count(-1, -1e-300)).toBe(0);
    expect(count(-Infinity, 0)).toBe(3);
    expect(count(0, Infinity)).toBe(0);
  });

  test('by value: what lies in (lo, hi], with the two parts of a cut making the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(1000),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (n, seed, x) => {
          const a = core.goe(n, { seed });
          const cut = 2.2 * x;
          const all = core.eigh(a, n);
          const below = core.eigh(a, n, { range: { value: [-Infinity, cut] } });
          const above = core.eigh(a, n, { range: { value: [cut, Infinity] } });
          expect([...below.values, ...above.values]).toEqual([...all.values]);
          for (const y of below.values) expect(y).toBeLessThanOrEqual(cut + 1e-14 * n);
          for (const y of above.values) expect(y).toBeGreaterThan(cut - 1e-14 * n);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  test('an eigenvalue on the boundary belongs to the part below; an empty part is empty; either triangle', () => {
    const a = Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3);
    const value = (lo: number, hi: number) =>
      Array.from(core.eigh(a, 3, { range: { value: [lo, hi] } }).values);
    expect(value(1, 2)).toEqual([2]);
    expect(value(0, 2)).toEqual([1, 2]);
    expect(value(3, 9)).toEqual([]);
    const b = core.goe(30, { seed: 5 });
    const lower = core.eigh(b, 30, { range: { index: [3, 9] }, uplo: 'L' });
    expect(core.eigh(b, 30, { range: { index: [3, 9] }, uplo: 'U' })).toEqual(lower);
  });

  test('names what is wrong with a range', () => {
    const a = core.goe(4, { seed: 1 });
    const bad: [unknown, RegExp][] = [
      [{}, /options\.range: expected \{ index/],
      [{ index: [0, 1], value: [0, 1] }, /options\.range: expected \{ index/],
      [
        { index: [0, 4] },
        /options\.range\.index: expected whole numbers 0 ≤ first ≤ last < n = 4, got \[0, 4\]/,
      ],
      [{ index: [2, 1] }, /options\.range\.index/],
      [{ index: [0.5, 1] }, /options\.range\.index/],
      [{ index: 3 }, /options\.range\.index: expected two numbers/],
      [{ value: [1, 1] }, /options\.range\.value: expected lo < hi/],
      [{ value: [Number.NaN, 1] }, /options\.range\.value/],
      [{ values: [0, 1] }, /options\.range\.values: unknown option/],
    ];
    for (const [range, message] of bad) {
      expect(() => core.eigh(a, 4, { range: range as never })).toThrow(InputError);
      expect(() => core.eigh(a, 4, { range: range as never })).toThrow(message);
    }
    expect(() => core.eigh(a, 4, { method: 'jacobi', range: { index: [0, 1] } })).toThrow(/options\.method/);
  });
});

describe('eighBatch', () => {
  test.each(['auto', ...methodNames] as const)('%s: the bits of one call each', (method) => {
    for (const [n, count] of [
      [0, 3],
      [1, 5],
      [2, 7],
      [9, 4],
      [24, 3],
      [50, 2],
    ]) {
      const a = new Float64Array(count * n * n);
      for (let k = 0; n > 0 && k < count; ++k) a.set(core.goe(n, { seed: 7, index: k }), k * n * n);
      const batch = core.eighBatch(a, n, count, { method });
      const bare = core.eighBatch(a, n, count, { method, vectors: false });
      let iterations = 0;
      for (let k = 0; k < count; ++k) {
        const m = a.slice(k * n * n, (k + 1) * n * n);
        const one = core.eigh(m, n, { method });
        expect(batch.values.slice(k * n, (k + 1) * n)).toEqual(one.values);
        expect(batch.vectors.slice(k * n * n, (k + 1) * n * n)).toEqual(one.vectors);
        expect(bare.values.slice(k * n, (k + 1) * n)).toEqual(
          core.eigh(m, n, { method, vectors: false }).values,
        );
        iterations += one.convergence.iterations;
      }
      expect(batch.convergence).toEqual({ converged: true, iterations, failed: [] });
      expect(bare.vectors.length).toBe(0);
    }
  });

  test('more matrices than are held at a time', () => {
    const n = 64;
    const count = 600;
    const a = new Float64Array(count * n * n);
    const one = core.goe(n, { seed: 2 });
    for (let k = 0; k < count; ++k) for (let i = 0; i < n * n; ++i) a[k * n * n + i] = (k + 1) * one[i];
    const { values } = core.eighBatch(a, n, count, { vectors: false });
    for (let k = 0; k < count; ++k) {
      for (let j = 0; j < n; ++j) {
        expect(Math.abs(values[k * n + j] / (k + 1) - values[j])).toBeLessThan(1e-13 * n);
      }
    }
  });

  test('names what is wrong', () => {
    const a = core.goe(2, { seed: 1 });
    expect(() => core.eighBatch(a, 2, 2)).toThrow(/a: expected count\*n\*n = 8 elements, got 4/);
    expect(() => core.eighBatch(a, 2, -1)).toThrow(/count: expected a whole number ≥ 0/);
    expect(() => core.eighBatch(a, 2, 1, { range: { index: [0, 0] } } as never)).toThrow(
      /options\.range: unknown option/,
    );
    const b = new Float64Array(12);
    b[10] = Number.NaN;
    expect(() => core.eighBatch(b, 2, 3)).toThrow(/a: entry \(1, 0\) of matrix 2 is NaN/);
  });
});

test('10 000 calls of mixed size leave memory flat', async () => {
  const fresh = await createCore();
  const a = new Float64Array(48 * 48).fill(0.5);
  const call = (k: number) => {
    const n = (k * 7) % 49;
    const method = methodNames[k % methodNames.length];
    fresh.eigh(a.subarray(0, n * n), n, { method, vectors: k % 2 === 0 });
    if (n > 0 && k % 10 === 0) fresh.eigh(a.subarray(0, n * n), n, { range: { index: [0, n >> 1] } });
    if (k % 50 === 0) expect(() => fresh.eigh(a, n + 1 + 48, { method })).toThrow(InputError);
  };
  for (let k = 0; k < 147; ++k) call(k);
  const before = fresh.memoryBytes;
  for (let k = 0; k < 10_000; ++k) call(k);
  expect(fresh.memoryBytes).toBe(before);
  fresh.dispose();
});

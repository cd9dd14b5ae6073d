// Windows of spectra with few levels, many copies, an offset, or any magnitude: the filtered method gives the states that
// dense diagonalization gives, orthonormal, whatever the model, or leaves them to it.
import { createCore } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkModel } from '../../../src/grain/arguments.js';
import { filteredStates } from '../../../src/grain/filtered.js';
import type { CheckedModel } from '../../../src/grain/model.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { atOnce, UNBOUNDED } from '../../../src/wasm/steps.js';

const core = await createCore();
const runtime = await Runtime.create(shipped, 'simd');

/** Grains with few levels, with many, and none. */
const grains: Record<string, (dg: number, i: number, j: number) => number> = {
  zero: () => 0,
  one: (_, i, j) => Number(i === j),
  ladder: (_, i, j) => (i === j ? i : 0),
  pairs: (_, i, j) => (i === j ? i >> 1 : 0),
  projector: (_, i, j) => Number(i < 2 && j < 2),
  mixed: (dg, i, j) => Math.sin(1 + (i + 1) * (j + 1) + dg) / 2,
};
const shapes = {
  zero: () => 0,
  equal: () => 0.7,
  two: (k: number) => (k & 1 ? 0.5 : 1),
  one: (k: number) => (k === 0 ? 0.4 : 0),
  tiny: (k: number) => 1e-14 / (k + 1),
  mixed: (k: number) => Math.sin(3 * k + 1) / 2,
};

interface Choice {
  grain: string;
  fields: keyof typeof shapes;
  couplings: keyof typeof shapes;
  dg: number;
  bits: number;
  offset: number;
  scale: number;
  share: number;
  at: number;
}

function modelOf({ grain, fields, couplings, dg, bits, offset, scale }: Choice) {
  const rows = new Float64Array(dg * dg);
  for (let i = 0; i < dg; ++i) {
    for (let j = 0; j < dg; ++j) {
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      rows[i * dg + j] = scale * (grains[grain](dg, low, high) + (i === j ? offset : 0));
    }
  }
  const list = (shape: keyof typeof shapes) =>
    Float64Array.from({ length: bits }, (_, k) => scale * shapes[shape](k));
  return { grain: rows, fields: list(fields), couplings: list(couplings) };
}

/** Distances of the `count` energies that are nearest, ascending. */
function nearest(all: Float64Array, energy: number, count: number): Float64Array {
  return all
    .map((e) => Math.abs(e - energy))
    .sort()
    .subarray(0, count);
}

function orthonormality(vectors: Float64Array, d: number): number {
  let most = 0;
  const count = vectors.length / d;
  for (let k = 0; k < count; ++k) {
    for (let l = 0; l <= k; ++l) {
      let dot = l === k ? -1 : 0;
      for (let i = 0; i < d; ++i) dot += vectors[k * d + i] * vectors[l * d + i];
      most = Math.max(most, Math.abs(dot));
    }
  }
  return most;
}

const choices = fc.record({
  grain: fc.constantFrom(...Object.keys(grains)),
  fields: fc.constantFrom(...(Object.keys(shapes) as (keyof typeof shapes)[])),
  couplings: fc.constantFrom(...(Object.keys(shapes) as (keyof typeof shapes)[])),
  dg: fc.constantFrom(2, 4, 8, 16),
  bits: fc.integer({ min: 0, max: 5 }),
  offset: fc.constantFrom(0, 1, -1e6, 1e12),
  scale: fc.constantFrom(1, 2 ** -1000, 2 ** -1040, 2 ** 600, 1e-5),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  at: fc.constantFrom(0, 1, 0.5, 0.3),
});

describe('filtered', () => {
  test('finds what dense finds in spectra of every kind', () => {
    const methods = { dense: 0, filtered: 0 };
    fc.assert(
      fc.property(choices, (choice) => {
        const model = modelOf(choice);
        const d = choice.dg * 2 ** choice.bits;
        if (d < 8) return;
        const all = core.diagonalizeGrain(model).eigenvalues;
        const norm = Math.max(Math.abs(all[0]), Math.abs(all[d - 1]));
        const count = 1 + Math.floor(choice.share * (d / 8 - 1));
        const energy = all[Math.floor(choice.at * (d - 1))];
        const found = core.diagonalizeGrain({
          ...model,
          method: 'filtered',
          window: { energy, count },
          vectors: true,
          verify: true,
        });
        ++methods[found.method];
        const expected = nearest(all, energy, count);
        const got = nearest(found.eigenvalues, energy, count);
        for (let k = 0; k < count; ++k)
          expect(Math.abs(got[k] - expected[k])).toBeLessThanOrEqual(1e-11 * norm);
        expect(orthonormality(found.vectors!, d)).toBeLessThan(1e-13);
        expect(Math.max(...found.residuals!)).toBeLessThanOrEqual(1e-12 * norm);
        expect(found.residual).toBeLessThan(60);
        expect(found.orthogonality).toBeLessThan(10);
      }),
      { numRuns: 150, seed: 3 },
    );
    // Neither of the two ways does it all.
    expect(methods.filtered).toBeGreaterThan(50);
    expect(methods.dense).toBeGreaterThan(10);
  });

  test('by itself, with larger blocks where a level has more copies than a block has columns', () => {
    for (const [fields, couplings, count] of [
      ['equal', 'zero', 12],
      ['zero', 'zero', 20],
      ['equal', 'equal', 8],
      ['zero', 'one', 16],
    ] as const) {
      const choice = {
        grain: 'ladder',
        fields,
        couplings,
        dg: 4,
        bits: 6,
        offset: 0,
        scale: 1,
        share: 0,
        at: 0,
      };
      const model: CheckedModel = checkModel(modelOf(choice));
      const all = core.diagonalizeGrain(modelOf(choice)).eigenvalues;
      const energy = all[128];
      runtime.scope((arena) => {
        const task = { energy, count, hasty: false };
        const states = atOnce(filteredStates(runtime, arena, model, task, UNBOUNDED))!;
        const expected = nearest(all, energy, count);
        const got = nearest(states.eigenvalues, energy, count);
        for (let k = 0; k < count; ++k) expect(Math.abs(got[k] - expected[k])).toBeLessThan(1e-11);
        expect(orthonormality(arena.take(states.vectors, 256 * count), 256)).toBeLessThan(1e-13);
      });
    }
  });

  test('gave a vector of norm 1 + 6e-8 where the space ended with columns of rounding', () => {
    const model = { grain: [1, 1, 1, 1].flatMap((_, i) => grainRow(i)), fields: [0], couplings: [0] };
    const { vectors, method } = core.diagonalizeGrain({
      ...model,
      method: 'filtered',
      window: { energy: 0, count: 1 },
      vectors: true,
    });
    expect(['dense', 'filtered']).toContain(method);
    expect(orthonormality(vectors!, 8)).toBeLessThan(1e-14);
  });

  test('takes any orthonormal vectors of H = c, H = 0 among them', () => {
    for (const value of [0, 1, -0.1, 5e-324, 3e-310, 1e299]) {
      const model = { grain: [value, 0, 0, value], fields: [0, 0, 0, 0], couplings: [0, 0, 0, 0] };
      for (const method of ['dense', 'filtered'] as const) {
        const states = core.diagonalizeGrain({
          ...model,
          method,
          window: { energy: value, count: 4 },
          vectors: true,
          verify: true,
        });
        expect(Array.from(states.eigenvalues)).toEqual([value, value, value, value]);
        expect(orthonormality(states.vectors!, 32)).toBeLessThan(1e-15);
        expect(states.gapRatio).toBe(Number.NaN);
        const energy = value === 0 ? 5e-324 : 2 * value;
        expect(() => core.diagonalizeGrain({ ...model, method, window: { energy, count: 1 } })).toThrow(
          `reaches from ${value} to ${value}`,
        );
      }
    }
  });

  test('says what is too small for it', () => {
    const model = { grain: [1, 0, 0, 2], fields: [1], couplings: [1] };
    const call =
      (count: number, more = {}) =>
      () =>
        core.diagonalizeGrain({ ...model, ...more, method: 'filtered', window: { energy: 1, count } });
    expect(call(1)).toThrow(/window\.count: D = 4 is too small for method 'filtered'/);
    expect(call(2, { fields: [1, 1], couplings: [0, 0] })).toThrow(/expected at most D\/8 = 1/);
    expect(call(1, { fields: [1, 1], couplings: [0, 0] })).not.toThrow();
  });
});

/** Two levels of a grain of four, coupled to each other. */
function grainRow(i: number): number[] {
  return Array.from({ length: 4 }, (_, j) => Number(i < 2 && j < 2));
}

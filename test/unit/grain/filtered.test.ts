// Windows of spectra with few levels, many copies, an offset, or any magnitude: the filtered method gives the states that
// dense diagonalization gives, orthonormal, whatever the model, or leaves them to it.
import { createCore, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleMeans } from '../../../cli/src/sweeps/sampleMeans.js';
import { diagonalizeGrain } from '../../../src/grain/diagonalize.js';
import { filteredStates } from '../../../src/grain/filtered.js';
import { type CheckedModel, checkModel } from '../../../src/grain/model.js';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { ConvergenceError } from '../../../src/wasm/errors.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';

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
        const states = filteredStates(runtime, arena, model, energy, count, false)!;
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

describe('ends of the spectrum', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 21 });
  const all = core.diagonalizeGrain(model).eigenvalues;

  test.each([4, 6, 10, 12, 17])(
    'printed with %i digits are within the spectrum, or are refused',
    (digits) => {
      for (const scale of [1, 2 ** -1000, 2 ** 500]) {
        const times = (x: Float64Array) => x.map((v) => v * scale);
        const scaled = {
          grain: times(model.grain),
          fields: times(model.fields),
          couplings: times(model.couplings),
        };
        for (const [end, states] of [
          [all[0], [0, 1, 2]],
          [all[127], [125, 126, 127]],
        ] as const) {
          const energy = Number((end * scale).toPrecision(digits));
          for (const method of ['dense', 'filtered'] as const) {
            const call = () => core.diagonalizeGrain({ ...scaled, method, window: { energy, count: 3 } });
            if (digits < 10 && Math.abs(energy) > Math.abs(end * scale) * (1 + 1e-8)) {
              expect(call).toThrow(/outside the spectrum, which reaches from/);
            } else {
              const got = call().eigenvalues;
              for (let k = 0; k < 3; ++k)
                expect(Math.abs(got[k] / scale - all[states[k]])).toBeLessThan(1e-11);
            }
          }
        }
      }
    },
  );

  test('of an interval too, which keeps the states at its ends', () => {
    const window = (from: number, to: number) =>
      core.diagonalizeGrain({ ...model, window: { from, to } }).eigenvalues.length;
    const [low, high] = [all[0], all[127]];
    expect(window(low, high)).toBe(128);
    const rounded = [low * (1 + 4e-10), low * (1 - 4e-10), high * (1 + 4e-10)];
    // Past the end by what printing rounds: the state at the end.
    expect(low).toBeLessThan(0);
    expect(window(-9, rounded[0])).toBe(1);
    expect(window(rounded[2], 99)).toBe(1);
    expect(window(rounded[1], 99)).toBe(127);
    // A window of width zero.
    expect(window(all[40], all[40])).toBe(1);
    expect(() => window(all[40] + 1e-9, all[40] + 1e-9)).toThrow(/no eigenvalue between/);
    expect(() => window(high + 1e-6, 99)).toThrow(InputError);
    expect(() => window(-99, low - 1e-6)).toThrow(/outside the spectrum/);
    expect(() => window(2, 1)).toThrow(/window\.to/);
  });
});

describe('gap ratio', () => {
  test('of levels that are all equal is NaN, not 0, and so are means over samples with it', () => {
    const equal = core.diagonalizeGrain({ grain: [2, 0, 0, 2], fields: [0], couplings: [0] });
    expect(equal.gapRatio).toBe(Number.NaN);
    // Gaps 0, 1, 0: no ratio but 0.
    const pairs = core.diagonalizeGrain({ grain: [1, 0, 0, 2], fields: [0], couplings: [0] });
    expect(pairs.gapRatio).toBe(0);
    expect(sampleMeans(core, [pairs, pairs]).gapRatio).toBe(0);
    expect(sampleMeans(core, [pairs, equal]).gapRatio).toBe(Number.NaN);
    expect(sampleMeans(core, [pairs, equal]).gapRatioError).toBe(Number.NaN);
  });
});

describe('verify', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 3, seed: 2 });

  test('gives the ratios of the dense matrix', () => {
    for (const unit of [1, 2 ** -1000, 2 ** 900]) {
      const times = (x: Float64Array) => x.map((v) => v * unit);
      const scaled = {
        grain: times(model.grain),
        fields: times(model.fields),
        couplings: times(model.couplings),
      };
      const d = 64;
      const states = core.diagonalizeGrain({ ...scaled, verify: true, vectors: true });
      // H from its eigenvectors would hide what is looked for: it is applied to unit vectors through its definition.
      const h = denseH(scaled);
      let [norm, residual, orthogonality] = [0, 0, 0];
      for (let k = 0; k < d; ++k) {
        const z = states.vectors!.subarray(k * d, (k + 1) * d);
        let [column, r, o] = [0, 0, 0];
        for (let i = 0; i < d; ++i) {
          let [hz, dot] = [-(states.eigenvalues[k] / unit) * z[i], i === k ? -1 : 0];
          for (let j = 0; j < d; ++j) {
            hz += (h[i * d + j] / unit) * z[j];
            dot += states.vectors![i * d + j] * z[j];
          }
          column += Math.abs(h[i * d + k] / unit);
          r += Math.abs(hz);
          o += Math.abs(dot);
        }
        norm = Math.max(norm, column);
        residual = Math.max(residual, r);
        orthogonality = Math.max(orthogonality, o);
      }
      const ulp = 2 ** -52;
      expect(Math.abs(states.residual! - residual / (norm * d * ulp))).toBeLessThan(0.05);
      expect(Math.abs(states.orthogonality! - orthogonality / (d * ulp))).toBeLessThan(0.05);
    }
  });

  test('is a ConvergenceError where the states do not fit the model', () => {
    let vectors = 0;
    const own = runtime.exports<CoreBindings>();
    const bad = {
      exports: () => ({
        ...own,
        symmetricEigenStart(...args: Parameters<CoreBindings['symmetricEigenStart']>) {
          vectors = args[5] >>> 0;
          own.symmetricEigenStart(...args);
        },
        jobFinish(work: number) {
          const status = own.jobFinish(work);
          if (vectors !== 0) new Float64Array(runtime.memory.buffer, vectors, 1)[0] += 1e-9;
          vectors = 0;
          return status;
        },
      }),
      scope: <T>(body: (arena: never) => T) => runtime.scope(body as never),
      memory: runtime.memory,
      heap: runtime.heap,
    } as unknown as Runtime;
    expect(() => diagonalizeGrain(bad, model)).not.toThrow();
    expect(() => diagonalizeGrain(bad, { ...model, verify: true })).toThrow(ConvergenceError);
    expect(() => diagonalizeGrain(bad, { ...model, verify: true })).toThrow(/ratio .*, expected at most 60/);
  });
});

/** H written with its definition: index a 2^N + Σ b_n 2^n. */
function denseH({
  grain,
  fields,
  couplings,
}: {
  grain: Float64Array;
  fields: Float64Array;
  couplings: Float64Array;
}): Float64Array {
  const dg = Math.sqrt(grain.length);
  const size = 2 ** fields.length;
  const d = dg * size;
  const h = new Float64Array(d * d);
  for (let a = 0; a < dg; ++a) {
    for (let s = 0; s < size; ++s) {
      const from = a * size + s;
      for (let b = 0; b < dg; ++b) h[(b * size + s) * d + from] += grain[b * dg + a];
      fields.forEach((field, n) => {
        const down = (s >> n) & 1;
        h[from * d + from] += down ? -field : field;
        if (down !== (a & 1)) h[((a ^ 1) * size + (s ^ (1 << n))) * d + from] += 2 * couplings[n];
      });
    }
  }
  return h;
}

// emft/accuracy: LAPACK's ratios of decompositions whose error is known, and timing with a clock that the test moves.
import { createCore, InputError } from 'emft';
import { decompositionRatios, leastTime } from 'emft/accuracy';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hermitianMatrix, hermitianRatios } from '../../support/lapack/hermitian.js';

const ULP = 2 ** -52;

describe('decompositionRatios', () => {
  /** ‖AZ − ZD‖₁/(‖A‖₁ n ulp) and ‖I − ZᵀZ‖₁/(n ulp) over some columns of Z, entry by entry. */
  function plain(a: Float64Array, n: number, d: Float64Array, z: Float64Array, columns: readonly number[]) {
    const indices = Array.from({ length: n }, (_, i) => i);
    const sum = (f: (i: number) => number) => indices.reduce((s, i) => s + f(i), 0);
    const norm = Math.max(...indices.map((j) => sum((i) => Math.abs(a[i * n + j]))));
    const of = columns.map((k) => [
      sum((i) => Math.abs(sum((j) => a[i * n + j] * z[k * n + j]) - d[k] * z[k * n + i])),
      sum((l) => Math.abs(sum((i) => z[l * n + i] * z[k * n + i]) - (l === k ? 1 : 0))),
    ]);
    return {
      residual: Math.max(...of.map(([r]) => r)) / (norm * n * ULP),
      orthogonality: Math.max(...of.map(([, o]) => o)) / (n * ULP),
    };
  }

  test('are the norms of the definition, whatever the decomposition is', () => {
    // The sums below do not scale: no product of two entries underflows.
    const entry = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => (Math.abs(x) < 1e-100 ? 0 : x));
    const entries = (count: number) => fc.array(entry, { minLength: count, maxLength: count });
    const cases = fc
      .integer({ min: 1, max: 11 })
      .chain((n) =>
        fc.tuple(fc.constant(n), entries(n * n), entries(n), entries(n * n), fc.integer({ min: 1, max: 12 })),
      );
    fc.assert(
      fc.property(cases, ([n, half, values, z, columns]) => {
        const a = Float64Array.from(half, (_, at) => half[at] + half[(at % n) * n + Math.floor(at / n)]);
        fc.pre(a.some((x) => x !== 0));
        const [d, vectors] = [Float64Array.from(values), Float64Array.from(z)];
        const stride = Math.ceil(n / columns);
        const chosen = Array.from({ length: Math.ceil(n / stride) }, (_, k) => k * stride);
        const got = decompositionRatios(a, n, d, vectors, { columns });
        const wanted = plain(a, n, d, vectors, chosen);
        expect(chosen.length).toBeLessThanOrEqual(columns);
        for (const key of ['residual', 'orthogonality'] as const) {
          expect(Math.abs(got[key] - wanted[key])).toBeLessThanOrEqual(1e-12 * wanted[key]);
        }
      }),
    );
  });

  test('are of order 1 for eigh, over the whole range of exponents, and tell a changed bit', async () => {
    const core = await createCore();
    const n = 40;
    const a = core.goe(n, { seed: 5 });
    for (const scale of [1, 2 ** 1015, 2 ** -900]) {
      const scaled = a.map((x) => x * scale);
      const { values, vectors } = core.eigh(scaled, n);
      const { residual, orthogonality } = decompositionRatios(scaled, n, values, vectors);
      expect(residual).toBeGreaterThan(0);
      expect(residual).toBeLessThan(2);
      expect(orthogonality).toBeGreaterThan(0);
      expect(orthogonality).toBeLessThan(4);
      vectors[7] += 1e-10;
      const changed = decompositionRatios(scaled, n, values, vectors);
      expect(changed.residual).toBeGreaterThan(1000);
      expect(changed.orthogonality).toBeGreaterThan(1000);
    }
    core.dispose();
  });

  test('of exact ones are 0; of nothing, too; a zero matrix has no norm to divide by', () => {
    const unit = Float64Array.of(1, 0, 0, 1);
    expect(decompositionRatios(Float64Array.of(2, 0, 0, 3), 2, Float64Array.of(2, 3), unit)).toEqual({
      residual: 0,
      orthogonality: 0,
    });
    const none = new Float64Array(0);
    expect(decompositionRatios(none, 0, none, none)).toEqual({ residual: 0, orthogonality: 0 });
    const zero = new Float64Array(4);
    expect(decompositionRatios(zero, 2, Float64Array.of(0, 0), unit)).toEqual({
      residual: 0,
      orthogonality: 0,
    });
  });

  test('eigenvalues of 1 of the zero matrix had a residual of 1, which is accepted', () => {
    const unit = Float64Array.of(1, 0, 0, 1);
    for (const x of [1, 2 ** -1074, -1e300]) {
      const { residual } = decompositionRatios(new Float64Array(4), 2, Float64Array.of(0, x), unit);
      expect(residual).toBe(Number.POSITIVE_INFINITY);
    }
    const nan = decompositionRatios(new Float64Array(4), 2, Float64Array.of(0, Number.NaN), unit);
    expect(nan.residual).toBeNaN();
  });

  test('are NaN, not good, where a result is not finite', () => {
    const a = Float64Array.of(2, 1, 1, 2);
    const s = Math.SQRT1_2;
    const [values, vectors] = [Float64Array.of(1, 3), Float64Array.of(s, -s, s, s)];
    expect(decompositionRatios(a, 2, Float64Array.of(1, Number.NaN), vectors).residual).toBeNaN();
    const bad = vectors.with(0, Number.NaN);
    expect(decompositionRatios(a, 2, values, bad)).toEqual({
      residual: Number.NaN,
      orthogonality: Number.NaN,
    });
  });

  test('of a Hermitian matrix, of some of its eigenpairs, and with a changed digit', async () => {
    const core = await createCore();
    const n = 23;
    const a = hermitianMatrix(core, 9, n);
    for (const range of [undefined, { index: [3, 11] as [number, number] }]) {
      const { values, vectors } = core.eighComplex(a, n, { range });
      const got = decompositionRatios(a, n, values, vectors, { complex: true });
      const wanted = hermitianRatios(a, n, values, vectors);
      expect(got.residual).toBeGreaterThan(0);
      for (const key of ['residual', 'orthogonality'] as const) {
        expect(Math.abs(got[key] / wanted[key] - 1)).toBeLessThan(0.2);
        expect(got[key]).toBeLessThan(3);
      }
      const some = decompositionRatios(a, n, values, vectors, { complex: true, columns: 4 });
      expect(some.residual).toBeLessThanOrEqual(got.residual);
      vectors[8] += 1e-8;
      const changed = decompositionRatios(a, n, values, vectors, { complex: true });
      const known = hermitianRatios(a, n, values, vectors);
      for (const key of ['residual', 'orthogonality'] as const) {
        expect(changed[key]).toBeGreaterThan(1000);
        expect(Math.abs(changed[key] / known[key] - 1)).toBeLessThan(1e-3);
      }
    }
    core.dispose();
  });

  test('wrong lengths are named', () => {
    const four = new Float64Array(4);
    const two = new Float64Array(2);
    const message = (...args: unknown[]) => {
      try {
        (decompositionRatios as (...a: unknown[]) => unknown)(...args);
      } catch (error) {
        return error instanceof InputError ? error.message : String(error);
      }
      return 'none';
    };
    expect(message(two, 2, two, four)).toBe('a: expected 4 elements, got 2');
    expect(message(four, 2, four, four)).toBe('values: expected at most 2 elements, got 4');
    expect(message(four, 2, two, two, { complex: true })).toBe('a: expected 8 elements, got 4');
    expect(message(new Float64Array(8), 2, two, four, { complex: true })).toBe(
      'vectors: expected 8 elements, got 4',
    );
    expect(message(four, 2, two, four, { b: two })).toBe('options.b: expected 4 elements, got 2');
    expect(message(four, 2, two, four, { complex: 1 })).toMatch(/^options\.complex: /);
    expect(message(four, 2, two, four, { itype: 2 })).toMatch(/^options\.itype: says .* missing: got 2/);
    expect(message(four, 2, two, four, { b: four, itype: 4 })).toMatch(/^options\.itype: expected/);
    expect(message(four, 2, two, two)).toBe('vectors: expected 4 elements, got 2');
    expect(message(four, 1.5, two, four)).toMatch(/^n: expected a whole number/);
    expect(message(four, 2, two, four, { columns: 0 })).toMatch(/^options\.columns: /);
    expect(message(four, 2, two, four, { rows: 1 })).toMatch(/^options\.rows: unknown option/);
  });
});

describe('leastTime', () => {
  /** Milliseconds on the clock, which nothing but the test moves. */
  let now = 0;
  const clock = () => vi.spyOn(performance, 'now').mockImplementation(() => now);
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** A run that takes each of these times in turn, the last one for ever after, in ms. */
  function taking(...times: number[]) {
    let runs = 0;
    return () => {
      now += times[Math.min(runs, times.length - 1)];
      return ++runs;
    };
  }

  test('runs that warm up do not count; the least of the batches does', async () => {
    clock();
    // 1 + 1 + 2 + 4 + … runs of 8 ms, until 40 ms are spent; then five batches of 2.
    const timing = await leastTime(taking(9, 8, 8, 8, 8, 8, 8, 8, 7, 7, 5, 5, 6, 6, 7, 7, 7, 7, 1));
    expect(timing).toEqual({ seconds: 0.005, runs: 18, result: 18 });
  });

  test('short runs are timed many at once', async () => {
    clock();
    const { seconds, runs } = await leastTime(taking(0.001));
    expect(seconds).toBeCloseTo(1e-6, 15);
    // Warm-up doubles to some 40 000 runs; then five batches of 10 000.
    expect(runs).toBeGreaterThan(90_000);
    expect(runs).toBeLessThan(120_000);
  });

  test('no batch begins after `enough`, but one is made', async () => {
    clock();
    expect(await leastTime(taking(400), { enough: 1 })).toEqual({ seconds: 0.4, runs: 3, result: 3 });
    expect((await leastTime(taking(900, 800), { enough: 1 })).runs).toBe(2);
    expect(await leastTime(taking(5000, 4000), { enough: 1, alone: 8 })).toEqual({
      seconds: 4,
      runs: 2,
      result: 2,
    });
  });

  test('a first run longer than `alone` stands alone', async () => {
    clock();
    const pause = vi.fn();
    expect(await leastTime(taking(1001, 1), { pause })).toEqual({ seconds: 1.001, runs: 1, result: 1 });
    expect((await leastTime(taking(1, 1), { alone: 0, pause })).runs).toBe(1);
    expect(pause).not.toHaveBeenCalled();
  });

  test('single runs, as many as asked for', async () => {
    clock();
    const timing = await leastTime(taking(3, 2, 1, 2), { warm: 0, batch: 0, batches: 3 });
    expect(timing).toEqual({ seconds: 0.001, runs: 4, result: 4 });
  });

  test('pauses are awaited between batches and not timed; what one throws ends the timing', async () => {
    clock();
    let paused = 0;
    const pause = async () => {
      await Promise.resolve();
      now += 500;
      paused++;
    };
    const { seconds, runs } = await leastTime(taking(50), { pause });
    expect([seconds, runs, paused]).toEqual([0.05, 6, 5]);
    const run = vi.fn(taking(50));
    const stopped = leastTime(run, { pause: () => Promise.reject(new Error('stopped')) });
    await expect(stopped).rejects.toThrow('stopped');
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('a promise is awaited within the time', async () => {
    clock();
    const run = async () => {
      await Promise.resolve();
      now += 60;
      return 'done';
    };
    expect(await leastTime(run)).toEqual({ seconds: 0.06, runs: 6, result: 'done' });
  });

  test('ends where the clock stands still', async () => {
    clock();
    const { seconds } = await leastTime(() => 0);
    expect(seconds).toBe(0);
    expect((await leastTime(() => 0, { warm: 0, batch: 0 })).runs).toBe(6);
  });

  test('an error of the run is the error; wrong options are named', async () => {
    const fails = () => {
      throw new RangeError('mine');
    };
    await expect(leastTime(fails)).rejects.toThrow(RangeError);
    await expect(leastTime(3 as never)).rejects.toThrow('run: expected a function, got 3');
    await expect(leastTime(fails, { warm: -1 })).rejects.toThrow(/^options\.warm: /);
    await expect(leastTime(fails, { batches: 0 })).rejects.toThrow(/^options\.batches: /);
    await expect(leastTime(fails, { pause: 1 as never })).rejects.toThrow(/^options\.pause: /);
    await expect(leastTime(fails, { often: 1 } as never)).rejects.toThrow(/^options\.often: unknown option/);
  });
});

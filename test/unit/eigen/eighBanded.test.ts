// Band matrices: LAPACK's ratios for every half-width, against the dense solver, and that every way of asking gives the same.
import { createHash } from 'node:crypto';
import { type Core, createCore, type EighBandedOptions } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { createEigenCore } from 'emft/eigen';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ratios, valuesRatio } from '../../support/lapack/ratios.js';

const THRESHOLD = 10;

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

interface Band {
  n: number;
  width: number;
  /** Lower diagonals. */
  ab: Float64Array;
}

function band(n: number, width: number, entry: (r: number, j: number) => number): Band {
  const ab = new Float64Array((width + 1) * n).fill(Number.NaN);
  for (let r = 0; r <= width; ++r) for (let j = 0; j + r < n; ++j) ab[r * n + j] = entry(r, j);
  return { n, width, ab };
}

function randomBand(n: number, width: number, scale = 1): Band {
  const u = core.uniforms({ seed: 5, stream: 1000 * n + width }, (width + 1) * n);
  return band(n, width, (r, j) => scale * (2 * u[r * n + j] - 1));
}

function dense({ n, width, ab }: Band): Float64Array {
  const a = new Float64Array(n * n);
  for (let r = 0; r <= width; ++r)
    for (let j = 0; j + r < n; ++j) a[j * n + j + r] = a[(j + r) * n + j] = ab[r * n + j];
  return a;
}

/** The same matrix by its upper diagonals. */
function upper({ n, width, ab }: Band): Float64Array {
  const other = new Float64Array(ab.length).fill(Number.NaN);
  for (let r = 0; r <= width; ++r)
    for (let j = 0; j + r < n; ++j) other[(width - r) * n + j + r] = ab[r * n + j];
  return other;
}

/** What is below 10, in units of rounding: values near the least double are rounded to multiples of it. */
function threshold(a: Float64Array): number {
  const size = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return THRESHOLD * Math.max(1, size === 0 ? 0 : 2 ** -1074 / size / 2 ** -52);
}

function check(name: string, matrix: Band, options: EighBandedOptions): void {
  const { n, width, ab } = matrix;
  const full = core.eighBanded(ab, n, width, options);
  const bare = core.eighBanded(ab, n, width, { ...options, vectors: false });
  expect(full.convergence.converged && bare.convergence.converged, `${name}: converged`).toBe(true);
  const a = dense(matrix);
  const { residual, orthogonality } = ratios(a, n, full.values, full.vectors);
  expect(residual, `${name}: residual`).toBeLessThan(threshold(a));
  expect(orthogonality, `${name}: orthogonality`).toBeLessThan(THRESHOLD);
  expect(valuesRatio(full.values, bare.values), `${name}: with and without vectors`).toBeLessThan(
    threshold(a),
  );
  const { values } = core.eigh(a, n, { vectors: false });
  expect(valuesRatio(full.values, values), `${name}: dense`).toBeLessThan(2 * threshold(a));
}

/** Half-widths, and orders on both sides of those where the way changes: 5 width, a group of columns, divide and conquer. */
const SIZES: Record<number, number[]> = {
  0: [1, 2, 5, 41],
  1: [2, 3, 20, 41],
  2: [3, 9, 10, 11, 33, 34, 35, 65, 100],
  3: [4, 14, 15, 16, 50, 99],
  7: [8, 34, 35, 36, 75, 120],
  16: [17, 79, 80, 81, 150, 200],
};

describe.each(methodNames)('%s passes', (method) => {
  test.each(Object.keys(SIZES).map(Number))('for half-width %i', (width) => {
    for (const n of SIZES[width]) {
      check(`random, n = ${n}`, randomBand(n, width), { method });
      check(
        `graded, n = ${n}`,
        band(n, width, (r, j) => 10 ** ((-20 * (j + r / 2)) / n) / (r + 1)),
        { method },
      );
      // Differences of every order, whose least eigenvalues are small.
      check(
        `equal diagonals, n = ${n}`,
        band(n, width, (r) => (r === 0 ? 2 * width : -1)),
        { method },
      );
    }
  });

  test('for half-width n − 1', () => {
    for (const n of [1, 2, 3, 5, 20, 41, 60]) check(`n = ${n}`, randomBand(n, n - 1), { method });
  });

  test('near overflow and underflow, zero, and in blocks', () => {
    for (const [n, width] of [
      [30, 2],
      [45, 7],
      [45, 12],
    ]) {
      for (const scale of [1e300, 1e-300, 1e-310, 0]) {
        check(`${scale}, n = ${n}, width ${width}`, randomBand(n, width, scale), { method });
      }
      const { ab } = randomBand(n, width);
      check(
        `blocks, n = ${n}, width ${width}`,
        band(n, width, (r, j) => ((j + r) % 15 < r ? 0 : ab[r * n + j])),
        { method },
      );
      check(
        `subnormal beside ordinary ones, n = ${n}, width ${width}`,
        band(n, width, (r, j) => ab[r * n + j] * (r % 2 === 0 ? 1 : 1e-310)),
        { method },
      );
    }
  });
});

test('any band, each entry of any exponent', () => {
  const entry = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x / 32);
  const size = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.nat(13), fc.array(entry, { minLength: 3 }));
  fc.assert(
    fc.property(size, ([n, most, entries]) => {
      const width = Math.min(most, n - 1);
      const matrix = band(n, width, (r, j) => entries[(r * n + j) % entries.length]);
      const { values, vectors, convergence } = core.eighBanded(matrix.ab, n, width);
      expect(convergence.converged).toBe(true);
      const a = dense(matrix);
      const { residual, orthogonality } = ratios(a, n, values, vectors);
      expect(orthogonality).toBeLessThan(THRESHOLD);
      expect(residual).toBeLessThan(threshold(a));
    }),
    { numRuns: 500 },
  );
});

describe('every way of asking gives the same', () => {
  test('by upper diagonals, rows, with n and width left out', () => {
    for (const [n, width] of [
      [40, 0],
      [40, 1],
      [40, 3],
      [40, 20],
    ]) {
      const matrix = randomBand(n, width);
      const all = core.eighBanded(matrix.ab, n, width);
      expect(core.eighBanded(upper(matrix), n, width, { uplo: 'U' })).toEqual(all);
      const rows = Array.from({ length: width + 1 }, (_, r) => matrix.ab.subarray(r * n, (r + 1) * n));
      expect(core.eighBanded(rows)).toEqual(all);
      expect(core.eighBanded(rows.map((row) => Array.from(row)))).toEqual(all);
      expect(core.eighBanded(matrix.ab, n)).toEqual(all);
      expect(core.eighBanded(matrix.ab, undefined, width)).toEqual(all);
    }
    const single = Float32Array.of(1, 2, 0.1, 0);
    expect(core.eighBanded(single, 2, 1)).toEqual(core.eighBanded(Float64Array.from(single), 2, 1));
  });

  test('in ranges, in slices, and in emft/eigen', async () => {
    const small = await createEigenCore();
    const n = 70;
    for (const [width, method] of [...methodNames.map((name) => [3, name] as const), [16, 'dc'] as const]) {
      const { ab } = randomBand(n, width);
      const all = core.eighBanded(ab, n, width, { method });
      const bare = core.eighBanded(ab, n, width, { method, vectors: false });
      for (const vectors of rangeMethods.includes(method) ? [true, false] : []) {
        const whole = vectors ? all : bare;
        for (const [lo, hi] of [
          [0, 0],
          [3, 22],
          [n - 1, n - 1],
        ]) {
          const part = core.eighBanded(ab, n, width, { method, vectors, range: { index: [lo, hi] } });
          expect(part.values).toEqual(whole.values.slice(lo, hi + 1));
          if (vectors) expect(part.vectors).toEqual(all.vectors.slice(lo * n, (hi + 1) * n));
        }
        const value = [whole.values[9], whole.values[20]] as const;
        const middle = core.eighBanded(ab, n, width, { method, vectors, range: { value } });
        expect(middle.values).toEqual(whole.values.slice(10, 21));
        if (vectors) expect(middle.vectors).toEqual(all.vectors.slice(10 * n, 21 * n));
      }
      const progress: number[] = [];
      const onProgress = (x: number) => progress.push(x);
      expect(await core.eighBandedAsync(ab, n, width, { method, slice: 0, onProgress })).toEqual(all);
      expect(await core.eighBandedAsync(ab, n, width, { method, slice: 0, vectors: false })).toEqual(bare);
      expect(progress.length).toBeGreaterThan(10);
      expect(progress.every((x, k) => k === 0 || x >= progress[k - 1])).toBe(true);
      expect(small.eighBanded(ab, n, width, { method })).toEqual(all);
    }
    small.dispose();
  });

  test('on one, two and four threads', async () => {
    for (const [n, width] of [
      [400, 3],
      [400, 17],
      [200, 90],
    ]) {
      const { ab } = randomBand(n, width);
      const hashes = new Set<string>();
      for (const threads of [1, 2, 4]) {
        const team = await createCore({ threads });
        for (const method of rangeMethods) {
          const { values, vectors } = team.eighBanded(ab, n, width, { method });
          hashes.add(`${method} ${createHash('sha256').update(values).update(vectors).digest('hex')}`);
        }
        team.dispose();
      }
      expect(hashes.size).toBe(rangeMethods.length);
    }
  });

  test('an abort gives memory back and leaves the next call unharmed', async () => {
    const { ab, n, width } = randomBand(60, 4);
    const expected = core.eighBanded(ab, n, width);
    for (let k = 1; k < 12; ++k) {
      const abort = new AbortController();
      let calls = 0;
      const onProgress = () => {
        if (++calls === k) abort.abort(new Error('enough'));
      };
      const call = core.eighBandedAsync(ab, n, width, { slice: 0, onProgress, signal: abort.signal });
      await expect(call).rejects.toThrow('enough');
      expect(core.eighBanded(ab, n, width)).toEqual(expected);
    }
  });
});

test('memory is flat over many calls, and as much as eighBandedBytes says', () => {
  const { ab, n, width } = randomBand(300, 4);
  for (const method of methodNames) {
    for (const vectors of [true, false]) {
      const call = () => core.eighBanded(ab, n, width, { method, vectors });
      call();
      const before = core.memoryBytes;
      for (let k = 0; k < 5; ++k) call();
      expect(core.memoryBytes).toBe(before);
      expect(core.eighBandedBytes(n, width, { method, vectors })).toBeLessThan(before);
    }
  }
  // Three bands and some vectors; two and a half matrices.
  expect(core.eighBandedBytes(100_000, 5, { vectors: false })).toBeLessThan(8 * 100_000 * 30);
  expect(core.eighBandedBytes(4000, 10)).toBeLessThan(2.8 * 8 * 4000 ** 2);
  expect(core.eighBandedBytes(2 ** 26, 10)).toBeGreaterThan(2 ** 32);
});

test('what is wrong is named', () => {
  const f = (...x: number[]) => Float64Array.from(x);
  const cases: [unknown, unknown, unknown, object, string][] = [
    [f(1, 2, 3), 2, 1, {}, 'ab: expected (width + 1)*n = 4 elements, got 3'],
    [f(1, 2, 3, 4), 2, 2, {}, 'width: expected a whole number ≥ 0 and ≤ 1, got 2'],
    [f(1, 2, 3, 4), 2, -1, {}, 'width: expected a whole number ≥ 0, got -1'],
    [f(1, 2, 3, 4), 1.5, 1, {}, 'n: expected a whole number ≥ 0, got 1.5'],
    [f(1, 2, 3, 4), undefined, undefined, {}, 'n: expected the order, since ab is no list of rows'],
    [f(1, 2, 3), undefined, 1, {}, 'ab: expected a multiple of width + 1 = 2 elements, got 3'],
    [f(1, 2, 3), 2, undefined, {}, 'ab: expected a multiple of n = 2 elements, got 3'],
    [f(1, Number.NaN, 3, 4), 2, 1, {}, 'ab: entry (1, 1) is NaN, expected a finite number'],
    [f(1, 2, Number.NaN, 4), 2, 1, {}, 'ab: entry (1, 0) is NaN, expected a finite number'],
    [f(1, Number.NaN, 3, 4), 2, 1, { uplo: 'U' }, 'ab: entry (0, 1) is NaN, expected a finite number'],
    [[[1, 2], [3]], 2, 1, {}, 'ab[1]: has 1 elements, expected 2, as there are in the first'],
    [[[1, 2], 3], 2, 1, {}, 'ab[1]: expected a list of numbers, got 3'],
    [[[1, 2]], 2, 1, {}, 'ab: expected width + 1 = 2 rows of n = 2 elements, got 1 of 2'],
    [[[[1]]], 1, 0, {}, 'ab: expected numbers or rows of them, got more levels'],
    ['1', 1, 0, {}, 'ab: expected width + 1 rows of n numbers, got "1"'],
    [f(1), 1, 0, { lower: true }, 'options.lower: unknown option'],
    [f(1), 1, 0, { signal: null }, 'options.signal: unknown option'],
    [f(1), 1, 0, { uplo: 'X' }, "options.uplo: expected one of 'L', 'U', got \"X\""],
  ];
  for (const [ab, n, width, options, message] of cases) {
    expect(() => core.eighBanded(ab as Float64Array, n as number, width as number, options)).toThrow(message);
  }
  expect(core.eighBanded(f(), 0, 0).values).toHaveLength(0);
  expect(core.eighBanded([], 0).values).toHaveLength(0);
  // What lies outside of the matrix may be anything.
  expect(core.eighBanded(f(1, 2, 0.5, Number.NaN), 2, 1).convergence.converged).toBe(true);
});

// Tridiagonal matrices: the kinds that solvers fail on, every method, and that every way of asking gives the same bits.
import { type Core, createCore, type EighTridiagonalOptions } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { createEigenCore } from 'emft/eigen';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { valuesRatio } from '../../support/lapack/ratios.js';
import { families, random, ratios, type Tridiagonal } from '../../support/lapack/tridiagonal.js';

/** LAPACK's sizes, and both sides of those where divide and conquer begins and is taken. */
const SIZES = [0, 1, 2, 3, 5, 19, 20, 21, 39, 40, 41, 105];
const THRESHOLD = 10;

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** What is below 10, in units of rounding: values near the least double are rounded to multiples of it. */
function threshold({ d, e }: Tridiagonal): number {
  const size = Math.max(...d.map(Math.abs), ...e.map(Math.abs));
  return THRESHOLD * Math.max(1, size === 0 ? 0 : 2 ** -1074 / size / 2 ** -52);
}

function check(name: string, t: Tridiagonal, options: EighTridiagonalOptions): void {
  const full = core.eighTridiagonal(t.d, t.e, options);
  const bare = core.eighTridiagonal(t.d, t.e, { ...options, vectors: false });
  expect(full.convergence.converged && bare.convergence.converged, `${name}: converged`).toBe(true);
  const n = t.d.length;
  if (n === 0) return;
  // The ratios of support/lapack/tridiagonal.ts are in units of 2⁻⁵³, LAPACK's of 2⁻⁵².
  const { residual, orthogonality } = ratios(t, full.values, full.vectors);
  expect(residual / 2, `${name}: residual`).toBeLessThan(threshold(t));
  expect(orthogonality / 2, `${name}: orthogonality`).toBeLessThan(THRESHOLD);
  expect(valuesRatio(full.values, bare.values), `${name}: with and without vectors`).toBeLessThan(
    threshold(t),
  );
  for (const { values } of [full, bare])
    for (let k = 1; k < n; ++k) expect(values[k] >= values[k - 1], `${name}: ascending`).toBe(true);
}

describe.each(methodNames)('%s passes', (method) => {
  test.each(Object.keys(families))('%s', (family) => {
    for (const n of SIZES) check(`${family}, n = ${n}`, families[family](n), { method });
  });

  test('where entries are subnormal, all or beside ordinary ones', () => {
    for (const n of [2, 7, 45]) {
      check(`subnormal, n = ${n}`, random(n, 1e-310), { method });
      const { d, e } = random(n);
      check(`subnormal beside, n = ${n}`, { d, e: e.map((x, i) => (i % 3 === 0 ? x : 5e-324)) }, { method });
      check(`subnormal diagonal, n = ${n}`, { d: d.map((x) => x * 1e-312), e }, { method });
    }
  });

  test('whatever the exponents', () => {
    // An eighth of the doubles, so that eigenvalues stay within them.
    const entry = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x / 8);
    const entries = fc.array(entry, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(entries, entries, (d, more) => {
        const e = d.slice(1).map((_, i) => more[i % more.length]);
        const { values, vectors, convergence } = core.eighTridiagonal(d, e, { method });
        expect(convergence.converged).toBe(true);
        const { residual, orthogonality } = ratios({ d, e }, values, vectors);
        expect(orthogonality / 2).toBeLessThan(THRESHOLD);
        expect(residual / 2).toBeLessThan(threshold({ d, e }));
      }),
      { numRuns: 300 },
    );
  });
});

test('has the values that are known: 2 − 2 cos(πk/(n + 1)), and Clement’s whole numbers', () => {
  const n = 100;
  const second = core.eighTridiagonal(Array(n).fill(2), Array(n - 1).fill(-1)).values;
  for (let k = 0; k < n; ++k) {
    const exact = 4 * Math.sin((Math.PI * (k + 1)) / (2 * (n + 1))) ** 2;
    expect(Math.abs(second[k] - exact)).toBeLessThan(4e-15);
  }
  const { d, e } = families.Clement(n);
  const clement = core.eighTridiagonal(d, e, { vectors: false }).values;
  clement.forEach((x, k) => {
    expect(Math.abs(x - (2 * k + 1 - n))).toBeLessThan(1e-13);
  });
});

describe('every way of asking gives the same', () => {
  const { d, e } = families['glued Wilkinson, 1e-8'](63);
  const n = d.length;

  test('in ranges, by place and by value', () => {
    for (const method of rangeMethods) {
      for (const vectors of [true, false]) {
        const all = core.eighTridiagonal(d, e, { method, vectors });
        for (const [lo, hi] of [
          [0, 0],
          [7, 30],
          [n - 1, n - 1],
          [0, n - 1],
        ] as const) {
          const part = core.eighTridiagonal(d, e, { method, vectors, range: { index: [lo, hi] } });
          expect(part.values).toEqual(all.values.slice(lo, hi + 1));
          if (vectors) expect(part.vectors).toEqual(all.vectors.slice(lo * n, (hi + 1) * n));
        }
        const cuts = [Number.NEGATIVE_INFINITY, 0.5, all.values[20], 8, Number.POSITIVE_INFINITY];
        const parts = cuts
          .slice(1)
          .map((hi, i) => core.eighTridiagonal(d, e, { method, vectors, range: { value: [cuts[i], hi] } }));
        expect(parts.flatMap(({ values }) => Array.from(values))).toEqual(Array.from(all.values));
        expect(parts.flatMap((part) => Array.from(part.vectors))).toEqual(Array.from(all.vectors));
      }
    }
  });

  test('from plain arrays, Float32Arrays, in slices and in emft/eigen', async () => {
    const small = await createEigenCore();
    for (const method of methodNames) {
      const all = core.eighTridiagonal(Float64Array.from(d), Float64Array.from(e), { method });
      expect(core.eighTridiagonal(d, e, { method })).toEqual(all);
      expect(small.eighTridiagonal(d, e, { method })).toEqual(all);
      const progress: number[] = [];
      const onProgress = (x: number) => progress.push(x);
      const sliced = await core.eighTridiagonalAsync(d, e, { method, slice: 0, onProgress });
      expect(sliced).toEqual(all);
      expect(progress.length).toBeGreaterThan(5);
      expect(progress.every((x, k) => k === 0 || x >= progress[k - 1])).toBe(true);
    }
    small.dispose();
    const single = Float32Array.from(d);
    const doubles = core.eighTridiagonal(Float64Array.from(single), e);
    expect(core.eighTridiagonal(single, e)).toEqual(doubles);
  });

  test('on one, two and four threads', async () => {
    const t = random(500);
    const expected = core.eighTridiagonal(t.d, t.e);
    for (const threads of [2, 4]) {
      const team = await createCore({ threads });
      expect(team.eighTridiagonal(t.d, t.e).vectors).toEqual(expected.vectors);
      expect(team.eighTridiagonal(t.d, t.e, { method: 'qr' }).vectors).toEqual(
        core.eighTridiagonal(t.d, t.e, { method: 'qr' }).vectors,
      );
      team.dispose();
    }
  });

  test('as a band of half-width 1, checked against T', () => {
    const all = core.eighTridiagonal(d, e, { verify: true });
    expect(all.residual).toBeLessThan(THRESHOLD);
    expect(all.orthogonality).toBeLessThan(THRESHOLD);
    expect(core.eighBanded([d, [...e, Number.NaN]], n, 1, { verify: true })).toEqual(all);
    expect(core.eighBanded([[Number.NaN, ...e], d], n, 1, { uplo: 'U', verify: true })).toEqual(all);
  });
});

test('what is wrong is named', () => {
  const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
  const cases: [unknown, unknown, object, string][] = [
    [[1, 2], [1, 2], {}, 'e: expected 1 elements, got 2'],
    [[1, 2, 3], [1], {}, 'e: expected 2 elements, got 1'],
    [[1, Number.NaN], [1], {}, 'd: element 1 is NaN, expected a finite number'],
    [[1, 2], [Number.POSITIVE_INFINITY], {}, 'e: element 0 is Infinity, expected a finite number'],
    [[1, '2'], [1], {}, 'd[1]: expected a number, got "2"'],
    [[[1, 2]], [1], {}, 'd: expected the n numbers of the diagonal, got rows of them'],
    [undefined, [1], {}, 'd: expected the n numbers of the diagonal, got undefined'],
    [[1, 2], 7, {}, 'e: expected n - 1 numbers, got 7'],
    [[1, 2], [1], { uplo: 'L' }, 'options.uplo: unknown option; known are method, vectors, range, verify'],
    [
      [1, 2],
      [1],
      { method: 'mrrr' },
      `options.method: expected one of ${quoted(['auto', ...methodNames])}, got "mrrr"`,
    ],
    [
      [1, 2],
      [1],
      { method: 'jacobi', range: { index: [0, 0] } },
      `options.method: a range is computed by ${quoted(rangeMethods)}, or 'auto', not by 'jacobi'`,
    ],
    [
      [1, 2],
      [1],
      { range: { index: [0, 2] } },
      'options.range.index: expected whole numbers 0 ≤ first ≤ last < n = 2, got [0, 2]',
    ],
    [
      [1, 2],
      [1],
      { vectors: false, verify: true },
      'options.verify: needs vectors, and they are not computed',
    ],
  ];
  for (const [d, e, options, message] of cases) {
    expect(() => core.eighTridiagonal(d as number[], e as number[], options)).toThrow(message);
  }
  expect(core.eighTridiagonal([1, 2], [1]).values).toHaveLength(2);
  const order = 30_000;
  expect(() => core.eighTridiagonal(new Float64Array(order), new Float64Array(order - 1))).toThrow(/MiB/);
});

test('an eigenvalue beyond the doubles is infinite, and not converged', () => {
  const big = Number.MAX_VALUE;
  for (const method of methodNames) {
    const { values, convergence } = core.eighTridiagonal([big, big], [big], { method });
    expect(values[1]).toBe(Number.POSITIVE_INFINITY);
    expect(convergence.converged).toBe(false);
  }
});

test('values of ten thousand rows take no matrix', () => {
  const n = 10_000;
  const before = core.memoryBytes;
  const d = new Float64Array(n).fill(2);
  const { values } = core.eighTridiagonal(d, new Float64Array(n - 1).fill(-1), { vectors: false });
  expect(values[0]).toBeCloseTo(4 * Math.sin(Math.PI / (2 * (n + 1))) ** 2, 14);
  expect(core.memoryBytes - before).toBeLessThan(2 ** 22);
});

// Hermitian matrices: LAPACK's ratios (zdrvst; LAPACK passes below 60, here below 10), spectra that are known, and that every
// way of asking gives the same bits.
import { createHash } from 'node:crypto';
import { type Core, createCore, type EighComplexOptions } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { createEigenCore } from 'emft/eigen';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../fuzz/torture/random.js';
import { hermitian } from '../../fuzz/torture/roomHermitian.js';
import { definiteMatrix } from '../../support/lapack/generalized.js';
import { hermitianMatrix, hermitianRatios } from '../../support/lapack/hermitian.js';
import { TYPE_COUNT, ULP } from '../../support/lapack/matrices.js';
import { valuesRatio } from '../../support/lapack/ratios.js';
import { cosines, ring } from '../../support/rings.js';

/** LAPACK's own sizes, and both sides of the sizes where our code changes its way. */
const SIZES = [0, 1, 2, 3, 5, 19, 20, 21, 39, 40, 41, 47, 48, 49, 64, 65, 192, 193, 194];
const THRESHOLD = 10;

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

function check(name: string, a: Float64Array, n: number, options: EighComplexOptions = {}): Float64Array {
  const full = core.eighComplex(a, n, options);
  const bare = core.eighComplex(a, n, { ...options, vectors: false });
  expect(full.convergence.converged && bare.convergence.converged, `${name}: converged`).toBe(true);
  const { residual, orthogonality } = hermitianRatios(a, n, full.values, full.vectors);
  expect(residual, `${name}: residual`).toBeLessThan(THRESHOLD);
  expect(orthogonality, `${name}: orthogonality`).toBeLessThan(THRESHOLD);
  expect(valuesRatio(full.values, bare.values), `${name}: with and without vectors`).toBeLessThan(THRESHOLD);
  for (let k = 1; k < n; ++k) expect(full.values[k] >= full.values[k - 1], `${name}: ascending`).toBe(true);
  return full.values;
}

/** The largest difference. */
function apart(x: Float64Array, y: Float64Array): number {
  return Math.max(...x.map((value, k) => Math.abs(value - y[k])));
}

describe.each(methodNames)('%s passes', (method) => {
  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))('zdrvst type %i', (type) => {
    // Jacobi does the same at all orders, and large ones take it long: one type has them.
    for (const n of SIZES)
      if (n < 100 || rangeMethods.includes(method) || type === 13)
        check(`type ${type}, n = ${n}`, hermitianMatrix(core, type, n), n, { method });
  });

  test('on any matrix, each entry of any exponent', () => {
    const entry = fc.double({ noNaN: true, noDefaultInfinity: true });
    const matrix = fc
      .integer({ min: 1, max: 8 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(entry, { minLength: 2 * n * n, maxLength: 2 * n * n })),
      );
    fc.assert(
      fc.property(matrix, ([n, entries]) => {
        const a = new Float64Array(2 * n * n);
        for (let i = 0; i < n; ++i) {
          for (let j = 0; j <= i; ++j) {
            // An eighth, so that eigenvalues stay within the doubles.
            const [re, im] = [entries[2 * (i * n + j)] / 16, i === j ? 0 : entries[2 * (i * n + j) + 1] / 16];
            a[2 * (i * n + j)] = a[2 * (j * n + i)] = re;
            a[2 * (i * n + j) + 1] = im;
            a[2 * (j * n + i) + 1] = im === 0 ? 0 : -im;
          }
        }
        let size = 0;
        for (const x of a) size = Math.max(size, Math.abs(x));
        const { values, vectors, convergence } = core.eighComplex(a, n, { method });
        expect(convergence.converged).toBe(true);
        expect(hermitianRatios(a, n, values, vectors).orthogonality).toBeLessThan(THRESHOLD);
        // Below, values are rounded to multiples of the least double.
        if (size > 1e-290) expect(hermitianRatios(a, n, values, vectors).residual).toBeLessThan(THRESHOLD);
      }),
      { numRuns: 400 },
    );
  });

  test('gives a ring with a flux its cosines, also where they are degenerate', () => {
    for (const n of [3, 4, 7, 12, 50]) {
      for (const flux of [0, 0.3, Math.PI / 2, 2.5, Math.PI]) {
        const values = check(`ring of ${n}, flux ${flux}`, ring(n, flux), n, { method });
        // ‖A‖ = 2. Each of Jacobi's rotations rounds two diagonal elements.
        const bound = (method === 'jacobi' ? 8 : 4) * ULP * 2;
        expect(apart(values, cosines(n, flux)), `${n} sites, flux ${flux}`).toBeLessThanOrEqual(bound);
      }
    }
  });
});

test('Jacobi gives eigenvalues of a graded definite matrix relative to themselves', () => {
  const n = 30;
  const unit = definiteMatrix(core, n, 4, true);
  // D B D with D = 1, 2⁻¹⁰, …: eigenvalues over 580 powers of two.
  const graded = unit.map((x, p) => x * 2 ** (-10 * (Math.floor(p / (2 * n)) + ((p >> 1) % n))));
  const { values } = core.eighComplex(graded, n, { method: 'jacobi' });
  // The same with rows and columns in another order: other rotations.
  const turned = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j)
      for (const part of [0, 1])
        turned[2 * (i * n + j) + part] = graded[2 * ((n - 1 - i) * n + (n - 1 - j)) + part];
  const other = core.eighComplex(turned, n, { method: 'jacobi' }).values;
  expect(values[0]).toBeLessThan(2 ** -560);
  const apart = values.map((x, k) => Math.abs(other[k] / x - 1));
  expect(Math.max(...apart)).toBeLessThan(100 * ULP);
});

test('a real matrix has the values of eigh', () => {
  for (const n of [1, 2, 10, 40, 100, 200]) {
    const u = core.uniforms({ seed: 7, stream: n }, n * n);
    const real = new Float64Array(n * n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j <= i; ++j) real[i * n + j] = real[j * n + i] = 2 * u[i * n + j] - 1;
    const a = Float64Array.from({ length: 2 * n * n }, (_, k) => (k % 2 === 0 ? real[k >> 1] : 0));
    for (const vectors of [true, false]) {
      const expected = core.eigh(real, n, { vectors }).values;
      const size = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
      expect(apart(core.eighComplex(a, n, { vectors }).values, expected)).toBeLessThanOrEqual(4 * ULP * size);
    }
  }
});

describe('every way of asking gives the same', () => {
  const n = 50;
  let a: Float64Array;
  beforeAll(() => {
    a = hermitianMatrix(core, 13, n);
  });

  test('from either triangle, the other holding anything', () => {
    for (const uplo of ['L', 'U'] as const) {
      const other = a.slice();
      for (let i = 0; i < n; ++i)
        for (let j = 0; j < n; ++j)
          if (uplo === 'L' ? j > i : j < i) other.fill(Number.NaN, 2 * (i * n + j), 2 * (i * n + j) + 2);
      expect(core.eighComplex(other, n, { uplo })).toEqual(core.eighComplex(a, n));
    }
  });

  test('in ranges, slices, batches, with n left out, and in emft/eigen', async () => {
    for (const method of rangeMethods) {
      const all = core.eighComplex(a, n, { method });
      for (const [lo, hi] of [
        [0, 0],
        [3, 17],
        [n - 1, n - 1],
      ] as const) {
        const part = core.eighComplex(a, n, { method, range: { index: [lo, hi] } });
        expect(part.values).toEqual(all.values.slice(lo, hi + 1));
        expect(part.vectors).toEqual(all.vectors.slice(2 * lo * n, 2 * (hi + 1) * n));
      }
      const middle = core.eighComplex(a, n, { method, range: { value: [all.values[9], all.values[20]] } });
      expect(middle.vectors).toEqual(all.vectors.slice(20 * n, 42 * n));
      expect(core.eighComplex(a, n, { method, range: { value: [1e5, 1e6] } }).vectors).toHaveLength(0);
      const progress: number[] = [];
      const onProgress = (x: number) => progress.push(x);
      expect(await core.eighComplexAsync(a, n, { method, slice: 0, onProgress })).toEqual(all);
      expect(progress.length).toBeGreaterThan(10);
      expect(progress.every((x, k) => k === 0 || x >= progress[k - 1])).toBe(true);
      const b = hermitianMatrix(core, 13, n, 2);
      const batch = core.eighComplexBatch(Float64Array.from([...a, ...b]), n, 2, { method });
      const second = core.eighComplex(b, n, { method });
      expect(batch.values).toEqual(Float64Array.from([...all.values, ...second.values]));
      expect(batch.vectors).toEqual(Float64Array.from([...all.vectors, ...second.vectors]));
      expect(batch.convergence.failed).toEqual([]);
    }
    const all = core.eighComplex(a, n);
    expect(core.eighComplex(a)).toEqual(all);
    const small = await createEigenCore();
    expect(small.eighComplex(a)).toEqual(all);
    small.dispose();
  });

  test('a small matrix, which goes by itself, and in slices', async () => {
    for (const m of [2, 3, 8, 32, 33]) {
      const real = hermitianMatrix(core, 13, m).map((x, k) => (k % 2 === 0 ? x : 0));
      for (const small of [hermitianMatrix(core, 13, m), hermitianMatrix(core, 16, m), real]) {
        for (const method of ['auto', ...methodNames] as const)
          for (const options of [{ method }, { method, vectors: false }, { method, uplo: 'U' as const }])
            expect(core.eighComplex(small, m, options)).toEqual(
              await core.eighComplexAsync(small, m, { ...options, slice: 0 }),
            );
      }
    }
  });

  test('by Jacobi: triangles, slices and batches', async () => {
    const method = 'jacobi';
    const all = core.eighComplex(a, n, { method });
    expect(all.convergence.iterations).toBeGreaterThan(3);
    expect(core.eighComplex(a, n, { method, uplo: 'U' })).toEqual(all);
    expect(await core.eighComplexAsync(a, n, { method, slice: 0 })).toEqual(all);
    expect(core.eighComplexBatch(a, n, 1, { method }).vectors).toEqual(all.vectors);
  });

  test('on one, two and four threads', async () => {
    const large = 300;
    const matrix = hermitianMatrix(core, 13, large);
    const hashes = new Set<string>();
    for (const threads of [1, 2, 4]) {
      const team = await createCore({ threads });
      const { values, vectors } = team.eighComplex(matrix, large);
      hashes.add(createHash('sha256').update(values).update(vectors).digest('hex'));
      team.dispose();
    }
    expect(hashes.size).toBe(1);
  });

  test('an abort gives memory back and leaves the next call unharmed', async () => {
    const expected = core.eighComplex(a, n);
    for (let k = 1; k < 8; ++k) {
      const abort = new AbortController();
      let calls = 0;
      const onProgress = () => {
        if (++calls === k) abort.abort(new Error('enough'));
      };
      const call = core.eighComplexAsync(a, n, { slice: 0, onProgress, signal: abort.signal });
      await expect(call).rejects.toThrow('enough');
      expect(core.eighComplex(a, n)).toEqual(expected);
    }
  });
});

describe('refuses', () => {
  const good = [1, 0, 0, -1, 0, 1, 1, 0];
  const f64 = (...x: number[]) => new Float64Array(x);
  test.each([
    [
      'an imaginary part on the diagonal',
      () => core.eighComplex(f64(1, 0, 0, -1, 0, 1, 1, 0.5)),
      'entry (1, 1) is 1 + 0.5i',
    ],
    ['NaN', () => core.eighComplex(f64(1, 0, 0, -1, 0, Number.NaN, 1, 0)), 'entry (1, 0) is 0 + NaNi'],
    ['an odd length', () => core.eighComplex(f64(1, 0, 1), 1), 'expected 2*n*n = 2 elements, got 3'],
    ['a length of no matrix', () => core.eighComplex(f64(1, 0, 1)), 'elements of some whole n, got 3'],
    ['half of the numbers', () => core.eighComplex(f64(1, 0, 0, 1), 2), 'expected 2*n*n = 8 elements, got 4'],
    [
      'a range by Jacobi',
      () => core.eighComplex(f64(...good), 2, { method: 'jacobi', range: { index: [0, 0] } }),
      "not by 'jacobi'",
    ],
    ['an order that does not fit', () => core.eighComplex(f64(), 20000), 'WebAssembly memory holds'],
    [
      'a diagonal in a batch',
      () => core.eighComplexBatch(f64(...good, 1, 2, 0, -1, 0, 1, 1, 0), 2, 2),
      'entry (0, 0) of matrix 1 is 1 + 2i',
    ],
  ] as [string, () => unknown, string][])('%s', (_, call, message) => {
    expect(call).toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }),
    );
    expect(core.eighComplex(f64(...good), 2).values[1]).toBeCloseTo(2, 14);
  });
});

test('eigenvalues beyond the doubles are infinite and not converged', () => {
  const most = Number.MAX_VALUE;
  const { values, convergence } = core.eighComplex(new Float64Array([most, 0, 0, -most, 0, most, most, 0]));
  expect(values[1]).toBe(Number.POSITIVE_INFINITY);
  expect(convergence.converged).toBe(false);
});

test('imaginary parts that are zero had another sign from the upper triangle: by jacobi vectors have the same bits', () => {
  // As the torture found it: half of the parts are zero.
  const { a, n } = hermitian.draw(new Random(7, 10));
  const bits = (uplo: 'L' | 'U') =>
    new BigUint64Array(core.eighComplex(a, n, { method: 'jacobi', uplo }).vectors.buffer);
  expect(a.filter((x) => x === 0).length).toBeGreaterThan(n * n);
  expect(bits('U')).toEqual(bits('L'));
});

test('memory stays where it was over thousands of calls, of bands too, and of those that are refused', () => {
  const n = 20;
  const a = hermitianMatrix(core, 13, n);
  const spoilt = a.with(1, 1);
  const band = core.goe(n, { seed: 6 }).subarray(0, 4 * n);
  const call = () => {
    for (const method of ['dc', 'jacobi'] as const) core.eighComplex(a, n, { method });
    core.eighBanded(band, n, 3);
    core.eighTridiagonal(band.subarray(0, n), band.subarray(n, 2 * n - 1), { vectors: false });
    expect(() => core.eighComplex(spoilt, n)).toThrow('entry (0, 0)');
    expect(() => core.eighBanded(band, n, 4)).toThrow('elements, got 80');
  };
  call();
  const before = core.memoryBytes;
  for (let k = 0; k < 1000; ++k) call();
  expect(core.memoryBytes).toBe(before);
});

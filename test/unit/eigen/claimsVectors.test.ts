// What the public comments say about eigenpairs: vectors of norm 1, values ascending, arguments as they were, one
// triangle read, signs that are the same each time; whatever the scale of the matrix, down to subnormal numbers.
import { type Core, createCore, type Eigh } from 'emft';
import { METHODS, methodNames } from 'emft/check';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driverMatrix, TYPE_COUNT, ULP } from '../../support/lapack/matrices.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** Of norm 1 to a few units in the last place, and a few more for long ones. */
function expectUnit({ values, vectors }: Pick<Eigh, 'values' | 'vectors'>, n: number, about: string): void {
  for (let k = 0; k < values.length; ++k) {
    let square = 0;
    for (let i = 0; i < n; ++i) square += vectors[k * n + i] ** 2;
    const error = Math.abs(Math.sqrt(square) - 1) / ULP;
    expect(error, `${about}: vector ${k}`).toBeLessThan(8 + 0.5 * n);
    if (k > 0) expect(values[k], `${about}: value ${k}`).toBeGreaterThanOrEqual(values[k - 1]);
  }
}

async function expectClaims(a: Float64Array, n: number, about: string): Promise<void> {
  const before = a.slice();
  // Nothing of the other triangle is looked at.
  const half = a.map((x, k) => (k % n > Math.floor(k / n) ? Number.NaN : x));
  for (const method of methodNames) {
    const name = `${about}, ${method}`;
    const result = core.eigh(a, n, { method });
    expect(result.convergence.converged, name).toBe(true);
    expect(result.values.length, name).toBe(n);
    expectUnit(result, n, name);
    expect(core.eigh(half, n, { method, uplo: 'L' }), name).toEqual(result);
    expect(core.eigh(a, n, { method }), name).toEqual(result);
    expect(core.eighBatch(a, n, 1, { method }).vectors, name).toEqual(result.vectors);
    expect(await core.eighAsync(a, n, { method }), name).toEqual(result);
    if (!METHODS[method].ranges || n === 0) continue;
    const part = core.eigh(a, n, { method, range: { index: [0, n - 1 - Math.floor(n / 2)] } });
    expectUnit(part, n, `${name}, a part`);
    expect(part.vectors, name).toEqual(result.vectors.slice(0, part.vectors.length));
  }
  expect(a).toEqual(before);
}

describe('eigenvectors have norm 1, values ascend, the matrix stays as it is, one triangle is read', () => {
  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))('ddrvst type %i', async (type) => {
    for (const n of [0, 1, 2, 3, 20, 41, 70])
      await expectClaims(driverMatrix(core, type, n), n, `order ${n}`);
  });

  test.each([
    ['subnormal', [5e-324, 0, 5e-324, 5e-324, 1e-323, 0, 2e-323]],
    ['one beside subnormal', [1, 5e-324, 5e-324, 2, 0, 3, 1e-310]],
    ['huge beside subnormal', [1e300, 5e-324, 1e-160, 1e-300, 1, 0, 1e150]],
    ['zero', [0]],
  ])('%s elements', async (_, elements) => {
    for (const n of [1, 2, 3, 7, 45]) {
      const a = new Float64Array(n * n);
      for (let i = 0, k = 0; i < n; ++i) {
        for (let j = 0; j <= i; ++j, ++k)
          a[i * n + j] = a[j * n + i] = elements[(k * k + i) % elements.length];
      }
      await expectClaims(a, n, `order ${n}`);
    }
  });

  test('elements of any exponent', async () => {
    const element = fc
      .tuple(fc.integer({ min: -1074, max: 1000 }), fc.double({ min: -1, max: 1, noNaN: true }))
      .map(([exponent, x]) => 2 ** Math.max(-1000, exponent) * x * 2 ** Math.min(0, exponent + 1000));
    const matrix = fc.integer({ min: 1, max: 9 }).chain((n) =>
      fc.array(element, { minLength: (n * (n + 1)) / 2, maxLength: (n * (n + 1)) / 2 }).map((lower) => {
        const a = new Float64Array(n * n);
        let k = 0;
        for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = lower[k++];
        return { n, a };
      }),
    );
    await fc.assert(
      fc.asyncProperty(matrix, ({ n, a }) => expectClaims(a, n, `order ${n}`)),
      { numRuns: 300, seed: 5 },
    );
  });
});

test('eigenstates of the grain have norm 1 by both methods', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 2 });
  const dense = core.diagonalizeGrain({ ...model, vectors: true });
  const filtered = core.diagonalizeGrain({
    ...model,
    vectors: true,
    method: 'filtered',
    window: { energy: 0, count: 12 },
  });
  for (const { eigenvalues, vectors } of [dense, filtered]) {
    expectUnit({ values: eigenvalues, vectors: vectors! }, 256, 'grain');
  }
});

test('an eigenvalue beyond the range of doubles is Infinity and not converged', () => {
  const a = new Float64Array(4).fill(1.7e308);
  for (const method of methodNames) {
    const { values, convergence } = core.eigh(a, 2, { method });
    expect(values[1], method).toBe(Number.POSITIVE_INFINITY);
    expect(convergence.converged, method).toBe(false);
  }
});

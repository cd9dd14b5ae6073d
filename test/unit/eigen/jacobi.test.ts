// Where Jacobi wins: small eigenvalues of graded positive definite matrices, accurate relative to themselves.
import { readFileSync } from 'node:fs';
import { createCore } from 'emft';
import { methodNames } from 'emft/check';
import { describe, expect, test } from 'vitest';

const cases = JSON.parse(readFileSync(new URL('../../fixtures/graded.json', import.meta.url), 'utf8')) as {
  n: number;
  a: number[];
  values: number[];
}[];
const core = await createCore();
const worst = (values: ArrayLike<number>, exact: number[]) =>
  Math.max(...exact.map((x, i) => Math.abs(values[i] - x) / x));

describe.each(cases)('graded positive definite, n = $n', ({ n, a, values }) => {
  test('Jacobi finds every eigenvalue to nearly full relative accuracy', () => {
    for (const vectors of [true, false]) {
      const result = core.eigh(Float64Array.from(a), n, { method: 'jacobi', vectors });
      expect(result.convergence.converged).toBe(true);
      expect(worst(result.values, values)).toBeLessThan(1e-14);
    }
  });

  test('methods that go through the tridiagonal form lose the smallest ones', () => {
    for (const method of ['qr', 'dc'] as const) {
      const result = core.eigh(Float64Array.from(a), n, { method });
      const norm = values[n - 1];
      result.values.forEach((x, i) => {
        expect(Math.abs(x - values[i])).toBeLessThan(1e-14 * norm);
      });
      if (n === 40) expect(worst(result.values, values)).toBeGreaterThan(1e-3);
    }
  });
});

test('a matrix of order 1 is its own eigenvalue, exactly', () => {
  for (const x of [3, -0.1, 1e-310, 1e308]) {
    for (const method of methodNames) {
      const { values, vectors } = core.eigh(Float64Array.of(x), 1, { method });
      expect([values[0], vectors[0]]).toEqual([x, 1]);
    }
  }
});

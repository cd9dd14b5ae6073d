// Blocks of reflectors that are all 1, whose products are not made: of matrices that are tridiagonal, or are at one end.
import { type Core, createCore } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const N = 150;
const tridiagonal = (i: number, j: number) => {
  if (i === j) return Math.sin(3 * i);
  return Math.abs(i - j) === 1 ? Math.cos(i + j) : 0;
};
/** A dense block over the indices that `inside` takes, tridiagonal elsewhere. */
const dense = (inside: (k: number) => boolean) => (i: number, j: number) =>
  inside(i) && inside(j) ? Math.sin((i + 1) * (j + 1)) : tridiagonal(i, j);

const shapes: [string, (i: number, j: number) => number][] = [
  ['diagonal', (i, j) => (i === j ? Math.sin(3 * i) : 0)],
  ['tridiagonal', tridiagonal],
  ['dense at its beginning', dense((k) => k < 60)],
  ['dense in the middle', dense((k) => k >= 50 && k < 100)],
  ['dense at its end', dense((k) => k >= 90)],
];

describe.each(shapes)('a matrix that is %s', (_, entry) => {
  const a = Float64Array.from({ length: N * N }, (_, k) => entry(k % N, Math.floor(k / N)));

  test('is decomposed as one that is not', () => {
    const { values, vectors, convergence } = core.eigh(a, N, { method: 'dc', verify: true });
    expect(convergence.converged).toBe(true);
    const { residual, orthogonality } = decompositionRatios(a, N, values, vectors);
    expect(residual).toBeLessThan(10);
    expect(orthogonality).toBeLessThan(10);
    const jacobi = core.eigh(a, N, { method: 'jacobi' });
    for (let k = 0; k < N; ++k) expect(Math.abs(values[k] - jacobi.values[k])).toBeLessThan(1e-13);
  });

  test('as a Hermitian one too, turned by phases', () => {
    const h = new Float64Array(2 * N * N);
    for (let j = 0; j < N; ++j) {
      for (let i = 0; i < N; ++i) {
        h[2 * (i + j * N)] = a[i + j * N] * Math.cos(i - j);
        h[2 * (i + j * N) + 1] = a[i + j * N] * Math.sin(i - j);
      }
    }
    const { values, convergence } = core.eighComplex(h, N);
    expect(convergence.converged).toBe(true);
    const real = core.eigh(a, N);
    for (let k = 0; k < N; ++k) expect(Math.abs(values[k] - real.values[k])).toBeLessThan(1e-13);
  });
});

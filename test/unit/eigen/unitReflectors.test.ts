// Blocks of reflectors that are all 1, whose products are not made: of matrices that are tridiagonal, or are at one end. The hashes are of the
// build before, which made them all; signs of zeros, too, are what they were.
import { createHash } from 'node:crypto';
import { type Core, createCore } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const N = 150;
// Numbers that are the same doubles everywhere.
const tridiagonal = (i: number, j: number) => {
  if (i === j) return (((7 * i) % 11) - 5) / 4;
  return Math.abs(i - j) === 1 ? (((i + j) % 7) + 1) / 8 : 0;
};
/** A dense block over the indices that `inside` takes, tridiagonal elsewhere. */
const dense = (inside: (k: number) => boolean) => (i: number, j: number) =>
  inside(i) && inside(j) ? (((13 * i * j + 5 * (i + j)) % 31) - 15) / 16 : tridiagonal(i, j);

const shapes: [string, (i: number, j: number) => number, string, string][] = [
  ['diagonal', (i, j) => (i === j ? tridiagonal(i, i) : 0), '4f8abd06ad00a329', 'cd9cc88c4bb2b9e5'],
  ['tridiagonal', tridiagonal, 'b48734e58500d33a', '1772bd26623ab7d5'],
  ['dense at its beginning', dense((k) => k < 60), 'd767cd4c29285d39', '06a0213ea6ee8449'],
  ['dense in the middle', dense((k) => k >= 50 && k < 100), 'c4397b601712b345', '93b1b4b92912f459'],
  ['dense at its end', dense((k) => k >= 90), 'c5a35d1973db986c', 'e0588d9853e4b075'],
];

const hash = ({ values, vectors }: { values: Float64Array; vectors: Float64Array }) =>
  createHash('sha256').update(values).update(vectors).digest('hex').slice(0, 16);

describe.each(shapes)('a matrix that is %s', (_, entry, wanted, wantedHermitian) => {
  const a = Float64Array.from({ length: N * N }, (_, k) => entry(k % N, Math.floor(k / N)));

  test('is decomposed as one that is not', () => {
    const given = core.eigh(a, N, { method: 'dc', verify: true });
    const { values, vectors, convergence } = given;
    expect(hash(given)).toBe(wanted);
    expect(convergence.converged).toBe(true);
    const { residual, orthogonality } = decompositionRatios(a, N, values, vectors);
    expect(residual).toBeLessThan(10);
    expect(orthogonality).toBeLessThan(10);
    const jacobi = core.eigh(a, N, { method: 'jacobi' });
    for (let k = 0; k < N; ++k) expect(Math.abs(values[k] - jacobi.values[k])).toBeLessThan(1e-12);
  });

  test('as a Hermitian one too, turned by phases', () => {
    const h = new Float64Array(2 * N * N);
    // Times i^(i − j): exact.
    for (let j = 0; j < N; ++j) {
      for (let i = 0; i < N; ++i) {
        const quarter = (i - j) & 3;
        h[2 * (i + j * N) + (quarter & 1)] = quarter < 2 ? a[i + j * N] : -a[i + j * N];
      }
    }
    const given = core.eighComplex(h, N);
    const { values, convergence } = given;
    expect(hash(given)).toBe(wantedHermitian);
    expect(convergence.converged).toBe(true);
    const real = core.eigh(a, N);
    for (let k = 0; k < N; ++k) expect(Math.abs(values[k] - real.values[k])).toBeLessThan(1e-12);
  });
});

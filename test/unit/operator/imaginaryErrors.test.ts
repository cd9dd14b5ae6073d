// In imaginary time the stated errors had nothing of the rounding of energies, which of an operator far from 0 was all of the error.
import { createCore } from 'emft';
import { expect, test } from 'vitest';

const core = await createCore();
const n = 40;
const unit = (x: Float64Array) => {
  const length = Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  return x.map((v) => v / length);
};
const psi = unit(new Float64Array(n).fill(1));

/** A tridiagonal matrix with its levels moved by `shift`, exactly the same but for that. */
function moved(shift: number) {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    // Of few bits, so that sums are exact.
    matrix[i * (n + 1)] = Math.round(64 * Math.sin(i)) / 64 + shift;
    if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = 0.5;
  }
  return core.operator({ n, matrix });
}

test.each([
  ['chebyshev', 0],
  ['chebyshev', 1e5],
  ['chebyshev', 1e8],
  ['chebyshev', -1e8],
  ['krylov', 0],
  ['krylov', 1e5],
  ['krylov', 1e8],
  ['exact', 0],
  ['exact', 1e5],
  ['exact', 1e8],
] as const)('%s, moved by %d', (method, shift) => {
  const times = [0.3, 1, 4];
  const wanted = core.evolveExact(moved(0), psi, times, { imaginary: true }).states;
  const { states, errors } =
    method === 'exact'
      ? core.evolveExact(moved(shift), psi, times, { imaginary: true })
      : core.evolve(moved(shift), psi, times, { imaginary: true, method });
  times.forEach((_, k) => {
    const [a, b] = [states, wanted].map((all) => unit(all.slice(n * k, n * (k + 1))));
    const apart = Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0));
    expect(apart).toBeLessThanOrEqual(errors[k] + 1e-14);
    if (shift === 0) expect(errors[k]).toBeLessThan(1e-11);
  });
});

// From n = 2048 on, eigenvalues alone come from two reductions, dense to band to tridiagonal: another path to the same
// numbers.
import { createCore } from 'emft';
import { expect, test } from 'vitest';

test('eigenvalues alone at n = 2048 agree with a known spectrum, and a range with all', async () => {
  const core = await createCore({ threads: 2 });
  const n = 2048;
  // H D H with one reflection H = 1 − 2 v vᵀ, v = 1/√n: the eigenvalues are those of D.
  const d = core.uniforms({ seed: 4 }, n).sort();
  const mean = d.reduce((sum, x) => sum + x, 0) / n;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      a[i * n + j] = (i === j ? d[i] : 0) - (2 / n) * (d[i] + d[j]) + (4 / n) * mean;
    }
  }
  const { values, convergence } = core.eigh(a, n, { vectors: false });
  expect(convergence.converged).toBe(true);
  for (let k = 0; k < n; ++k) expect(Math.abs(values[k] - d[k])).toBeLessThan(50 * 2 ** -52);
  const range = core.eigh(a, n, { vectors: false, range: { index: [100, 120] } });
  expect(range.values).toEqual(values.slice(100, 121));
  core.dispose();
});

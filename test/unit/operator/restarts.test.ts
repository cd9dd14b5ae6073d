// Spaces that are restarted many times stay orthogonal. The vector behind the kept Ritz vectors was taken to be orthogonal to
// them when it was only nearly so: its overlaps grew with every restart, until products overflowed.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orthogonality, residual } from '../../support/eigshChecks.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** A path of n sites, whose lowest levels crowd: −2 cos(π j/(n + 1)). */
const path = (n: number) =>
  core.operator({
    n,
    multiply(x, y) {
      for (let i = 0; i < n; ++i) y[i] = -(x[i - 1] ?? 0) - (x[i + 1] ?? 0);
    },
  });

test.each([
  [1000, 2, 'lowest'],
  [1000, 20, 'highest'],
  [1500, 4, 'lowest'],
] as const)('a path of %i sites, %i levels', (n, k, which) => {
  const operator = path(n);
  const found = core.eigsh(operator, { k, which, method: 'lanczos' });
  expect(found.converged).toBe(true);
  expect(found.report.restarts).toBeGreaterThan(4);
  expect(residual(found, operator)).toBeLessThan(4e-12);
  expect(orthogonality(found, operator)).toBeLessThan(1e-13);
  for (let j = 0; j < k; ++j) {
    const place = which === 'lowest' ? j + 1 : n - k + j + 1;
    expect(Math.abs(found.values[j] + 2 * Math.cos((Math.PI * place) / (n + 1)))).toBeLessThan(1e-14);
  }
});

// Spaces that are restarted many times stay orthogonal. The vector behind the kept Ritz vectors was taken to be orthogonal to
// them when it was only nearly so: its overlaps grew with every restart, until products overflowed. Beside locked vectors the same
// came of their residuals, where a loose tolerance let them be large, and of the imaginary parts of overlaps.
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

/** A torus of 32 × 32 sites, whose levels have up to eight copies. */
function torus(side: number) {
  const at = (i: number, j: number) => ((i + side) % side) * side + ((j + side) % side);
  const levels = Array.from({ length: side * side }, (_, k) => {
    const wave = (q: number) => -2 * Math.cos((2 * Math.PI * q) / side);
    return wave(k % side) + wave(Math.floor(k / side));
  });
  const operator = core.operator({
    n: side * side,
    multiply(x, y) {
      for (let i = 0; i < side; ++i) {
        for (let j = 0; j < side; ++j) {
          y[at(i, j)] = -x[at(i - 1, j)] - x[at(i + 1, j)] - x[at(i, j - 1)] - x[at(i, j + 1)];
        }
      }
    },
  });
  return { operator, levels: levels.sort((a, b) => a - b) };
}

test.each([0.1, 1e-2, 1e-3, 1e-4, 1e-6])(
  'a torus with tolerance %f overflowed, or missed copies',
  (tolerance) => {
    const { operator, levels } = torus(32);
    for (const k of [1, 6, 17]) {
      const found = core.eigsh(operator, { k, tolerance, method: 'lanczos' });
      expect(found.converged).toBe(true);
      expect(orthogonality(found, operator)).toBeLessThan(1e-13);
      for (let j = 0; j < k; ++j) expect(Math.abs(found.values[j] - levels[j])).toBeLessThan(4 * tolerance);
    }
  },
);

test('copies of a complex block lost their orthogonality where a space ends', () => {
  const [block, copies] = [24, 4];
  for (let seed = 0; seed < 12; ++seed) {
    const parts = core.normals({ seed }, 2 * block * block);
    const n = block * copies;
    const matrix = new Float64Array(2 * n * n);
    for (let i = 0; i < block; ++i) {
      for (let j = 0; j <= i; ++j) {
        const [re, im] = [parts[2 * (i * block + j)], i === j ? 0 : parts[2 * (i * block + j) + 1]];
        for (let c = 0; c < n; c += block) {
          matrix.set([re, im], 2 * ((c + i) * n + c + j));
          matrix.set([re, -im], 2 * ((c + j) * n + c + i));
        }
      }
    }
    const { values } = core.eighComplex(matrix, n, { vectors: false });
    const operator = core.operator({ n, matrix, complex: true });
    const norm = Math.max(...values.map(Math.abs));
    for (const k of [4, 9]) {
      const found = core.eigsh(operator, { k, tolerance: 1e-8, method: 'lanczos' });
      expect(found.converged).toBe(true);
      expect(residual(found, operator)).toBeLessThan(4e-8 * norm);
      for (let j = 0; j < k; ++j) expect(Math.abs(found.values[j] - values[j])).toBeLessThan(1e-12 * norm);
    }
  }
});

test('with fewer products than levels it says that it has none', () => {
  const found = core.eigsh(path(900), { k: 6, maxProducts: 3, method: 'lanczos' });
  expect(found.converged).toBe(false);
});

// Eigenpairs inside a spectrum where levels have more copies than a block has columns: the dense solver takes over, or copies are
// found one by one.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { checkInterval, checkNear } from '../../support/eigshChecks.js';
import {
  ascending,
  box,
  boxLevels,
  diagonal,
  hypercube,
  hypercubeLevels,
  torus,
  torusLevels,
} from '../../support/graphs.js';

const core = await createCore();

describe('operators of few levels, too large for a dense solver, ended unconverged or after minutes', () => {
  test('a hypercube of 2¹⁴ corners: near an energy, cut, and an interval with 91 copies', () => {
    const [operator, levels] = [hypercube(core, 14), hypercubeLevels(14)];
    checkNear(core, operator, levels, -13.9, 6, 'auto');
    checkNear(core, operator, levels, -13.9, 15, 'auto');
    checkNear(core, operator, levels, 1, 5, 'filtered');
    const { cut, report } = checkNear(core, operator, levels, -8, 40, 'auto');
    expect(cut).toBe(true);
    expect(report.subspace).toBe(15);
    checkInterval(core, operator, levels, [-10.5, -8.5], 'auto');
  });

  test('the identity, and a complex projection', () => {
    const ones = new Array(20_000).fill(1);
    checkNear(core, diagonal(core, ones), ones, 0.3, 7, 'auto');
    checkInterval(core, diagonal(core, ones), ones, [1.5, 2], 'auto');
    const n = 10_000;
    // Blocks [[0, i], [−i, 0]]: levels ±1.
    const pairs = core.csr({
      n,
      complex: true,
      indptr: Array.from({ length: n + 1 }, (_, i) => i),
      indices: Array.from({ length: n }, (_, i) => i ^ 1),
      data: Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? 0 : k % 4 === 1 ? 1 : -1)),
    });
    const levels = Array.from({ length: n }, (_, k) => (k < n / 2 ? -1 : 1));
    checkNear(core, pairs, levels, 0.2, 8, 'auto');
  });
});

describe('levels with more copies than a block has columns, asked for without a method', () => {
  // A search that had given up on them counted as one that had made every product, and nothing else was tried.
  test.each([30, 32, 33])('the torus of %i² ended with NaN after "1000000 products"', (m) => {
    const { report } = checkNear(core, torus(core, m), torusLevels(m), 0.5, 20, 'auto');
    expect(report.method).toBe('dense');
    expect(Number.isInteger(report.products)).toBe(true);
    expect(report.products).toBeGreaterThan(m * m);
    // Those of the search, and one a column.
    expect(report.products).toBeLessThan(100_000);
  });

  test('a diagonal of 100 levels, 6 copies each, ended with NaN; 8 and 10 copies left intervals empty', () => {
    const spread = (count: number, copies: number) =>
      ascending(Array.from({ length: count * copies }, (_, i) => Math.sin(1 + (i % count))));
    const six = spread(100, 6);
    checkNear(core, diagonal(core, six), six, 0.1, 6, 'auto');
    for (const [count, copies] of [
      [150, 8],
      [200, 10],
    ]) {
      const levels = spread(count, copies);
      const { values } = checkInterval(core, diagonal(core, levels), levels, [0.1, 0.16], 'auto');
      expect(values.length).toBeGreaterThan(copies);
    }
  });

  test('products after the dense solver took over were a fraction: those that would have been worth it', () => {
    const levels = boxLevels(10);
    const { report } = checkNear(core, box(core, 10), levels, 5.1, 12, 'auto');
    expect(report.method).toBe('dense');
    expect(Number.isInteger(report.products)).toBe(true);
    expect(report.products).toBeLessThan(100_000);
  });
});

test('an operator that changed had no states for an answer, which counted as converged', () => {
  const n = 1000;
  let calls = 0;
  const changing = core.operator({
    n,
    multiply(x, y) {
      // The levels that are seen first, and in the four products that show what it writes and that it is linear, are none of those after.
      const levels = ++calls < 8 ? [0, 1] : [0.3, 0.7];
      for (let i = 0; i < n; ++i) y[i] = levels[i % 2] * x[i];
    },
  });
  const found = core.eigsh(changing, { k: 3, which: { near: 1 }, method: 'filtered', maxProducts: 20_000 });
  expect(found.values.length).toBe(3);
  expect(found.residuals.length).toBe(3);
  for (const x of found.converged ? found.values : []) expect(x).toBeCloseTo(0.7, 12);
});

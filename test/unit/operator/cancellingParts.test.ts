// Sums whose parts are more than 10⁸ times as large as the sum were refused as not Hermitian: their rounding was taken for it.
import { createCore, type EigshOptions } from 'emft';
import { expect, test } from 'vitest';

const core = await createCore();
const sites = 10;

const fields = () =>
  core.spins({
    sites,
    terms: Array.from({ length: sites }, (_, i) => ({ op: 'x', sites: [i], coefficient: Math.cos(i + 0.3) })),
  });
const chain = core.spins({
  sites,
  terms: ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites - 1 }, (_, i) => ({ op, sites: [i, i + 1], coefficient: 1 + i / 7 })),
  ),
});
const within = (size: number) => fields().scaled(size).plus(chain).plus(fields().scaled(-size));

const asked: [string, EigshOptions][] = [
  ['the end by Lanczos', { k: 3, method: 'lanczos', maxProducts: 2000 }],
  ['near an energy', { k: 3, which: { near: 0.3 }, method: 'filtered', maxProducts: 4000 }],
  ['an interval', { which: { interval: [-0.01, 0.01] }, method: 'filtered', maxProducts: 4000 }],
];

test.each(asked)('eigsh refused parts of 10¹⁰ and 10¹² that cancel: %s', (_, options) => {
  for (const size of [1e10, 1e12]) {
    const { values, residuals, converged } = core.eigsh(within(size), options);
    // What is said to have converged is right; what rounding leaves unknown is not said to have.
    const allowed = 1e-11 * core.eigsh(chain, { k: 1 }).values[0] * -1;
    if (converged) expect(Math.max(0, ...residuals)).toBeLessThan(allowed);
    expect(values.every(Number.isFinite)).toBe(true);
  }
});

test.each([1e10, 1e12])('by itself it decomposes a sum with parts of %f whole', (size) => {
  const { values, converged } = core.eigsh(within(size), { k: 3 });
  expect(converged).toBe(true);
  const exact = core.eigsh(chain, { k: 3, method: 'dense' }).values;
  expect(Math.max(...values.map((x, i) => Math.abs(x - exact[i])))).toBeLessThan(1e-12 * Math.abs(exact[0]));
});

test('typicality refused them', () => {
  const sampled = { betas: [1], samples: 4 };
  const [logZ] = core.typicality(within(1e10), sampled).logZ;
  expect(Math.abs(logZ - core.typicality(chain, sampled).logZ[0])).toBeLessThan(1e-6);
});

test('entries that round by parts of 10¹² are no fault of the matrix', () => {
  const n = 40;
  const angle = (i: number, j: number) => Math.sin(1 + Math.min(i, j) * 7 + Math.max(i, j) * 3);
  const matrix = (of: (i: number, j: number) => number) =>
    core.operator({
      n,
      matrix: Float64Array.from({ length: n * n }, (_, k) => of(Math.floor(k / n), k % n)),
    });
  const multiply = (x: Float64Array, y: Float64Array) => {
    for (let i = 0; i < n; ++i) {
      // The order in which rows are added up is not the same for all: rounding differs between the triangles.
      for (let k = 0; k < n; ++k) {
        const j = i % 2 ? k : n - 1 - k;
        y[i] += (angle(i, j) + 1e-12 * (i < j ? 0.3 : 0)) * x[j];
      }
    }
  };
  const sum = core
    .operator({ n, multiply })
    .scaled(1e12)
    .plus(matrix((i, j) => (i === j ? i : 0)))
    .plus(matrix(angle).scaled(-1e12));
  expect(core.eigsh(sum, { k: 1, method: 'dense' }).values[0]).toBeGreaterThan(-20);
});

test('what is nothing but rounding is said to be', () => {
  const options = { which: { interval: [-0.01, 0.01] }, method: 'filtered', maxProducts: 4000 } as const;
  expect(() => core.eigsh(within(1e17), options)).toThrow(
    /^operator: is what is left of parts some \d+e\+\d+ times as large/,
  );
});

test('an operator that is not Hermitian is refused as before, in a sum whose parts do not cancel too', () => {
  const n = 30;
  const multiply = (x: Float64Array, y: Float64Array) => {
    for (let i = 0; i < n; ++i) y[i] = i * x[i] + (x[i + 1] ?? 0) - 0.9 * (x[i - 1] ?? 0);
  };
  const h = core.operator({ n, multiply });
  for (const of of [h, h.plus(h.shifted(3)).shifted(-3)])
    expect(() => core.eigsh(of, { k: 2, method: 'lanczos' })).toThrow(/is not Hermitian/);
});

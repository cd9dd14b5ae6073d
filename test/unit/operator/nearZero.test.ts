// Regression: levels that are all near 0 say nothing of the size of H. By them the copies of a lowest level 0 were not seen to be left out,
// and a count of two states in the middle of a spectrum counted half of it. And what else was found by trying: sums of thousands of
// matrices, and functions that are not Hermitian.
import { createCore, InputError } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';
import { matrix, type Row } from '../../support/graphs.js';

const core = await createCore();
afterAll(() => core.dispose());

/** Laplacians of paths whose bonds all have another weight: each has the level 0, which rounds to another number. */
function paths(...lengths: number[]) {
  const rows: Row[] = [];
  for (const length of lengths) {
    const from = rows.length;
    const weight = (i: number) => 1 + 0.3 * Math.sin(3 * i + length);
    for (let i = 0; i < length; ++i) {
      const [left, right] = [i > 0 ? weight(i) : 0, i < length - 1 ? weight(i + 1) : 0];
      const row: Row = [[from + i, left + right]];
      if (i > 0) row.push([from + i - 1, -left]);
      if (i < length - 1) row.push([from + i + 1, -right]);
      rows.push(row);
    }
  }
  return matrix(core, rows);
}

describe.each(['dense', 'lanczos'] as const)('the lowest level is 0, by %s', (method) => {
  test.each([
    [[60, 47], 1, true],
    [[60, 47], 2, false],
    [[40, 35, 32], 2, true],
  ])('of paths of %j the %i lowest', (lengths, k, cut) => {
    const h = paths(...lengths);
    expect(core.eigsh(h, { k, method })).toMatchObject({ converged: true, cut });
    expect(core.eigsh(h.scaled(-1), { k, which: 'highest', method })).toMatchObject({ converged: true, cut });
  });
});

test('a count of the two states in the middle of a chain counts around them', () => {
  const n = 2400;
  // Su, Schrieffer and Heeger: bonds in turn 1/2 and 1, a state at each end.
  const bond = (i: number) => (i % 2 === 0 ? 0.5 : 1);
  const h = core.operator({
    n,
    multiply(x, y) {
      for (let i = 0; i < n; ++i)
        y[i] = (i > 0 ? bond(i - 1) * x[i - 1] : 0) + (i < n - 1 ? bond(i) * x[i + 1] : 0);
    },
  });
  const { converged, values, report } = core.eigsh(h, {
    k: 2,
    which: { near: 0.01 },
    method: 'filtered',
    count: true,
  });
  expect([converged, values.every((x) => Math.abs(x) < 1e-10)]).toEqual([true, true]);
  const { count } = report;
  if (count) {
    expect(count.interval.every((x) => Math.abs(x) < 0.1)).toBe(true);
    expect(Math.abs(count.counted - count.found)).toBeLessThan(0.1);
  }
});

test('a sum of three thousand matrices is counted', () => {
  const one = matrix(
    core,
    Array.from({ length: 20 }, (_, i): Row => [[i, i + 1]]),
  );
  let sum = one.scaled(0.5);
  for (let i = 1; i < 3000; ++i) sum = sum.plus(one.scaled(0.5));
  const { values, report } = core.eigsh(sum, { k: 2, count: true });
  expect(report.count).toMatchObject({ by: 'inertia', found: 2, counted: 2 });
  for (const [k, x] of values.entries()) expect(Math.abs(x - 1500 * (k + 1))).toBeLessThan(1e-8);
});

test.each([
  ['SA', "'lowest'"],
  ['LA', "'highest'"],
  ['SM', '{ near: 0 }'],
])('which: %s is answered with what it is here', (which, meant) => {
  expect(() => core.eigsh(paths(20), { which: which as never })).toThrow(`expected ${meant} for `);
});

test('sigma is answered with what it is here', () => {
  expect(() => core.eigsh(paths(20), { k: 1, sigma: 0 } as never)).toThrow(
    /^options\.sigma: is which: \{ near: σ \} here/,
  );
});

test.each([1.3, -1])(
  'a function that is not Hermitian is a named error inside a spectrum, too (%d)',
  (back) => {
    const n = 900;
    const h = core.operator({
      n,
      multiply(x, y) {
        for (let i = 0; i < n; ++i) y[i] = -(x[i - 1] ?? 0) - back * (x[i + 1] ?? 0);
      },
    });
    expect(() => core.eigsh(h, { k: 3, which: { near: 0.1 }, method: 'filtered' })).toThrow(InputError);
    expect(core.eigsh(paths(20), { k: 1 }).converged).toBe(true);
  },
);

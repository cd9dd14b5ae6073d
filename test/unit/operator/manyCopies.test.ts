// A level inside of a spectrum of hundreds of copies: all of them are found, or are said to be cut, after a bounded number of
// products; and progress goes on where the dense solver takes over.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { tooLong } from '../../../src/operator/tuning.js';
import { checkInterval, checkNear } from '../../support/eigshChecks.js';
import { ascending, diagonal, hypercube, hypercubeLevels, matrix, type Row } from '../../support/graphs.js';

const core = await createCore();

/** 300 times 0 beside 500 levels, all different, on either side of it. */
const zeros = ascending([
  ...new Array(300).fill(0),
  ...Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (0.01 + i / 250)),
]);

const copies = ({ values }: { values: Float64Array }, level: number) =>
  values.filter((x) => Math.abs(x - level) < 1e-11).length;

describe('the middle level of a hypercube of 2¹⁰ corners, 252 copies', () => {
  const [operator, levels] = [hypercube(core, 10), hypercubeLevels(10)];

  test.each(['auto', 'filtered'] as const)('all of them, and some of them, which is said: %s', (method) => {
    const all = checkNear(core, operator, levels, 0, 252, method);
    expect([all.cut, copies(all, 0)]).toEqual([false, 252]);
    const some = checkNear(core, operator, levels, 0, 20, method);
    expect([some.cut, copies(some, 0)]).toEqual([true, 20]);
  });

  test('and of those beside it some', () => {
    const found = checkNear(core, operator, levels, 0, 300, 'auto');
    expect([found.cut, copies(found, 0)]).toEqual([true, 252]);
  });
});

describe('300 copies of 0 beside 500 other levels', () => {
  const operator = diagonal(core, zeros);

  test.each([300, 310])('%i nearest', (k) => {
    const found = checkNear(core, operator, zeros, 1e-4, k, 'auto');
    expect([found.cut, copies(found, 0)]).toEqual([false, 300]);
    expect(found.report.products).toBeLessThan(300_000);
  });

  test('an interval around them', () => {
    const found = checkInterval(core, operator, zeros, [-0.02, 0.02], 'auto');
    expect(copies(found, 0)).toBe(300);
  });

  test.each([
    ['the search that comes first', { k: 20, which: { near: 1e-4 } }],
    ['none before it', { k: 300, which: { near: 0 } }],
    ['by name', { k: 5, method: 'dense' }],
  ] as const)('progress of the dense solver rises: %s', async (_, options) => {
    const seen: number[] = [];
    const onProgress = (fraction: number) => seen.push(fraction);
    const { report, cut, converged, values } = await core.eigshAsync(operator, {
      ...options,
      slice: 0,
      onProgress,
    });
    expect([report.method, converged]).toEqual(['dense', true]);
    expect(report.products).toBeLessThan(300_000);
    if (options.k === 20) expect([cut, copies({ values }, 0)]).toEqual([true, 20]);
    if (options.k === 300) expect([cut, copies({ values }, 0)]).toEqual([false, 300]);
    expect(seen.at(-1)).toBe(1);
    for (let i = 1; i < seen.length; ++i) expect(seen[i]).toBeGreaterThanOrEqual(seen[i - 1]);
    // It does not stand where the search was: the last tenth of the calls, and the half before, are apart.
    const different = new Set(seen);
    expect(different.size).toBeGreaterThan(10);
    const from = seen.lastIndexOf(seen[Math.floor(seen.length / 2)]);
    expect(seen.length - from).toBeGreaterThan(5);
  });
});

test('where the products that are allowed are the end, levels are not said to be cut, however many copies they have', () => {
  const options = { k: 10, which: { near: 0.5 }, method: 'filtered' } as const;
  const side = 30;
  const rows = Array.from({ length: side ** 2 }, (_, i): Row => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return [1, side - 1].flatMap(
      (step): Row => [
        [((x + step) % side) + side * y, -1],
        [x + side * ((y + step) % side), -1],
      ],
    );
  });
  const torus = matrix(core, rows);
  const ended = core.eigsh(torus, { ...options, maxProducts: 10_000 });
  expect([ended.converged, ended.cut, ended.values.some(Number.isNaN)]).toEqual([false, false, false]);
  expect(core.eigsh(torus, options).converged).toBe(true);
});

test('blocks are made larger as long as the space that was needed is affordable, not by how large it might become', () => {
  // 580 states among levels of 6 copies took 2436 vectors; 300 copies at n = 9000 want blocks of 1024.
  expect(tooLong({ n: 8202, complex: false }, 2436, 16)).toBe(false);
  expect(tooLong({ n: 9000, complex: false }, 500, 256)).toBe(false);
  expect(tooLong({ n: 9000, complex: false }, 500, 1024)).toBe(true);
  expect(tooLong({ n: 9000, complex: true }, 4000, 16)).toBe(true);
});

// What eigshBytes says is a bound of what eigsh holds at its peak: at ends, near energies, of intervals, with counts.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Core, createCore, type EigshOptions, type Operator } from '../../../src/index.js';
import { Heap } from '../../../src/wasm/heap.js';
import { diagonal } from '../../support/graphs.js';
import { heapPeak } from '../../support/heapPeak.js';

let peak: ReturnType<typeof heapPeak>;
let core: Core;
beforeEach(async () => {
  core = await createCore();
  peak = heapPeak();
  vi.spyOn(Heap.prototype, 'reserve').mockImplementation(() => {});
});
afterEach(() => {
  core.dispose();
  vi.restoreAllMocks();
});

/** Levels that are further apart at the ends than in the middle, as those of chains are. */
function band(core: Core, n: number): Operator {
  const data = Array.from({ length: n }, (_, i) => (2 * (i + 0.5)) / n - 1).map((x) => x * (1 + x * x));
  return core.csr({
    n,
    indptr: Array.from({ length: n + 1 }, (_, i) => i),
    indices: data.map((_, i) => i),
    data,
  });
}

const asked: [string, EigshOptions, number][] = [
  ['an end', { k: 5 }, 900],
  ['near an energy', { k: 7, which: { near: 0.1 }, method: 'filtered' }, 900],
  ['an interval of few states', { which: { interval: [0.1, 0.103] }, method: 'filtered' }, 1000],
  ['an interval of many states', { which: { interval: [0.1, 0.2] }, method: 'filtered' }, 1200],
  ['an interval at an end', { which: { interval: [1.5, 3] }, method: 'filtered' }, 900],
  ['an interval, by itself', { which: { interval: [0.1, 0.14] } }, 900],
  ['an interval, counted', { which: { interval: [0.1, 0.14] }, method: 'filtered', count: true }, 900],
  ['an empty interval', { which: { interval: [5, 6] }, method: 'filtered' }, 900],
];

describe.each(asked)('%s', (_, options, n) => {
  test('takes no more than is stated', () => {
    const h = band(core, n);
    const stated = core.eigshBytes(h, options);
    peak.used = 0;
    const { report, converged } = core.eigsh(h, options);
    expect(converged).toBe(true);
    expect(peak.used).toBeLessThanOrEqual(stated);
    expect(report.bytes).toBeLessThanOrEqual(stated);
    expect(peak.used).toBeLessThanOrEqual(report.bytes);
  });
});

/** Levels of so many copies each, as rows or as a function, real or complex. */
function copied(core: Core, n: number, copies: number, how: string): Operator {
  const complex = how === 'complex';
  const levels = Float64Array.from({ length: n }, (_, i) => {
    const x = (2 * (Math.floor(i / copies) * copies + 0.5)) / n - 1;
    return x * (1 + x * x);
  });
  const multiply = (x: Float64Array, y: Float64Array) => y.set(x.map((v, i) => v * levels[i]));
  if (how === 'function') return core.operator({ n, multiply });
  return core.csr({
    n,
    complex,
    indptr: Array.from({ length: n + 1 }, (_, i) => i),
    indices: Array.from(levels.keys()),
    data: complex ? Array.from(levels).flatMap((x) => [x, 0]) : levels,
  });
}

/** Stated bytes over those of the peak. */
function excess(h: Operator, options: EigshOptions, copies: number): number {
  const stated = core.eigshBytes(h, { ...options, copies });
  peak.used = 0;
  const { report } = core.eigsh(h, { ...options, copies, maxProducts: 10_000 });
  expect(peak.used).toBeLessThanOrEqual(stated);
  expect(peak.used).toBeLessThanOrEqual(report.bytes);
  return stated / peak.used;
}

describe.each(['csr', 'function', 'complex'])(
  'copies were left out of what is stated, and Ritz values: %s',
  (how) => {
    test.each([1, 4, 8, 40])('levels of %i', (copies) => {
      for (const n of [200, 900]) {
        const h = copied(core, n, copies, how);
        for (const k of [1, 5, 20]) {
          for (const which of ['lowest', 'highest'] as const) {
            // Up to what a space takes that comes to its end early.
            expect(excess(h, { k, which, method: 'lanczos' }, copies)).toBeLessThan(2.5);
          }
          excess(h, { k }, copies);
          excess(h, { k, which: { near: 0.1 } }, copies);
          excess(h, { k, which: { near: 0.1 }, method: 'filtered' }, copies);
          excess(h, { which: { interval: [0.1, 0.1 + (2 * k) / n] }, method: 'filtered' }, copies);
        }
      }
    });

    test('where the space is filled it is at most some half as much again', () => {
      expect(excess(copied(core, 900, 8, how), { k: 20, method: 'lanczos' }, 8)).toBeLessThan(1.6);
      expect(excess(copied(core, 900, 1, how), { k: 300, method: 'dense' }, 1)).toBeLessThan(1.6);
    });
  },
);

test('few levels that are found last take no more than is reported, their small eigenproblems among it', () => {
  const n = 900;
  const h = core.csr({
    n,
    indptr: Array.from({ length: n + 1 }, (_, i) => i),
    indices: Array.from({ length: n }, (_, i) => i),
    data: Array.from({ length: n }, (_, i) => (Math.floor(i / 40) * 40) / n),
  });
  const inside = { which: { interval: [0.4, 0.5] }, method: 'filtered' } as const;
  excess(h, inside, 1);
  expect(core.eigsh(h, inside).values).toHaveLength(3 * 40);
});

describe('levels of more copies than were stated took up to 4 times the memory that was', () => {
  const zeros = 20;
  const levels = Array.from({ length: 800 }, (_, i) => (i % 2 === 0 ? -1 : 1) * (0.01 + i / 400));
  const of = (core: Core) => diagonal(core, [...new Array(zeros).fill(0), ...levels]);
  const searches: [string, EigshOptions][] = [
    ['near an energy', { which: { near: 1e-4 }, k: 10 }],
    ['in an interval', { which: { interval: [-0.03, 0.03] } }],
  ];

  test.each(searches)('%s: no more is taken, and what it needs is said', (_, which) => {
    const h = of(core);
    const few: EigshOptions = { ...which, method: 'filtered', copies: 1 };
    const stated = core.eigshBytes(h, few);
    peak.used = 0;
    const { report, converged, cut } = core.eigsh(h, few);
    expect(peak.used).toBeLessThanOrEqual(report.bytes);
    expect(report.bytes).toBeLessThanOrEqual(stated);
    expect([converged, cut]).toEqual([false, true]);
    expect(report.needed).toBeGreaterThan(stated);
  });

  test.each(searches)('%s: with as many copies as there are, or any number, all is found', (_, which) => {
    const h = of(core);
    for (const more of [{ copies: zeros }, {}]) {
      const options: EigshOptions = { ...which, method: 'filtered', ...more };
      const stated = core.eigshBytes(h, options);
      peak.used = 0;
      const { report, converged } = core.eigsh(h, options);
      expect(peak.used).toBeLessThanOrEqual(report.bytes);
      expect(report.bytes).toBeLessThanOrEqual(stated);
      expect([converged, report.needed]).toEqual([true, null]);
    }
  });
});

test('25 levels of 31 copies took a quarter more than was stated, in blocks that grew beyond all copies', () => {
  const [levels, copies] = [25, 31];
  const h = copied(core, levels * copies, copies, 'csr');
  for (const which of [{ interval: [0, 0.3] as const }, { near: 0.1 }]) {
    const options = { which, ...('near' in which ? { k: 20 } : {}), method: 'filtered' } as const;
    const stated = core.eigshBytes(h, options);
    peak.used = 0;
    const { report, converged, values } = core.eigsh(h, options);
    expect(converged).toBe(true);
    expect(values.length).toBe('near' in which ? 20 : 3 * copies);
    expect(report.bytes).toBeLessThanOrEqual(stated);
    expect(peak.used).toBeLessThanOrEqual(report.bytes);
    // Blocks of 384 vectors took four times as many products.
    expect(report.products).toBeLessThan(25_000);
  }
});

test('how many copies are expected', () => {
  const h = copied(core, 900, 40, 'csr');
  const near = { k: 20, which: { near: 0.1 }, method: 'filtered' } as const;
  const stated = (copies: number) => core.eigshBytes(h, { ...near, copies });
  expect(stated(40)).toBeGreaterThan(2 * stated(1));
  expect(core.eigshBytes(h, near)).toBeGreaterThanOrEqual(stated(40));
  expect(core.eigshBytes(h, { k: 20, copies: 40 })).toBe(core.eigshBytes(h, { k: 20 }));
  expect(() => stated(0)).toThrow(/^options\.copies: expected a whole number ≥ 1/);
});

/** Symmetric, some entries a row, in compressed rows or as a function; or a sum of both, shifted. */
function anyOperator(core: Core, n: number, seed: number): Operator {
  const draws = core.normals({ seed }, 3 * n);
  const [row, col, data]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < n; ++k) {
    const [i, j] = [k, Math.floor(Math.abs(draws[n + k]) * 1e6) % n];
    row.push(i, j, k);
    col.push(j, i, k);
    data.push(draws[k], draws[k], draws[2 * n + k]);
  }
  const sparse = core.coo({ n, row, col, data });
  if (seed % 3 === 0) return sparse;
  const other = core.operator({ n, multiply: (x, y) => y.set(x.map((v, i) => v * (i % 7))) });
  return seed % 3 === 1 ? other : sparse.plus(other).plus(sparse.scaled(0.5)).shifted(1);
}

test.each([1, 2, 5, 8, 13, 33, 64, 90])('of any operator of order %i that is decomposed whole', (n) => {
  for (let seed = 0; seed < 6; ++seed) {
    const h = anyOperator(core, n, seed);
    for (const options of [
      { k: Math.ceil(n / 3), method: 'dense' },
      { k: 1, which: { near: 0.3 }, method: 'dense' },
      { which: { interval: [-0.5, 0.9] }, method: 'dense', count: true },
    ] as EigshOptions[]) {
      const stated = core.eigshBytes(h, options);
      peak.used = 0;
      const { report } = core.eigsh(h, options);
      expect(peak.used).toBeLessThanOrEqual(stated);
      expect(report.bytes).toBeLessThanOrEqual(stated);
    }
  }
});

test('the long look for few levels, which comes last, was not in what is stated: 240 vectors, and the states', () => {
  const n = 5000;
  const h = band(core, n);
  for (const k of [1, 3, 40]) {
    const stated = core.eigshBytes(h, { k, which: { near: 0.1 }, method: 'filtered', copies: 1 });
    expect(stated).toBeGreaterThan(8 * n * (240 + 2 * k));
    expect(stated).toBeLessThan(8 * n * (400 + 20 * k));
  }
  const interval = [0.1, 0.1005] as const;
  expect(core.eigshBytes(h, { which: { interval }, method: 'filtered', copies: 1 })).toBeGreaterThan(
    8 * n * 240,
  );
});

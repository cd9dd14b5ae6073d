// What each driver holds at its peak is what it asked for before it began, and what docs say.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { METHODS, methodNames } from '../../src/check.js';
import { type Core, createCore, InputError } from '../../src/index.js';
import { Arena } from '../../src/wasm/arena.js';
import { Heap } from '../../src/wasm/heap.js';
import { heapPeak } from '../support/heapPeak.js';

/** What was reserved in turn. */
let reserved: number[];
let peak: ReturnType<typeof heapPeak>;
let core: Core;
beforeEach(async () => {
  reserved = [];
  peak = heapPeak();
  // Asked for, but not taken: the peak is that of the computation.
  vi.spyOn(Heap.prototype, 'reserve').mockImplementation((bytes) => void reserved.push(bytes));
  vi.spyOn(Arena.prototype, 'reserve').mockImplementation((bytes) => void reserved.push(bytes));
  core = await createCore();
});
afterEach(() => {
  core.dispose();
  vi.restoreAllMocks();
});

const model = (n: number, grainDimension: number, seed = 1) =>
  core.randomGrainModel({ alpha: 0.7, n, seed, grainDimension });
const wide = (n: number) => ({ ...model(3, 8), fields: new Float64Array(n), couplings: new Float64Array(n) });
const near = (count: number) => ({ window: { energy: 0, count }, method: 'filtered' }) as const;

/** The peak of `call`: at most what was asked for, and no less than 1/`slack` of it. */
async function expectPeak(call: () => unknown, slack: number): Promise<void> {
  reserved.length = 0;
  peak.used = 0;
  await call();
  expect(reserved.length).toBeGreaterThan(0);
  expect(peak.used).toBeLessThanOrEqual(Math.max(...reserved));
  expect(peak.used).toBeGreaterThan(reserved[0] / slack);
  // Parts of a call ask for no more than the call did.
  expect(Math.max(...reserved)).toBe(reserved[0]);
}

describe('the peak is what was asked for before', () => {
  const methods = ['auto', ...methodNames] as const;
  test.each(methods)('eigh by %s is what eighBytes says', async (method) => {
    for (const n of [1, 39, 40, 301]) {
      const a = core.goe(n, { seed: 1 });
      for (const vectors of [true, false]) {
        const slack = n < 300 ? 3 : 1.01;
        const asked = core.eighBytes(n, { method, vectors });
        await expectPeak(() => core.eigh(a, n, { method, vectors }), slack);
        expect(reserved[0]).toBe(asked);
        await expectPeak(() => core.eigh(a, n, { method, vectors, uplo: 'U' }), slack);
        await expectPeak(() => core.eighAsync(a, n, { method, vectors }), slack);
        expect(reserved[0]).toBe(asked);
        if (method === 'auto' || METHODS[method].ranges) {
          await expectPeak(() => core.eigh(a, n, { method, vectors, range: { index: [0, 0] } }), slack);
          expect(reserved[0]).toBe(asked);
        }
        await expectPeak(() => core.eighBatch(a, n, 1, { method, vectors }), slack);
      }
      const verified = core.eighBytes(n, { method, verify: true });
      await expectPeak(() => core.eigh(a, n, { method, verify: true }), n < 300 ? 3 : 1.01);
      expect(reserved[0]).toBe(verified);
      await expectPeak(() => core.eighAsync(a, n, { method, verify: true }), n < 300 ? 3 : 1.01);
      expect(reserved[0]).toBe(verified + 8 * n * n);
    }
  });

  test('eigh on two threads, each of which has workspace', async () => {
    const single = core.eighBytes(600);
    core.dispose();
    core = await createCore({ threads: 2 });
    // The block in which the threads meet is the core's.
    peak.leave();
    expect(core.eighBytes(600)).toBeGreaterThan(single);
    await expectPeak(() => core.eigh(core.goe(600, { seed: 1 }), 600), 1.01);
    expect(reserved[0]).toBe(core.eighBytes(600));
  });

  // What stays in a second-level cache of small ones, 64 of larger ones, and no more than 16 MiB.
  test.each([
    [3, 20_000, 2 ** 20],
    [100, 300, 64 * (16 * 100 * 100 + 8 * 100 + 4)],
    [200, 80, 2 ** 24],
  ])('eighBatch of order %i holds some matrices and vectors at a time', async (n, count, bytes) => {
    const a = core.normals({ seed: 1 }, count * n * n);
    await expectPeak(() => core.eighBatch(a, n, count), n === 3 ? 1.1 : 1.01);
    expect(16 * count * n * n).toBeGreaterThan(2 * bytes);
    expect(peak.used).toBeLessThan(bytes + core.eighBytes(n) + 4096);
    expect(peak.used).toBeGreaterThan(0.9 * bytes);
  });

  test.each([
    ['dense', () => core.diagonalizeGrain(model(6, 8)), 1.01],
    [
      'dense, a window, vectors',
      () => core.diagonalizeGrain({ ...model(5, 16), window: { fraction: 0.1 }, vectors: true }),
      1.01,
    ],
    ['dense, no l-bit', () => core.diagonalizeGrain(model(0, 256)), 1.02],
    ['dense, order 2', () => core.diagonalizeGrain(model(0, 2)), 20],
    ['filtered, one state', () => core.diagonalizeGrain({ ...model(7, 8), ...near(1) }), 3],
    ['filtered, many states', () => core.diagonalizeGrain({ ...model(6, 8), ...near(60) }), 1.6],
    ['filtered, large grain', () => core.diagonalizeGrain({ ...model(1, 256), ...near(3) }), 3],
    ['reducedCoupling', () => core.reducedCoupling(model(6, 8)), 1.01],
    ['reducedCoupling, one l-bit', () => core.reducedCoupling(model(1, 64)), 1.1],
  ] as [string, () => unknown, number][])(
    'diagonalizeGrain and reducedCoupling: %s',
    async (_, call, slack) => {
      await expectPeak(call, slack);
    },
  );

  test.each([
    ['dense', { radius: 12, strength: 20 }, 1.1],
    ['band', { radius: 40, strength: 5 }, 1.1],
    ['lanczos', { radius: 25, strength: 60 }, 1.3],
    ['local', { radius: 40, strength: 200 }, 1.1],
    ['auto', { radius: 40, strength: 5 }, 2],
    // It may have to go on to `band`.
    ['auto', { radius: 40, strength: 200 }, 30],
  ] as const)('latticeCouplings: %s, %o', async (method, given, slack) => {
    await expectPeak(() => core.latticeCouplings({ ...given, theta0: 1, method }), slack);
  });
});

/** What a call asks for before it does anything else, in MiB. */
function asked(call: () => unknown): number {
  const stop = new Error('enough');
  const spy = vi.spyOn(Heap.prototype, 'reserve').mockImplementation((bytes) => {
    reserved.push(bytes);
    throw stop;
  });
  reserved.length = 0;
  expect(call).toThrow(stop);
  spy.mockRestore();
  expect(peak.used).toBe(0);
  return Math.ceil(reserved[0] / 2 ** 20);
}

describe('the figures of the documentation', () => {
  const page = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  const near64 = { window: { energy: 0, count: 64 } };

  test('eigh in docs/memory.md', async () => {
    const text = await page('memory.md');
    for (const [n, options] of [
      [4000, { method: 'qr' }],
      [4000, { method: 'dc' }],
      [4000, { method: 'jacobi' }],
      [4000, { vectors: false }],
      [4000, { verify: true }],
      [13200, { method: 'dc' }],
      [16200, { method: 'qr' }],
      [23000, { vectors: false }],
    ] as const) {
      expect(text, JSON.stringify([n, options])).toContain(`${mebibytes(core.eighBytes(n, options))} MiB`);
    }
    const most = 2 ** 32 - 65536;
    const largest = { 13200: { method: 'dc' }, 16200: { method: 'qr' }, 23000: { vectors: false } } as const;
    for (const [n, options] of Object.entries(largest)) {
      expect(text).toContain(`order ${n.slice(0, 2)} ${n.slice(2)}`);
      expect(core.eighBytes(Number(n), options)).toBeLessThan(most);
      expect(core.eighBytes(Number(n) + 200, options)).toBeGreaterThan(most);
    }
  });

  test('exact diagonalization in docs/memory.md and docs/performance.md', async () => {
    const [memory, performance] = [await page('memory.md'), await page('performance.md')];
    const random = (n: number) => core.randomGrainModel({ alpha: 0.7, n, seed: 1 });
    const models = new Map([10, 11, 12, 13, 16].map((n) => [n, random(n)]));
    const figures = [
      [10, {}],
      [12, near64],
      [13, near64],
    ] as const;
    for (const [n, options] of figures) {
      // No draw and no matrix is made for it.
      peak.used = 0;
      const mib = asked(() => core.diagonalizeGrain({ ...models.get(n)!, ...options }));
      expect(memory).toContain(`${mib} MiB`);
      expect(performance).toMatch(new RegExp(`\\| N = ${n} .*\\| ${mib} MiB \\|`));
    }
    peak.used = 0;
    expect(memory).toContain(`${asked(() => core.diagonalizeGrain({ ...models.get(16)!, ...near64 }))} MiB`);
    peak.used = 0;
    expect(memory).toContain(`${asked(() => core.reducedCoupling(models.get(11)!))} MiB`);
    expect(performance).toContain(`${mebibytes(core.eighBytes(8192))} MiB of WebAssembly memory`);
  });

  test('lattices in docs/memory.md', async () => {
    const memory = await page('memory.md');
    const most = asked(() => {
      peak.used = 0;
      core.latticeCouplings({ radius: 120, strength: 20, theta0: 0 });
    });
    expect(memory).toContain(`${most} MiB at R = 120`);
    const dense = asked(() => {
      peak.used = 0;
      core.latticeCouplings({ radius: 30, strength: 20, theta0: 0, method: 'dense' });
    });
    expect(memory).toContain(`${dense} MiB at R = 30`);
  });
});

describe('what no host can hold is an InputError with both numbers', () => {
  const one = new Float64Array(1);
  const holds = /WebAssembly memory holds 4095 MiB/;
  test.each([
    ['eigh', () => core.eigh(one, 13400), /^n: order 13400 needs 4\d{3} MiB/],
    ['eigh, far too large', () => core.eigh(one, 100000), /^n: order 100000 needs 228882 MiB/],
    [
      'eigh, values alone',
      () => core.eigh(one, 23200, { vectors: false }),
      /^n: order 23200 needs 4\d{3} MiB/,
    ],
    ['dense', () => core.diagonalizeGrain(wide(12)), /^options: D = 32768 needs \d+ MiB when dense/],
    [
      'filtered',
      () => core.diagonalizeGrain({ ...wide(15), ...near(256) }),
      /^options: 256 states of D = 262144 need \d+ MiB/,
    ],
    [
      'reducedCoupling',
      () => core.reducedCoupling(wide(12)),
      /^options: 16384 states of the rest need \d+ MiB/,
    ],
  ] as [string, () => unknown, RegExp][])('%s', (_, call, says) => {
    const before = core.memoryBytes;
    expect(call).toThrow(InputError);
    expect(call).toThrow(says);
    expect(call).toThrow(holds);
    expect(core.memoryBytes).toBe(before);
    expect(reserved).toEqual([]);
  });

  test('eighAsync', async () => {
    await expect(core.eighAsync(one, 13400)).rejects.toThrow(holds);
  });

  test('eighBatch', () => {
    const call = () => core.eighBatch(new Float64Array(0), 10000, 0);
    expect(call).toThrow(InputError);
    expect(call).toThrow(/^n: order 10000 needs \d+ MiB, a batch takes at most 2047 MiB/);
  });
});

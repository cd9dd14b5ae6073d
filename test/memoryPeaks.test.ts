// What each driver holds at its peak is what it asked for before it began, and what docs say.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Heap } from '../src/core/heap.js';
import { type Core, createCore } from '../src/index.js';

/** What was reserved in turn, and the bytes from the heap's first to the last that was in use. */
let reserved: number[];
let used: number;
let core: Core;
beforeEach(async () => {
  reserved = [];
  used = 0;
  let base = Number.POSITIVE_INFINITY;
  const { alloc } = Heap.prototype;
  vi.spyOn(Heap.prototype, 'alloc').mockImplementation(function (this: Heap, bytes) {
    const start = alloc.call(this, bytes);
    base = Math.min(base, start);
    used = Math.max(used, start + bytes - base);
    return start;
  });
  // Asked for, but not taken: the peak is that of the computation.
  vi.spyOn(Heap.prototype, 'reserve').mockImplementation((bytes) => void reserved.push(bytes));
  core = await createCore();
});
afterEach(() => {
  core.dispose();
  vi.restoreAllMocks();
});

const model = (n: number, grainDimension: number, seed = 1) =>
  core.randomGrainModel({ alpha: 0.7, n, seed, grainDimension });
const near = (count: number) => ({ window: { energy: 0, count }, method: 'filtered' }) as const;

/** The peak of `call`: at most what was asked for, and no less than 1/`slack` of it. */
async function expectPeak(call: () => unknown, slack: number): Promise<void> {
  reserved.length = 0;
  used = 0;
  await call();
  expect(reserved.length).toBeGreaterThan(0);
  expect(used).toBeLessThanOrEqual(Math.max(...reserved));
  expect(used).toBeGreaterThan(reserved[0] / slack);
  // Parts of a call ask for no more than the call did.
  expect(Math.max(...reserved)).toBe(reserved[0]);
}

describe('the peak is what was asked for before', () => {
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

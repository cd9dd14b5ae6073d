// Worker threads that die: the call that needed them fails with a typed error, the next ones give the right bits, and
// the threads come back.
import { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import threads, { type Worker } from 'node:worker_threads';
import { type Core, createCore, type Eigh, WorkerError } from 'emft';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** The workers of the cores made here, in the order in which they started. */
const started: Worker[] = [];
const original = threads.Worker;
beforeEach(() => {
  started.length = 0;
  threads.Worker = class extends original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
  syncBuiltinESMExports();
});
afterEach(() => {
  threads.Worker = original;
  syncBuiltinESMExports();
});

const N = 500;

const hash = ({ values, vectors }: Pick<Eigh, 'values' | 'vectors'>) =>
  createHash('sha256').update(values).update(vectors).digest('hex');

const goe = async () => {
  const single = await createCore();
  const a = single.goe(N, { seed: 3 });
  const wanted = hash(single.eigh(a, N));
  single.dispose();
  return { a, wanted };
};

/** A worker that ends while it waits for tasks is not missed, for others take them; one that ends in a task is, by name. */
function rightOrLost(call: () => string, wanted: string): void {
  let given: unknown;
  try {
    given = call();
  } catch (error) {
    given = error;
  }
  if (given instanceof Error) expect(given).toBeInstanceOf(WorkerError);
  else expect(given).toBe(wanted);
}

/** Waits until new workers are led: a call needs them again. */
async function regrown(core: Core, count: number, before: number): Promise<void> {
  while (started.length < before) await new Promise((resolve) => setTimeout(resolve, 10));
  while (core.threads < count) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe.each([2, 3])('a core of %i threads', (count) => {
  test('whose worker is killed while eigh runs', async () => {
    const { a, wanted } = await goe();
    const core = await createCore({ threads: count });
    expect(hash(core.eigh(a, N))).toBe(wanted);
    expect(started).toHaveLength(count - 1);
    // Its end comes within the call, which blocks the event loop.
    void started[0].terminate();
    rightOrLost(() => hash(core.eigh(a, N)), wanted);
    expect(hash(core.eigh(a, N))).toBe(wanted);
    await regrown(core, count, 2 * (count - 1));
    expect(hash(core.eigh(a, N))).toBe(wanted);
    core.dispose();
  });

  test('whose worker dies between two calls', async () => {
    const { a, wanted } = await goe();
    const core = await createCore({ threads: count });
    await started[0].terminate();
    expect(hash(core.eigh(a, N))).toBe(wanted);
    await regrown(core, count, 2 * (count - 1));
    expect(hash(core.eigh(a, N))).toBe(wanted);
    core.dispose();
  });

  test('whose worker is killed between the slices of eighAsync', async () => {
    const { a, wanted } = await goe();
    const core = await createCore({ threads: count });
    for (let round = 0; round < 3; ++round) {
      const at = started.length - 1;
      const [first] = await Promise.allSettled([
        core.eighAsync(a, N, {
          slice: 1,
          onProgress: (done) => void (done > 0.3 && started[at].terminate()),
        }),
      ]);
      // Either the death was seen between slices, and nothing was lost, or within one.
      if (first.status === 'fulfilled') expect(hash(first.value)).toBe(wanted);
      else expect(first.reason).toBeInstanceOf(WorkerError);
      expect(hash(core.eigh(a, N))).toBe(wanted);
      await regrown(core, count, (round + 2) * (count - 1));
    }
    expect(hash(core.eigh(a, N))).toBe(wanted);
    core.dispose();
  });
});

test('deaths again and again leave memory flat', async () => {
  const { a, wanted } = await goe();
  const core = await createCore({ threads: 2 });
  expect(hash(core.eigh(a, N))).toBe(wanted);
  const before = core.memoryBytes;
  for (let round = 0; round < 5; ++round) {
    void started[round].terminate();
    rightOrLost(() => hash(core.eigh(a, N)), wanted);
    await regrown(core, 2, round + 2);
    expect(hash(core.eigh(a, N))).toBe(wanted);
  }
  expect(core.memoryBytes - before).toBeLessThan(2 ** 20);
  core.dispose();
});

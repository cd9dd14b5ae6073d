// Teams over the life of a process: calls that break off, cores that are disposed of in the middle of one, a hundred
// cores, several at once, memory that grows under sleeping workers, and a team that meets above 2 GiB.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import threads, { type Worker } from 'node:worker_threads';
import { type Core, createCore, type Eigh } from 'emft';
import { afterEach, expect, test } from 'vitest';
import eigenApi from '../../src/eigen/public.js';
import { Runtime } from '../../src/wasm/runtime.js';
import { shipped } from '../../src/wasm/shipped.js';

const started: Worker[] = [];
const original = threads.Worker;
threads.Worker = class extends original {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    started.push(this);
  }
};
syncBuiltinESMExports();
afterEach(() => {
  started.length = 0;
});

const N = 300;
const single = await createCore();
const a = single.goe(N, { seed: 3 });
const hash = ({ values, vectors }: Pick<Eigh, 'values' | 'vectors'>) =>
  createHash('sha256').update(values).update(vectors).digest('hex');
const wanted = hash(single.eigh(a, N));

const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([2, 3])(
  '%i threads: a call that a stack overflow breaks off leaves nothing behind',
  async (count) => {
    const core = await createCore({ threads: count });
    const depth = (k: number): string => (k === 0 ? hash(core.eigh(a, N)) : depth(k - 1));
    let limit = 1000;
    for (const reach = (k: number): number => (k === 0 ? 0 : 1 + reach(k - 1)); ; limit += 100) {
      try {
        reach(limit);
      } catch {
        break;
      }
    }
    let broken = 0;
    for (let k = limit; k > 0 && k > limit - 4000; k -= 97) {
      try {
        expect(depth(k)).toBe(wanted);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        broken++;
      }
      expect(hash(core.eigh(a, N))).toBe(wanted);
    }
    expect(broken).toBeGreaterThan(0);
    expect(core.threads).toBe(count);
    core.dispose();
  },
);

test('an error from within a task of the leader: the call ends when no worker computes for it any more', async () => {
  const runtime = await Runtime.create(shipped, 'simd', undefined, 2);
  const memory = runtime.memory;
  const core = runtime.wasm;
  const n = 600;
  const call = () =>
    runtime.scope((arena) => {
      const work = arena.bytes(core.gemmWorkspace(n, n, n) >>> 0);
      const [x, c] = [arena.f64(n * n), arena.f64(n * n)];
      // Beyond the end of memory: the leader's tasks trap, and the worker's too.
      core.gemm(n, n, n, 1, core.operands(x, 1, n, memory.buffer.byteLength - 64, n, 1, work), 0, c, n);
    });
  expect(call).toThrow(WebAssembly.RuntimeError);
  // The worker is gone as well: one thread goes on, then new ones.
  expect(hash(eigenApi(runtime).eigh(a, N))).toBe(wanted);
  while (runtime.threads < 2) await turn();
  expect(hash(eigenApi(runtime).eigh(a, N))).toBe(wanted);
  runtime.dispose();
});

test('a core that is disposed of between the slices of a call', async () => {
  for (const when of [0.1, 0.5, 0.9]) {
    const core: Core = await createCore({ threads: 2 });
    const call = core.eighAsync(a, N, {
      slice: 0,
      onProgress: (done) => void (done > when && core.dispose()),
    });
    await expect(call).rejects.toThrow(/core: already disposed/);
    expect(() => core.eigh(a, N)).toThrow(/core: already disposed/);
  }
});

test('a hundred cores one after another leave no thread and no worker behind', async () => {
  const tasks = () => readdirSync('/proc/self/task').length;
  (await createCore({ threads: 3 })).dispose();
  while (started.some((worker) => worker.threadId !== -1)) await turn();
  const before = tasks();
  for (let round = 0; round < 100; ++round) {
    const core = await createCore({ threads: 3 });
    if (round % 20 === 0) expect(hash(core.eigh(a, N))).toBe(wanted);
    core.dispose();
  }
  expect(started.length).toBe(2 * 101);
  while (started.some((worker) => worker.threadId !== -1)) await turn();
  expect(tasks()).toBeLessThanOrEqual(before);
});

test('several cores at once', async () => {
  const cores = await Promise.all([2, 3, 4].map((count) => createCore({ threads: count })));
  for (let round = 0; round < 3; ++round) {
    const calls = cores.flatMap((core) => [
      core.eighAsync(a, N, { slice: 1 }),
      core.eighAsync(a, N, { slice: 3 }),
    ]);
    for (const result of await Promise.all(calls)) expect(hash(result)).toBe(wanted);
    for (const core of cores) expect(hash(core.eigh(a, N))).toBe(wanted);
  }
  for (const core of cores) core.dispose();
});

test('memory that grows while workers sleep, and a team that meets above 2 GiB', async () => {
  const runtime = await Runtime.create(shipped, 'simd', undefined, 3);
  expect(hash(eigenApi(runtime).eigh(a, N))).toBe(wanted);
  // Not touched: the host gives addresses only.
  runtime.heap.alloc(2.5 * 2 ** 30);
  expect(hash(eigenApi(runtime).eigh(a, N))).toBe(wanted);
  await started[0].terminate();
  while (runtime.threads < 3) await turn();
  expect(runtime.notes).toEqual([]);
  expect(hash(eigenApi(runtime).eigh(a, N))).toBe(wanted);
  runtime.dispose();
});

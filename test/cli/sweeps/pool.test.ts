// The worker pool: order, failures, repetition, and its two ways to end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Outcome, runTasks, type WorkerTask } from '../../../cli/src/sweeps/engines/local/pool.js';

const kinds = new URL('../../support/poolKinds.mjs', import.meta.url);
const task = (kind: string, params: unknown = null, seed = 0, index = 0): WorkerTask => ({
  kind,
  params,
  seed,
  index,
});
const shared = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));

describe('the worker pool', () => {
  test.each([1, 2, 5])('returns results in task order on %i workers', async (workers) => {
    const tasks = Array.from({ length: 200 }, (_, i) => task('square', i, 1000, i));
    let calls = 0;
    let last = { done: 0, failed: 0, total: 0 };
    const outcomes = await runTasks<number>(tasks, {
      kinds,
      workers,
      onProgress: (p) => {
        calls++;
        last = p;
      },
    });
    expect(outcomes).toEqual(tasks.map((_, i) => ({ status: 'done', value: i * i + 1000 + i })));
    expect(calls).toBe(200);
    expect(last).toEqual({ done: 200, failed: 0, total: 200 });
  });

  test('creates one core a worker', async () => {
    const outcomes = await runTasks<{ thread: number; cores: number }>(
      Array.from({ length: 40 }, () => task('cores')),
      { kinds, workers: 2 },
    );
    for (const o of outcomes) expect(o).toMatchObject({ status: 'done', value: { cores: 1 } });
    expect((await runTasks([task('build')], { kinds, workers: 1 }))[0]).toEqual({
      status: 'done',
      value: 'simd',
    });
  });

  test('reports what each failing task said and finishes the rest', async () => {
    const bad = ['throws', 'dies', 'diesAsync', 'unclonable', 'traps', 'nonesuch'];
    const tasks = bad.flatMap((kind) => [task('square', 3), task(kind), task('square', 4)]);
    const outcomes = await runTasks(tasks, { kinds, workers: 2 });
    const message = (k: number) => {
      const o = outcomes[3 * k + 1] as Extract<Outcome<unknown>, { status: 'failed' }>;
      expect(o.status).toBe('failed');
      return `${o.error.name}: ${o.error.message}`;
    };
    expect(message(0)).toBe('RangeError: no such point');
    expect(message(1)).toMatch(/worker exited with code: 7/);
    expect(message(2)).toMatch(/thrown outside the task/);
    expect(message(3)).toMatch(/could not be cloned/);
    expect(message(4)).toMatch(/unreachable/);
    expect(message(5)).toMatch(/no task kind named 'nonesuch'/);
    for (let k = 0; k < bad.length; ++k) {
      expect(outcomes[3 * k]).toEqual({ status: 'done', value: 9 });
      expect(outcomes[3 * k + 2]).toEqual({ status: 'done', value: 16 });
    }
  });

  test('tries a failed task again', async () => {
    const run = (times: number, retries: number) =>
      runTasks([task('flaky', { counter: shared(1), times })], { kinds, workers: 1, retries });
    expect(await run(2, 2)).toEqual([{ status: 'done', value: 2 }]);
    expect(await run(3, 2)).toEqual([
      { status: 'failed', error: { name: 'Error', message: 'attempt 2' }, attempts: 3 },
    ]);
  });

  test('abort kills tasks that never end', async () => {
    for (const kind of ['busy', 'forever']) {
      const control = new AbortController();
      const flag = shared(1);
      const run = runTasks([task(kind, flag), task(kind, flag)], {
        kinds,
        workers: 2,
        signal: control.signal,
      });
      const rejected = expect(run).rejects.toThrow(/abort/i);
      while (Atomics.load(flag, 0) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      control.abort();
      await rejected;
    }
  });

  test('stop lets running tasks finish and starts no more', async () => {
    const gate = shared(2);
    const control = new AbortController();
    const run = runTasks(
      Array.from({ length: 10 }, () => task('gated', gate)),
      { kinds, workers: 2, stop: control.signal },
    );
    while (Atomics.load(gate, 1) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    control.abort();
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    const statuses = (await run).map((o) => o.status);
    expect(statuses.slice(0, 2)).toEqual(['done', 'done']);
    expect(statuses.slice(2)).toEqual(Array(8).fill('skipped'));
  });

  test('an error of the caller in onOutcome ends the run with that error', async () => {
    const run = runTasks(
      Array.from({ length: 50 }, (_, i) => task('square', i)),
      {
        kinds,
        workers: 2,
        onOutcome: (_o, position) => {
          if (position === 7) throw new Error('disk full');
        },
      },
    );
    await expect(run).rejects.toThrow('disk full');
  });
});

test('the script of a thread, which piscina requires, requires nothing but Node: what links ES modules at once must not be ended', () => {
  const script = new URL('../../../cli/dist/sweeps/engines/local/worker.cjs', import.meta.url);
  const required = [...readFileSync(script, 'utf8').matchAll(/\brequire\(([^)]*)\)/g)].map(
    ([, name]) => name,
  );
  expect(required).toEqual(['"node:worker_threads"']);
});

test('pools that are closed while their threads start leave the process alone', () => {
  // At moments all over the turns of the event loop that a first result takes: a thread that was ended while its modules were linked
  // took the process along, with a run that was complete.
  const pools = new URL('../../../cli/dist/sweeps/engines/local/pool.js', import.meta.url).href;
  const program = `
    import { setImmediate } from 'node:timers/promises';
    import { TaskPool } from '${pools}';
    const task = { kind: 'square', params: 3, seed: 0, index: 0 };
    const open = () => new TaskPool({ workers: 2, kinds: new URL('${kinds.href}') });
    const first = open();
    let [turns, done] = [0, false];
    const result = first.run([task, task]).then(() => (done = true));
    for (; !done; ++turns) await setImmediate();
    await result;
    await first.close();
    for (let k = 0; k < 12; ++k) {
      const pool = open();
      for (let left = (turns * (k + 0.5)) / 12; left > 0; --left) await setImmediate();
      await pool.close();
    }
    console.log('alive');
  `;
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { encoding: 'utf8' },
  );
  expect({ status, signal, stdout, stderr }).toEqual({
    status: 0,
    signal: null,
    stdout: 'alive\n',
    stderr: '',
  });
}, 120_000);

// Workers that do not start, or do not do what they should: one thread and a note, or an error that names the script where
// it was named; never a wrong number, and never a wait without an end.
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import threads, { type Worker } from 'node:worker_threads';
import { type Core, createCore, type Eigh, InputError, WorkerError } from 'emft';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { BUSY } from '../../src/wasm/constants.js';

/** The workers that were started. */
const started: Worker[] = [];
const original = threads.Worker;

/** From here on workers run `script` in place of the one that is asked for, if there is one. */
function watchWorkers(script?: URL): void {
  started.length = 0;
  threads.Worker = class extends original {
    constructor(...[file, options]: ConstructorParameters<typeof Worker>) {
      super(script ?? file, { ...options, resourceLimits: { maxOldGenerationSizeMb: 64 } });
      started.push(this);
    }
  };
  syncBuiltinESMExports();
}

afterEach(() => {
  threads.Worker = original;
  syncBuiltinESMExports();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const scriptOf = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

/** A worker that serves its team, but for `change`, which sees what it was given. */
const serving = (change: string, afterwards = '') => `
  import { parentPort, workerData } from 'node:worker_threads';
  let { module, memory, block, rank } = workerData;
  const word = (address) => new Int32Array(memory.buffer, address >>> 0, 1);
  const env = {
    memory, checkTeam() {},
    wait: (address, expected, ms) => Number(Atomics.wait(word(address), 0, expected, ms) === 'timed-out'),
    notify: (address) => Atomics.notify(word(address), 0),
  };
  ${change}
  const { exports } = await WebAssembly.instantiate(module, { env });
  parentPort.postMessage(null);
  ${afterwards}
  exports.serveTeam(block, rank);`;

const faults: [string, string, RegExp][] = [
  ['is empty', '', /ended before it was ready, with exit status 0/],
  ['throws', 'throw new Error("no luck\\nat all")', /: no luck$/],
  ['throws what is no error', 'throw "no luck"', /no luck/],
  ['has a syntax error', 'const = 1', /Unexpected token/],
  ['ends its thread', 'process.exit(3)', /ended before it was ready, with exit status 3/],
  [
    'says that something is wrong',
    'import { parentPort } from "node:worker_threads"; parentPort.postMessage("no luck")',
    /no luck/,
  ],
  ['takes too much memory', 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))', /memory limit/],
  // Its own is done by nobody, and taken from it only by a team that is proved.
  ['does the work of another thread', serving('rank = 1;'), /no work was done within 30 s/],
  // The leader sees it within its patience.
  [
    'ends when it should serve',
    serving('', 'process.exit(0);'),
    /ended before it was ready|a worker thread ended during the call/,
  ],
  [
    'traps when it should serve',
    serving('', 'throw new Error("trap");'),
    /: trap$|a worker thread ended during the call/,
  ],
];

const small = Float64Array.of(2, 1, 1, 2);

/** Lets 30 s pass in one. */
function hurry(): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => 30 * now());
}

describe.each(faults)('a script that %s', (_, code, message) => {
  test('where it was named', async () => {
    if (message.test('no work was done within 30 s')) hurry();
    watchWorkers();
    const error: unknown = await createCore({ threads: 3, worker: scriptOf(code) }).catch((reason) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^options\.worker: data:text\/javascript,/);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  test('in place of the one that ships', async () => {
    if (message.test('no work was done within 30 s')) hurry();
    watchWorkers(scriptOf(code));
    const core = await createCore({ threads: 3 });
    expect(core.threads).toBe(1);
    expect(core.notes).toEqual([
      expect.stringMatching(/^worker threads did not start \(.*\): one thread runs$/),
    ]);
    expect(core.notes[0].replace(/(; see options\.worker)?\): one thread runs$/, '')).toMatch(message);
    expect(Array.from(core.eigh(small, 2).values, Math.round)).toEqual([1, 3]);
    core.dispose();
  });
});

test('a script that never answers', async () => {
  watchWorkers();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const promise = createCore({ threads: 2, worker: scriptOf('setTimeout(() => {}, 1e8)') });
  const outcome = promise.catch((reason) => reason);
  while (started.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => started[0].once('online', resolve));
  vi.advanceTimersByTime(29_000);
  // It has had all the time that it gets only now.
  expect(
    await Promise.race([outcome, new Promise((resolve) => setImmediate(() => resolve('waiting')))]),
  ).toBe('waiting');
  vi.advanceTimersByTime(1000);
  expect(await outcome).toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^options\.worker: data:.*: no answer within 30 s$/),
  });
});

test('a script that says that it is ready and never serves', async () => {
  watchWorkers();
  // Each look at the clock is a second later.
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000;
    return now;
  });
  const worker = scriptOf(serving('', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'));
  await expect(createCore({ threads: 2, worker })).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^options\.worker: data:.*: no work was done within 30 s$/),
  });
});

test('workers that die after each call they served are not started without end', async () => {
  watchWorkers();
  const core = await createCore({ threads: 2 });
  for (let round = 0; round < 6; ++round) {
    const before = started.length;
    await started.at(-1)!.terminate();
    while (started.length === before && core.threads === 1 && core.notes.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    // No call is made: nothing shows that new workers are of any use.
    while (core.threads === 1 && core.notes.length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    if (core.notes.length > 0) break;
  }
  expect(core.notes).toEqual(['worker threads ended 3 times in a row: one thread runs']);
  expect(started).toHaveLength(4);
  expect(Array.from(core.eigh(small, 2).values, Math.round)).toEqual([1, 3]);
  core.dispose();
});

/** Calls `run` with a core of two threads whose worker does `then` when it sleeps and `stop` was called, which waits for its `answer()`. */
async function withFaulty(then: string, run: (core: Core, stop: () => void) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'emft-faulty-'));
  const [ask, answer] = [join(folder, 'ask'), join(folder, 'answer')];
  const code = `import { existsSync, writeFileSync } from 'node:fs';
  ${serving(`
  const { wait } = env;
  env.wait = (address, expected, ms) => {
    const end = performance.now() + ms;
    for (;;) {
      if (existsSync(${JSON.stringify(ask)})) {
        const answer = () => writeFileSync(${JSON.stringify(answer)}, '');
        ${then}
      }
      const result = wait(address, expected, Math.min(20, end - performance.now()));
      if (result === 0 || performance.now() >= end) return result;
    }
  };`)}`;
  const core = await createCore({ threads: 2, worker: scriptOf(code) });
  try {
    // Nothing else runs meanwhile, so that the end of a thread is not seen before the next call.
    run(core, () => {
      writeFileSync(ask, '');
      for (const end = performance.now() + 20_000; !existsSync(answer); ) {
        if (performance.now() > end) throw new Error('the worker did not answer');
      }
    });
  } finally {
    core.dispose();
    await rm(folder, { recursive: true });
  }
}

describe('a call of two threads', () => {
  const n = 300;
  let a: Float64Array;
  let wanted: Eigh;
  beforeAll(async () => {
    const single = await createCore();
    a = single.goe(n, { seed: 1 });
    wanted = single.eigh(a, n);
    single.dispose();
  });

  test('waited for one that had not begun, as of a busy machine, whose tasks are taken now', async () => {
    const sleep = 'answer(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
    await withFaulty(sleep, (core, stop) => {
      expect(core.eigh(a, n)).toEqual(wanted);
      stop();
      expect(core.eigh(a, n)).toEqual(wanted);
    });
  });

  test('ends with a WorkerError where one dies in a task', async () => {
    // It says that it is busy, as before a task, and ends.
    const die = `Atomics.add(word(block + ${BUSY}), 0, 1); answer(); process.exit(1);`;
    await withFaulty(die, (core, stop) => {
      expect(core.eigh(a, n)).toEqual(wanted);
      stop();
      expect(() => core.eigh(a, n)).toThrow(WorkerError);
      expect(core.eigh(a, n)).toEqual(wanted);
    });
  });
});

// The page's side of the workers, with workers that the test plays: what is sent to whom, and how every job ends.
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply, Request } from '../../src/client/messages.js';
import { Cancelled, createCompute } from '../../web/src/worker/compute.js';
import { startScript } from '../../web/src/worker/script.js';

/** Every worker that was made, with what it was sent. */
let workers: Played[];

/** A worker as Node's clients see it, which is ready once it is started. */
class Played extends EventEmitter {
  onerror: ((event: { message: string }) => void) | null = null;
  readonly sent: Request[] = [];
  ended = false;
  constructor() {
    super();
    workers.push(this);
  }
  postMessage(request: Request): void {
    this.sent.push(structuredClone(request));
    if (request.kind === 'start') {
      const about = {
        build: 'simd',
        threads: 1,
        notes: [],
        methods: ['eta'],
        own: ['perform', 'rest'],
      } as const;
      queueMicrotask(() => this.say({ kind: 'started', about }));
    }
  }
  /** Of the page's crew: what a worker that died says. */
  addEventListener(type: string, heard: () => void): void {
    this.on(type, heard);
  }
  ref(): void {}
  unref(): void {}
  terminate(): void {
    this.ended = true;
  }
  say(reply: Reply): void {
    this.emit('message', reply);
  }
  /** The number of the last call of `method`. */
  id(method: string): number {
    return this.sent.filter((r) => r.kind === 'call').findLast((r) => r.method === method)!.id;
  }
  result(method: string, value?: unknown): void {
    this.say({ kind: 'result', id: this.id(method), value });
  }
  /** What was asked for, with the input of tasks. */
  get log(): string[] {
    return this.sent.map((r) => {
      if (r.kind !== 'call') return r.kind;
      return r.method === 'perform' ? `perform ${(r.args[1] as { g: number }).g}` : r.method;
    });
  }
}

const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
const ready = Promise.resolve(empty);
const nothing = () => {};
/** Everything that is due by itself has happened. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const value = (eta: number) => ({ at: { eta } }) as never;

/** Asks for the task of one l-bit, whose call has then been sent where a worker is free. */
async function start(compute: ReturnType<typeof createCompute>, g: number, progress: () => void = nothing) {
  const result = compute.run('lbit', { g }, progress);
  result.catch(nothing);
  await settle();
  return { result };
}

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', Played);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a job', () => {
  test('waits for the module, then goes to the worker that stands ready', async () => {
    let come: (module: WebAssembly.Module) => void = nothing;
    const compute = createCompute(new Promise((resolve) => (come = resolve)), 3, startScript);
    const seen: unknown[] = [];
    const result = compute.run('lbit', { g: 1 }, (...args) => seen.push(args));
    await settle();
    expect(workers.map((w) => w.log)).toEqual([[]]);
    come(empty);
    await settle();
    const [worker] = workers;
    expect(worker.sent).toEqual([
      { kind: 'start', options: { wasm: { source: empty } } },
      {
        kind: 'call',
        id: 1,
        target: 0,
        method: 'perform',
        args: ['lbit', { g: 1 }, 3],
        watched: { progress: true },
      },
    ]);
    worker.say({ kind: 'progress', id: 1, fraction: 0.5 });
    worker.say({ kind: 'progress', id: 1, fraction: 0.7, soFar: value(1) });
    worker.result('perform', value(2));
    expect(await result).toEqual(value(2));
    expect(seen).toEqual([
      [0.5, undefined],
      [0.7, value(1)],
    ]);
    await settle();
    // A second one now stands ready.
    expect(workers.map((w) => w.log)).toEqual([['start', 'perform 1'], ['start']]);
    // The one that has worked has what is kept: it gets the next job.
    await start(compute, 2);
    expect(worker.log.at(-1)).toBe('perform 2');
  });

  test('rejects with what the task threw, and with the death of its worker, and the next one runs', async () => {
    const compute = createCompute(ready, 1, startScript);
    const first = await start(compute, 1);
    const error = { name: 'InputError', message: 'g: expected less', path: ['g'], reason: 'expected less' };
    workers[0].say({ kind: 'error', id: workers[0].id('perform'), error });
    await expect(first.result).rejects.toThrow('g: expected less');
    const second = await start(compute, 2);
    const busy = workers.find((w) => w.log.includes('perform 2'))!;
    busy.emit('error', new Error('out of memory'));
    await expect(second.result).rejects.toThrow('out of memory');
    expect(busy.ended).toBe(true);
    const third = await start(compute, 3);
    const other = workers.find((w) => w.log.includes('perform 3'))!;
    expect(other).not.toBe(busy);
    other.result('perform', value(3));
    expect(await third.result).toEqual(value(3));
  });
});

test('a worker that died while it stood ready gets no job', async () => {
  const compute = createCompute(ready, 1, startScript);
  await settle();
  workers[0].emit('error', new Error('out of memory'));
  const job = await start(compute, 1);
  const other = workers.find((w) => w.log.includes('perform 1'))!;
  expect(other).not.toBe(workers[0]);
  other.result('perform', value(1));
  expect(await job.result).toEqual(value(1));
});

describe('nothing can be computed', () => {
  test('without the module: every job is rejected, before and after it failed', async () => {
    const compute = createCompute(Promise.reject(new Error('did not load')), 1, startScript);
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('did not load');
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('did not load');
    expect(workers.every((w) => w.ended && w.log.length === 0)).toBe(true);
  });

  test('where no worker can be made: every job is rejected, and none waits for ever', async () => {
    vi.stubGlobal('Worker', function refused() {
      throw new Error('workers are not allowed here');
    });
    const compute = createCompute(ready, 1, startScript);
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('not allowed here');
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('not allowed here');
  });

  test('where the script of a worker does not load', async () => {
    const compute = createCompute(new Promise(nothing), 1, startScript);
    const job = await start(compute, 1);
    workers[0].onerror?.({ message: '' });
    await expect(job.result).rejects.toThrow('cannot be loaded');
  });

  test('the last of several jobs, with both workers failing while their script loads', async () => {
    const compute = createCompute(new Promise(nothing), 1, startScript);
    const jobs = [];
    for (const g of [1, 2, 3]) jobs.push(await start(compute, g));
    for (let k = 0; k < workers.length && k < 4; ++k) workers[k].onerror?.({ message: '' });
    await settle();
    for (const worker of workers) worker.onerror?.({ message: '' });
    await expect(jobs[2].result).rejects.toThrow('cannot be loaded');
  });

  test('a job that was cancelled meanwhile is not rejected twice', async () => {
    let fail: (error: Error) => void = nothing;
    const compute = createCompute(new Promise((_, reject) => (fail = reject)), 1, startScript);
    const job = compute.run('lbit', { g: 1 }, nothing);
    compute.cancel();
    fail(new Error('did not load'));
    await expect(job).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('Cancel', () => {
  test('is at once; a task that stops in time keeps its worker, and what it says late is not heard', async () => {
    const compute = createCompute(ready, 1, startScript);
    const progress = vi.fn();
    const job = await start(compute, 1, progress);
    compute.cancel();
    await expect(job.result).rejects.toBeInstanceOf(Cancelled);
    const [worker] = workers;
    worker.say({ kind: 'progress', id: worker.id('perform'), fraction: 0.9 });
    expect(progress).not.toHaveBeenCalled();
    worker.result('rest');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(worker.ended).toBe(false);
    const next = await start(compute, 2);
    expect(workers.map((w) => w.log)).toEqual([['start', 'perform 1', 'stop', 'rest', 'perform 2']]);
    worker.result('perform', value(2));
    expect(await next.result).toEqual(value(2));
  });

  test('ends a worker that does not stop; the next job does not wait for that', async () => {
    const compute = createCompute(ready, 1, startScript);
    const first = await start(compute, 1);
    const second = await start(compute, 2);
    await expect(first.result).rejects.toBeInstanceOf(Cancelled);
    expect(workers.map((w) => w.log)).toEqual([
      ['start', 'perform 1', 'stop', 'rest'],
      ['start', 'perform 2'],
    ]);
    await vi.advanceTimersByTimeAsync(60);
    expect(workers.map((w) => w.ended)).toEqual([true, false]);
    workers[1].result('perform', value(2));
    expect(await second.result).toEqual(value(2));
  });

  test('of many jobs at once leaves the last, which gets the first worker that is free', async () => {
    const compute = createCompute(ready, 1, startScript);
    const jobs = [];
    for (const g of [1, 2, 3, 4, 5]) jobs.push(await start(compute, g));
    for (const job of jobs.slice(0, 4)) await expect(job.result).rejects.toBeInstanceOf(Cancelled);
    // Two compute what nobody wants any more; a third one is not made.
    expect(workers).toHaveLength(2);
    workers[1].result('rest');
    await settle();
    expect(workers[1].log).toEqual(['start', 'perform 2', 'stop', 'rest', 'perform 5']);
    workers[1].result('perform', value(5));
    expect(await jobs[4].result).toEqual(value(5));
    await vi.advanceTimersByTimeAsync(60);
    expect(workers[0].ended).toBe(true);
    expect(workers[1].ended).toBe(false);
  });

  test('of nothing is nothing', async () => {
    const compute = createCompute(ready, 1, startScript);
    await settle();
    compute.cancel();
    expect(workers.map((w) => w.log)).toEqual([['start']]);
  });
});

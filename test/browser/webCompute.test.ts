// The page's side of the workers, with workers that the test plays: what is sent to whom, and how every job ends.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cancelled, createCompute } from '../../web/src/worker/compute.js';
import type { Reply, Request } from '../../web/src/worker/messages.js';

/** Every worker that was made, with what it was sent. */
let workers: Played[];

class Played {
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly sent: Request[] = [];
  ended = false;
  constructor() {
    workers.push(this);
  }
  postMessage(request: Request): void {
    this.sent.push(structuredClone(request));
  }
  terminate(): void {
    this.ended = true;
  }
  say(reply: Reply): void {
    this.onmessage?.({ data: reply });
  }
  /** Kinds of the requests, with the job's id. */
  get log(): string[] {
    return this.sent.map((r) =>
      r.kind === 'job' ? `job ${r.job.id}` : r.kind === 'stop' ? `stop ${r.id}` : r.kind,
    );
  }
}

const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
const ready = Promise.resolve(empty);
const nothing = () => {};
/** Everything that is due by itself has happened. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const value = (eta: number) => ({ at: { eta } }) as never;

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
    const compute = createCompute(new Promise((resolve) => (come = resolve)), 3);
    const seen: unknown[] = [];
    const result = compute.run('lbit', { g: 1 }, (...args) => seen.push(args));
    await settle();
    expect(workers).toHaveLength(0);
    come(empty);
    await settle();
    expect(workers).toHaveLength(1);
    expect(workers[0].sent).toEqual([
      { kind: 'start', module: empty, threads: 3 },
      { kind: 'job', job: { id: 1, task: 'lbit', input: { g: 1 } } },
    ]);
    workers[0].say({ kind: 'progress', id: 1, fraction: 0.5 });
    workers[0].say({ kind: 'progress', id: 1, fraction: 0.7, partial: value(1) });
    workers[0].say({ kind: 'result', id: 1, value: value(2) });
    expect(await result).toEqual(value(2));
    expect(seen).toEqual([
      [0.5, undefined],
      [0.7, value(1)],
    ]);
    // A second one now stands ready.
    expect(workers.map((w) => w.log)).toEqual([['start', 'job 1'], ['start']]);
  });

  test('rejects with what the task threw, and with the death of its worker, and the next one runs', async () => {
    const compute = createCompute(ready, 1);
    await settle();
    const first = compute.run('lbit', { g: 1 }, nothing);
    workers[0].say({ kind: 'error', id: 1, message: 'g: expected less' });
    await expect(first).rejects.toThrow('g: expected less');
    const second = compute.run('lbit', { g: 2 }, nothing);
    const [busy] = workers.filter((w) => w.log.includes('job 2'));
    busy.onerror?.({ message: 'out of memory' });
    await expect(second).rejects.toThrow('out of memory');
    expect(busy.ended).toBe(true);
    const third = compute.run('lbit', { g: 3 }, nothing);
    const [other] = workers.filter((w) => w.log.includes('job 3'));
    expect(other).not.toBe(busy);
    other.say({ kind: 'result', id: 3, value: value(3) });
    expect(await third).toEqual(value(3));
  });
});

describe('nothing can be computed', () => {
  test('without the module: every job is rejected, before and after it failed, and none is handed on', async () => {
    const compute = createCompute(Promise.reject(new Error('did not load')), 1);
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('did not load');
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('did not load');
    expect(workers).toHaveLength(0);
  });

  test('where no worker can be made: every job is rejected, and none waits for ever', async () => {
    vi.stubGlobal('Worker', function refused() {
      throw new Error('workers are not allowed here');
    });
    const compute = createCompute(ready, 1);
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('not allowed here');
    await expect(compute.run('lbit', { g: 1 }, nothing)).rejects.toThrow('not allowed here');
  });

  test('a job that was cancelled meanwhile is not rejected twice', async () => {
    let fail: (error: Error) => void = nothing;
    const compute = createCompute(new Promise((_, reject) => (fail = reject)), 1);
    const job = compute.run('lbit', { g: 1 }, nothing);
    compute.cancel();
    fail(new Error('did not load'));
    await expect(job).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('Cancel', () => {
  test('is at once; a task that stops in time keeps its worker, and what it says late is not heard', async () => {
    const compute = createCompute(ready, 1);
    await settle();
    const progress = vi.fn();
    const job = compute.run('lbit', { g: 1 }, progress);
    compute.cancel();
    await expect(job).rejects.toBeInstanceOf(Cancelled);
    workers[0].say({ kind: 'progress', id: 1, fraction: 0.9 });
    expect(progress).not.toHaveBeenCalled();
    workers[0].say({ kind: 'stopped', id: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(workers[0].ended).toBe(false);
    const next = compute.run('lbit', { g: 2 }, nothing);
    expect(workers.map((w) => w.log)).toEqual([['start', 'job 1', 'stop 1', 'job 2']]);
    workers[0].say({ kind: 'result', id: 2, value: value(2) });
    expect(await next).toEqual(value(2));
  });

  test('ends a worker that does not stop; the next job does not wait for that', async () => {
    const compute = createCompute(ready, 1);
    await settle();
    const first = compute.run('lbit', { g: 1 }, nothing);
    const second = compute.run('lbit', { g: 2 }, nothing);
    await expect(first).rejects.toBeInstanceOf(Cancelled);
    expect(workers.map((w) => w.log)).toEqual([
      ['start', 'job 1', 'stop 1'],
      ['start', 'job 2'],
    ]);
    await vi.advanceTimersByTimeAsync(60);
    expect(workers.map((w) => w.ended)).toEqual([true, false]);
    workers[1].say({ kind: 'result', id: 2, value: value(2) });
    expect(await second).toEqual(value(2));
  });

  test('of many jobs at once leaves the last, which gets the first worker that is free', async () => {
    const compute = createCompute(ready, 1);
    await settle();
    const jobs = [1, 2, 3, 4, 5].map((g) => compute.run('lbit', { g }, nothing));
    for (const job of jobs.slice(0, 4)) await expect(job).rejects.toBeInstanceOf(Cancelled);
    // Two compute what nobody wants any more; a third one is not made.
    expect(workers).toHaveLength(2);
    workers[1].say({ kind: 'result', id: 2, value: value(2) });
    expect(workers[1].log).toEqual(['start', 'job 2', 'stop 2', 'job 5']);
    workers[1].say({ kind: 'result', id: 5, value: value(5) });
    expect(await jobs[4]).toEqual(value(5));
    await vi.advanceTimersByTimeAsync(60);
    expect(workers.map((w) => w.ended)).toEqual([true, false]);
  });

  test('of nothing is nothing', async () => {
    const compute = createCompute(ready, 1);
    await settle();
    compute.cancel();
    expect(workers.map((w) => w.log)).toEqual([['start']]);
  });
});

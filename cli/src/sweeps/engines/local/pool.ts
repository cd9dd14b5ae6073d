// Runs pure tasks on worker threads of this machine (Node). Results come back in the order of the tasks whatever the
// number of workers; the error of a task that fails takes the place of its result, and the other tasks go on.
import { setImmediate } from 'node:timers/promises';
import type { Build } from 'emft';
import { checkChoice, checkInteger } from 'emft/check';
import { Piscina } from 'piscina';
import { cores } from '../../../files/cores.js';
import { systemCode, systemReason } from '../../../files/fileError.js';
import { note } from '../../../files/streams.js';
import { createRunner, type Said, type WorkerAnswer, type WorkerSetup, type WorkerTask } from './runner.js';

export type { WorkerTask } from './runner.js';

/** The outcome of one task. `skipped`: it was not started, because the run was stopped. */
export type Outcome<R> =
  | { status: 'done'; value: R }
  | { status: 'failed'; error: Said; attempts: number }
  | { status: 'skipped' };

interface Progress {
  done: number;
  failed: number;
  total: number;
}

export interface PoolOptions {
  /** Worker threads; by default as many as the machine has cores. */
  workers?: number;
  build?: Build;
  /** A module that exports `taskKinds`; by default the registry of this package. */
  kinds?: URL;
}

export interface RunOptions<R> {
  /** How often a task is tried again after it failed; 0 by default. */
  retries?: number;
  /** No task is started after this; running ones finish. */
  stop?: AbortSignal;
  /** Kills running tasks; the run rejects with an AbortError. */
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
  /** Seconds that a worker was at a task that is done. */
  onTime?(seconds: number): void;
  /** Called and awaited for each task when it ends, in order of ending. An error that it throws ends the run. */
  onOutcome?(outcome: Outcome<R>, position: number): void | Promise<void>;
}

/** Worker threads load compiled JavaScript: where this file runs as TypeScript, the compiled one is used. */
const here = import.meta.url.endsWith('.ts') ? '../../../../dist/sweeps/' : '../../';
const workerFile = new URL(`${here}engines/local/worker.cjs`, import.meta.url);
const registry = new URL(`${here}taskKinds.js`, import.meta.url);

export class TaskPool {
  readonly workers: number;
  readonly #setup: WorkerSetup;
  #threads: Threads;

  constructor({ workers = cores(), build = 'simd', kinds = registry }: PoolOptions = {}) {
    checkInteger('options.workers', workers, { min: 1, max: 1024 });
    checkChoice('options.build', build, ['simd', 'relaxed'] as const);
    this.#setup = { build, kinds: kinds.href };
    this.#threads = startThreads(workers, this.#setup);
    this.workers = this.#threads.count;
  }

  /** Runs every task; resolves with one outcome a task, in the tasks' order. */
  async run<R>(tasks: readonly WorkerTask[], options: RunOptions<R> = {}): Promise<Outcome<R>[]> {
    const { signal, stop, onProgress, onOutcome } = options;
    const outcomes: Outcome<R>[] = tasks.map(() => ({ status: 'skipped' }));
    const progress: Progress = { done: 0, failed: 0, total: tasks.length };
    let next = 0;
    let broken = false;
    const lane = async (): Promise<void> => {
      while (next < tasks.length && !stop?.aborted && !broken) {
        signal?.throwIfAborted();
        const position = next++;
        const outcome = await this.#attempt<R>(tasks[position], options);
        outcomes[position] = outcome;
        if (outcome.status !== 'skipped') progress[outcome.status]++;
        await onOutcome?.(outcome, position);
        onProgress?.({ ...progress });
      }
    };
    // Waits for every lane, so that nothing runs on after the promise settles.
    const guarded = async () => {
      try {
        await lane();
      } catch (error) {
        broken = true;
        throw error;
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: this.workers }, guarded));
    for (const end of lanes) if (end.status === 'rejected') throw end.reason;
    return outcomes;
  }

  async #attempt<R>(
    task: WorkerTask,
    { retries = 0, signal, stop, onTime }: RunOptions<R>,
  ): Promise<Outcome<R>> {
    let error: Said = { name: 'Error', message: '' };
    let attempts = 0;
    while (attempts <= retries && !(attempts > 0 && stop?.aborted)) {
      attempts++;
      const threads = this.#threads;
      try {
        const answer = await threads.run(task, { signal });
        if ('value' in answer) {
          onTime?.(answer.seconds);
          return { status: 'done', value: answer.value as R };
        }
        if (signal?.aborted) throw signal.reason;
        error = answer.error;
        if (answer.setup && threads.count > 1) {
          this.#shrink(threads, error.message);
          attempts--;
        }
      } catch (reason) {
        if (signal?.aborted) throw new DOMException('the run was aborted', 'AbortError');
        if (threads !== this.#threads) {
          // The worker ended with the others, through no fault of the task.
          attempts--;
          continue;
        }
        // The worker died or its answer could not be sent; piscina has started another one.
        const message = (reason as Error | undefined)?.message ?? 'the result could not be cloned';
        error = { name: 'WorkerError', message };
      }
    }
    return { status: 'failed', error, attempts };
  }

  /**
   * Continues with one worker if the host cannot provide for several, most often for lack of
   * addresses for their memories.
   */
  #shrink(threads: Threads, why: string): void {
    if (threads !== this.#threads) return;
    note(`emft: not all of ${threads.count} workers start (${why}): one computes`);
    const next = threads.destroy().then(() => startThreads(1, this.#setup));
    this.#threads = {
      count: 1,
      run: async (task, options) => (await next).run(task, options),
      destroy: async () => (await next).destroy(),
    };
  }

  /** Ends the worker threads at once. */
  async close(): Promise<void> {
    await this.#threads.destroy();
  }
}

/** The threads that tasks are passed to. */
interface Threads {
  count: number;
  run(task: WorkerTask, options: { signal?: AbortSignal }): Promise<WorkerAnswer>;
  /** Also ends running tasks. */
  destroy(): Promise<void>;
}

function startThreads(count: number, setup: WorkerSetup): Threads {
  try {
    const piscina = new Piscina<WorkerTask, WorkerAnswer>({
      filename: workerFile.href,
      minThreads: count,
      maxThreads: count,
      workerData: setup,
    });
    // Without a listener the death of an idle worker would end the process; another worker takes its place.
    piscina.on('error', () => {});
    return {
      count,
      run: (task, options) => piscina.run(task, options),
      destroy: () => piscina.destroy(),
    };
  } catch (error) {
    if (systemCode(error) !== 'ERR_ACCESS_DENIED') throw error;
    note(`emft: worker threads do not start (${systemReason(error as Error)}): one thread computes`);
    return thisThread(setup);
  }
}

/** Runs tasks one after the other in this thread, which handles signals in between. */
function thisThread(setup: WorkerSetup): Threads {
  const compute = createRunner(setup);
  let last: Promise<unknown> = Promise.resolve();
  return {
    count: 1,
    run(task, { signal }) {
      const turn = last.then(async () => {
        await setImmediate();
        signal?.throwIfAborted();
        return compute(task, signal);
      });
      last = turn.catch(() => {});
      return turn;
    },
    destroy: async () => {},
  };
}

/** One run on a pool of its own. */
export async function runTasks<R>(
  tasks: readonly WorkerTask[],
  options: PoolOptions & RunOptions<R> = {},
): Promise<Outcome<R>[]> {
  const pool = new TaskPool(options);
  try {
    return await pool.run(tasks, options);
  } finally {
    await pool.close();
  }
}

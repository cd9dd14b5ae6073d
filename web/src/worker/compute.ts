// The page's side of the workers: one job at a time, progress, and a Cancel that always works. Tasks that report
// progress stop where they do so, others are ended; the next job waits for neither.
import type { TaskName, Tasks } from '../views/index.js';
import { type Crew, createCrew } from './crew.js';
import type { Job, Reply } from './messages.js';
import type { InputOf, ResultOf } from './task.js';

export class Cancelled extends Error {
  override name = 'Cancelled';
}

interface Pending<K extends TaskName = TaskName> {
  job: Job;
  /** null until one is free. */
  worker: Worker | null;
  resolve(value: ResultOf<Tasks[K]>): void;
  reject(error: unknown): void;
  /** How far it is, and what there is so far. */
  progress(fraction: number, partial?: ResultOf<Tasks[K]>): void;
}

/** What was asked for cannot be computed, and why. */
export class Refused extends Error {
  override name = 'Refused';
}

export interface Compute {
  /** Starts a job; one that still runs is cancelled first. */
  run<K extends TaskName>(
    task: K,
    input: InputOf<Tasks[K]>,
    progress: Pending<K>['progress'],
  ): Promise<ResultOf<Tasks[K]>>;
  /** Ends the running job, if any: its promise rejects with Cancelled. */
  cancel(): void;
}

/** `module` is the core of one thread; large matrices are solved on `threads`. */
export function createCompute(module: Promise<WebAssembly.Module>, threads: number): Compute {
  let crew: Crew | undefined;
  /** Why nothing can be computed. */
  let failure: { error: unknown } | undefined;
  let pending: Pending | null = null;
  let next = 1;

  /** The job, which is then no longer there. With a worker: only if it is that one's. */
  function take(worker = pending?.worker): Pending | null {
    if (pending?.worker !== worker) return null;
    const taken = pending;
    pending = null;
    return taken ?? null;
  }

  /** Hands the job to a worker that is free. */
  function dispatch(): void {
    if (!pending || pending.worker) return;
    try {
      if (failure) throw failure.error;
      const worker = crew?.take();
      if (!worker) return;
      pending.worker = worker;
      crew?.send(worker, { kind: 'job', job: pending.job });
    } catch (error) {
      take()?.reject(error);
    }
  }

  function said(worker: Worker, reply: Reply): void {
    if (reply.kind === 'progress') {
      if (pending?.worker === worker) pending.progress(reply.fraction, reply.partial);
      return;
    }
    crew?.release(worker);
    const ended = take(worker);
    if (ended) {
      if (reply.kind === 'result') ended.resolve(reply.value);
      else if (reply.kind === 'error') ended.reject(new (reply.input ? Refused : Error)(reply.message));
      crew?.prepare();
    }
    dispatch();
  }

  function died(worker: Worker, message: string): void {
    take(worker)?.reject(new Error(message));
    dispatch();
  }

  module
    .then((compiled) => {
      crew = createCrew(compiled, threads, { said, died, changed: dispatch });
      crew.prepare();
    })
    .catch((error) => {
      failure = { error };
    })
    .finally(dispatch);

  function cancel(): void {
    const { worker, job, reject } = take() ?? {};
    if (worker) crew?.stop(worker, job!.id);
    reject?.(new Cancelled());
  }

  return {
    cancel,
    run(task, input, progress) {
      cancel();
      return new Promise((resolve, reject) => {
        const job = { id: next++, task, input } as Job;
        pending = { job, worker: null, resolve, reject, progress } as Pending;
        dispatch();
      });
    },
  };
}

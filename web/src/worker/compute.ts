// The page's side of the workers: one job at a time, progress, and a Cancel that always works. Tasks that report
// progress stop where they do so, others are ended; the next job waits for neither.
import { WorkerError } from 'emft/client';
import type { InputOf, ResultOf } from '../tasks/task.js';
import type { TaskName, Tasks } from '../views/index.js';
import { createCrew, type Member } from './crew.js';
import type { Started } from './script.js';

export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** How far a task is, and what there is so far. */
type Progress<K extends TaskName> = (fraction: number, soFar?: ResultOf<Tasks[K]>) => void;

export interface Compute {
  /** Starts a job; one that still runs is cancelled first. What the task refuses is an InputError of `emft/client`. */
  run<K extends TaskName>(
    task: K,
    input: InputOf<Tasks[K]>,
    progress: Progress<K>,
  ): Promise<ResultOf<Tasks[K]>>;
  /** Ends the running job, if any: its promise rejects with Cancelled. */
  cancel(): void;
}

/** `module` is the core of one thread, `startScript` gives a new worker; large matrices are solved on `threads`. */
export function createCompute(
  module: Promise<WebAssembly.Module>,
  threads: number,
  startScript: () => Started,
): Compute {
  const crew = createCrew(module, startScript);
  crew.prepare();
  /** Of the job that runs. */
  let running: AbortController | undefined;

  function cancel(): void {
    running?.abort(new Cancelled());
    running = undefined;
  }

  async function computed<K extends TaskName>(
    task: K,
    input: InputOf<Tasks[K]>,
    watch: { signal: AbortSignal; onProgress: Progress<K> },
  ): Promise<ResultOf<Tasks[K]>> {
    const member = await crew.take();
    let after: (member: Member) => void = crew.release;
    try {
      const client = await member.client;
      const perform = client.perform as (...args: unknown[]) => Promise<ResultOf<Tasks[K]>>;
      return await perform(task, input, threads, watch);
    } catch (error) {
      if (watch.signal.aborted) after = crew.stop;
      else if (error instanceof WorkerError) after = crew.end;
      throw error;
    } finally {
      after(member);
    }
  }

  async function run<K extends TaskName>(
    task: K,
    input: InputOf<Tasks[K]>,
    onProgress: Progress<K>,
  ): Promise<ResultOf<Tasks[K]>> {
    cancel();
    const mine = new AbortController();
    running = mine;
    const { signal } = mine;
    const cancelled = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    try {
      const result: unknown = await Promise.race([computed(task, input, { signal, onProgress }), cancelled]);
      return result as ResultOf<Tasks[K]>;
    } finally {
      if (running === mine) {
        running = undefined;
        crew.prepare();
      }
    }
  }

  return { run, cancel };
}

// Tasks on all cores for a figure, with its progress; a failed task ends the figure.
import type { TaskPool, WorkerTask } from '../sweeps/engines/local/pool.js';
import { checkpoint, type FigureContext } from './figure.js';
import { Workers } from './workers.js';

/** Calls `body` with the threads of the run, or with threads of its own where there are none; an abort throws the signal's reason. */
export async function onWorkers<T>(
  { workers, signal }: Pick<FigureContext, 'workers' | 'signal'>,
  body: (pool: TaskPool) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const used = workers ?? new Workers();
  try {
    return await body(used.pool);
  } catch (error) {
    // The signal's reason says more than the error of workers that were ended.
    signal?.throwIfAborted();
    throw error;
  } finally {
    if (!workers) await used.close();
  }
}

/** The results, in the order of the tasks. When the signal aborts, the tasks that run are ended. */
export async function runAll<R>(context: FigureContext, tasks: readonly WorkerTask[]): Promise<R[]> {
  let done = 0;
  const outcomes = await onWorkers(context, (pool) =>
    pool.run<R>(tasks, {
      signal: context.signal,
      onTime: context.onTime,
      onOutcome: async (outcome) => {
        if (outcome.status === 'failed') throw new Error(outcome.error.message);
        await context.progress(++done / (tasks.length + 1));
      },
    }),
  );
  await checkpoint(context, 1);
  return outcomes.map((o) => (o as { value: R }).value);
}

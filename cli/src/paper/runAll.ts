// Tasks on all cores for a figure, with its progress; a failed task ends the figure.
import { runTasks, type Task } from '../sweeps/engines/local/pool.js';
import { checkpoint, type FigureContext } from './figure.js';

/** The results, in the order of the tasks. When the signal aborts, the tasks that run are waited for. */
export async function runAll<R>(context: FigureContext, tasks: readonly Task[]): Promise<R[]> {
  let done = 0;
  const outcomes = await runTasks<R>(tasks, {
    stop: context.signal,
    onOutcome: async (outcome) => {
      if (outcome.status === 'failed') throw new Error(outcome.error.message);
      await context.progress(++done / (tasks.length + 1));
    },
  });
  await checkpoint(context, 1);
  return outcomes.map((o) => (o as { value: R }).value);
}

// Tasks on all cores for a figure, with its progress; a failed task ends the figure.
import { runTasks, type Task } from '../sweeps/engines/local/pool.js';
import type { FigureContext } from './figure.js';

export async function runAll<R>(progress: FigureContext['progress'], tasks: readonly Task[]): Promise<R[]> {
  let done = 0;
  const outcomes = await runTasks<R>(tasks, {
    onOutcome: async (outcome) => {
      if (outcome.status === 'failed') throw new Error(outcome.error.message);
      await progress(++done / (tasks.length + 1));
    },
  });
  return outcomes.map((o) => (o as { value: R }).value);
}

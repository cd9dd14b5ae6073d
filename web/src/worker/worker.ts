// The script of the page's workers: the tasks of all views, as functions that a client of the package calls.
import { createCore } from 'emft';
import { type Served, serve } from 'emft/client/serve';
import type { Cores, InputOf, ResultOf, Task } from '../tasks/task.js';
import { type TaskName, type Tasks, tasks } from '../views/index.js';

/** The same tasks, with what ties the input of one to its name. */
const table: { [Name in TaskName]: Task<InputOf<Tasks[Name]>, ResultOf<Tasks[Name]>> } = tasks;

/** On several threads, once it was asked for. */
let team: Cores['core'] | undefined;

const functions = {
  /** Runs a task; large matrices are solved on `threads`. */
  perform<K extends TaskName>(
    { core, report, signal }: Served<ResultOf<Tasks[K]>>,
    name: K,
    input: InputOf<Tasks[K]>,
    threads: number,
  ): ResultOf<Tasks[K]> | Promise<ResultOf<Tasks[K]>> {
    async function threaded() {
      if (threads > 1) team ??= await createCore({ threads });
      return team ?? core;
    }
    return table[name](input, { core, threaded }, report, signal);
  },
  /** Answers when what was called before has ended. */
  rest() {},
};

export type WorkerFunctions = typeof functions;

serve(functions);

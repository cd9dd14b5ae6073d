// The worker: one core of the package, one task at a time.
import { createCore } from 'emft';
import { InputError } from 'emft/check';
import { type TaskName, type Tasks, tasks } from '../views/index.js';
import type { Job, Reply, Request } from './messages.js';
import type { Cores, InputOf, Report, ResultOf, Task } from './task.js';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Reply): void;
};

/** The same tasks, with what ties the input of one to its name. */
const table: { [Name in TaskName]: Task<InputOf<Tasks[Name]>, ResultOf<Tasks[Name]>> } = tasks;

class Stopped extends Error {}

/** What this worker has: its cores once the module came, and the job that runs with what stops it. */
const state: { cores?: Promise<Cores>; running: number; stopping: AbortController } = {
  running: 0,
  stopping: new AbortController(),
};

/** Lets messages in that came meanwhile. A timer would wait for milliseconds. */
const turn = new MessageChannel();
const turns: (() => void)[] = [];
turn.port1.onmessage = () => turns.shift()?.();
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    turn.port2.postMessage(null);
  });
}

async function start(module: WebAssembly.Module, threads: number): Promise<Cores> {
  const core = await createCore({ wasm: module });
  let team: Cores['core'] | undefined;
  return {
    core,
    async threaded() {
      team ??= threads > 1 ? await createCore({ threads }) : core;
      return team;
    },
  };
}

async function perform<K extends TaskName>({ id, task, input }: Job<K>): Promise<void> {
  const { signal } = state.stopping;
  const report: Report<ResultOf<Tasks[K]>> = async (fraction, partial) => {
    scope.postMessage({ kind: 'progress', id, fraction, partial });
    await letMessagesIn();
    signal.throwIfAborted();
  };
  try {
    if (!state.cores) throw new Error('the computation was asked for before the module came');
    const value = await table[task](input, await state.cores, report, signal);
    scope.postMessage({ kind: 'result', id, value });
  } catch (error) {
    if (error instanceof Stopped) scope.postMessage({ kind: 'stopped', id });
    else {
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ kind: 'error', id, message, ...(error instanceof InputError && { input: true }) });
    }
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') {
    state.cores = start(data.module, data.threads);
    // Reported with the first job, which waits for it.
    state.cores.catch(() => {});
  } else if (data.kind === 'stop') {
    if (state.running === data.id) state.stopping.abort(new Stopped());
  } else {
    state.running = data.job.id;
    state.stopping = new AbortController();
    void perform(data.job);
  }
};

// What runs in a worker thread: one core, created while the thread starts, and the task kinds by name.
// Errors come back as values, because structured cloning would lose their class.
import { workerData } from 'node:worker_threads';
import { type Build, type Core, createCore } from 'emft';
import type { TaskKinds } from '../../taskKind.js';

export interface WorkerSetup {
  build: Build;
  /** href of the module that exports `taskKinds` */
  kinds: string;
}

export interface Task {
  kind: string;
  params: unknown;
  seed: number;
  index: number;
}

export type WorkerAnswer = { value: unknown } | { error: { name: string; message: string } };

const setup = workerData as WorkerSetup;
const core: Promise<Core> = createBuild();

/** A core falls back to another build where the host lacks something; results of two builds must not mix. */
async function createBuild(): Promise<Core> {
  const core = await createCore({ build: setup.build });
  if (core.build !== setup.build) throw new Error(core.notes.join('; '));
  return core;
}

const kinds: Promise<{ taskKinds: TaskKinds }> = import(setup.kinds);
// What goes wrong here is told by every task.
core.catch(() => {});
kinds.catch(() => {});

export default async function runTask(task: Task): Promise<WorkerAnswer> {
  try {
    const kind = (await kinds).taskKinds[task.kind];
    if (!kind) throw new Error(`no task kind named '${task.kind}'`);
    return { value: await kind.run(await core, task.params as never, task.seed, task.index) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}

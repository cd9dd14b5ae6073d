// What runs in a worker thread: one core, created with the first task, and the task kinds by name.
// Errors come back as values, because structured cloning would lose their class.
import { workerData } from 'node:worker_threads';
import { type Build, type Core, createCore } from '../index.js';
import type { TaskKinds } from './taskKind.js';

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
let core: Promise<Core> | undefined;
let kinds: Promise<{ taskKinds: TaskKinds }> | undefined;

export default async function runTask(task: Task): Promise<WorkerAnswer> {
  try {
    kinds ??= import(setup.kinds);
    core ??= createCore({ build: setup.build });
    const kind = (await kinds).taskKinds[task.kind];
    if (!kind) throw new Error(`no task kind named '${task.kind}'`);
    return { value: await kind.run(await core, task.params as never, task.seed, task.index) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}

// Computes tasks in a thread: one core, created at once, and the task kinds by name. Errors are returned as values,
// because structured cloning would lose their class.
import { type Build, type Core, createCore, InputError } from 'emft';
import type { TaskKinds } from '../../task.js';

export interface WorkerSetup {
  build: Build;
  /** href of the module that exports `taskKinds` */
  kinds: string;
}

export interface WorkerTask {
  kind: string;
  params: unknown;
  seed: number;
  index: number;
}

/** The message of an error, and for an InputError the argument that it is about. */
export interface Said {
  name: string;
  message: string;
  input?: Pick<InputError, 'path' | 'reason'>;
}

/** `setup`: the thread has no core, so that every task would fail in the same way. */
export type WorkerAnswer = { value: unknown; seconds: number } | { error: Said; setup?: true };

export function createRunner({
  build,
  kinds: module,
}: WorkerSetup): (task: WorkerTask, signal?: AbortSignal) => Promise<WorkerAnswer> {
  const core: Promise<Core> = createBuild(build);
  const kinds: Promise<{ taskKinds: TaskKinds }> = import(module);
  // Every task reports this failure.
  core.catch(() => {});
  kinds.catch(() => {});
  return async (task, signal) => {
    try {
      await core;
    } catch (error) {
      return { error: said(error), setup: true };
    }
    try {
      const kind = (await kinds).taskKinds[task.kind];
      if (!kind) throw new Error(`no task kind named '${task.kind}'`);
      const began = performance.now();
      const value = await kind.run(await core, task.params as never, task.seed, task.index, signal);
      return { value, seconds: (performance.now() - began) / 1000 };
    } catch (error) {
      return { error: said(error) };
    }
  };
}

/**
 * Refuses a core that fell back to another build where the host lacks something: results of two builds must not mix.
 */
async function createBuild(build: Build): Promise<Core> {
  const core = await createCore({ build });
  if (core.build !== build) throw new Error(core.notes.join('; '));
  return core;
}

function said(error: unknown): Said {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof InputError)) return { name, message };
  const { path, reason } = error;
  return { name, message, input: { path, reason } };
}

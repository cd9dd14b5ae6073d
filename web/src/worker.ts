// The worker: one core of the package, one task at a time.
import { type Core, createCore } from 'emft';
import type { Reply } from './compute.js';
import { tasks } from './tasks.js';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: Reply): void;
};

let core: Promise<Core> | undefined;

scope.onmessage = async ({ data }: MessageEvent) => {
  if (data.module) {
    core = createCore({ wasm: data.module as WebAssembly.Module });
    return;
  }
  const { job, task, input } = data as { job: number; task: keyof typeof tasks; input: never };
  try {
    if (!core) throw new Error('the computation was asked for before the module came');
    const report = (fraction: number, partial?: unknown) =>
      scope.postMessage({ kind: 'progress', job, fraction, partial });
    const value = await tasks[task](input, await core, report);
    scope.postMessage({ kind: 'result', job, value });
  } catch (error) {
    scope.postMessage({
      kind: 'error',
      job,
      message: error instanceof Error ? error.message : String(error),
    });
  }
};

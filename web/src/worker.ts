// The worker: one core of the package, one task at a time.
import { createCore } from 'emft';
import type { Reply, Request } from './compute.js';
import { type Cores, type Report, tasks } from './tasks.js';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Reply): void;
};

class Stopped extends Error {}

let cores: Promise<Cores> | undefined;
/** The job that runs, and what stops it. */
let running = 0;
let stopping = new AbortController();

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

async function perform({ job, task, input }: Request & { kind: 'job' }): Promise<void> {
  running = job;
  stopping = new AbortController();
  const { signal } = stopping;
  const report: Report = async (fraction, partial) => {
    scope.postMessage({ kind: 'progress', job, fraction, partial });
    await letMessagesIn();
    signal.throwIfAborted();
  };
  try {
    if (!cores) throw new Error('the computation was asked for before the module came');
    const value = await tasks[task](input as never, await cores, report, signal);
    scope.postMessage({ kind: 'result', job, value });
  } catch (error) {
    if (error instanceof Stopped) scope.postMessage({ kind: 'stopped', job });
    else {
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ kind: 'error', job, message });
    }
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') {
    cores = start(data.module, data.threads);
    // Reported with the first job, which waits for it.
    cores.catch(() => {});
  } else if (data.kind === 'stop') {
    if (running === data.job) stopping.abort(new Stopped());
  } else void perform(data);
};

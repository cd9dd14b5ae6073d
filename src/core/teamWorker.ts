// What a worker thread of a core runs: an instance of the module over the shared memory that serves the team
// until the worker is terminated.

export interface TeamSetup {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the block where the team meets. */
  block: number;
  /** 1 … threads − 1. */
  rank: number;
}

async function serve({ module, memory, block, rank }: TeamSetup, ready: () => void): Promise<void> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  (exports._start as (() => void) | undefined)?.();
  ready();
  (exports.serveTeam as (block: number, rank: number) => void)(block, rank);
}

async function serveInNode(): Promise<void> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  const { parentPort, workerData } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ threads
  )) as typeof import('node:worker_threads');
  await serve(workerData, () => parentPort?.postMessage('ready'));
}

// No await at the top: bundlers make classic scripts of workers.
if (typeof process !== 'undefined' && process.versions?.node !== undefined) void serveInNode();
else addEventListener('message', ({ data }) => void serve(data, () => postMessage('ready')), { once: true });

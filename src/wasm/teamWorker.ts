// The script of a worker thread of a core: an instance of the module over the shared memory, which serves the team
// until the worker is terminated. It imports nothing, so that this one file can be copied beside a bundle.

export interface TeamSetup {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the block where the team meets. */
  block: number;
  /** Address of the count of workers that ended by an error. */
  lost: number;
  /** 1 … threads − 1. */
  rank: number;
}

/** The one message of a worker: null when it is ready, or why it is not. */
export type TeamMessage = string | null;

/** The same as in waits.ts. */
function waits(memory: WebAssembly.Memory) {
  // The buffer is asked for each time: it is another object after memory has grown.
  const word = (address: number) => new Int32Array(memory.buffer, address >>> 0, 1);
  return {
    wait: (address: number, expected: number, milliseconds: number): number => {
      const began = performance.now();
      const timedOut = Atomics.wait(word(address), 0, expected, milliseconds) === 'timed-out';
      return timedOut ? -1 : performance.now() - began;
    },
    notify: (address: number): void => void Atomics.notify(word(address), 0),
  };
}

async function serve(
  { module, memory, block, lost, rank }: TeamSetup,
  say: (message: TeamMessage) => void,
): Promise<void> {
  let exports: WebAssembly.Exports;
  // Node does not wait for a module that is being instantiated: a thread with nothing else to do would end.
  const timer = setInterval(() => {}, 2 ** 30);
  try {
    ({ exports } = await WebAssembly.instantiate(module, {
      env: { memory, checkTeam() {}, ...waits(memory) },
    }));
    (exports._start as (() => void) | undefined)?.();
  } catch (error) {
    say(String(error));
    return;
  } finally {
    clearInterval(timer);
  }
  say(null);
  try {
    (exports.serveTeam as (block: number, rank: number) => void)(block, rank);
  } catch (error) {
    // The leader may be waiting for this thread without reading messages.
    Atomics.add(new Int32Array(memory.buffer, lost, 1), 0, 1);
    throw error;
  }
}

async function serveInNode(): Promise<void> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  const { parentPort, workerData } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ threads
  )) as typeof import('node:worker_threads');
  await serve(workerData, (message) => parentPort?.postMessage(message));
}

// No await at the top level: bundlers make classic scripts of workers.
if (typeof process !== 'undefined' && process.versions?.node !== undefined) void serveInNode();
else
  addEventListener('message', ({ data }) => void serve(data, (message) => postMessage(message)), {
    once: true,
  });

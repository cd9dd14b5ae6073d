// Runs calls in a worker thread and watches it: a call that does not return is named, and ends the run.
import { Worker } from 'node:worker_threads';
import { type FuzzNews, type FuzzOrder, LENGTH, TEXT } from './order.js';

interface Summary {
  calls: number;
  /** One text a failure. */
  failures: string[];
}

interface FuzzRun extends Omit<FuzzOrder, 'board'> {
  onRound?(round: Extract<FuzzNews, { kind: 'round' }>, calls: number): void;
}

/** Processor time that a call may take: the machine may be busy with other things. */
const CPU_SECONDS = 20;
/** And time by the clock, for a call that waits for something that never comes. */
const WALL_SECONDS = 180;
/** Memory that calls may leave behind over a run, whatever its length; caches of engine and libraries included. */
const GROWTH = 24 * 2 ** 20;
/** More than the largest call takes, in WebAssembly memory of both cores. */
const WASM_BYTES = 128 * 2 ** 20;

/** TypeScript has to be registered within the thread. */
const START = `
import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)});
}).catch((error) => setImmediate(() => { throw error; }));`;

export async function watch({ onRound, ...order }: FuzzRun): Promise<Summary> {
  const board = new SharedArrayBuffer(1 << 16);
  const words = new Int32Array(board);
  const worker = new Worker(START, {
    eval: true,
    workerData: { ...order, board } satisfies FuzzOrder,
  });
  const failures: string[] = [];
  let calls = 0;
  let stop = () => {};
  let first: { heap: number } | null = null;
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error(`the thread ended during ${atHand(board)}`)));
      worker.on('message', (news: FuzzNews) => {
        if (news.kind === 'end') return resolve();
        calls += news.calls;
        for (const { name, seed, report } of news.failures) failures.push(`${name}, seed ${seed}: ${report}`);
        // The first round fills caches.
        first ??= news;
        if (news.heap - first.heap > GROWTH)
          failures.push(grown('JavaScript', news.heap - first.heap, news.seed));
        if (news.wasm > WASM_BYTES) failures.push(grown('WebAssembly', news.wasm, news.seed));
        onRound?.(news, calls);
      });
      stop = watchCalls(words, () => reject(new Error(`no end of ${atHand(board)}`)));
    });
  } catch (error) {
    failures.push((error as Error).message);
  } finally {
    stop();
    worker.removeAllListeners('exit');
    await worker.terminate();
  }
  return { calls, failures };
}

function grown(what: string, bytes: number, seed: number): string {
  return `${what} memory has grown to ${(bytes / 2 ** 20).toFixed(1)} MiB after the round with seed ${seed}`;
}

function atHand(board: SharedArrayBuffer): string {
  const length = new Int32Array(board)[LENGTH];
  return new TextDecoder().decode(new Uint8Array(board, TEXT, length).slice());
}

/** Calls `hangs` when the number of the call at hand stands still for too long; returns what ends the watch. */
function watchCalls(words: Int32Array, hangs: () => void): () => void {
  let seen = -1;
  let [cpu, wall] = [0, 0];
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const timer = setInterval(() => {
    const now = Atomics.load(words, 0);
    if (now !== seen) [seen, cpu, wall] = [now, spent(), performance.now()];
    else if (spent() - cpu > CPU_SECONDS || performance.now() - wall > 1000 * WALL_SECONDS) hangs();
  }, 500);
  return () => clearInterval(timer);
}

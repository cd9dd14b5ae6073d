// What runs in the worker thread of a fuzz run: rounds one after the other; the present call is reported through shared
// memory, so that it is known even when it never returns.
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import type { Call } from './calls.js';
import { type FuzzNews, type FuzzOrder, LENGTH, TEXT } from './order.js';
import { createFuzz, heapBytes, runRound } from './round.js';

async function main({ seed, calls: wanted, size, board }: FuzzOrder): Promise<void> {
  const words = new Int32Array(board);
  const text = new Uint8Array(board, TEXT);
  const encoder = new TextEncoder();
  const tell = (name: string, call: Call) => {
    const description = encoder.encode(`${name}(${fc.stringify(call.args)})`).subarray(0, text.length);
    text.set(description);
    words[LENGTH] = description.length;
    Atomics.add(words, 0, 1);
  };
  const fuzz = await createFuzz();
  for (let done = 0, round = 0; done < wanted; ++round) {
    const { calls, failures } = await runRound(fuzz, seed + round, size, tell);
    done += calls;
    const news: FuzzNews = {
      kind: 'round',
      seed: seed + round,
      calls,
      failures,
      heap: heapBytes(),
      wasm: fuzz.wasmBytes(),
    };
    parentPort?.postMessage(news);
  }
  parentPort?.postMessage({ kind: 'end' } satisfies FuzzNews);
}

await main(workerData as FuzzOrder);

// A team of which this thread leads and another plays the workers by hand, on the words of their block, with the worst timing.
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { CoreBindings } from '../../src/wasm/bindings.js';
import { BUSY, TASKS_LEFT, TEAM_BYTES } from '../../src/wasm/constants.js';
import { instantiate } from '../../src/wasm/instance.js';

const THREADS = 64;
const ROUNDS = 10000;

/** In every region the last worker takes the last task while the leader looks at the others, and is in it for some time. */
const worker = `
const { workerData: { memory, block, rounds, offsets: { BUSY, TASKS_LEFT } }, parentPort } = require('node:worker_threads');
const words = new Int32Array(memory.buffer, block);
// The first word counts regions.
const [generation, busy, left] = [0, BUSY / 4, TASKS_LEFT / 4];
let early = 0;
parentPort.postMessage('ready');
for (let round = 1; round <= rounds; ++round) {
  while (Atomics.load(words, generation) !== round);
  for (let rank = 1; rank < ${THREADS - 1}; ++rank) Atomics.store(words, left + rank, 0);
  for (let turn = 0; turn < 1000 + round; ++turn) Atomics.load(words, left + 1);
  Atomics.add(words, busy, 1);
  Atomics.store(words, left + ${THREADS - 1}, 0);
  let present = true;
  for (let turn = 0; turn < 10000 && present; ++turn) present = Atomics.load(words, generation) === round;
  if (!present) ++early;
  Atomics.sub(words, busy, 1);
  Atomics.notify(words, busy);
}
parentPort.postMessage(early);
`;

test('a leader went on while a worker was in the last task, which it had taken between two looks', async () => {
  const file = new URL('../../build/emft.simd-threads.wasm', import.meta.url);
  const { memory, exports } = await instantiate(
    await WebAssembly.compile(await readFile(file)),
    true,
    () => {},
  );
  const core = exports as unknown as CoreBindings;
  const work = (core.heapBase() + 63) & ~63;
  const block = work + ((core.teamCheckWorkspace() + 63) & ~63);
  memory.grow(Math.max(0, Math.ceil((block + TEAM_BYTES - memory.buffer.byteLength) / 65536)));
  new Uint8Array(memory.buffer, block, TEAM_BYTES).fill(0);
  const player = new Worker(worker, {
    eval: true,
    workerData: { memory, block, rounds: ROUNDS, offsets: { BUSY, TASKS_LEFT } },
  });
  const heard = () => new Promise((resolve) => player.once('message', resolve));
  expect(await heard()).toBe('ready');
  // It spins for long, so that it looks again and again, and each does its own.
  core.leadTeam(block, THREADS, true, 1 << 22, 1000, false);
  core.teamCheck(ROUNDS, THREADS, work);
  expect(await heard()).toBe(0);
  await player.terminate();
});

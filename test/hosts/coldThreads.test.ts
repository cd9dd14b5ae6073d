// Regression: on Node 20 a leader went on while its workers still computed, so that the first calls of a process on more
// threads than cores gave wrong numbers, converged. The first calls of fresh processes have the bits of one thread: in every
// supported Node, with the tiers of V8 forced, and with workers that are late.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

const coldCall = fileURLToPath(new URL('../support/coldCall.mjs', import.meta.url));
const slowWorker = new URL('../support/slowWorker.mjs', import.meta.url).href;

interface Cold {
  threads: number;
  notes: string[];
  hashes: Record<string, string>;
}

async function cold(binary: string, ...args: string[]): Promise<Cold> {
  return JSON.parse((await promisify(execFile)(binary, args)).stdout);
}

let one: Cold['hashes'];
beforeAll(async () => {
  const { threads, hashes } = await cold(process.execPath, coldCall, '1');
  expect(threads).toBe(1);
  expect(Object.keys(hashes)).toEqual(['ed', 'dc 97', 'dc 200', 'qr 130']);
  one = hashes;
});

describe.each(nodeMajors)('Node %s', (major) => {
  test.each([
    ['as it is', []],
    ['baseline tier alone', ['--liftoff-only']],
    ['no tier-up', ['--no-wasm-tier-up']],
    ['optimizing tier alone', ['--no-liftoff']],
  ])('%s: the bits of one thread on 2 to 16', async (_, flags) => {
    for (const threads of flags.length === 0 ? [2, 3, 5, 8, 16] : [3, 16]) {
      const got = await cold(nodeBinary(major), ...flags, coldCall, String(threads));
      expect(got).toEqual({ threads, notes: [], hashes: one });
    }
  });

  // At once: a late worker sleeps through half of its delays and burns the others, so that cores are free now and then.
  test.concurrent.each([
    ['as it is', []],
    ['baseline tier alone', ['--liftoff-only']],
  ])('%s: the bits of one thread from workers that are late', async (_, flags) => {
    const calls = [2, 3, 8].map(async (threads) => {
      const got = await cold(nodeBinary(major), ...flags, coldCall, String(threads), slowWorker);
      expect(got).toEqual({ threads, notes: [], hashes: one });
    });
    await Promise.all(calls);
  });
});

describe.each(nodeMajors)('Node %s', (major) => {
  test.each([1, 2, 4])('does not end in the middle of createCore({ threads: %i })', async (threads) => {
    const script = `const { createCore } = await import('emft');
      const core = await createCore({ threads: ${threads} });
      console.log(core.threads);`;
    // Without lazy compilation the process waits for the compiler's threads with nothing else to do.
    const flags = ['--no-wasm-lazy-compilation', '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(nodeBinary(major), flags);
    expect(stdout).toBe(`${threads}\n`);
  });
});

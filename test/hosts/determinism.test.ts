// "The same bits on every machine, in Node and in browsers, on one thread or many": one hash of what every public
// function gives, for all of them.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCore } from 'emft';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coreFunctions } from '../fuzz/functions.js';
// @ts-expect-error: plain JavaScript, so that a page can load it too
import { computations } from '../support/browser/computations.js';
import { launch, serve } from '../support/browser/host.js';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

const run = promisify(execFile);
const SIZES = [1, 33, 97, 200, 310];

/** Whether a value goes through JSON: numbers, words, lists and records of them, and doubles. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return ['number', 'string', 'boolean'].includes(typeof value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (value instanceof Float64Array) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** The calls whose bits the fuzz compares, of every function whose arguments can be sent. */
async function referencesOf(): Promise<unknown[]> {
  const core = await createCore();
  const calls = Object.entries(coreFunctions(core)).map(([name, { reference }]) => [name, reference]);
  core.dispose();
  const sent = (_: string, value: unknown) =>
    value instanceof Float64Array ? { doubles: Array.from(value) } : value;
  return JSON.parse(JSON.stringify(calls.filter(isPlain), sent));
}

const references = await referencesOf();

interface Outcome {
  threads: number;
  notes: readonly string[];
  unused: string[];
  hash: string;
}

let browser: Browser;
let host: Awaited<ReturnType<typeof serve>>;
let reference: string;
beforeAll(async () => {
  host = await serve();
  browser = await launch();
  const outcome = (await computations(createCore, 1, SIZES, references)) as Outcome;
  expect(outcome).toEqual({
    threads: 1,
    notes: [],
    unused: [],
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  reference = outcome.hash;
});
afterAll(async () => {
  await browser?.close();
  host?.close();
});

const same = (threads: number) => ({ threads, notes: [], unused: [], hash: reference });

async function inPage(path: string, threads: number): Promise<Outcome> {
  const page = await browser.newPage();
  try {
    await page.goto(host.origin + path);
    // As text: a function would come with the test runner's own rewriting of import().
    return (await page.evaluate(`(async () => {
      const { createCore } = await import('/dist/index.js');
      const { computations } = await import('/test/support/browser/computations.js');
      return computations(createCore, ${threads}, ${JSON.stringify(SIZES)}, ${JSON.stringify(references)});
    })()`)) as Outcome;
  } finally {
    await page.close();
  }
}

async function inProcess(binary: string, flags: string[], threads: number): Promise<Outcome> {
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url));
  const script = `
    import { createCore } from ${module('../../dist/index.js')};
    import { computations } from ${module('../support/browser/computations.js')};
    process.stdout.write(JSON.stringify(await computations(createCore, ${threads}, ${JSON.stringify(SIZES)}, ${JSON.stringify(references)})));
  `;
  const { stdout } = await run(binary, [...flags, '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return JSON.parse(stdout);
}

describe('the same bits', () => {
  test.each([2, 4])('on %i threads in Node', async (threads) => {
    expect(await computations(createCore, threads, SIZES, references)).toEqual(same(threads));
  });

  test.each(nodeMajors)('in a process of Node %s, on three threads', async (major) => {
    expect(await inProcess(nodeBinary(major), [], 3)).toEqual(same(3));
  });

  test.each(['--liftoff-only', '--no-liftoff', '--no-wasm-tier-up'])(
    'as V8 compiles with %s',
    async (flag) => {
      expect(await inProcess(process.execPath, [flag], 1)).toEqual(same(1));
    },
  );

  test('in Chromium, on one thread', async () => {
    expect(await inPage('/plain', 1)).toEqual(same(1));
  });

  test('in Chromium, on two threads of a cross-origin isolated page', async () => {
    expect(await inPage('/isolated', 2)).toEqual(same(2));
  });

  test('in Chromium, where two were asked for and the page is not isolated: one, and it says why', async () => {
    const { threads, notes, hash } = await inPage('/plain', 2);
    expect(threads).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/shared memory/)]);
    expect(hash).toBe(reference);
  });
});

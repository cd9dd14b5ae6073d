// The same bits on 1, 2 and more threads, in Node and in a browser: one hash of values and vectors for all of them.
import { createCore } from 'emft';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript, so that a page can load it too
import { computations } from './browser/computations.js';
import { launch, serve } from './browser/host.js';

const SIZES = [1, 33, 97, 200, 310];

interface Outcome {
  threads: number;
  notes: readonly string[];
  hash: string;
}

let browser: Browser;
let host: Awaited<ReturnType<typeof serve>>;
let reference: string;
beforeAll(async () => {
  host = await serve();
  browser = await launch();
  reference = ((await computations(createCore, 1, SIZES)) as Outcome).hash;
});
afterAll(async () => {
  await browser?.close();
  host?.close();
});

async function inPage(path: string, threads: number): Promise<Outcome> {
  const page = await browser.newPage();
  try {
    await page.goto(host.origin + path);
    // As text: a function would come with the test runner's own rewriting of import().
    return (await page.evaluate(`(async () => {
      const { createCore } = await import('/dist/index.js');
      const { computations } = await import('/test/browser/computations.js');
      return computations(createCore, ${threads}, ${JSON.stringify(SIZES)});
    })()`)) as Outcome;
  } finally {
    await page.close();
  }
}

describe('the same bits', () => {
  test.each([2, 3, 4])('on %i threads in Node', async (threads) => {
    expect(await computations(createCore, threads, SIZES)).toEqual({ threads, notes: [], hash: reference });
  });

  test('in Chromium, on one thread', async () => {
    expect(await inPage('/plain', 1)).toEqual({ threads: 1, notes: [], hash: reference });
  });

  test('in Chromium, on two threads of a cross-origin isolated page', async () => {
    expect(await inPage('/isolated', 2)).toEqual({ threads: 2, notes: [], hash: reference });
  });

  test('in Chromium, where two were asked for and the page is not isolated: one, and it says why', async () => {
    const { threads, notes, hash } = await inPage('/plain', 2);
    expect(threads).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/shared memory/)]);
    expect(hash).toBe(reference);
  });
});

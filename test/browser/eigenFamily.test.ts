// Hermitian matrices, two matrices, tridiagonal and band matrices of LAPACK's types: its ratios below 10 in Chromium as in Node, and
// one hash of all numbers, on one and four threads in Node and on two in Chromium.
import { fileURLToPath } from 'node:url';
import { createCore } from 'emft';
import { methodNames } from 'emft/check';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { serve } from '../support/browser/host.js';
import { browsing } from '../support/browser/opened.js';
import { type FamilyResult, family } from '../support/lapack/family.js';

/** LAPACK passes below 60. */
const THRESHOLD = 10;

const { host, browser } = await browsing(serve);
const entry = fileURLToPath(new URL('../support/lapack/family.ts', import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
const code = outputFiles[0].text;
const reference = await family(createCore, 1);

function check({ threads, worst, hash }: FamilyResult, wanted: number): void {
  expect(threads).toBe(wanted);
  expect(Object.keys(worst).length).toBe(3 * methodNames.length + 6);
  for (const [name, ratio] of Object.entries(worst)) {
    expect(ratio, name).toBeGreaterThan(0);
    expect(ratio, name).toBeLessThan(THRESHOLD);
  }
  expect(hash).toBe(reference.hash);
}

test.each([1, 4])('in Node, %i threads', async (threads) => {
  check(threads === 1 ? reference : await family(createCore, threads), threads);
});

test.each([2])('in Chromium, %i threads', async (threads) => {
  const page = await browser.newPage();
  try {
    await page.goto(`${host.origin}/isolated`);
    const found = await page.evaluate(`(async () => {
      const { createCore } = await import('/dist/index.js');
      const url = URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' }));
      const { family } = await import(url);
      return family(createCore, ${threads});
    })()`);
    check(found as FamilyResult, threads);
  } finally {
    await page.close();
  }
});

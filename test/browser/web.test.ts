// The explorer in headless Chromium: every view computes, the URL reproduces it, Cancel works, bits agree with Node.

import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { computing, POLLING, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';
import { viewNames } from '../support/browser/views.js';

const { explorer, page } = await exploring();
const open = (query: string) => page.goto(explorer.origin + query);
const idle = () => settled(page);

/** What is looked at does not depend on the size of the matrices that are timed. */
const SMALLER: Record<string, string> = { solvers: '&n=128' };

test.each(viewNames)('%s computes, in light and dark, accessibly and without errors', async (view) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(`?view=${view}${SMALLER[view] ?? ''}`);
    await computing(page);
    await idle();
    await page.evaluate(axe.source);
    // The page is the same in the dark but for its colours.
    const rules = colorScheme === 'light' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] };
    const found = await page.evaluate(
      (rules) => (window as unknown as { axe: typeof axe }).axe.run(rules).then((r) => r.violations),
      rules,
    );
    const serious = found.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([]);
  }
  expect(await page.locator('#problems').isHidden()).toBe(true);
});

test('the URL reproduces a view, and a bad one gives a message', async () => {
  await open('?view=chain&alpha=0.8&n=20&g0=0.5');
  await idle();
  const facts = await page.locator('#facts').textContent();
  const url = page.url();
  // A slider of the logarithm.
  await page.locator('#param-n').fill('1.48');
  await page.waitForURL(/n=30/);
  await page.goto(url);
  await idle();
  expect(await page.locator('#facts').textContent()).toBe(facts);
  await open('?view=chain&alpha=x&beta=1');
  await idle();
  const text = await page.locator('#problems').textContent();
  expect(text).toContain('alpha=x');
  expect(text).toContain('beta');
  await open('?view=nothing');
  await idle();
  expect(await page.locator('#problems').textContent()).toContain('nothing');
});

test('the longest chain and the widest plane: the numbers of the library, every l-bit in the data, keys move one l-bit', async () => {
  await open('?view=chain&alpha=0.7&n=10000&g0=0.5');
  await idle();
  const core = await createCore();
  const bare = core.drhLogCouplings({ alpha: 0.7, n: 10_000, g0: 0.5 });
  const { etaTot } = core.solveMeanField(bare, { log: true });
  core.dispose();
  const log2 = `${Number((etaTot / Math.LN2).toPrecision(4))} log 2`;
  expect(await page.locator('#facts').textContent()).toContain(log2);
  // A cell of the strip stands for fifty l-bits.
  expect(await page.locator('#figure-chain-profile .plot rect').count()).toBeLessThan(300);
  await open('?view=chain&alpha=0.7&n=1');
  await idle();
  for (const [key, n] of [
    ['End', 10_000],
    ['Home', 1],
  ] as const) {
    await page.locator('#param-n').press(key);
    await page.waitForURL(new RegExp(`n=${n}&`));
  }
  for (let k = 0; k < 40; ++k) await page.locator('#param-n').press('ArrowRight');
  // 10^0.4 = 2.51.
  await page.waitForURL(/n=3&/);
  await open('?view=plane&radius=50&strength=70');
  await page.waitForFunction(() => /5101/.test(document.querySelector('#facts')?.textContent ?? ''));
  expect(await page.locator('#problems').isHidden()).toBe(true);
});

test('Cancel stops at once and the next run is right', async () => {
  const core = await createCore();
  const model = { radius: 5, strength: 25, theta0: 1 };
  const { etaTot } = core.latticeMeanField(core.latticeCouplings(model));
  core.dispose();
  await open('?view=plane&radius=30&strength=10&theta0=1');
  await page.waitForSelector('#cancel');
  const free = await page.evaluate(() => {
    (document.querySelector('#cancel') as HTMLElement).click();
    return !document.querySelector('progress');
  });
  expect(free).toBe(true);
  await page.locator('#param-strength').fill('25');
  await page.locator('#param-radius').fill('5');
  await page.waitForFunction(
    (wanted) => (document.querySelector('#facts') as HTMLElement).dataset.exact === wanted,
    String(etaTot),
    POLLING,
  );
});

test('η_tot and eigenvalues have the bits of Node', async () => {
  const core = await createCore();
  const chain = core.solveMeanField(core.drhLogCouplings({ g0: 0.3, alpha: 0.75, n: 40 }), { log: true });
  const model = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 1 });
  const { eigenvalues } = core.diagonalizeGrain(model);
  const drawn = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 1, grain: 'gue' });
  const complex = core.diagonalizeGrain(drawn).eigenvalues;
  core.dispose();
  const exact = () => page.locator('#facts').getAttribute('data-exact');
  await open('?view=chain&alpha=0.75&n=40&g0=0.3');
  await idle();
  expect(await exact()).toBe(String(chain.etaTot));
  await open('?view=ed&alpha=0.7&n=5&seed=1');
  await idle();
  expect(await exact()).toBe(Array.from(eigenvalues).join(' '));
  await open('?view=ed&alpha=0.7&n=5&seed=1&grain=gue');
  await idle();
  expect(await exact()).toBe(Array.from(complex).join(' '));
});

test('a click on the scan of the plane jumps there; Play moves on', async () => {
  await open('?view=plane&radius=4&strength=60');
  await page.waitForSelector('#figure-plane-scan svg');
  await idle();
  const scan = page.locator('#figure-plane-scan svg');
  const { width } = (await scan.boundingBox()) ?? { width: 0 };
  // The axis of θ0 reaches from 64 to width − 20 pixels.
  await scan.click({ position: { x: 64 + 0.5 * (width - 84), y: 100 } });
  await page.waitForURL(/theta0=3\.14/);
  await idle();
  expect(Math.abs(Number(await page.locator('#param-theta0').inputValue()) - Math.PI)).toBeLessThan(0.02);
  await page.getByText('Play through W').click();
  await page.waitForFunction(
    () => Number((document.querySelector('#param-strength') as HTMLInputElement).value) >= 62,
    null,
    POLLING,
  );
  await page.locator('#actions button').click();
});

test('a downloaded figure stands alone: its key is in it, no colour is left to the page', async () => {
  await open('?view=ed&n=3');
  await idle();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#figure-ed-histogram button', { hasText: 'SVG' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('mean field');
  expect(text).toContain('http://www.w3.org/2000/svg');
  expect(text).not.toContain('stroke="var(');
  expect(text).not.toContain('fill="var(');
});

// The Solvers view: the stored run that it opens with, and a run over several matrices.

import { methodNames } from 'emft/check';
import { expect, test } from 'vitest';
import { familiesOf } from '../../web/src/lab/families.js';
import { storedRows } from '../../web/src/views/solvers/stored.js';
import { csvOf, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring();

test('it opens with the stored run, says where that was made, and a run of its own takes its place', async () => {
  await page.goto(`${explorer.origin}?view=solvers&n=64&peer=no`);
  await settled(page);
  expect(await page.locator('#note').textContent()).toMatch(/npm run bench on .*kernel .*Press Run/);
  const stored = await csvOf(page, 'solvers-time');
  expect(stored.method).toEqual(
    storedRows()
      .filter(({ matrix }) => matrix === 'goe')
      .map(({ method }) => method),
  );
  expect(await page.locator('#figure-solvers-profile svg').count()).toBe(1);
  // Peers share a colour: their dashes tell them apart.
  const looks = await page
    .locator('#figure-solvers-time .plot svg g[stroke-linejoin]')
    .evaluateAll((lines) =>
      lines.map((line) => ['stroke', 'stroke-dasharray'].map((name) => line.getAttribute(name)).join(' ')),
    );
  expect(looks.length).toBeGreaterThan(8);
  expect(new Set(looks).size).toBe(looks.length);
  await page.locator('#run').click();
  await settled(page);
  expect(await page.locator('#note').textContent()).toBe('');
  const { method, n } = await csvOf(page, 'solvers-time');
  expect([...new Set(method)]).toEqual(methodNames);
  expect([...new Set(n)]).toEqual(['8', '16', '32', '64']);
  // One kind of matrix has no profile.
  expect(await page.locator('#figure-solvers-profile').count()).toBe(0);
});

test('all matrices have a profile, in which every method decomposes all of them', async () => {
  await page.goto(`${explorer.origin}?view=solvers&n=64&peer=no&matrix=known`);
  await page.locator('#run').click();
  await settled(page);
  const { method, ratio, share } = await csvOf(page, 'solvers-profile');
  for (const name of methodNames) {
    const own = share.filter((_, k) => method[k] === name);
    expect(Number(own.at(-1))).toBe(1);
  }
  expect(Math.min(...ratio.map(Number))).toBe(1);
  const residuals = (await csvOf(page, 'solvers-accuracy')).residual.map(Number);
  expect(Math.max(...residuals)).toBeLessThan(10);
  expect(familiesOf('known')).toHaveLength(6);
});

// At the least width that a page has to fit, 320 pixels: four times the size of 1280.
import { expect, test } from 'vitest';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring({ viewport: { width: 320, height: 640 } });

test.each(['story', 'lbit', 'chain', 'plane', 'ed', 'solvers', 'matrix', 'hamiltonian&sites=4'])(
  'equations went beyond the edge, and the page moved sideways: %s',
  async (view) => {
    await page.goto(`${explorer.origin}?view=${view}`);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  },
);

// How the story stands on a phone: nothing reaches beyond the screen, and numbers do not touch what they are of.
import { expect, test } from 'vitest';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring({ viewport: { width: 400, height: 800 } });

test('on a phone neither words nor the table of claims reach beyond the screen', async () => {
  await page.goto(`${explorer.origin}?view=story`);
  await settled(page);
  const beyond = await page.evaluate(() =>
    [...document.querySelectorAll('.words *')]
      .filter((node) => node.getBoundingClientRect().right > innerWidth)
      .map((node) => node.textContent),
  );
  expect(beyond).toEqual([]);
});

test('numbers of the sketch are clear of the l-bits: 0.059 touched its own', async () => {
  for (const r of [0.5, 3, 6]) {
    await page.goto(`${explorer.origin}?view=story&r=${r}`);
    await page.waitForSelector('#figure-story-sketch svg');
    const gaps = await page.locator('#figure-story-sketch .plot svg').evaluate((svg) => {
      const dots = [...svg.querySelectorAll('circle')].map((c) => c.getBoundingClientRect());
      const texts = [...svg.querySelectorAll('text')].filter((t) => /^[\d.]+$/.test(t.textContent ?? ''));
      return texts.map((text) => {
        const box = text.getBoundingClientRect();
        const gap = ({ left, top, width }: DOMRect) => {
          const [x, y] = [left + width / 2, top + width / 2];
          const away = [
            x - Math.min(box.right, Math.max(box.left, x)),
            y - Math.min(box.bottom, Math.max(box.top, y)),
          ];
          return Math.hypot(...away) - width / 2;
        };
        return [text.textContent, Math.min(...dots.map(gap))] as const;
      });
    });
    expect(gaps.length).toBeGreaterThanOrEqual(8);
    expect(gaps.filter(([, gap]) => gap < 1)).toEqual([]);
  }
});

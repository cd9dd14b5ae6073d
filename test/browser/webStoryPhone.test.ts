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

test('no line ends within a statement of the claims, or between an option of a command and its value', async () => {
  for (const width of [400, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${explorer.origin}?view=story`);
    await settled(page);
    const lines = await page.evaluate(() => {
      const range = document.createRange();
      // The text of a node, its lines separated.
      const linesOf = (node: Element) => {
        let [text, x] = ['', -1];
        const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        for (let part = walker.nextNode(); part; part = walker.nextNode()) {
          for (let i = 0; i < (part.textContent ?? '').length; ++i) {
            range.setStart(part, i);
            range.setEnd(part, i + 1);
            const { left } = range.getBoundingClientRect();
            text += (left < x ? '|' : '') + part.textContent?.[i];
            x = left;
          }
        }
        return text;
      };
      return [...document.querySelectorAll('.words :is(td, th), .words .cli')].map(linesOf);
    });
    expect(lines.length).toBeGreaterThan(30);
    // R = and 15 stood apart, 481 and log 2, --theta0 and 2.954.
    const broken = lines.filter((text) => /[=→]\s*\||\d\s*\|\s*log|log\s*\||--\w+\s*\|/.test(text));
    expect(broken, `${width} pixels`).toEqual([]);
  }
  await page.setViewportSize({ width: 400, height: 800 });
});

test('on a phone the second figure of a view passes over the first: it passed beneath, and half of the screen was left', async () => {
  await page.goto(`${explorer.origin}?view=lbit`);
  await settled(page);
  const seen = await page.evaluate(() => {
    const figures = [...document.querySelectorAll('#figures > figure')];
    return figures.slice(1).map((figure) => {
      const plot = figure.querySelector('.plot') as HTMLElement;
      scrollTo({ top: plot.getBoundingClientRect().top + scrollY, behavior: 'instant' });
      const { left, top, width, height } = plot.getBoundingClientRect();
      const at = [0.1, 0.3, 0.5].map((share) =>
        document.elementFromPoint(left + width / 2, top + share * height),
      );
      return at.every((node) => figure.contains(node));
    });
  });
  expect(seen).toEqual([true, true]);
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

test('a number of the sketch ran into the ticks of its bar of colours', async () => {
  await page.goto(`${explorer.origin}?view=story`);
  await page.waitForSelector('#figure-story-sketch svg');
  const met = await page.locator('#figure-story-sketch .plot svg').evaluate((svg) => {
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({
      text: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            a.box.left < b.box.right &&
            b.box.left < a.box.right &&
            a.box.top < b.box.bottom &&
            b.box.top < a.box.bottom,
        )
        .map((b) => [a.text, b.text]),
    );
  });
  expect(met).toEqual([]);
});

// Symbols are set alike in words, equations, controls and figures: variables italic, words, units and digits upright.
import { expect, test } from 'vitest';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';
import { viewNames } from '../support/browser/views.js';

const { explorer, page } = await exploring({ viewport: { width: 1280, height: 800 } });

/** Letters that stand alone upright, and words of more letters that are italic, each with what is around it. */
const misset = () =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (parent.closest('math, code, pre, option, textarea, em, style, [hidden], .wrong')) continue;
      const text = node.textContent ?? '';
      const around = `${parent.closest('p, dt, dd, label, figcaption, text, h2, small, button')?.textContent}`;
      const upright = getComputedStyle(parent).fontStyle === 'normal';
      // Not a letter: articles, initials, seconds, l-bits, parts of figures, and parts of names and of a number that is typed.
      const alone =
        /(?<![\p{L}\p{M}’.])(?!l[-\u2060]|L-|(?<=\d\s)s|[Aa]\s|[A-Z]\.|(?<=Rev. )B|(?<=\()R eigen|(?<=\d\(|\d)[ab]\)|W2|W\+|(?<=\+2)i)[A-Za-zα-ωħ](?![\p{L}\u2060’])/u;
      if (upright ? alone.test(text) : /[A-Za-z]{3,}|\d/.test(text)) found.push(`${text} | ${around}`);
    }
    return found;
  });

test.each(viewNames)(
  'symbols were upright in figures and controls, and italic in the words beside them: %s',
  async (view) => {
    await page.goto(`${explorer.origin}?view=${view}`);
    await settled(page);
    const italics = await page.locator('figure svg tspan[font-style="italic"]').count();
    expect(italics).toBeGreaterThan(2);
    expect(await page.locator('main').innerText()).not.toContain('$');
    expect(await misset()).toEqual([]);
  },
);

test('symbols in what is said beside the pointer were upright', async () => {
  await page.goto(`${explorer.origin}?view=lbit`);
  await settled(page);
  const plot = page.locator('#figure-lbit-response > .plot');
  const { x, y } = (await plot.locator('.reader').boundingBox())!;
  await page.mouse.move(x + 6, y + 6);
  const tip = plot.locator('.tip');
  await tip.waitFor();
  expect(await tip.textContent()).toBe('η / log 2 = 0.008642\ng = 1 × 10⁻⁴');
  expect(await tip.locator('i').allTextContents()).toEqual(['η', 'g']);
  await page.mouse.move(2, 2);
  await tip.waitFor({ state: 'detached' });
});

test.each(['?view=story', '?view=solvers', '?view=chain&alpha=1&g0=0.0003&n=40'])(
  'a symbol in the key of a figure had no outline: %s',
  async (query) => {
    await page.goto(`${explorer.origin}${query}`);
    await settled(page);
    const shapes = await page
      .locator('#figures figure svg')
      .evaluateAll((all) =>
        all.flatMap((svg) => [...svg.querySelectorAll('path')].map((p) => p.getAttribute('d'))),
      );
    expect(shapes.length).toBeGreaterThan(20);
    expect(shapes.filter((d) => !d)).toEqual([]);
  },
);

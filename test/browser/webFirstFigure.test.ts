// The first figure of the page does not wait for all that follows it.
import { expect, test } from 'vitest';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, browser, page } = await exploring({ viewport: { width: 1280, height: 800 } });

test('the story is the first view, and its first figure comes before the words that follow it', async () => {
  const first = await browser.newPage();
  await first.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (!document.querySelector('#figures figure svg')) return;
      watch.disconnect();
      const folded = document.querySelectorAll('.part.folded').length;
      Object.assign(window, { folded, parts: document.querySelectorAll('.part').length });
    }).observe(document, { childList: true, subtree: true });
  });
  await first.goto(explorer.origin);
  await first.waitForFunction(() => location.search.includes('view=story'));
  await settled(first);
  const [folded, parts] = await first.evaluate(() => {
    const { folded, parts } = window as unknown as { folded: number; parts: number };
    return [folded, parts];
  });
  expect(folded).toBe(parts - 1);
  expect(await first.locator('.part.folded').count()).toBe(0);
  expect(
    await first
      .locator('.part .words')
      .evaluateAll((all) => all.filter((w) => !w.querySelector('p:not(.cli)')).length),
  ).toBe(0);
  await first.close();
}, 60_000);

test('the figures of the next part were drawn before the page could answer to anything on its first one', async () => {
  const first = await browser.newPage();
  await first.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (!document.querySelector('#figures figure svg')) return;
      watch.disconnect();
      const count = () =>
        Object.assign(window, { painted: document.querySelectorAll('#figures figure').length });
      requestAnimationFrame(() => setTimeout(count));
    }).observe(document, { childList: true, subtree: true });
  });
  // The worker keeps its speed, so that the next part is there at once.
  const cdp = await first.context().newCDPSession(first);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  for (let attempt = 0; attempt < 3; ++attempt) {
    await first.goto(explorer.origin);
    await settled(first);
    expect(await first.evaluate(() => (window as unknown as { painted: number }).painted)).toBe(1);
  }
  await first.close();
});

test('the library of plots made a format of numbers as it was loaded, for which the browser reads the rules of a language', async () => {
  const first = await browser.newPage();
  await first.addInitScript(() => {
    const formats: unknown[] = [];
    Object.assign(window, { formats });
    Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
      construct(target, args) {
        formats.push(args[0]);
        return new target(...args);
      },
    });
  });
  await first.goto(explorer.origin);
  await settled(first);
  expect(await first.evaluate(() => (window as unknown as { formats: unknown[] }).formats)).toEqual([]);
  await first.close();
});

test('words come without a figure, too, where nothing can be computed', async () => {
  // Its errors are those that are wanted here.
  const failing = await browser.newPage();
  await failing.route(/\.wasm$/, (route) => route.abort());
  await failing.goto(explorer.origin);
  await failing.waitForFunction(() => document.querySelectorAll('.part').length > 10);
  await failing.waitForFunction(() => document.querySelectorAll('.part.folded').length === 0);
  expect(await failing.locator('#problems').textContent()).toContain('The computation failed');
  await failing.close();
});

test('a reader who comes back to the story finds all of it at once', async () => {
  await page.goto(`${explorer.origin}?view=lbit`);
  await settled(page);
  await page.locator('a[data-view=story]').click();
  expect(await page.locator('.part.folded').count()).toBe(0);
  expect(await page.locator('.part').count()).toBeGreaterThan(10);
});

// The explorer on a slow machine: how soon its first figures are there and what is sent until then, and how soon each slider answers
// at the sizes at which views open, as it is and with the page's thread slowed four times by Chromium. Its workers run
// at full speed: nothing slows those.
import { setTimeout as after } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { computing, settled } from '../test/support/browser/explorer.js';
import { median } from '../web/src/lab/statistics.js';

/** How many times slower. */
const SLOWED = 4;

/** From the beginning of loading, with an empty cache, until there is a figure; and bytes that were received until all rested. */
export async function loading(
  browser: Browser,
  address: string,
  rate: number,
): Promise<{ time: number; bytes: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await slow(page, rate);
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('#figures figure svg')) return;
      watch.disconnect();
      requestAnimationFrame(() =>
        setTimeout(() => (window as unknown as { drawn(at: string): void }).drawn(String(performance.now()))),
      );
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  // Said by the page itself: to be asked it would have to read the script of who asks, 80 ms of a slowed thread.
  await client.send('Runtime.enable');
  await client.send('Runtime.addBinding', { name: 'drawn' });
  const drawn = new Promise<number>((resolve) => {
    client.on('Runtime.bindingCalled', ({ payload }) => resolve(Number(payload)));
  });
  await page.goto(address);
  const time = await Promise.race([drawn, after(60_000, null, { ref: false })]);
  if (time === null) throw new Error(`${address} had no figure within a minute`);
  await settled(page);
  await context.close();
  return { time, bytes };
}

async function slow(page: Page, rate: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate });
}

/** From a slider's input event to the frame after which the figure is another. */
export function answerTime(page: Page, key: string, step: number, target: string): Promise<number> {
  return page.evaluate(
    ([key, step, target]) => {
      const slider = document.getElementById(`param-${key}`) as HTMLInputElement;
      const watched = document.querySelector(target) as HTMLElement;
      return new Promise<number>((resolve) => {
        const start = performance.now();
        const watch = new MutationObserver(() => {
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        });
        watch.observe(watched, { childList: true, subtree: true });
        slider.value = String(Number(slider.value) + step);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      });
    },
    [key, step, target] as const,
  );
}

/** Sliders of each view as it opens: the view, what moves, by how much, and the figure that answers. */
const SLIDERS: [view: string, key: string, step: number, figure: string][] = [
  ['lbit', 'g', 0.05, 'lbit-response'],
  ['chain', 'alpha', 0.005, 'chain-profile'],
  ['chain', 'n', 0.02, 'chain-map'],
  ['plane', 'strength', 1, 'plane-map'],
  ['ed', 'alpha', 0.01, 'ed-profile'],
  ['matrix', 'n', 1, 'matrix-vectors'],
  ['hamiltonian', 'seed', 1, 'hamiltonian-entropies'],
  ['story', 'r', 0.1, 'story-sketch'],
  ['story', 'g', 0.05, 'story-distribution'],
  ['story', 'alpha', 0.005, 'story-spread'],
  ['story', 'at', 0.005, 'story-threshold'],
  ['story', 'delta', 0.02, 'story-size'],
  ['story', 'zeta', 0.01, 'story-bottleneck'],
  ['story', 'w', 2, 'story-plane'],
  ['story', 'phase', 0.02, 'story-scan'],
];

const slowly = (rate: number) => (rate === 1 ? '' : `${rate} times slowed, `);

/** `report` gets the times of each measurement and the bound on the best. */
export async function benchSlowed(
  browser: Browser,
  origin: string,
  log: (text: string) => void,
  report: (what: string, times: number[], bound: number) => void,
): Promise<void> {
  for (const view of ['story', 'chain']) {
    for (const rate of [1, SLOWED]) {
      const tries = [];
      for (let attempt = 0; attempt < 3; ++attempt)
        tries.push(await loading(browser, `${origin}?view=${view}`, rate));
      report(
        `${slowly(rate)}the first figure of ${view}`,
        tries.map(({ time }) => time),
        1000 * rate,
      );
      log(`received until all of ${view} rested: ${Math.round(median(tries.map((t) => t.bytes)) / 1000)} kB`);
    }
  }
  for (const [view, key, step, figure] of SLIDERS) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${origin}?view=${view}`);
    await computing(page);
    await settled(page);
    for (const rate of [1, SLOWED]) {
      await slow(page, rate);
      const times: number[] = [];
      for (let move = 0; move < 7; ++move) {
        times.push(await answerTime(page, key, move % 2 ? -step : step, `#figure-${figure}`));
        await settled(page);
      }
      // The best two are left out, so that chance alone does not pass.
      const counted = times.toSorted((a, b) => a - b).slice(2);
      report(`${slowly(rate)}${view} as it opens answers ${key}`, counted, 100 * rate);
    }
    await page.close();
  }
}

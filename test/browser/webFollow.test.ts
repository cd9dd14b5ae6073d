// Figures follow controls that move faster than they are computed.
import { expect, test } from 'vitest';
import { POLLING, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring();

test('controls moved one after another, and the figures were being computed for ever: a run given up ended the job of its successor', async () => {
  await page.goto(`${explorer.origin}?view=story`);
  await settled(page);
  await page.evaluate(() => {
    const move = (key: string, value: string) => {
      const input = document.getElementById(`param-${key}`) as HTMLInputElement;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    // The run of r is followed by one with two parts to compute, which has shown nothing yet when it is to be followed too.
    const shown = new MutationObserver(() => {
      shown.disconnect();
      move('start', '20');
    });
    move('r', '2');
    move('g', '-0.6');
    move('alpha', '0.6');
    shown.observe(document.getElementById('figures') as Node, { childList: true, subtree: true });
  });
  await page.waitForFunction(() => location.search.includes('start=20'), null, POLLING);
  await settled(page);
  expect(await page.locator('data[data-number="bit-g"]').first().getAttribute('value')).toBe(
    String(Number((10 ** -0.6).toPrecision(3))),
  );
});

// Your matrix where there is little to be seen: the smallest orders, the least and the largest doubles.
import { expect, test } from 'vitest';
import { dropFile, setControl } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring();

const problems = () => page.locator('#problems').textContent();

async function shows(values: number[]): Promise<void> {
  await expect
    .poll(() => page.locator('#facts').getAttribute('data-exact'), { timeout: 10_000 })
    .toBe(values.join(' '));
}

test('matrices of order 0, 1, of the least doubles and beyond the largest are answered, in words where not by numbers', async () => {
  const empty = Uint8Array.from(
    `\x93NUMPY\x01\x00\x76\x00${"{'descr': '<f8', 'fortran_order': False, 'shape': (0, 0), }".padEnd(117)}\n`,
    (c) => c.charCodeAt(0),
  );
  await page.goto(`${explorer.origin}?view=matrix`);
  await page.waitForSelector('#facts[data-exact]');
  // One number was refused, though [[5]] was not.
  await setControl(page, 'own', '5');
  await shows([5]);
  await dropFile(page, 'empty.npy', empty);
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/^empty\.npy: is of order 0/);
  // What was being typed when the file came was read after it, out of a field that the file had emptied.
  await page.evaluate(async () => {
    const input = document.getElementById('param-own') as HTMLTextAreaElement;
    input.focus();
    input.value = '2 1';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1e-310 0 0\n0 2e-310 0\n0 0 3e-310'], 'small.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
    // Begun after that of the editor, and as long: it ends after it.
    await new Promise((resolve) => setTimeout(resolve, 350));
  });
  expect(await page.locator('#param-own-wrong').textContent()).toBe('');
  await shows([1e-310, 2e-310, 3e-310]);
  // Their density is beyond doubles, and a figure of it could not be drawn.
  expect(await page.locator('#figure-matrix-spectrum').count()).toBe(0);
  expect(await page.locator('#note').textContent()).toContain(
    'Levels so close together or so far apart are not drawn: no axis can hold them.',
  );
  expect(await page.locator('#problems').isHidden()).toBe(true);
  expect(await page.locator('#figure-matrix-gaps svg').count()).toBeGreaterThan(0);
  await setControl(page, 'own', '1e308 1e308\n1e308 1e308');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/^your matrix: has an eigenvalue beyond the range of doubles/);
});

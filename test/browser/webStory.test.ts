// The story: what is dragged is a slider; the avalanche is played; and the figure is on the first screen, wide or narrow.
import { readFile } from 'node:fs/promises';
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring({ viewport: { width: 1280, height: 800 } });

const exact = (name: string) => page.locator(`data[data-number="${name}"]`).first().getAttribute('value');

test('what is dragged is a slider: keys and pointer move it, and it keeps the focus', async () => {
  await page.goto(`${explorer.origin}?view=story`);
  await page.waitForSelector('#figure-story-gain .handle');
  const handle = page.locator('#figure-story-gain .handle');
  expect(await handle.getAttribute('role')).toBe('slider');
  await handle.focus();
  const before = await exact('bit-eta');
  await page.keyboard.press('PageUp');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('g') === '0.0629');
  await page.waitForFunction(
    (old) => document.querySelector<HTMLDataElement>('data[data-number="bit-eta"]')?.value !== old,
    before,
  );
  expect(await handle.getAttribute('aria-valuetext')).toBe('0.0629');
  expect(await handle.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.press('End');
  expect(await handle.getAttribute('aria-valuenow').then(Number)).toBeLessThanOrEqual(100);

  await page.waitForSelector('#figure-story-seed .handle', { timeout: 60_000 });
  const knob = page.locator('#figure-story-seed .handle');
  await knob.scrollIntoViewIfNeeded();
  const box = (await knob.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 30, { steps: 4 });
  await page.mouse.move(x - 120, y + 60, { steps: 4 });
  await page.mouse.up();
  // Below the middle crossing the iteration falls back to the lowest.
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLDataElement>('data[data-number="seed-end"]')?.value) < 2,
  );
  expect(Number(await page.locator('#param-seed').inputValue())).toBeLessThan(8.6);
});

test.each([
  ['?view=chain&alpha=0.6&n=30&g0=0.5', '#figure-chain-profile'],
  ['?view=story&alpha=0.6', '#figure-story-spread'],
])('the avalanche is played, step by step, with the sums of the iterates: %s', async (query, figure) => {
  await page.goto(explorer.origin + query);
  await page.waitForSelector(`${figure} .player`, { timeout: 60_000 });
  await settled(page);
  const core = await createCore();
  const bare = core.drhLogCouplings({ g0: 0.5, alpha: 0.6, n: query.includes('story') ? 50 : 30 });
  const { count, etaTot } = core.meanFieldIterates(bare, { log: true, maxIterations: 400, tolerance: 1e-3 });
  const solved = Number((core.solveMeanField(bare, { log: true }).etaTot / Math.LN2).toPrecision(4));
  core.dispose();
  const player = page.locator(`${figure} .player`);
  const slider = player.locator('input');
  const said = async () => (await player.locator('.step').textContent())?.replaceAll('\u00a0', ' ');
  const sum = (k: number) => `Σ η = ${Number((etaTot[k] / Math.LN2).toPrecision(4))} log 2`;
  expect(await slider.getAttribute('max')).toBe(String(count - 1));
  expect(await said()).toContain(`${sum(count - 1)}; solved, ${solved} log 2`);
  const drawing = () => page.locator(`${figure} .plot svg`).evaluate((svg) => svg.outerHTML);
  const end = await drawing();
  await slider.fill('0');
  expect(await said()).toContain(sum(0));
  expect(await drawing()).not.toBe(end);
  await player.getByLabel('Step forward').click();
  expect(await said()).toContain(sum(1));
  await player.getByText('Play').click();
  await page.waitForFunction(
    (f) => Number(document.querySelector<HTMLInputElement>(`${f} .player input`)?.value) > 2,
    figure,
  );
  await player.getByText('Pause').click();
  await slider.fill(String(count - 1));
  expect(await drawing()).toBe(end);
});

test('maps and curves are read by keyboard; less motion means a slower play', async () => {
  await page.goto(`${explorer.origin}?view=plane&radius=4&strength=70`);
  await settled(page);
  const map = page.locator('#figure-plane-map .reader');
  await map.focus();
  const text = () => map.getAttribute('aria-valuetext');
  for (const key of ['Home', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  expect(await text()).toMatch(/^\(-3, 1\)\n\[S\] = .* log 2$/);
  expect(await page.locator('#figure-plane-map .tip').textContent()).toBe(await text());
  await page.keyboard.press('End');
  expect(await text()).toMatch(/^\(4, 0\)/);
  await page.goto(`${explorer.origin}?view=chain&alpha=0.6&n=30&g0=0.5`);
  await settled(page);
  const curve = page.locator('#figure-chain-profile .reader');
  await curve.focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  expect(await curve.getAttribute('aria-valuetext')).toMatch(/^n = 3\n/);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await page.evaluate(() => document.querySelector('.climb path')?.getAnimations().length)).toBe(0);
  const slider = page.locator('#figure-chain-profile .player input');
  await slider.fill('0');
  // Timers may be late, never early.
  const took = await page.locator('#figure-chain-profile .player').evaluate(
    (player) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const watch = new MutationObserver(() => {
          if (Number(player.querySelector('input')?.value) < 2) return;
          watch.disconnect();
          resolve(performance.now() - start);
        });
        watch.observe(player, { childList: true, subtree: true });
        player.querySelector<HTMLElement>('.primary')?.click();
      }),
  );
  expect(took).toBeGreaterThan(990);
  await page.locator('#figure-chain-profile .player').getByText('Pause').click();
  await page.emulateMedia({ reducedMotion: null });
});

test('tabs come back as they were left; numbers beyond a limit go to it and say so', async () => {
  await page.goto(`${explorer.origin}?view=chain&alpha=7&n=20`);
  await settled(page);
  expect(await page.locator('#problems').textContent()).toMatch(/alpha=7.*0\.999, is shown/);
  expect(await page.locator('#param-alpha').inputValue()).toBe('0.999');
  // 10^1.52 = 33.1.
  await setControl(page, 'n', '1.52');
  await page.locator('a[data-view=lbit]').click();
  await settled(page);
  await page.locator('a[data-view=chain]').click();
  await settled(page);
  expect(await page.locator('#param-n').getAttribute('aria-valuetext')).toBe('33');
  expect(page.url()).toContain('n=33');
});

test('downloads say what they are of, and are light whatever the page looks like', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${explorer.origin}?view=chain&alpha=0.6&n=12&g0=0.5`);
  await settled(page);
  const text = async (label: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#figure-chain-profile button', { hasText: label }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  const about = /view=chain&alpha=0.6&n=12&g0=0.5&grain=goe, ?\d{4}-\d\d-\d\d/;
  expect((await text('CSV')).split('\n')[0]).toMatch(about);
  const svg = await text('SVG');
  // Lines break behind an & and at blanks, which end with the line.
  expect(svg.replaceAll(/<\/text><text[^>]*>/g, '').replaceAll('&amp;', '&')).toMatch(about);
  expect(svg).toContain('fill="rgb(255, 255, 255)"');
  expect(svg).not.toContain('rgb(20, 23, 27)');
  await page.emulateMedia({ colorScheme: 'light' });
});

test.each(['story', 'lbit', 'chain', 'plane', 'ed', 'matrix', 'hamiltonian'])(
  '%s: a figure is on the first screen, and stays on a phone',
  async (view) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.goto(`${explorer.origin}?view=${view}${view === 'plane' ? '&radius=5' : ''}`);
    await page.waitForSelector('#figures figure svg');
    const place = () =>
      page
        .locator('#figures .plot')
        .first()
        .evaluate((plot) => plot.getBoundingClientRect().toJSON());
    const first = await place();
    expect(first.top).toBeGreaterThanOrEqual(0);
    expect(first.bottom).toBeLessThan(801);
    await page.evaluate(() => scrollBy(0, 420));
    const later = await place();
    expect([later.top, later.bottom > 200]).toEqual([0, true]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => scrollTo(0, 0));
    const wide = await place();
    expect(wide.bottom).toBeLessThan(801);
  },
);

test('on a phone the plot that stays covers all that passes beneath it, and two figures of one part do not pass', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  await page.goto(`${explorer.origin}?view=story`);
  await settled(page);
  const plots = await page.evaluate(() =>
    [...document.querySelectorAll('.stage')].map((stage) => {
      const [plot] = stage.querySelectorAll<HTMLElement>('.plot');
      return {
        part: stage.parentElement?.id,
        stays: getComputedStyle(plot).position === 'sticky',
        figures: stage.querySelectorAll('figure').length,
        narrower: Math.round((plot.closest('.part') as HTMLElement).clientWidth - plot.offsetWidth),
      };
    }),
  );
  expect(plots.length).toBeGreaterThan(3);
  expect(plots.some(({ figures }) => figures === 2)).toBe(true);
  for (const { part, stays, figures, narrower } of plots) {
    expect([part, stays, narrower]).toEqual([part, figures === 1, 0]);
  }
  await page.goto(`${explorer.origin}?view=plane&radius=5`);
  await settled(page);
  const [plot, panel] = await page.evaluate(() =>
    ['#figures .plot', 'aside'].map((one) => document.querySelector(one)!.getBoundingClientRect().right),
  );
  expect(plot).toBeGreaterThanOrEqual(panel);
});

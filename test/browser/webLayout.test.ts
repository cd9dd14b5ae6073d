// Where things stand on the page: no figure alone beside nothing, no room for what is not there.
import { expect, test } from 'vitest';
import { POLLING, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring({ viewport: { width: 1280, height: 800 } });

/** The least and the greatest x of each row of figures, and those of the room that there is. */
const rows = () =>
  page.evaluate(() => {
    const boxOf = (node: Element) => node.getBoundingClientRect();
    const found = new Map<number, number[]>();
    for (const figure of document.querySelectorAll('#figures > figure')) {
      const { left, right, top } = boxOf(figure);
      found.set(top, [...(found.get(top) ?? []), left, right]);
    }
    const { left, right } = boxOf(document.querySelector('#figures')!);
    return [...found.values()].map((ends) => [Math.min(...ends) - left, right - Math.max(...ends)]);
  });

test.each([
  'view=lbit',
  'view=ed',
  'view=matrix',
  'view=chain',
  'view=hamiltonian&sites=6&terms=xx,yy,zz*1@ring&momentum=each',
  'view=hamiltonian&sites=6&terms=xx,yy,zz*1@chain&reflection=even',
])('a third figure stood alone beside an empty half: %s', async (query) => {
  for (const width of [1280, 1600, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${explorer.origin}?${query}`);
    await settled(page);
    const found = await rows();
    expect(found.length).toBeGreaterThan(0);
    for (const ends of found) for (const end of ends) expect(Math.abs(end)).toBeLessThan(1);
    // What is drawn fills its place, but for a map.
    const drawn = await page
      .locator('#figures > figure:not(#figure-matrix-vectors)')
      .evaluateAll((nodes) =>
        nodes.map((node) => node.clientWidth - (node.querySelector('svg')?.clientWidth ?? 0)),
      );
    for (const rest of drawn) expect(rest).toBeLessThan(2);
  }
});

test('views without Run and Play had an empty strip above their facts, and a run that takes long moves nothing', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const gap = () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLElement>('#controls .field:not([hidden])')];
      const below = Math.max(...fields.map((field) => field.getBoundingClientRect().bottom));
      return document.querySelector('#facts')!.getBoundingClientRect().top - below;
    });
  for (const view of ['ed', 'matrix', 'hamiltonian']) {
    await page.goto(`${explorer.origin}?view=${view}`);
    await settled(page);
    const rest = await gap();
    expect([view, rest > 8 && rest < 40]).toEqual([view, true]);
  }
  await page.goto(`${explorer.origin}?view=ed&n=9`);
  await page.waitForSelector('#actions progress');
  const busy = await gap();
  const [bar, facts] = await Promise.all(
    ['#cancel', '#facts'].map((of) => page.locator(of).evaluate((node) => node.getBoundingClientRect())),
  );
  expect(bar.bottom).toBeLessThanOrEqual(facts.top);
  await page.goto(`${explorer.origin}?view=ed&n=3`);
  await settled(page);
  expect(await gap()).toBe(busy);
});

test('a partial result laid figures out as if it were all of them: the last one grew and shrank with each move of a slider', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${explorer.origin}?view=hamiltonian&sites=8`);
  await settled(page);
  const widths = await page.evaluate(async () => {
    const widths: number[] = [];
    const gaps = document.querySelector('#figure-hamiltonian-gaps') as HTMLElement;
    const watch = new MutationObserver(() => {
      widths.push(gaps.querySelector('svg')?.width.baseVal.value ?? 0);
    });
    watch.observe(gaps, { childList: true, subtree: true });
    const slider = document.getElementById('param-seed') as HTMLInputElement;
    const dynamics = document.querySelector('#figure-hamiltonian-dynamics .plot') as HTMLElement;
    const moved = new Promise<void>((resolve) => {
      new MutationObserver((_, done) => {
        done.disconnect();
        resolve();
      }).observe(dynamics, { childList: true });
    });
    slider.stepUp();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await moved;
    return widths;
  });
  expect(widths.length).toBeGreaterThan(0);
  expect(new Set(widths).size).toBe(1);
});

test('figures of a row had their axes at different heights, and three in the only row were low above an empty band', async () => {
  let threes = 0;
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ]) {
    await page.setViewportSize({ width, height });
    for (const view of ['ed', 'chain', 'solvers', 'lbit']) {
      await page.goto(`${explorer.origin}?view=${view}`);
      await settled(page);
      const plots = await page.locator('#figures > figure').evaluateAll((figures) =>
        figures.map((figure) => {
          const plot = figure.querySelector('.plot')!.getBoundingClientRect();
          const captionTop = figure.querySelector('figcaption')!.getBoundingClientRect().top;
          const player = figure.querySelector('.player')?.getBoundingClientRect().height ?? 0;
          const { top } = figure.getBoundingClientRect();
          return {
            top,
            bottom: plot.bottom,
            share: plot.height / plot.width,
            below: captionTop - plot.bottom - player,
          };
        }),
      );
      for (const { top, bottom, share, below } of plots) {
        const row = plots.filter((one) => one.top === top);
        expect(row.map((one) => Math.round(one.bottom - bottom))).toEqual(row.map(() => 0));
        if (row.length === 3) {
          threes++;
          expect(share).toBeGreaterThan(0.85);
        }
        expect(below).toBeLessThan(24);
      }
    }
  }
  expect(threes).toBeGreaterThan(0);
});

test('in full screen the title of a figure, its drawing and its words stood apart, with what was left of the height between', async () => {
  await page.setViewportSize({ width: 1280, height: 1200 });
  await page.goto(`${explorer.origin}?view=matrix`);
  await settled(page);
  const figure = page.locator('#figure-matrix-gaps');
  await figure.getByRole('button', { name: 'Full screen' }).click();
  await page.waitForFunction(() => document.fullscreenElement !== null, null, POLLING);
  const [title, plot, caption] = await figure
    .locator(':scope > :is(h2, .plot, figcaption)')
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()));
  await page.evaluate(() => document.exitFullscreen());
  expect(plot.top - title.bottom).toBeLessThan(24);
  expect(caption.top - plot.bottom).toBeLessThan(24);
});

test('words of the story stood above an empty column while their second figure was looked at', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${explorer.origin}?view=story`);
  await settled(page);
  await page.waitForFunction(() => document.querySelectorAll('.part.folded').length === 0);
  const { bottom, right } = await page.evaluate(() => {
    const second = document.querySelector('#figure-story-diagram')!.getBoundingClientRect();
    scrollTo({ top: scrollY + second.top, behavior: 'instant' });
    return document.querySelector('#part-plane .words')!.getBoundingClientRect();
  });
  expect(bottom).toBeGreaterThan(300);
  expect(right).toBeLessThan(640);
});

// The state of every view is in its URL: a link reproduces it, a bad link says what is wrong and shows the rest. And
// every view fits a narrow screen.
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Param } from '../../web/src/parts/params.js';
import { computing, POLLING, setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';
import { viewNames } from '../support/browser/views.js';

/** Pages of one context, so that what was loaded before comes from its cache. */
const { explorer, context } = await exploring();
let page: Page;
beforeEach(async () => {
  page = await context.newPage();
});
afterEach(() => page.close());

/** Goes to another query of the page that is open, as Back and Forward do, at a tenth of what a load costs. */
async function goTo(query: string): Promise<void> {
  await page.evaluate((query) => {
    history.pushState(null, '', query);
    dispatchEvent(new PopStateEvent('popstate'));
  }, query);
}

/** What the URL has for a parameter. */
const inUrl = (key: string) => page.evaluate((key) => new URLSearchParams(location.search).get(key), key);

/** Values other than the defaults, in the order in which they are set; small ones, so that views answer soon. */
const known: Record<string, Record<string, string>> = {
  story: { r: '2', g: '0.251', alpha: '0.6', start: '20', zeta: '0.3', phase: '1.5', t: '0.5' },
  lbit: { g: '2.51', grain: 'gue' },
  chain: { alpha: '0.72', n: '37', g0: '0.251', grain: 'poisson' },
  plane: { radius: '4', strength: '33.5', theta0: '1.234', g0: '0.501', grain: 'gue' },
  ed: { n: '3', alpha: '0.55', seed: '17', states: 'middle', grain: 'gue' },
  solvers: { n: '64', seed: '5', peer: 'no' },
  matrix: { n: '9', seed: '4', matrix: 'own', own: '2 1; 1 3' },
  hamiltonian: {
    sites: '6',
    seed: '5',
    terms: 'xx,yy*1@ring;z*~2@each',
    up: 'any',
    middle: '0.5',
  },
};

/** The parameters of a view, from its own controls. */
function params(): Promise<Param[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.controls [name]')].map(
      (control) => {
        const common = { key: control.name, label: '', value: control.value };
        if (control instanceof HTMLSelectElement) return { ...common, kind: 'choice' } as unknown as Param;
        const { min, max, step } = control;
        const whole = Number.isInteger(Number(step)) && Number.isInteger(Number(min));
        return { ...common, kind: whole ? 'integer' : 'linear', min, max, step } as unknown as Param;
      },
    ),
  );
}

/** The same of a view that is not among them: every control at the end of its range, as the URL then has it. */
async function stateOf(view: string): Promise<Record<string, string>> {
  if (known[view]) return known[view];
  await page.goto(`${explorer.origin}?view=${view}`);
  await page.waitForSelector('.controls [name]');
  for (const param of await params()) {
    const { key, value } = param as { key: string; value: string };
    const { min, max } = param as { min?: string; max?: string };
    const other = await page.evaluate(
      (key) =>
        [...(document.getElementById(`param-${key}`)?.querySelectorAll('option') ?? [])].map((o) => o.value),
      key,
    );
    const ends = other.length > 0 ? other : [min ?? '', max ?? ''];
    await setControl(page, key, ends.find((end) => end !== value) as string);
    await page.waitForFunction((key) => new URLSearchParams(location.search).has(key), key, POLLING);
  }
  const query = new URL(page.url()).searchParams;
  query.delete('view');
  return Object.fromEntries(query);
}

async function ready(): Promise<void> {
  await computing(page);
  await settled(page);
}

/** All that a visitor sees of the numbers; the times of solvers are never the same. */
function seen(view: string): Promise<string> {
  return page.evaluate((view) => {
    const values = [...document.querySelectorAll<HTMLInputElement>('.controls [name]')].map((c) => c.value);
    const words = [...document.querySelectorAll('.words, #command code')].map(
      (node) => node.textContent ?? '',
    );
    const parts = [document.title, ...words, ...values];
    if (view !== 'solvers') {
      const labels = [...document.querySelectorAll('#figures svg[role=img]')];
      parts.push(document.querySelector('#facts')?.textContent ?? '');
      parts.push(document.querySelector<HTMLElement>('#facts')?.dataset.exact ?? '');
      parts.push(...labels.map((svg) => svg.getAttribute('aria-label') ?? ''));
    }
    return parts.join('\n');
  }, view);
}

/** Nothing sticks out of a screen of 400 pixels, and no text is too small to read. */
async function expectFits(): Promise<void> {
  await page.setViewportSize({ width: 400, height: 800 });
  await ready();
  const out = await page.evaluate(() => {
    const wide = [...document.querySelectorAll('body *')].filter((e) => {
      const box = e.getBoundingClientRect();
      // Inside a picture its own frame cuts what is outside.
      return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5) && !e.closest('svg *');
    });
    return [document.documentElement.scrollWidth, ...wide.map((e) => e.outerHTML.slice(0, 80))];
  });
  expect(out).toEqual([400]);
  const smallest = await page.evaluate(() => {
    const texts = '#figures svg text, #layout label, #facts dt, #facts dd, figcaption';
    const sizes = [...document.querySelectorAll(texts)].map((e) => {
      const ctm = e instanceof SVGGraphicsElement ? e.getScreenCTM() : null;
      const scale = ctm ? Math.hypot(ctm.a, ctm.b) : 1;
      const drawn = e.textContent?.trim() && e.getBoundingClientRect().width > 0;
      return drawn ? scale * Number.parseFloat(getComputedStyle(e).fontSize) : Number.POSITIVE_INFINITY;
    });
    return Math.min(...sizes);
  });
  expect(smallest).toBeGreaterThanOrEqual(10);
}

describe.each(viewNames)('%s', (view) => {
  let state: Record<string, string>;
  beforeEach(async () => {
    state = await stateOf(view);
  });

  test('a link reproduces what the controls were set to, Back and Forward keep it, and a phone shows it', async () => {
    await page.goto(`${explorer.origin}?view=${view}`);
    await page.waitForSelector('.controls [name]');
    // Those of the story come with its words, a part at a time.
    await page.waitForFunction(() => !document.querySelector('.part.folded'), null, POLLING);
    for (const [key, value] of Object.entries(state)) {
      // A slider of the decimal logarithm, in steps of 0.01.
      const slider = page.locator(`#param-${key}[data-scale=log]`);
      if (await slider.count()) {
        await setControl(page, key, String(Math.log10(Number(value))));
      } else await setControl(page, key, value);
    }
    await page.waitForFunction(
      (wanted) => Object.entries(wanted).every(([k, v]) => new URLSearchParams(location.search).get(k) === v),
      state,
      POLLING,
    );
    await ready();
    const before = await seen(view);
    const link = page.url();
    const other = page;
    page = await context.newPage();
    await other.close();
    await page.goto(link);
    await ready();
    expect(await seen(view)).toBe(before);
    expect(page.url()).toBe(link);
    expect(await page.locator('#problems').isHidden()).toBe(true);
    await page.locator(`#tabs a:not([data-view=${view}])`).first().click();
    await page.waitForFunction((v) => !location.search.includes(`view=${v}&`), view, POLLING);
    await page.goBack();
    await page.waitForFunction((v) => location.search.includes(`view=${v}&`), view, POLLING);
    await ready();
    expect(await seen(view)).toBe(before);
    await expectFits();
  });

  /** All controls are there: those of the story come with the words beside them. */
  const unfolded = async () => {
    await page.waitForSelector('.controls [name]');
    await page.waitForFunction(() => !document.querySelector('.part.folded'), null, POLLING);
  };

  test('every bad value of every parameter gives a message, and the rest is shown', async () => {
    await page.goto(`${explorer.origin}?view=${view}`);
    await unfolded();
    const all = await params();
    const good = Object.entries(state);
    const problem = page.locator('#problems p');
    // The value for every parameter but one, which is good and holds: each in turn.
    for (const [k, value] of [
      '',
      'x',
      '<b>1</b>',
      'NaN',
      '-1e9',
      '1e9',
      'Infinity',
      '0x5',
      '2.5',
    ].entries()) {
      const first = good[k % good.length];
      const bad = all
        .filter(({ key, kind }) => key !== first[0] && (value !== '2.5' || kind === 'integer'))
        // A number is a matrix of order 1.
        .filter(({ key }) => key !== 'own' || !['-1e9', '1e9'].includes(value))
        .map(({ key }) => key);
      const query = `?${new URLSearchParams([['view', view], first, ...bad.map((key) => [key, value])])}`;
      // A page reads its URL alike when it is loaded and when it comes back to it.
      if (k === 0) await page.goto(explorer.origin + query);
      else await goTo(query);
      await unfolded();
      // What the run that follows refuses may be said already.
      const said = (await problem.allTextContents()).filter((text) => /^“\w+=/.test(text));
      // Sixteen in hexadecimal is a number, and may be one that is allowed.
      const silent = bad.filter((key) => !said.some((text) => text.startsWith(`“${key}=${value}`)));
      if (value !== '0x5') expect([value, silent, said.length]).toEqual([value, [], bad.length]);
      else expect(said.length).toBe(bad.length - silent.length);
      expect(await inUrl(first[0])).toBe(first[1]);
      expect(await page.locator('.controls [name]').count()).toBe(all.length);
    }
    // One that is no parameter, and one that is no text.
    const [first] = good;
    const query = new URLSearchParams([['view', view], first, ['nonsense', '1']]);
    await page.goto(`${explorer.origin}?${query}&%E0%A4%A`);
    await ready();
    expect(await problem.allTextContents()).toEqual([
      expect.stringContaining('nonsense'),
      expect.stringContaining('is not a parameter'),
    ]);
    expect(await inUrl(first[0])).toBe(first[1]);
    expect(await page.locator('#figures figure svg').count()).toBeGreaterThan(0);
  });
});

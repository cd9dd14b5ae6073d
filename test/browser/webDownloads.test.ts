// Files that the page saves say what they hold and whence it is, in full, and programs run as they are saved.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedOn } from '../../web/src/views/solvers/stored.js';
import { setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, browser, page } = await exploring({ viewport: { width: 1280, height: 800 } });
const scratch = await mkdtemp(join(tmpdir(), 'emft-downloads-'));
beforeAll(() => {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  return symlink(modules, join(scratch, 'node_modules'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** The path of what a button of a figure, or of the page, saves. */
async function saved(name: string, within = 'body'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(within).getByRole('button', { name, exact: true }).first().click(),
  ]);
  const path = join(scratch, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

const text = async (name: string, within: string) => readFile(await saved(name, within), 'utf8');

test('the caption of a downloaded SVG is on the sheet from its first letter to its last', async () => {
  for (const query of ['?view=chain', '?view=hamiltonian&sites=4']) {
    await page.goto(explorer.origin + query);
    await settled(page);
    const id = await page.locator('#figures figure').first().getAttribute('id');
    const svg = await text('Figure (SVG)', `#${id}`);
    const sheet = await browser.newPage();
    await sheet.setContent(svg);
    const { lines, width } = await sheet.evaluate(() => {
      const root = document.querySelector('svg') as SVGSVGElement;
      const texts = [...root.querySelectorAll<SVGTextElement>(':scope > text')];
      const lines = texts.map((t) => ({ text: t.textContent ?? '', x: t.getBBox().x, w: t.getBBox().width }));
      return { lines, width: root.viewBox.baseVal.width };
    });
    await sheet.close();
    const caption = lines.slice(lines.findIndex((line) => line.text.startsWith('emft explorer')));
    const whole = caption.map((line) => line.text).join('');
    expect(whole).toMatch(/^emft explorer, ?\?view=.*, ?\d{4}-\d\d-\d\d$/);
    for (const { text, x, w } of caption) {
      expect([text, x >= 0 && x + w <= width]).toEqual([text, true]);
    }
  }
});

test('the stored run of Solvers is saved with its own machine and days, a run of one’s own with its parameters', async () => {
  await page.goto(`${explorer.origin}?view=solvers&n=64&peer=no`);
  await settled(page);
  const first = async () => (await text('Data (CSV)', '#figure-solvers-time')).split('\n')[0];
  const theirs = await first();
  expect(theirs).toMatch(/^# A run of npm run bench on /);
  expect(theirs).toContain(storedOn.machine);
  expect(theirs.endsWith(`, ${storedOn.days}`)).toBe(true);
  const svg = await text('Figure (SVG)', '#figure-solvers-time');
  expect(svg).toContain('A run of npm run bench on');
  expect(svg).not.toContain('view=solvers');
  await page.locator('#run').click();
  await settled(page);
  // What is chosen for the next run is not what this one was of.
  await setControl(page, 'n', '512');
  expect(await first()).toMatch(/^# emft explorer, \?view=solvers&n=64&.*, \d{4}-\d\d-\d\d$/);
});

test('a figure that the next run had not come to was saved under the parameters of that run', async () => {
  await page.goto(`${explorer.origin}?view=hamiltonian&sites=8`);
  await settled(page);
  const dynamics = '#figure-hamiltonian-dynamics';
  const before = await text('Data (CSV)', dynamics);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate((dynamics) => {
      const entropies = document.querySelector('#figure-hamiltonian-entropies .plot') as HTMLElement;
      // These come before the Néel state.
      new MutationObserver((_, watch) => {
        watch.disconnect();
        document.querySelector<HTMLElement>(`${dynamics} .links button`)?.click();
      }).observe(entropies, { childList: true });
      const seed = document.getElementById('param-seed') as HTMLInputElement;
      seed.stepUp();
      seed.dispatchEvent(new Event('input', { bubbles: true }));
    }, dynamics),
  ]);
  const path = join(scratch, 'between.csv');
  await download.saveAs(path);
  expect(await readFile(path, 'utf8')).toBe(before);
  await settled(page);
  const [origin] = (await text('Data (CSV)', dynamics)).split('\n');
  expect(origin).toContain('seed=2');
  expect(origin).not.toBe(before.split('\n')[0]);
});

test.each([
  'goe&n=12&seed=3',
  // The program of two levels asked for the ratios of their gaps, and ended with an error.
  'huckel&n=2',
  'path&n=2',
  'own&own=2 1; 1 2',
  // A number that begins with 0 is read as it stands, and no number of a program.
  'own&own=010 0\n0 5',
])('the program of a matrix runs as it is saved: %s', async (matrix) => {
  await page.goto(`${explorer.origin}?${new URLSearchParams(`view=matrix&matrix=${matrix}`)}`);
  await settled(page);
  await page.locator('#snippets summary').first().click();
  const program = await saved('Save matrix.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { cwd: scratch });
  const exact = (await page.locator('#facts').getAttribute('data-exact')) as string;
  const levels = exact.split(' ');
  expect(stdout.trim().split(' ').slice(0, 2)).toEqual([levels[0], levels.at(-1)]);
});

test('two columns are said to be a tridiagonal matrix, and no program takes them, or what is not symmetric, for whole', async () => {
  // eigh of these rows would be that of their lower triangle.
  for (const columns of ['1 2\n3 0', '1 2.0000000000001\n2 0']) {
    await page.goto(
      `${explorer.origin}?${new URLSearchParams({ view: 'matrix', matrix: 'own', own: columns })}`,
    );
    await settled(page);
    expect(await page.locator('#facts').textContent()).toContain('2, tridiagonal, from two columns');
    expect(await page.locator('#snippets').textContent()).not.toContain('eigh');
  }
  await page.goto(`${explorer.origin}?view=matrix&matrix=own&own=1+2%0A3+4`);
  await page.waitForSelector('#problems:not([hidden])');
  expect(await page.locator('#snippets').textContent()).not.toContain('eigh');
});

// Your matrix and your Hamiltonian, in one browser: what is pasted, dropped and typed is read or refused by name, and the numbers are
// those of the command and of the library, to the bit.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { createCore } from 'emft';
import { afterAll, expect, test } from 'vitest';
import { csvOf, dropFile, setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const { explorer, browser, page } = await exploring();
const core = await createCore();
const scratch = await mkdtemp(join(tmpdir(), 'emft-yours-'));
afterAll(async () => {
  core.dispose();
  await rm(scratch, { recursive: true, force: true });
});

const exact = () => page.locator('#facts').getAttribute('data-exact');
const problems = () => page.locator('#problems').textContent();
const open = async (query: string) => {
  await page.goto(explorer.origin + query);
  await settled(page);
};

/** Waits until the page shows these eigenvalues. */
async function shows(values: ArrayLike<number>): Promise<void> {
  const wanted = Array.from(values).join(' ');
  await page.waitForFunction(
    (wanted) => (document.querySelector('#facts') as HTMLElement).dataset.exact === wanted,
    wanted,
    { timeout: 10_000, polling: 50 },
  );
}

/** What a button saves, in the scratch folder. */
async function saved(name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  const path = join(scratch, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function emft(...words: string[]) {
  const { stdout } = await run(process.execPath, [join(root, 'cli/dist/main.js'), ...words, '--json'], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout);
}

test('a matrix that is pasted, typed, opened by its link and put right', async () => {
  await open('?view=matrix');
  await shows(core.eigh(wilkinson(21), 21).values);
  await setControl(page, 'own', '1 2 0\n2 5 0.5\n0 0.5 -1');
  const { values } = core.eigh([1, 2, 0, 2, 5, 0.5, 0, 0.5, -1], 3);
  await shows(values);
  await page.waitForURL(/matrix=own/);
  const link = page.url();
  // What is wrong is said, what was shown stays, and what is right takes the message away.
  await setControl(page, 'own', '1 2\n3 4');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/your matrix: is not symmetric: element \(1, 0\).*from before\.$/);
  await shows(values);
  await setControl(page, 'own', 'nothing');
  await page.waitForSelector('#param-own[aria-invalid]');
  expect(await page.locator('#param-own-wrong').textContent()).toMatch(/expected the rows of a matrix/);
  await setControl(page, 'own', '1 2i\n-2i 4');
  await shows(core.eighComplex([1, 0, 0, 2, 0, -2, 4, 0], 2).values);
  expect(await page.locator('#problems').isHidden()).toBe(true);
  // In the grid the mirror image goes along.
  await setControl(page, 'own', '2 1\n1 2');
  await shows(core.eigh([2, 1, 1, 2], 2).values);
  await page.locator('.grid summary').click();
  const cell = page.getByLabel('Element 0, 1');
  await cell.fill('0.5');
  await cell.press('Tab');
  await shows(core.eigh([2, 0.5, 0.5, 2], 2).values);
  await open(link.slice(explorer.origin.length));
  await shows(values);
});

/** W_n^+, as the lab of the Solvers view has it. */
function wilkinson(n: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i * n + i] = Math.abs(i - (n - 1) / 2);
    if (i + 1 < n) a[i * n + i + 1] = a[(i + 1) * n + i] = 1;
  }
  return a;
}

test('a dropped file: its eigenvalues are those of emft eigh, of its matrix and of the one that the page saves', async () => {
  await open('?view=matrix&matrix=gue&n=40&seed=3');
  const file = await saved('Matrix (.npy)');
  const theirs = await emft('eigh', file);
  await shows(theirs.values ?? theirs.eigenvalues);
  const text = (await exact()) as string;
  expect(text.split(' ')).toHaveLength(40);
  await open('?view=matrix');
  await dropFile(page, 'gue.npy', new Uint8Array(await readFile(file)));
  await shows(text.split(' ').map(Number));
  expect(await page.locator('#param-own').getAttribute('placeholder')).toMatch(/“gue.npy” is shown/);
  // Residual and orthogonality stand beside it, and are good.
  const facts = (await page.locator('#facts').textContent()) as string;
  const [residual, orthogonality] = [...facts.matchAll(/([\d.]+) n ulp/g)].map(([, x]) => Number(x));
  expect(Math.max(residual, orthogonality)).toBeLessThan(5);
  expect(Math.min(residual, orthogonality)).toBeGreaterThan(0);
  // The map says what is under the pointer.
  const map = page.locator('#figure-matrix-vectors svg');
  await map.hover({ position: { x: 200, y: 250 } });
  expect(await page.locator('.tip').textContent()).toMatch(
    /^level \d+, E = .*\ncomponent \d+: .* [+−] .* i$/,
  );
  // So does the keyboard, which goes from element to element.
  const reader = page.locator('#figure-matrix-vectors .reader');
  await reader.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  const read = (await reader.getAttribute('aria-valuetext')) as string;
  const { values, vectors } = core.eighComplex(
    new Float64Array((await readFile(file)).buffer.slice(-2 * 40 * 40 * 8)),
    40,
  );
  expect(read).toMatch(/^level 1, E = .*\ncomponent \d+: /);
  const component = Number(/component (\d+)/.exec(read)?.[1]);
  const said = (x: number, digits: number) => String(Number(x.toPrecision(digits))).replace('-', '−');
  expect(read).toContain(said(values[1], 8));
  expect(read).toContain(`: ${said(vectors[2 * (40 + component)], 6)} `);
  expect(component).toBeGreaterThanOrEqual(10);
  expect(await page.locator('.tip').textContent()).toBe(read);
  expect(await reader.evaluate((node) => getComputedStyle(node).outlineStyle)).toBe('solid');
  await page.keyboard.press('Escape');
  expect(await page.locator('.tip').count()).toBe(0);
  // Its link, which is written a moment after the matrix, says elsewhere that it is not there.
  const [other] = await Promise.all([browser.newPage(), page.waitForURL(/own=kept-/)]);
  await other.goto(page.url());
  await settled(other);
  expect(await other.locator('#problems').textContent()).toMatch(/too long for a link/);
  await other.close();
  await dropFile(
    page,
    'ring.mtx',
    new TextEncoder().encode('%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 1 nan\n'),
  );
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/ring\.mtx: line 3: 'nan' is not a finite number/);
});

test('a Hamiltonian: energies, entropies and gap ratio are those of its file and of its program, to the bit', async () => {
  await open('?view=hamiltonian&terms=xx,yy*1@ring;zz*0.7@ring;z*~2.5@each&sites=8&seed=7&middle=0.5');
  const csv = await csvOf(page, 'hamiltonian-entropies');
  await page.locator('#snippets summary').first().click();
  const file = await saved('Save model.toml');
  const { rows } = await emft('spins', file);
  expect(csv.eigenvalue.map(Number)).toEqual(rows.eigenvalue);
  expect(csv.entropy_nats.map(Number)).toEqual(rows.entropy);
  expect(csv.level).toHaveLength(70);
  const total = await emft('spins', file, '--table', 'total', '--set', 'middle=0.5');
  const shown = await page.locator('#facts dd').nth(3).textContent();
  expect(shown).toBe(String(Number(total.rows.gapRatio.toPrecision(4))));
  await page.locator('#snippets summary').nth(1).click();
  const program = await readFile(await saved('Save model.mjs'), 'utf8');
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
  const printed = JSON.parse(stdout);
  expect(printed.values).toEqual(rows.eigenvalue);
  expect(printed.entropies).toEqual(rows.entropy);
});

test('a momentum in each turn, complex, and the Néel state, as the command and the library have them', async () => {
  await open('?view=hamiltonian&terms=xx,yy,zz*1@ring;xx,yy,zz*0.3@ring/2&sites=8&momentum=each&latest=100');
  const csv = await csvOf(page, 'hamiltonian-entropies');
  const file = join(scratch, 'each.toml');
  const snippet = await page.locator('#snippets code').first().textContent();
  await writeFile(file, snippet as string);
  const { rows } = await emft('spins', file, '--set', 'momentum=3');
  const of = (column: string) => csv[column].map(Number).filter((_, i) => csv.momentum[i] === '3');
  expect(of('eigenvalue')).toEqual(rows.eigenvalue);
  expect(of('entropy_nats')).toEqual(rows.entropy);
  expect(new Set(csv.momentum).size).toBe(8);
  expect(csv.eigenvalue).toHaveLength(70);
  expect(await page.locator('#figure-hamiltonian-sectors svg').count()).toBe(1);
  // In time, without the symmetries that a Néel state does not have.
  const moved = await csvOf(page, 'hamiltonian-dynamics');
  const sites = 8;
  const pairs = (far: number, coefficient: number) =>
    ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + far) % sites], coefficient })),
    );
  const sector = { up: 4 };
  const h = core.spins({ sites, terms: [...pairs(1, 1), ...pairs(2, 0.3)], sector });
  const psi = new Float64Array(h.n);
  psi[h.states().indexOf(0b10101010)] = 1;
  const z = (factors: number[]) =>
    core.spins({
      sites,
      sector,
      terms: factors.flatMap((coefficient, i) => (coefficient ? [{ op: 'z', sites: [i], coefficient }] : [])),
    });
  const staggered = z(Array.from({ length: sites }, (_, i) => (i % 2 === 0 ? 2 : -2) / sites));
  const { expectations } = core.evolveExact(h, psi, moved.time.map(Number), {
    observables: [staggered, z([0, 0, 0, 0, 2, 0, 0, 0])],
  });
  expect(moved.imbalance.map(Number)).toEqual([...expectations[0]]);
  expect(moved.sigma_z_middle.map(Number)).toEqual([...expectations[1]]);
  expect(Number(moved.imbalance[0])).toBeGreaterThan(0.95);
});

test('the guide has what the views link to, fits a phone, and keeps whom it helps', async () => {
  await open('?view=hamiltonian&sites=4');
  await page.locator('#intro a').click();
  await page.waitForURL(/guide\.html#your-hamiltonian$/);
  for (const id of ['your-matrix', 'your-hamiltonian'])
    expect(await page.locator(`h2#${id}`).count()).toBe(1);
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run().then((r) => r.violations),
  );
  expect(found.filter((v) => v.impact === 'serious' || v.impact === 'critical')).toEqual([]);
  await page.setViewportSize({ width: 1100, height: 900 });
  await page.getByText('Back to the explorer').click();
  await settled(page);
});

test('terms are edited row by row; what is no symmetry, not Hermitian or too large is said; Cancel stops', async () => {
  await open('?view=hamiltonian&sites=6');
  await page.getByLabel('Start from a model').selectOption({ label: 'XXZ chain' });
  await page.waitForURL(/reflection=even.*flip=even/);
  const coefficient = page.getByLabel('Term 2: coefficient');
  await coefficient.fill('2');
  await coefficient.press('Tab');
  await page.waitForURL(/zz\*2%40chain|zz\*2@chain/);
  await settled(page);
  const before = await exact();
  await coefficient.fill('two');
  await coefficient.press('Tab');
  expect(await page.locator('#param-terms-wrong').textContent()).toMatch(/^Term 2, .*“two” is no number/);
  expect(await exact()).toBe(before);
  await coefficient.fill('0.5');
  await coefficient.press('Tab');
  await page.waitForFunction(() => document.getElementById('param-terms-wrong')?.textContent === '');
  await page.getByLabel('Term 1: products').first().fill('+-');
  await page.getByLabel('Term 1: products').first().press('Tab');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/model\.terms|Hermitian/);
  await open('?view=hamiltonian&sites=6');
  await setControl(page, 'momentum', '2');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/momentum: a model with drawn coefficients/);
  await setControl(page, 'momentum', 'any');
  await page.waitForSelector('#problems', { state: 'hidden' });
  await setControl(page, 'up', 'any');
  await setControl(page, 'sites', '12');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/sites: of 12 there are about 4096 states/);
  await setControl(page, 'sites', '11');
  await page.waitForSelector('#cancel');
  await page.locator('#cancel').click();
  expect(await page.locator('#actions').textContent()).toContain('Cancelled');
  await setControl(page, 'sites', '2');
  await page.waitForFunction(() => document.querySelector('#facts dd')?.textContent === '4');
  expect(await page.locator('#problems').isHidden()).toBe(true);
});

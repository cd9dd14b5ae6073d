// "On the command line" of every view is run as it stands there, and gives the numbers that the page gives as CSV.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { csvOf, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

// Clipboards are for secure pages whose users allow it.
const { explorer, page } = await exploring({ permissions: ['clipboard-read', 'clipboard-write'] });

async function open(query: string): Promise<void> {
  await page.goto(explorer.origin + query);
  if (query.includes('solvers')) await page.locator('#run').click();
  await settled(page);
}

/** What the copied command prints with --json. */
async function printed() {
  await page.locator('#command summary').click();
  await page.locator('#command button').click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const [emft, ...words] = command.split(' ');
  expect(emft).toBe('emft');
  const main = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words, '--json'], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout);
}

const numbers = (column: string[]) => column.map(Number);
const ascending = (values: number[]) => values.toSorted((a, b) => a - b);

test.each(['', '&grain=poisson'])('one l-bit %s', async (grain) => {
  await open(`?view=lbit&g=1${grain}`);
  const csv = await csvOf(page, 'lbit-response');
  const [{ g, eta, entropy, czz }] = await printed();
  // 1 is a point of the grid.
  const at = csv.g.indexOf('1');
  expect(g).toBe(1);
  expect([csv.eta_nats[at], csv.entropy_nats[at], csv.czz[at]].map(Number)).toEqual([eta, entropy, czz]);
});

test('chain', async () => {
  await open('?view=chain&alpha=0.66&n=23&g0=0.4&grain=gue');
  const csv = await csvOf(page, 'chain-profile');
  const exact = await page.locator('#facts').getAttribute('data-exact');
  const { logG, entropy, etaTot, converged } = await printed();
  expect(numbers(csv.log_g)).toEqual(logG);
  expect(numbers(csv.entropy_nats)).toEqual(entropy);
  expect(exact).toBe(String(etaTot));
  expect(converged).toBe(true);
});

test.each(['theta0=1.2', 'phases=random&seed=7&grain=poisson'])('plane, %s', async (phases) => {
  await open(`?view=plane&radius=5&strength=40&g0=0.8&${phases}`);
  const csv = await csvOf(page, 'plane-map');
  const exact = await page.locator('#facts').getAttribute('data-exact');
  const { orbitals, etaTot } = await printed();
  expect(exact).toBe(String(etaTot));
  expect(csv.n1.length).toBe(61);
  // The command assigns orbitals to sites all at once, the page by where each peaks: the orbitals are the same.
  const entropies = orbitals.map((o: { entropy: number }) => o.entropy) as number[];
  expect(ascending(numbers(csv.entropy_nats))).toEqual(ascending(entropies));
  const site = (o: { site: [number, number]; entropy: number }) => `${o.site.join()} ${o.entropy}`;
  const ours = new Set(csv.n1.map((n1, i) => `${n1},${csv.n2[i]} ${csv.entropy_nats[i]}`));
  const shared = orbitals.filter((o: Parameters<typeof site>[0]) => ours.has(site(o))).length;
  expect(shared).toBeGreaterThan(0.9 * orbitals.length);
});

test.each([
  ['all', 'goe'],
  ['middle', 'goe'],
  ['middle', 'gue'],
  ['all', 'poisson'],
])('exact diagonalization, %s eigenstates, %s', async (states, grain) => {
  await open(`?view=ed&n=4&alpha=0.6&seed=9&states=${states}&grain=${grain}`);
  const csv = await csvOf(page, 'ed-states');
  const profile = await csvOf(page, 'ed-profile');
  const { eigenvalues, entropies, meanEntropy } = await printed();
  // A window leaves out states that the page draws.
  const all = numbers(csv.energy).slice(0, 128);
  const first = all.indexOf(eigenvalues[0]);
  expect(first).toBe(states === 'all' ? 0 : 48);
  expect(all.slice(first, first + eigenvalues.length)).toEqual(eigenvalues);
  const bits = numbers(csv.entropy_nats);
  for (const [k, list] of (entropies as number[][]).entries()) {
    expect(bits.slice(128 * k + first, 128 * k + first + eigenvalues.length)).toEqual(list);
  }
  expect(numbers(profile.exact_nats)).toEqual(meanEntropy);
});

test('solvers', async () => {
  await open('?view=solvers&n=64&peer=no&seed=3');
  const csv = await csvOf(page, 'solvers-time');
  const rows = await printed();
  // Times differ from one run to the next, what comes out does not.
  const ours = csv.method.map((method, i) =>
    [method, csv.n[i], csv.residual[i], csv.orthogonality[i]].join(),
  );
  const theirs = rows.map((r: Record<string, number | string>) =>
    [r.method, r.n, r.residual, r.orthogonality].join(),
  );
  expect(ours.toSorted()).toEqual(theirs.toSorted());
  for (const { seconds } of rows) expect(seconds).toBeGreaterThan(0);
});

// The numbers and verdicts of the story: every one is computed, and is that of the commands beside it, to the bit; verdicts are
// those of the command's table of claims.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore, drhCouplings } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RELATIVE, TURN } from '../../cli/src/common/constants.js';
import { groupOf } from '../../cli/src/common/rules.js';
import type { Claim } from '../../cli/src/paper/claim.js';
import { claims as claims1d } from '../../cli/src/paper/figure1d/claims.js';
import { claims as claims2a } from '../../cli/src/paper/figure2a/claims.js';
import type { Findings as Findings2a } from '../../cli/src/paper/figure2a/data.js';
import { claims as claims3a } from '../../cli/src/paper/figure3a/claims.js';
import { claims as claims4a } from '../../cli/src/paper/figure4a/claims.js';
import { claims as claims4b } from '../../cli/src/paper/figure4b/claims.js';
import { claims as claims5a } from '../../cli/src/paper/figure5a/claims.js';
import { check as checkCritical } from '../../cli/src/paper/statements/critical.js';
import { crossing } from '../../web/src/views/avalanche.js';
import { emft, json } from '../support/browser/commandBeside.js';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const VIEW = '?view=story&alpha=0.61&delta=0.05&j=0.55&phase=1.3&zeta=0.3&w=65';
const { explorer, page } = await exploring({ viewport: { width: 1280, height: 800 } });
const core = await createCore();
const directory = await mkdtemp(join(tmpdir(), 'emft-story-'));
afterAll(async () => {
  core.dispose();
  await rm(directory, { recursive: true });
});

/** The words of the command of a section, of several the one at this place. */
async function commandOf(section: string, at = 0): Promise<string[]> {
  const text = await page.locator(`#part-${section} .cli code`).nth(at).textContent();
  const [name, ...words] = (text ?? '').split(' ');
  expect(name).toBe('emft');
  return words;
}
const printed = async (section: string, at = 0) => json(...(await commandOf(section, at)));
/** The value that the command of a section has for a flag, or for its argument where that has no name. */
async function flag(section: string, name: string | null, at = 0): Promise<number> {
  const words = await commandOf(section, at);
  return Number(name === null ? words[1] : words[words.indexOf(name) + 1]);
}
const slider = async (key: string) => Number(await page.locator(`#param-${key}`).inputValue());

/** Every number of the story by its name, as often as it is quoted. */
const quoted = () =>
  page.locator('.words data').evaluateAll((nodes) =>
    nodes.map((node) => ({
      name: (node as HTMLElement).dataset.number as string,
      text: node.textContent,
      value: Number.parseFloat((node as HTMLDataElement).value),
    })),
  );

beforeAll(async () => {
  await page.goto(explorer.origin + VIEW);
  await settled(page);
}, 120_000);

const lattice = (strength: number, hopping: number) =>
  json(
    ...['lattice', '--radius', '15', '--strength', String(strength), '--theta0', '2.954'],
    ...['--hopping', String(hopping)],
  );
const firstCoupling = (alpha: number, n: number, of: { meanEntropy: number[]; meanEntropyError: number[] }) =>
  core.fitFirstCoupling([{ alpha, n, mean: of.meanEntropy[n - 1], error: of.meanEntropyError[n - 1] }]);
const front = (entropy: number[]) => crossing(Float64Array.from(entropy)) ?? -1;

async function ofOneBit(): Promise<Record<string, number>> {
  const [[sketch], [bit]] = await Promise.all([printed('sketch'), printed('gain')]);
  return {
    // No command takes a distance: it is where the slider stands.
    'sketch-r': await slider('r'),
    'sketch-g': sketch.g,
    'sketch-s': sketch.entropy,
    'bit-g': await flag('gain', null),
    'bit-eta': bit.eta,
    'bit-s': bit.entropy,
    // No command prints the share of resonant states: the library computes it.
    'bit-above': core.resonanceDistribution(Float64Array.of(1 / bit.g)).above[0],
  };
}

async function ofChains(): Promise<Record<string, number>> {
  const [chain, crowd, far, long] = await Promise.all(
    ['spread', 'seed', 'threshold', 'size'].map((section) => printed(section)),
  );
  const [n, g0] = [await flag('seed', '-n'), await flag('seed', '--g0')];
  // No command prints the other solutions: the library computes them.
  const roots = core.meanFieldBranches(new Float64Array(n).fill(Math.log(g0)), { log: true });
  const size = await flag('threshold', '-n');
  return {
    'chain-alpha': await flag('spread', '--alpha'),
    'chain-front': front(chain.entropy),
    'chain-eta': chain.etaTot,
    'chain-start': await slider('start'),
    // The stairs end where the chain does: the last that is drawn was quoted, 32.76 beside 32.78.
    'chain-end': chain.etaTot,
    'seed-n': n,
    'seed-g': g0,
    'seed-crossings': roots.length,
    'seed-lowest': crowd.etaTot,
    'seed-middle': roots[1].etaTot,
    'seed-start': await slider('seed'),
    // From 12 log 2, beyond the middle.
    'seed-end': roots[2].etaTot,
    'threshold-alpha': await flag('threshold', '--alpha'),
    'threshold-n': size,
    'threshold-eta': far.etaTot,
    'threshold-share': far.etaTot / (size * Math.LN2),
    'size-delta': Number(new URLSearchParams(VIEW).get('delta')),
    'size-front': front(long.entropy),
    'size-eta': long.etaTot,
  };
}

async function ofExact(): Promise<Record<string, number>> {
  const [shown, fitted] = await Promise.all([printed('exact'), printed('exact', 1)]);
  const [alpha, n] = [await flag('exact', '--alpha'), await flag('exact', '-n')];
  const g10 = firstCoupling(Math.SQRT1_2, n, fitted);
  const couplings = join(directory, 'couplings.json');
  await writeFile(couplings, JSON.stringify(Array.from(drhCouplings({ g0: g10, alpha, n }))));
  const theory = await json('solve', '--couplings', couplings);
  return {
    'exact-samples': (await flag('exact', '--samples')) + (await flag('exact', '--samples', 1)),
    'exact-order': 8 * 2 ** n,
    'exact-g': g10,
    'exact-alpha': alpha,
    'exact-end': shown.meanEntropy.at(-1),
    'exact-theory': theory.entropy.at(-1),
  };
}

/** The largest η_tot of a phase that fails, of those that the figure draws, by the command at that phase. */
async function largestFailed(): Promise<number> {
  const strength = await flag('scan', '--strength');
  let [most, at] = [-1, 0];
  for (let k = 0; k < 48; ++k) {
    const theta0 = (TURN * (k + 0.5)) / 48;
    const { etaTot, avalanche } = core.latticeMeanField(
      core.latticeCouplings({ radius: 6, strength, theta0, relative: RELATIVE }),
    );
    if (!avalanche && etaTot > most) [most, at] = [etaTot, theta0];
  }
  const words = ['--radius', '6', '--strength', String(strength), '--theta0', String(at)];
  return (await json('lattice', ...words)).etaTot;
}

async function ofPlane(): Promise<Record<string, number>> {
  const [[gate], plane, scan] = await Promise.all(['bottleneck', 'plane', 'scan'].map((one) => printed(one)));
  return {
    'bottleneck-zeta': await flag('bottleneck', null),
    'bottleneck-r': gate.radius,
    'bottleneck-g': gate.reduction,
    'bottleneck-g0': gate.criticalG0[1],
    'plane-w': await flag('plane', '--strength'),
    'plane-theta': await flag('plane', '--theta0'),
    'plane-verdict': Number(plane.avalanche),
    'plane-eta': plane.etaTot,
    'scan-theta': await flag('scan', '--theta0'),
    'scan-w': await flag('scan', '--strength'),
    'scan-sites': scan.orbitals.length,
    'scan-eta': scan.etaTot,
    'scan-width': scan.etaTotBounds[1] - scan.etaTotBounds[0],
    'scan-failed': await largestFailed(),
  };
}

/** The last W of the grid at which an avalanche runs, by a sweep. */
async function lastRunning(): Promise<number> {
  const strengths = Array.from({ length: 25 }, (_, i) => 20 + 5 * i);
  const offsets = Array.from({ length: 24 }, (_, k) => (TURN * (k + 0.5)) / 24);
  const config = join(directory, 'grid.toml');
  await writeFile(
    config,
    `title = "the grid of the story"\ncompute = "lattice"\ncolumns = ["avalanche"]\n[parameters]\nradius = 6\nstrength = [${strengths.join(', ')}]\ntheta0 = [${offsets.join(', ')}]\n`,
  );
  await emft('sweep', config, '-o', join(directory, 'grid'), '--workers', '1');
  const table = join(directory, 'grid.csv');
  await emft('collect', join(directory, 'grid'), '-o', table);
  const [header, ...rows] = (await readFile(table, 'utf8'))
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(','));
  const [w, runs] = ['strength', 'avalanche'].map((name) =>
    header.findIndex((column) => column.startsWith(name)),
  );
  expect(rows.length).toBe(600);
  return Math.max(...rows.filter((row) => /true|1/.test(row[runs])).map((row) => Number(row[w])));
}

const GROUPS = ['differs', 'reading', 'printed'];
const as = (printed: Claim, reading?: Claim) =>
  GROUPS.indexOf(groupOf(printed.agrees, reading?.agrees ?? false));

/** The table, with the claims of the command for what its commands print. */
async function ofClaims(g10: number): Promise<Record<string, number>> {
  const hopping = await flag('claims', '--hopping');
  const alpha = String(Math.SQRT1_2 - 0.07);
  const [chain, [tiny], strong, weak, printedStrong, printedWeak, grain64, threshold] = await Promise.all([
    json('solve', '--g0', '0.5', '--alpha', alpha, '-n', '50'),
    json('eta', '1e-12'),
    lattice(45, hopping),
    lattice(20, hopping),
    lattice(45, 1),
    lattice(20, 1),
    printed('claims', 1),
    lastRunning(),
  ]);
  const [g64, slope, half] = [firstCoupling(0.55, 2, grain64), tiny.entropy / tiny.g, front(chain.entropy)];
  const scaling = (await checkCritical({ core, profile: 'paper' } as never))[0];
  const folds = Object.values(scaling.values);
  const map = (claims: typeof claims4a, of: { avalanche: boolean; etaTot: number }, t: number) =>
    claims({
      ...{ radius: 15, theta0: 2.954, g0: 1, strength: 0, hopping: t, failing: 0 },
      ...{ avalanche: of.avalanche, etaTotBits: of.etaTot / Math.LN2 },
    })[0];
  const grid = (w: number) =>
    claims5a({ cells: [], hopping: 1, crossovers: [{ radius: 6, every: [w, w], some: [w, w] }] })[0];
  const fitted = (g: number) =>
    claims2a({
      ...{ critical: [], realizations: {}, g10: g, rms: 0, largest: 0, reading: 'printed' },
    } as unknown as Findings2a)[1];
  const verdicts = {
    'verdict-front': as(claims3a({ deltaAlpha: -0.07, g10: 0.5, half, total: chain.etaTot })[0]),
    'verdict-slope': as(claims1d({ entropySlope: slope, etaSlope: 0, saturation: 0 })[1]),
    'verdict-scaling': as(scaling),
    'verdict-strong': as(map(claims4a, printedStrong, 1), map(claims4a, strong, hopping)),
    'verdict-weak': as(map(claims4b, printedWeak, 1), map(claims4b, weak, hopping)),
    'verdict-threshold': as(grid(threshold), grid(threshold * hopping)),
    'verdict-coupling': as(fitted(g10), fitted(g64)),
  };
  const count = (group: string) =>
    Object.values(verdicts).filter((one) => one === GROUPS.indexOf(group)).length;
  return {
    ...verdicts,
    'claims-count': Object.keys(verdicts).length,
    'claims-as-printed': count('printed'),
    'claims-in-reading': count('reading'),
    'claims-differ': count('differs'),
    // Of the paper, as the command's claims state them.
    'paper-front': 30,
    'paper-slope': 2 * Math.PI * Math.LN2,
    'paper-threshold': 45,
    'claims-t': hopping,
    'claims-w': threshold * hopping,
    'claims-wth': threshold,
    'claims-front': half,
    'claims-slope': slope,
    'claims-slope-ratio': slope / (2 * Math.PI),
    ...Object.fromEntries(folds.map((x, i) => [`claims-fold-${i + 1}`, x])),
    'claims-printed': Number(printedStrong.avalanche),
    'claims-printed-eta': printedStrong.etaTot,
    'claims-printed-weak': Number(printedWeak.avalanche),
    'claims-printed-weak-eta': printedWeak.etaTot,
    'claims-strong': Number(strong.avalanche),
    'claims-strong-eta': strong.etaTot,
    'claims-weak': Number(weak.avalanche),
    'claims-weak-eta': weak.etaTot,
    'claims-g64': g64,
  };
}

test('every number is there, and is that of the commands to the bit; twenty of more than forty were compared', async () => {
  const shown = await quoted();
  expect(shown.filter(({ text, value }) => !text || !Number.isFinite(value))).toEqual([]);
  const exact = await ofExact();
  const wanted = {
    ...(await ofOneBit()),
    ...(await ofChains()),
    ...exact,
    ...(await ofPlane()),
    ...(await ofClaims(exact['exact-g'])),
  };
  // Numbers by name, so that none is missing and none is stored where no command has it.
  const found = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
  expect(found).toEqual(wanted);
  expect(Object.keys(wanted).length).toBeGreaterThan(70);
  // The same number is the same wherever it is quoted.
  expect(shown.filter(({ name, value }) => value !== found[name])).toEqual([]);
}, 240_000);

test('verdicts of claims were words: they follow the hopping that is chosen', async () => {
  const verdict = (name: string) => page.locator(`data[data-number="verdict-${name}"]`).textContent();
  expect(await verdict('threshold')).toBe('agrees in the reading');
  expect(await verdict('strong')).toBe('agrees in the reading');
  await page.goto(`${explorer.origin}?view=story&t=0.9`);
  await settled(page);
  expect(await verdict('threshold')).toBe('differs');
  expect(await verdict('strong')).toBe('differs');
  expect(await verdict('weak')).toBe('agrees as printed');
}, 120_000);

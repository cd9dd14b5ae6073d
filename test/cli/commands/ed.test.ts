// The command ed: one model, several samples, a window, and what it refuses.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from 'emft';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'emft-ed-'));
afterAll(() => rmSync(directory, { recursive: true }));
const main = new URL('../../../cli/dist/main.js', import.meta.url).pathname;

function ed(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, 'ed', ...args], { encoding: 'utf8' });
  return { stdout, stderr, status };
}

const { ed: models } = JSON.parse(readFileSync(new URL('../../fixtures/ed.json', import.meta.url), 'utf8'));

test('an explicit model from a file, whole and in a window', () => {
  const file = join(directory, 'model.json');
  writeFileSync(file, JSON.stringify(models[0]));
  const all = ed('--model', file, '--json');
  expect(all.status).toBe(0);
  const got = JSON.parse(all.stdout);
  got.eigenvalues.forEach((e: number, i: number) => {
    expect(Math.abs(e - models[0].eigenvalues[i])).toBeLessThan(1e-11);
  });
  const energy = models[0].eigenvalues[10];
  const near = JSON.parse(
    ed('--model', file, `--window=${energy},2`, '--method', 'filtered', '--json').stdout,
  );
  expect(near.method).toBe('filtered');
  expect(near.eigenvalues).toHaveLength(2);
  expect(Math.min(...near.eigenvalues.map((e: number) => Math.abs(e - energy)))).toBeLessThan(1e-11);
});

test('several samples: each the same as alone in a core, with means and standard errors', async () => {
  const { stdout } = ed('--alpha', '0.7', '-n', '3', '--samples', '4', '--seed', '9', '--json');
  const got = JSON.parse(stdout);
  expect(got.samples).toBe(4);
  const core = await createCore();
  const own = [0, 1, 2, 3].map((sample) =>
    core.diagonalizeGrain(core.randomGrainModel({ alpha: 0.7, n: 3, seed: 9, sample })),
  );
  core.dispose();
  own.forEach(({ eigenvalues, entropies }, i) => {
    expect(got.eigenvalues[i]).toEqual(Array.from(eigenvalues));
    expect(got.entropies[i]).toEqual(entropies.map((s) => Array.from(s)));
  });
  const first = own.map((s) => s.meanEntropy[0]);
  const mean = first.reduce((s, t) => s + t, 0) / 4;
  const error = Math.sqrt(first.reduce((s, t) => s + (t - mean) ** 2, 0) / 12);
  expect(got.meanEntropy[0]).toBeCloseTo(mean, 14);
  expect(got.meanEntropyError[0]).toBeCloseTo(error, 14);
});

test.each([
  [
    ['--alpha', '0.7', '-n', '3', '--samples', '0', '--seed', '1'],
    /--samples: expected a whole number ≥ 1 and ≤ 1000000, got 0/,
  ],
  [['--alpha', '0.7', '-n', '3'], /--seed: missing/],
  [['--alpha', '0.7', '-n', '3', '--seed', '1', '--window', '99,2'], /outside the spectrum/],
  [
    ['--alpha', '0.7', '-n', '3', '--seed', '1', '--samples', '2', '--window', '99,2'],
    /outside the spectrum/,
  ],
  [['--alpha', '0.7', '-n', '3', '--seed', '1', '--window', 'middle'], /expected E,COUNT/],
  [['--alpha', '0.7', '-n', '12', '--seed', '1'], /--method filtered/],
  [['--model', '/nowhere.json'], /does not exist/],
])('refuses %s', (args, message) => {
  const { status, stderr, stdout } = ed(...args);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
  expect(stdout).toBe('');
});

test('the printed ends of the spectrum are accepted as a window', () => {
  const model = ['--alpha', '0.7', '-n', '3', '--seed', '5'];
  const { stdout, status } = ed(...model);
  expect(status).toBe(0);
  const shown = (name: string) => stdout.match(new RegExp(`^${name}: (.*)$`, 'm'))![1];
  const [lowest, highest] = [shown('lowest'), shown('highest')];
  expect(Number(shown('residual'))).toBeLessThan(10);
  expect(Number(shown('orthogonality'))).toBeLessThan(10);
  const count = (window: string) => {
    const result = ed(...model, `--window=${window}`, '--json');
    expect(result.stderr).toBe('');
    return JSON.parse(result.stdout).eigenvalues.length;
  };
  expect(count(`${lowest}:${highest}`)).toBe(64);
  const ten = (text: string) => String(Number(Number(text).toPrecision(10)));
  for (const end of [lowest, highest, ten(lowest), ten(highest)]) {
    expect(count(`${end},2`)).toBe(2);
  }
});

test('a gap ratio that does not exist is null', () => {
  const file = join(directory, 'one.json');
  writeFileSync(
    file,
    JSON.stringify({
      grain: [
        [1, 0],
        [0, 1],
      ],
      fields: [0, 0],
      couplings: [0, 0],
    }),
  );
  const { stdout, status } = ed('--model', file, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ eigenvalues: [1, 1, 1, 1, 1, 1, 1, 1], gapRatio: null });
  expect(ed('--model', file).stdout).not.toContain('gapRatio');
});

test('results that do not fit the matrix end eigh and ed with status 1, and nothing is written', () => {
  const spoil = new URL('../../support/spoilVectors.mjs', import.meta.url).href;
  const matrix = join(directory, 'm.mtx');
  writeFileSync(matrix, '%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n1\n2\n1\n');
  const vectors = join(directory, 'z.npy');
  const spoiled = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', spoil, main, ...args], { encoding: 'utf8' });
  const model = ['ed', '--alpha', '0.7', '-n', '2', '--seed', '5'];
  for (const args of [
    ['eigh', matrix, '--vectors', vectors],
    ['eigh', matrix, '--json'],
    [...model, '--threads', '1'],
    [...model, '--json', '--threads', '1'],
  ]) {
    const { status, stdout, stderr } = spoiled(...args);
    expect(stderr).toMatch(/^emft: .*ratio .*, expected at most 60: the result is not accurate\n$/);
    expect(status).toBe(1);
    expect(stdout).toBe('');
  }
  expect(existsSync(vectors)).toBe(false);
});

test('every parameter of a random model has a flag, and those of the reading give way to it', async () => {
  const scales = ['--h', '2', '--delta-h', '0.3', '--j1', '0.7', '--grain-scale', '1'];
  const { stdout } = ed('--reading', 'dg64', '--alpha', '0.7', '-n', '2', '--seed', '9', ...scales, '--json');
  const core = await createCore();
  const options = { alpha: 0.7, n: 2, seed: 9, h: 2, deltaH: 0.3, j1: 0.7, grainScale: 1 };
  const own = core.diagonalizeGrain(core.randomGrainModel({ ...options, grainDimension: 64 }));
  core.dispose();
  expect(JSON.parse(stdout).eigenvalues).toEqual(Array.from(own.eigenvalues));
});

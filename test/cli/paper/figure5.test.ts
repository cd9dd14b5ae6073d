// Fig. 5 from end to end: a sweep of the file in cli/examples/ gives the figure's table bit for bit; the scans refine where
// η_tot jumps.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';
import { cells, thresholdBracket } from '../../../cli/src/paper/avalancheFraction.js';
import { avalancheShare, scan } from '../../../cli/src/paper/phaseScan.js';

const scratch = mkdtempSync(join(tmpdir(), 'emft-figure5-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const emft = (...args: string[]) =>
  execFileSync(process.execPath, ['cli/dist/main.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Columns of a CSV, comment lines aside; booleans as 0 and 1. */
function table(file: string): Record<string, string[]> {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const rows = lines.map((line) => line.split(','));
  const plain = (text: string) => (text === 'true' ? '1' : text === 'false' ? '0' : text);
  return Object.fromEntries(head.split(',').map((name, i) => [name, rows.map((row) => plain(row[i]))]));
}

test('emft sweep of cli/examples/figure-5a-quick.toml collects the rows of emft figure 5a', () => {
  const run = join(scratch, 'run');
  emft('sweep', 'cli/examples/figure-5a-quick.toml', '-o', run);
  emft('collect', run, '-o', join(scratch, 'sweep.csv'));
  emft('figure', '5a', '-o', join(scratch, 'figure'));
  const sweep = table(join(scratch, 'sweep.csv'));
  const figure = table(join(scratch, 'figure', 'fig5a.csv'));
  expect(sweep.etaTot.length).toBe(10 * (40 + 40 + 16));
  for (const name of [
    'radius',
    'strength',
    'sample',
    'etaTot',
    'etaLow',
    'etaHigh',
    'avalanche',
    'certain',
  ]) {
    expect(figure[name], name).toEqual(sweep[name]);
  }
});

describe('cells', () => {
  test('counts, intervals and the bracket of the threshold', () => {
    const columns = {
      radius: Int32Array.of(5, 5, 5, 5, 5, 5),
      strength: [10, 10, 20, 20, 40, 40],
      etaTot: [90, 91, 90, 4, 3, 2],
      avalanche: Int32Array.of(1, 1, 1, 0, 0, 0),
      certain: Int32Array.of(1, 1, 1, 1, 0, 1),
    };
    const all = cells(columns);
    expect(all.map((c) => c.fraction)).toEqual([1, 0.5, 0]);
    expect(all.map((c) => c.uncertain)).toEqual([0, 0, 1]);
    for (const c of all) expect(c.low <= c.fraction && c.fraction <= c.high && c.high > c.low).toBe(true);
    expect(thresholdBracket(all, 5)).toEqual([20, 40]);
  });
});

test('a scan refines between neighbours that differ, and its share of avalanches is that of a fine grid', async () => {
  const core = await createCore();
  const model = { radius: 6, strength: 75, hopping: 1 };
  const coarse = await scan(core, model, { points: 64, levels: 5, jump: 2 }, async () => {});
  const fine = await scan(core, model, { points: 1024, levels: 0, jump: 2 }, async () => {});
  expect(coarse.theta0.length).toBeGreaterThan(64);
  expect(coarse.theta0.length).toBeLessThan(512);
  for (let i = 1; i < coarse.theta0.length; ++i)
    expect(coarse.theta0[i]).toBeGreaterThan(coarse.theta0[i - 1]);
  expect(avalancheShare(fine)).toBeGreaterThan(0.05);
  expect(Math.abs(avalancheShare(coarse) - avalancheShare(fine))).toBeLessThan(0.02);
  core.dispose();
});

// Fig. 5 from end to end: a sweep of the file in cli/examples/ gives the figure's table bit for bit; the scans refine where
// η_tot jumps.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';
import { latticeSites } from '../../../cli/src/common/counts.js';
import { cells, withAverages } from '../../../cli/src/paper/avalancheFraction.js';
import { avalancheShare, scan } from '../../../cli/src/paper/phaseScan.js';
import { clopperPearson } from '../../../cli/src/paper/proportion.js';

const scratch = mkdtempSync(join(tmpdir(), 'emft-figure5-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const emft = (...args: string[]) =>
  execFileSync(process.execPath, ['cli/dist/main.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Columns of a CSV; booleans as 0 and 1. */
function table(file: string): Record<string, string[]> {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split(','));
  const plain = (text: string) => (text === 'true' ? '1' : text === 'false' ? '0' : text);
  return Object.fromEntries(head.split(',').map((name, i) => [name, rows.map((row) => plain(row[i]))]));
}

/** The example with a quarter of the quick profile's realizations, in all of its cells. */
function quarter(): string {
  const text = readFileSync('cli/examples/figure-5a.toml', 'utf8');
  const at = text.indexOf('[quick');
  const file = join(scratch, 'figure-5a.toml');
  const fewer = text.slice(at).replace(/^samples = (\d+)$/gm, (_, all) => `samples = ${all / 4}`);
  writeFileSync(file, text.slice(0, at) + fewer);
  return file;
}

test('emft sweep of a quarter of the quick profile of cli/examples/figure-5a.toml collects the rows of emft figure 5a --share 0.25 in both readings', () => {
  const run = join(scratch, 'run');
  emft('sweep', quarter(), '--profile', 'quick', '-o', run);
  emft('collect', run, '-o', join(scratch, 'sweep.csv'));
  const sweep = table(join(scratch, 'sweep.csv'));
  for (const [reading, name, hopping] of [
    ['hopping-0.41', 'fig5a.csv', '0.41'],
    ['printed', 'fig5a-printed.csv', '1'],
  ]) {
    emft('figure', '5a', '--share', '0.25', '--reading', reading, '-o', join(scratch, 'figure'));
    const figure = table(join(scratch, 'figure', name));
    const rows = sweep.hopping.flatMap((t, i) => (t === hopping ? [i] : []));
    expect(rows.length).toBe(12 * (8 + 6 + 2));
    for (const column of [
      'radius',
      'strength',
      'sample',
      'etaTot_log2',
      'etaLow_log2',
      'etaHigh_log2',
      'avalanche',
      'certain',
    ]) {
      const wanted = rows.map((i) => sweep[column][i]);
      expect(figure[column], `${reading}: ${column}`).toEqual(wanted);
    }
  }
});

describe('cells', () => {
  test('averages of η_tot with an avalanche at its upper bound, f_aval by (19), counts and their intervals', () => {
    const columns = {
      radius: Int32Array.of(1, 1, 1, 1, 1, 1),
      strength: [10, 10, 20, 20, 40, 40],
      etaTot_log2: [4, 4.5, 3, 1, 14.5, 2],
      etaHigh_log2: [5, 5, 5, 1.1, 14.6, 2.1],
      avalanche: Int32Array.of(1, 1, 1, 0, 0, 0),
      certain: Int32Array.of(1, 1, 1, 1, 0, 1),
    };
    const all = cells(columns);
    expect(all.map((c) => c.mean)).toEqual([5, 3, 8.25]);
    expect(all.map((c) => c.error)).toEqual([0, 2, 6.25]);
    expect(all.map((c) => c.fraction)).toEqual([1, 0.6, 1.65]);
    expect(all.map((c) => c.avalanches)).toEqual([2, 1, 0]);
    expect(all.map((c) => c.beyond)).toEqual([0, 0, 1]);
    expect(all.map((c) => c.uncertain)).toEqual([0, 0, 1]);
    expect([all[0].low, all[0].high]).toEqual([expect.closeTo(Math.sqrt(0.025), 12), 1]);
    expect([all[2].low, all[2].high]).toEqual([0, expect.closeTo(1 - Math.sqrt(0.025), 12)]);
  });

  test('the table has in each row what is averaged, and the average', () => {
    const table = withAverages({
      radius: Int32Array.of(1, 1, 1, 1),
      strength: [10, 20, 10, 20],
      etaTot_log2: [4, 3, 1, 2],
      etaHigh_log2: [5, 5, 1.5, 2.5],
      avalanche: Int32Array.of(1, 1, 0, 0),
      certain: Int32Array.of(1, 1, 1, 1),
    }) as Record<string, ArrayLike<number>>;
    expect(Array.from(table.etaAveraged_log2)).toEqual([5, 5, 1, 2]);
    expect(Array.from(table.etaMean_log2)).toEqual([3, 3.5, 3, 3.5]);
    expect(Array.from(table.etaMeanError_log2)).toEqual([2, 1.5, 2, 1.5]);
    expect(Array.from(table.fAval)).toEqual([0.6, 0.7, 0.6, 0.7]);
  });

  test('an avalanche takes the whole lattice: η_tot is N log 2 to double precision', async () => {
    const core = await createCore();
    let avalanches = 0;
    for (const radius of [8, 11]) {
      for (const strength of [8, 30, 44]) {
        for (let k = 0; k < 5; ++k) {
          const couplings = core.latticeCouplings({
            radius,
            strength,
            hopping: 0.41,
            theta0: k + 0.3,
            method: 'band',
          });
          const { avalanche, etaTot } = core.latticeMeanField(couplings);
          if (!avalanche) continue;
          avalanches++;
          expect(Math.abs(etaTot / (latticeSites(radius) * Math.LN2) - 1)).toBeLessThan(1e-12);
        }
      }
    }
    expect(avalanches).toBeGreaterThan(10);
    core.dispose();
  });
});

// Intervals of R's binom.test: 7 of 50, and 0 and 30 of 30.
test.each([
  [7, 50, 0.0581917, 0.267396],
  [0, 30, 0, 0.1157033],
  [30, 30, 0.8842967, 1],
])('the interval of %i hits of %i', (hits, count, low, high) => {
  const [a, b] = clopperPearson(hits, count);
  expect(a).toBeCloseTo(low, 6);
  expect(b).toBeCloseTo(high, 6);
});

test('a turn of which every offset avalanches has the share 1, not all but a rounding error: it was one of intervals', () => {
  for (const points of [256, 2048, 1000]) {
    const theta0 = Array.from({ length: points }, (_, i) => (2 * Math.PI * i) / points);
    expect(avalancheShare({ theta0, avalanche: theta0.map(() => 1) })).toBe(1);
    expect(avalancheShare({ theta0, avalanche: theta0.map(() => 0) })).toBe(0);
  }
});

test('a scan refines between neighbours that differ, and its share of avalanches is that of a fine grid', async () => {
  const core = await createCore();
  const model = { radius: 6, strength: 75, hopping: 1 };
  const context = { core, profile: 'quick' as const, progress: async () => {} };
  const coarse = await scan(context, model, { points: 64, levels: 5, jump: 2 });
  const fine = await scan(context, model, { points: 1024, levels: 0, jump: 2 });
  expect(coarse.theta0.length).toBeGreaterThan(64);
  expect(coarse.theta0.length).toBeLessThan(512);
  for (let i = 1; i < coarse.theta0.length; ++i)
    expect(coarse.theta0[i]).toBeGreaterThan(coarse.theta0[i - 1]);
  expect(avalancheShare(fine)).toBeGreaterThan(0.05);
  expect(Math.abs(avalancheShare(coarse) - avalancheShare(fine))).toBeLessThan(0.02);
  core.dispose();
});

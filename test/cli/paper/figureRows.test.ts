// A figure from the collected rows of sweeps: the table of the figure that computes the same rows, whichever files they are in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore, InputError } from 'emft';
import { afterAll, expect, test } from 'vitest';
import { example, partOfExperiment } from '../../../cli/src/paper/example.js';
import { figures } from '../../../cli/src/paper/index.js';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { residentCommand } from '../../support/runs/resident.js';

const core = await createCore();
const scratch = mkdtempSync(join(tmpdir(), 'emft-rows-'));
afterAll(() => {
  core.dispose();
  rmSync(scratch, { recursive: true });
});
const emft = residentCommand();
const { figure } = await figures.s1();
const context = { core, profile: 'quick', progress: async () => {} } as const;
const NAMES = ['alpha', 'spins', 'sample', 'dimension', 'gapRatio', 'entropyEnd'];

/** The rows of one size as `emft collect` writes them. */
async function tableOf(size: number, samples: number): Promise<string> {
  const experiment = partOfExperiment(example('s1', 'quick'), 'spins', { [size]: samples });
  const columns = (await computeExperiment(experiment, { workers: 1 })) as Record<string, ArrayLike<number>>;
  const rows = Array.from(columns.alpha, (_, i) => NAMES.map((name) => columns[name][i]).join(','));
  const path = join(scratch, `${size}.csv`);
  writeFileSync(path, `${NAMES.join(',').replace('entropyEnd', 'entropyEnd_log2')}\n${rows.join('\n')}\n`);
  return path;
}

test('rows of two files give the table that is computed, and the caption names them', async () => {
  const rows = [await tableOf(4, 4), await tableOf(5, 3)];
  const drawn = await figure.compute({ ...context, rows });
  const computed = await figure.compute({ ...context, ensemble: { 4: 4, 5: 3 } });
  expect(drawn.columns).toEqual(computed.columns);
  expect(drawn.beyond).toEqual(computed.beyond);
  expect(drawn.parameters.rows).toEqual(['4.csv', '5.csv']);
});

/** A table of two sizes and three values of alpha, which may leave some out. */
const HEAD = 'alpha,spins,sample,dimension,gapRatio,entropyEnd_log2';
const grid = (sizes: number[], alphas: number[], samples: number) =>
  sizes.flatMap((size) =>
    alphas.flatMap((alpha) =>
      Array.from({ length: samples }, (_, k) => {
        const noise = Math.sin(1 + k + 7 * alpha * size) / 50;
        return [
          alpha,
          size,
          k,
          2 ** (size + 3),
          0.3 + alpha * 0.05 * size + noise,
          alpha - 0.02 * size + noise,
        ].join(',');
      }),
    ),
  );
const written = (name: string, rows: string[]) => {
  const path = join(scratch, name);
  writeFileSync(path, [HEAD, ...rows, ''].join('\n'));
  return path;
};
const drawn = (...rows: string[]) => figure.compute({ ...context, rows });

test('a large size may have fewer values of alpha', async () => {
  const small = written('small.csv', grid([4], [0.62, 0.7, 0.74, 0.78], 4));
  const { columns } = await drawn(small, written('fewer.csv', grid([5], [0.7, 0.78], 3)));
  expect(
    Object.values(columns)
      .flatMap((column) => [...column])
      .some(Number.isNaN),
  ).toBe(false);
  const of = (size: number) => Array.from(columns.spins as Float64Array).filter((x) => x === size).length;
  expect([of(4), of(5)]).toEqual([4, 2]);
});

test('the order of rows and of tables changes nothing: the jackknife left out other realizations at each alpha', async () => {
  const rows = grid([4, 5], [0.7, 0.74, 0.78], 25);
  const { columns } = await drawn(written('ordered.csv', rows));
  const shuffled = rows.map((row, i) => ({ row, key: Math.sin(1 + i) })).sort((a, b) => a.key - b.key);
  const parts = [0, 1].map((part) => shuffled.filter((_, i) => i % 2 === part).map(({ row }) => row));
  expect((await drawn(...parts.map((part, k) => written(`part${k}.csv`, part)))).columns).toEqual(columns);
});

const both = grid([4, 5], [0.7, 0.78], 3);
test.each<[string, string[][], RegExp]>([
  [
    'a table twice',
    [both, both],
    /^.*1\.csv: has the realization spins = 4, alpha = 0\.7, sample = 0 as .*0\.csv has it; tables of different seeds/,
  ],
  [
    'a row twice',
    [[...both, both[3]]],
    /0\.csv: has the realization spins = 4, alpha = 0\.78, sample = 0 twice/,
  ],
  [
    'a part that the whole has',
    [both, both.slice(8)],
    /1\.csv: has the realization spins = 5, alpha = 0\.7, sample = 2 as/,
  ],
  [
    'one size',
    [grid([4], [0.7, 0.78], 3)],
    /expected 2 values of spins or more, for the figure compares them; got 4$/,
  ],
  [
    'one realization',
    [grid([4, 5], [0.7, 0.78], 1)],
    /spins = 4, alpha = 0\.7 has 1 realization, expected 2 or more$/,
  ],
  [
    'no alpha in common',
    [grid([4], [0.7, 0.74], 2), grid([5], [0.72, 0.78], 2)],
    /^alpha: L = 4, 5 have 0 values in common between 0\.655 and 0\.825, expected 2 or more$/,
  ],
])('%s is refused: it counted twice, or gave NaN', async (_, tables, message) => {
  const paths = tables.map((rows, k) => written(`${k}.csv`, rows));
  await expect(drawn(...paths)).rejects.toThrow(InputError);
  await expect(drawn(...paths)).rejects.toThrow(message);
});

test.each([
  [
    'alpha,spins\n0.7,4\n',
    /bad\.csv: has no column sample; it has alpha, spins: expected the rows of a sweep as of figure-s1\.toml, profile quick$/,
  ],
  [`${HEAD}\n0.7,4,0,128,0.5,\n`, /column entropyEnd_log2: row 0, counted from 0, is empty or NaN/],
  [`${HEAD}\nx,4,0,128,0.5,0.1\n`, /column alpha does not hold numbers alone/],
  [
    `zeta,${HEAD}\n0.3,0.7,4,0,128,0.5,0.1\n`,
    /column zeta: row 0, counted from 0, has 0\.3, the figure 0\.2: expected/,
  ],
  [
    `states,${HEAD}\n8,0.7,4,0,128,0.5,0.1\n`,
    /column states: row 0, counted from 0, has 8, the figure \d+: expected/,
  ],
])('%j is refused', async (text, message) => {
  const path = join(scratch, 'bad.csv');
  writeFileSync(path, text);
  await expect(drawn(path)).rejects.toThrow(message);
});

test.each([
  [['1c', '--rows', 'a.csv'], /^emft: --rows: figure 1c shows more than the rows of one sweep\n$/],
  [['s1', '--rows', 'a.csv', '--share', '0.5'], /--rows.*--share|--share.*--rows/],
  [
    ['s1', '--rows', 'a.csv,'],
    /^emft: --rows: expected names of files, separated by commas, got "a\.csv,"\n$/,
  ],
  [['s1', '--rows', 'none.csv'], /emft: none\.csv: does not exist\n$/],
])('emft figure %j is refused', async (args, message) => {
  const { status, stderr } = await emft(['figure', ...args, '-o', join(scratch, 'refused')]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});

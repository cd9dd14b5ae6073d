// A figure from the collected rows of sweeps: the table of the figure that computes the same rows, whichever files they are in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from 'emft';
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

test('a large size may have fewer values of alpha', async () => {
  const rows = [await tableOf(4, 4), join(scratch, 'fewer.csv')];
  const lines =
    'alpha,spins,dimension,gapRatio,entropyEnd_log2\n0.7,5,256,0.45,0.6\n0.7,5,256,0.46,0.61\n0.78,5,256,0.52,0.9\n0.78,5,256,0.5,0.91\n';
  writeFileSync(rows[1], lines);
  const { columns } = await figure.compute({ ...context, rows });
  expect(
    Object.values(columns)
      .flatMap((column) => [...column])
      .some(Number.isNaN),
  ).toBe(false);
  const of = (size: number) => Array.from(columns.spins as Float64Array).filter((x) => x === size).length;
  expect([of(4), of(5)]).toEqual([7, 2]);
});

test.each([
  [
    'alpha,spins\n0.7,4\n',
    /bad\.csv: has no column dimension; it has alpha, spins: expected the rows of a sweep as of figure-s1\.toml/,
  ],
  [
    'alpha,spins,dimension,gapRatio,entropyEnd_log2\n0.7,4,128,0.5,\n',
    /column entropyEnd_log2: row 0, counted from 0, is empty or NaN/,
  ],
  [
    'alpha,spins,dimension,gapRatio,entropyEnd_log2\nx,4,128,0.5,0.1\n',
    /column alpha does not hold numbers alone/,
  ],
])('%j is refused', async (text, message) => {
  const path = join(scratch, 'bad.csv');
  writeFileSync(path, text);
  await expect(figure.compute({ ...context, rows: [path] })).rejects.toThrow(message);
});

test.each([
  [['1c', '--rows', 'a.csv'], /^emft: --rows: figure 1c shows more than the rows of one sweep\n$/],
  [['s1', '--rows', 'a.csv', '--share', '0.5'], /--rows.*--share|--share.*--rows/],
  [['s1', '--rows', 'a.csv,'], /^emft: --rows: expected names of files, parted by commas, got "a\.csv,"\n$/],
  [['s1', '--rows', 'none.csv'], /emft: none\.csv: does not exist\n$/],
])('emft figure %j is refused', async (args, message) => {
  const { status, stderr } = await emft(['figure', ...args, '-o', join(scratch, 'refused')]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});

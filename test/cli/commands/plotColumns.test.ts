// emft plot: how columns and rows are chosen.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { residentCommand } from '../../support/runs/resident.js';
import { scratch } from '../../support/runs.js';

const emft = residentCommand();

const directory = scratch();
const path = join(directory, 'table.csv');
writeFileSync(
  path,
  'alpha,n,sample,entropy_log2,word\n0.5,4,0,0.2,a\n0.5,4,1,0.4,a\n0.7,4,0,0.6,b\n0.5,5,0,0.1,b\n',
);

test('without --x or --y the columns that there are were not named', async () => {
  const columns = /table\.csv has alpha, n, sample, entropy_log2, word/;
  for (const [flags, missing] of [
    [[], /^emft: --x: missing: what is drawn along x; /],
    [['--x', 'alpha'], /^emft: --y: missing: what is drawn against it.*; /],
  ] as const) {
    const { status, stderr } = await emft(['plot', path, ...flags]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(missing)]);
    expect(stderr).toMatch(columns);
  }
});

test('of conditions and columns that are given in several flags the last alone counted', async () => {
  const args = ['plot', path, '--x', 'alpha', '--json', '-o', join(directory, 'several.svg'), '--force'];
  const rows = async (...flags: string[]) => JSON.parse((await emft([...args, ...flags])).stdout);
  expect(await rows('--y', 'entropy_log2', '--where', 'n=4', '--where', 'sample=0')).toMatchObject({
    rows: 2,
  });
  expect(await rows('--y', 'entropy_log2', '--y', 'n')).toMatchObject({ curves: 2 });
  const twice = await emft([...args, '--y', 'n', '--where', 'n=4', '--where', 'n=5']);
  expect([twice.status, twice.stderr]).toEqual([2, 'emft: --where: n has two values, 4 and 5\n']);
});

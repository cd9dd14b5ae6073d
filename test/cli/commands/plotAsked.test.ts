// What `emft plot` says of columns that are not there, how short logarithmic axes are labelled, and which picture `collect` names.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { axisOf } from '../../../cli/src/paper/tableAxis.js';
import { residentCommand } from '../../support/runs/resident.js';
import { scratch } from '../../support/runs.js';

const emft = residentCommand();

const directory = scratch();
const file = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const table = 'alpha,n,sample,entropy_log2,word\n0.5,4,0,0.2,a\n0.7,5,0,-0.1,c\n';

test('a column that is not there is what is said, before a picture that is', async () => {
  const path = file('there.csv', table);
  for (const ending of ['svg', 'pdf', 'png']) file(`there.${ending}`, 'mine');
  const refused = await emft(['plot', path, '--x', 'alpha', '--y', 'nosuch']);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    /--y: .*has no column nosuch; it has alpha, n, sample, entropy_log2, word\n$/,
  );
  expect((await emft(['plot', path, '--x', 'alpha', '--y', 'n'])).stderr).toContain('exists already');
});

test.each([
  [
    [4, 5, 6],
    [4, 5, 6],
  ],
  [
    [4, 6, 8, 10],
    [4, 6, 8, 10],
  ],
  [
    [1.5, 12.5],
    [2, 5, 10],
  ],
  [
    [3.5, 8.5],
    [4, 5, 6, 7, 8],
  ],
  [
    [4.03, 4.31],
    [4.1, 4.2, 4.3],
  ],
])('a logarithmic axis of %j, less than a decade or so, has ticks at %j', (values, ticks) => {
  expect(axisOf('x', values, true).ticks).toEqual(ticks);
});

test('what a sweep ends by naming shows its result, not the offset that it was drawn with', async () => {
  const run = join(directory, 'offsets');
  const text =
    'compute = "lattice"\nseed = 1\n[parameters]\nradius = 3\nstrength = [9, 30]\n[[ensemble]]\nsamples = 2\n';
  expect((await emft(['sweep', file('offsets.toml', text), '-o', run])).status).toBe(0);
  expect((await emft(['collect', run])).stderr).toMatch(/--x strength --y etaTot_nat --mean\n$/);
});

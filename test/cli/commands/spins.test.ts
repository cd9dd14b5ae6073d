// emft spins: what a sweep of the same file computes, of any realization and point, and what it refuses.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { resolveExperiment } from '../../../cli/src/sweeps/experiment.js';
import { residentCommand } from '../../support/runs/resident.js';

const emft = residentCommand();

const file = 'cli/examples/heisenberg-disorder.toml';
const terms = [
  { op: ['xx', 'yy', 'zz'], sites: 'ring' },
  { op: 'z', sites: 'each', coefficient: { uniform: [-1, 1], times: 'w' } },
];

test('prints what a sweep computes, of any realization and point', async () => {
  const set = ['--set', 'w=5,sites=6', '--sample', '3'];
  const { stdout, status } = await emft(['spins', file, ...set, '--table', 'levels', '--json']);
  const { rows, parameters, seed, sample } = JSON.parse(stdout);
  expect([status, seed, sample, parameters.w, parameters.sites]).toEqual([0, 1, 3, 5, 6]);
  const again = await computeExperiment(
    resolveExperiment({
      compute: 'spins',
      table: 'levels',
      seed: 1,
      model: { terms },
      parameters: { sites: 6, w: 5, filling: 'half' },
      ensemble: [{ samples: 4 }],
    }).experiment,
    { workers: 1 },
  );
  expect(rows.eigenvalue).toEqual(Array.from(again.eigenvalue as Float64Array).slice(60));
  // Each in a flag of its own, which was refused.
  const apart = ['--set', 'w=5', '--set', 'sites=6', '--sample', '3', '--table', 'levels', '--json'];
  expect((await emft(['spins', file, ...apart])).stdout).toBe(stdout);
  const text = await emft(['spins', file, ...set]);
  expect(text.stdout).toMatch(/^gapRatio: 0\.\d+\nlowest: /);
  expect(text.stderr).toMatch(/^realization 3 of seed 1: w = 5, sites = 6, .*which = all/);
});

test.each([
  ['op = "+-"\nsites = "chain"', '', /^emft: .*wrong\.toml: model\.terms\.\d: H is not Hermitian/],
  ['op = "x"\nsites = "each"', 'up = 2', /wrong\.toml: up: is given, but H does not keep/],
  ['op = "zz"\nsites = "chain"', 'momentum = 1', /wrong\.toml: momentum: is no symmetry of H/],
  ['op = "z"\nsites = "each"\ncoefficient = 1e308', '', /wrong\.toml: model\.terms\.2\.coefficient: /],
])(
  'an error of the library has the name of the file, and its names: %j',
  async (term, parameter, message) => {
    const input = `compute = "spins"\n[[model.terms]]\nop = ["xx", "yy"]\nsites = "ring"\n[[model.terms]]\n${term}\n[parameters]\nsites = 4\n${parameter}\n`;
    const folder = mkdtempSync(join(tmpdir(), 'emft-spins-'));
    try {
      writeFileSync(join(folder, 'wrong.toml'), input);
      const { status, stderr } = await emft(['spins', join(folder, 'wrong.toml')]);
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test.each([
  [['cli/examples/figure-2a.toml'], /compute: expected "spins", got "ed"/],
  [[file, '--set', 'q=1'], /--set: the file has no parameter 'q'; it has (?!.*samples).*\bw\b/],
  [[file, '--set', 'w=2', '--set', 'w=3'], /--set: w has two values, 2 and 3/],
  [[file, '--set', 'w'], /--set: expected name=value, several separated by commas, got "w"/],
  [[file, '--set', 'w=nan'], /w: expected a finite number/],
  [[file, '--table', 'spins'], /--table/],
  [[file, '--sample', '-1'], /--sample/],
])('%j', async (args, message) => {
  const { status, stderr } = await emft(['spins', ...args]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test('fewer states than were asked for are told: they were missing without a word', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emft-spins-'));
  const input =
    'compute = "spins"\ntable = "levels"\n[[model.terms]]\nop = ["xx", "yy", "zz"]\nsites = "ring"\n';
  const states = '[parameters]\nsites = 4\nup = 2\nwhich = "lowest"\n';
  try {
    const path = join(folder, 'few.toml');
    writeFileSync(path, `${input}${states}states = 7\n`);
    const whole = await emft(['spins', path]);
    expect([whole.status, whole.stderr]).toEqual([
      2,
      expect.stringMatching(/states: expected at most 6, which there are, got 7/),
    ]);
    writeFileSync(path, `${input}${states}states = 3\nmomentum = 0\n`);
    const part = await emft(['spins', path, '--json']);
    expect([part.status, part.stderr]).toEqual([
      0,
      expect.stringMatching(/the sector has 2 states, fewer than the 3 asked for/),
    ]);
    expect(JSON.parse(part.stdout).rows.eigenvalue).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// What is named on the command line of the benchmark and cannot be used ends it with status 2 and one line, before anything is timed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { candidates } from '../../../bench/solvers/native.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'emft-refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));
const failing = join(folder, 'failing.mjs');
writeFileSync(failing, `throw new Error('my library is missing\\nand more');`);

const bench = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts', 'eigh', '--sizes', '2', ...words], {
    cwd: root,
    encoding: 'utf8',
  });

test.each([
  ['an unknown flag was a stack trace', ['--solvr', 'x'], /^bench: Unknown option '--solvr'\n/],
  [
    'a solver that is not there was a stack trace',
    ['--solver', './none.js'],
    /^bench: --solver \.\/none\.js: Cannot find module .*\n$/,
  ],
  [
    'a solver that throws was a stack trace',
    ['--solver', failing],
    /^bench: --solver .*failing\.mjs: my library is missing\n$/,
  ],
  [
    'a revision that does not exist was a stack trace',
    ['--against', 'none-such'],
    /^bench: --against none-such: no such revision of this repository\n$/,
  ],
  [
    'too few processes for a verdict were a stack trace',
    ['--aa', '--processes', '2'],
    /^bench: --processes: a verdict on 1 orders takes at least \d+\n$/,
  ],
  [
    'names that match no solver made an empty table',
    ['--only', '^none such$'],
    /^bench: --only: no solver has a name that \/\^none such\$\/ finds\n$/,
  ],
])('%s', (_, words, said) => {
  const { status, stderr } = bench(...words);
  expect(stderr).toMatch(said);
  expect(status).toBe(2);
});

test('a named library that does not load was left out, and the benchmark ran without it', async () => {
  const none = join(folder, 'none.so');
  const wanted = { threads: 1, folder, libraries: [none], skipped() {}, note() {} };
  await expect(candidates(wanted)).rejects.toThrow(`--native ${none}: `);
});

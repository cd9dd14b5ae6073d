// Runs of several builds joined in one file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparable, join, type LabFile, type LabRow, readLab } from '../../../bench/lab/file.js';
import { runTable, table } from '../../../bench/lab/table.js';

const machine: LabFile['runs'][0]['machine'] = {
  cpu: 'AMD EPYC',
  width: 'avx512',
  cores: 2,
  megahertz: 0,
  caches: {},
  gibibytes: 24,
  system: 'Linux 6.1',
  arch: 'x64',
  node: 'v20.20.2',
  v8: '11.3',
  load: 0,
};

const row = (solver: string, n: number, seconds: number, kind: LabRow['kind'] = 'ours'): LabRow => ({
  solver,
  kind,
  problem: 'symmetric',
  matrix: 'goe',
  n,
  valuesOnly: false,
  threads: 1,
  samples: [seconds, seconds, seconds],
  runs: 1,
  residual: 0,
  orthogonality: 0,
  difference: 0,
  run: 0,
});

const file = (revision: string, rows: LabRow[], system = 'Linux 6.1'): LabFile => ({
  format: 'emft-lab-2',
  version: '0.1.0',
  runs: [{ revision, began: [`2026-11-2${revision.length}T10:00:00Z`], machine: { ...machine, system } }],
  threads: 1,
  solvers: [{ name: 'emft dc', kind: 'ours', version: revision }],
  natives: [],
  skipped: [],
  rows,
});

const folder = mkdtempSync(joinPath(tmpdir(), 'emft-joined-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('rows of two builds', () => {
  const first = file('aaa', [row('emft dc', 16, 2), row('native dsyevd', 16, 1, 'native')]);
  const second = file('bbbb', [row('emft dc', 16, 4), row('emft dc', 32, 8)], 'Linux 6.2');
  const joined = join([first, second]);

  test('stood under the revision and the system of the first', () => {
    const of = ({ solver, n, run }: LabRow) => [
      solver,
      n,
      joined.runs[run].revision,
      joined.runs[run].machine.system,
    ];
    expect(joined.rows.map(of)).toEqual([
      ['emft dc', 16, 'bbbb', 'Linux 6.2'],
      ['native dsyevd', 16, 'aaa', 'Linux 6.1'],
      ['emft dc', 32, 'bbbb', 'Linux 6.2'],
    ]);
    expect(runTable(joined.runs, joined.rows).split('\n')).toEqual([
      'run 1: revision aaa, 2026-11-23T10:00:00Z, Linux 6.1: 1 rows',
      'run 2: revision bbbb, 2026-11-24T10:00:00Z, Linux 6.2: 2 rows',
      'these are 2 builds: rows of different runs are not compared',
    ]);
    expect(runTable(first.runs, first.rows)).toBe('');
  });

  test('keep their runs when they are joined once more', () => {
    const third = file('ccccc', [row('emft dc', 64, 16)]);
    const { runs, rows } = join([third, joined]);
    expect(rows.map(({ n, run }) => [n, runs[run].revision])).toEqual([
      [16, 'bbbb'],
      [16, 'aaa'],
      [32, 'bbbb'],
      [64, 'ccccc'],
    ]);
  });

  test('had ratios, as if they had taken turns', () => {
    const ratios = (rows: readonly LabRow[]) =>
      table(rows)
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s{2,}/)[6]);
    expect(ratios(first.rows)).toEqual(['2.00', '1.00']);
    expect(ratios(joined.rows)).toEqual(['–', '1.00', '–']);
  });

  test('were points of one performance profile', () => {
    const both = join([first, file('bbbb', [row('ml-matrix', 16, 9, 'peer')])]);
    expect(comparable(both.rows).map(({ solver }) => solver)).toEqual(['emft dc', 'native dsyevd']);
  });
});

test('runs of other machines are not joined, and the refusal says what differs', () => {
  const other = file('bbbb', [row('emft dc', 16, 4)]);
  other.runs[0].machine.width = 'avx2';
  expect(() => join([file('aaa', []), other])).toThrow(
    'runs of different machines cannot be joined: width differs',
  );
  const threads = { ...file('bbbb', []), threads: 2 };
  expect(() => join([file('aaa', []), threads])).toThrow('numbers of threads');
});

test('a file as they were is read as one run, and another file is refused', async () => {
  const path = joinPath(folder, 'older.json');
  const { runs, rows, ...about } = file('aaa', [row('emft dc', 16, 2)]);
  const bare = rows.map(({ run, ...rest }) => rest);
  writeFileSync(path, JSON.stringify({ ...about, ...runs[0], format: 'emft-lab-1', rows: bare }));
  expect(await readLab(path)).toEqual({ ...about, runs, rows });
  writeFileSync(path, '{"format":"emft-against-1"}');
  await expect(readLab(path)).rejects.toThrow('not a run of the lab');
});

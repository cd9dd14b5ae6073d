// The run with which the Solvers view opens is that of docs/bench.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LabFile } from '../../../bench/lab/file.js';
import { median } from '../../../web/src/lab/statistics.js';
import { storedOn, storedRows } from '../../../web/src/views/solvers/stored.js';

const file = JSON.parse(
  readFileSync(new URL('../../../docs/bench/lab.json', import.meta.url), 'utf8'),
) as LabFile;

test('it has the medians and ratios of that run, to three digits, of every solver', () => {
  const rows = storedRows();
  const solvers = [...new Set(rows.map((row) => row.method))];
  expect(solvers.sort()).toEqual(
    ['dc', 'jacobi', 'mathjs', 'ml-matrix', 'native dsyevd', 'numeric', 'qr', 'webr (R eigen)'].sort(),
  );
  expect(rows.length).toBeGreaterThan(300);
  for (const row of rows) {
    const name = row.kind === 'ours' ? `emft ${row.method}` : row.method;
    const found = file.rows.find(
      (r) => r.problem === 'symmetric' && r.solver === name && r.matrix === row.matrix && r.n === row.n,
    )!;
    expect(found.failed).toBeUndefined();
    expect(row.seconds).toBe(Number(median(found.samples).toPrecision(3)));
    expect(row.residual).toBe(Number(found.residual!.toPrecision(3)));
    expect(row.orthogonality).toBe(Number(found.orthogonality!.toPrecision(3)));
  }
});

test('it says where it was made', () => {
  const [{ machine }] = file.runs;
  expect(storedOn.machine).toContain(machine.cpu);
  expect(`v${storedOn.node}`).toBe(machine.node);
  const baseline = file.natives.find((native) => native.baseline)!;
  expect(storedOn.native).toContain(baseline.kernel);
  const began = file.runs.flatMap((run) => run.began).sort();
  expect(storedOn.days.split(' to ')[0]).toBe(began[0].slice(0, 10));
  expect(storedOn.days.split(' to ').at(-1)).toBe(began[began.length - 1].slice(0, 10));
});

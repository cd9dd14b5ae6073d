// Writes web/src/views/solvers/stored.ts, the run with which the Solvers view opens, from docs/bench/lab.json: medians and ratios of the
// solvers that anybody can compare, to three digits.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = JSON.parse(readFileSync(`${root}/docs/bench/lab.json`, 'utf8'));
const short = (x) => Number(x.toPrecision(3));
const median = (samples) => {
  const sorted = samples.toSorted((p, q) => p - q);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Names in the view: methods of its own, one driver of LAPACK. */
const own = /^emft (\w+)$/;
const rows = file.rows.filter(
  ({ solver, kind, problem, samples, failed, valuesOnly }) =>
    problem === 'symmetric' &&
    samples.length > 0 &&
    !failed &&
    !valuesOnly &&
    (kind === 'peer' || own.test(solver) || solver === 'native dsyevd'),
);
const solvers = {};
for (const { solver, kind, matrix, n, samples, residual, orthogonality } of rows) {
  const name = own.exec(solver)?.[1] ?? solver;
  solvers[name] ??= { kind, rows: [] };
  solvers[name].rows.push([matrix, n, short(median(samples)), short(residual), short(orthogonality)]);
}
// The random matrices first: their times are drawn.
for (const one of Object.values(solvers)) {
  one.rows.sort((p, q) => Number(q[0] === 'goe') - Number(p[0] === 'goe') || p[1] - q[1]);
}
const { cpu, width, node } = file.runs[0].machine;
const native = file.natives.find(({ baseline }) => baseline);
const version = /OpenBLAS \d+\.\d+\.\d+/.exec(native?.config ?? '')?.[0];
/** A run may have been interrupted, and gone on the next day. */
const days = file.runs.flatMap(({ began }) => began.map((moment) => moment.slice(0, 10))).sort();
const about = {
  machine: width ? `${cpu} (${width})` : cpu,
  node: node.replace(/^v/, ''),
  native: native ? `${version}, kernel ${native.kernel}` : 'none',
  days: [...new Set([days[0], days.at(-1)])].join(' to '),
};
const text = `// Written by scripts/generate-stored-run.js from docs/bench/lab.json.
import type { SolverRow } from './task.js';

export const storedOn = ${JSON.stringify(about)};

type Stored = [matrix: string, n: number, seconds: number, residual: number, orthogonality: number];

const solvers = JSON.parse(
  '${JSON.stringify(solvers)}',
) as Record<string, { kind: SolverRow['kind']; rows: Stored[] }>;

export const storedRows = (): SolverRow[] =>
  Object.entries(solvers)
    .flatMap(([method, { kind, rows }]) =>
      rows.map(([matrix, n, seconds, residual, orthogonality]) => {
        return { method, kind, matrix, n, threads: 1, seconds, residual, orthogonality };
      }),
    );
`;
const target = `${root}/web/src/views/solvers/stored.ts`;
writeFileSync(target, text);
execFileSync(
  process.execPath,
  [`${root}/node_modules/@biomejs/biome/bin/biome`, 'check', '--write', target],
  {
    cwd: root,
    stdio: 'ignore',
  },
);

// One run of the lab: which matrices, which solvers, how long.
import { execFileSync } from 'node:child_process';
import type { Core } from 'emft';
import { FAMILIES } from '../../web/src/lab/matrices.js';
import { measure, type Pace, pose, type Row } from '../../web/src/lab/rounds.js';
import type { Problem, Solver } from '../../web/src/lab/solver.js';
import { median } from '../../web/src/lab/statistics.js';

interface Plan {
  sizes: readonly number[];
  matrices: readonly string[];
  problems: readonly Problem[];
  seed: number;
  pace: Pace;
}

/** Growth of the time with the order, steeper than n³: caches are left behind on the way. */
const EXPONENT = 3.3;

/**
 * The time that a solver is expected to take, from the largest smaller order at which it was timed with the same problem: solvers of
 * several problems may have one name.
 */
function foresight(rows: readonly Row[]) {
  return ({ name, problem = 'symmetric' }: Solver, n: number): number => {
    const own = rows.filter((row) => row.solver === name && row.problem === problem);
    const before = own.filter((row) => row.samples.length > 0 && row.n <= n);
    const largest = Math.max(...before.map((row) => row.n));
    const there = before.filter((row) => row.n === largest).map((row) => median(row.samples));
    // A solver that was too slow at a smaller order has no time there, and is not tried again.
    const late = own.some((row) => row.n < n && row.failed?.startsWith('would take'));
    if (late) return Number.POSITIVE_INFINITY;
    return there.length === 0 ? 0 : Math.max(...there) * (n / largest) ** EXPONENT;
  };
}

/** Orders from which the time at a first order is foreseen, so that no solver is found to be slow by a run of hours. */
function pilotOrders(first: number): number[] {
  const orders = [];
  for (let n = 16; n < first; n *= 2) orders.push(n);
  return orders;
}

/** Complex and generalized problems are made of the random matrix alone. */
export async function runLab(
  core: Core,
  solvers: readonly Solver[],
  { sizes, matrices, problems, seed, pace }: Plan,
  report: (rows: readonly Row[]) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const pilots: Row[] = [];
  for (const n of pilotOrders(Math.min(...sizes))) {
    const real = FAMILIES.goe.make(core, n, seed);
    for (const problem of problems) {
      const once = { ...pace, rounds: 1, least: 1 };
      pilots.push(...(await measure(pose(core, 'goe', problem, real, n), solvers, once, foresight(pilots))));
    }
  }
  const done = new Set<string>();
  for (const size of sizes) {
    for (const matrix of matrices) {
      const family = FAMILIES[matrix];
      const n = family.order?.(size) ?? size;
      if (done.has(`${matrix} ${n}`)) continue;
      done.add(`${matrix} ${n}`);
      const real = family.make(core, n, seed);
      for (const problem of problems) {
        if (problem !== 'symmetric' && matrix !== 'goe') continue;
        const posed = pose(core, matrix, problem, real, n);
        const found = await measure(posed, solvers, pace, foresight([...pilots, ...rows]));
        rows.push(...found);
        report(found);
      }
    }
  }
  return rows;
}

/** Of the repository that this file is in. */
export function revision(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short=10', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}

// Times the eigensolvers in rounds, smallest matrices first, and checks every result: the lab of `npm run bench` in a page. From n = 256 on
// the package's own run in slices and everything else one run at a time, so that they can be stopped.
import type { Core } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { familiesOf } from '../../lab/families.js';
import { FAMILIES } from '../../lab/matrices.js';
import { measure, type Row } from '../../lab/rounds.js';
import { ascending, rowsOf, type Solver } from '../../lab/solver.js';
import { median } from '../../lab/statistics.js';
import type { Cores, Report } from '../../tasks/task.js';

interface SolversInput {
  /** The largest order. */
  n: number;
  /** A name of `TITLES`, or `known` for all of them but LAPACK's types. */
  matrix: string;
  /** With ml-matrix. */
  peer: boolean;
  seed: number;
}

export interface SolverRow {
  method: string;
  kind: Row['kind'];
  matrix: string;
  n: number;
  threads: number;
  /** Of one decomposition, the median of several rounds. */
  seconds: number;
  /** LAPACK's ratios, over the same eigenvectors for every method. */
  residual: number;
  orthogonality: number;
}

const SIZES = [8, 16, 32, 64, 128, 256, 512, 1024];
/** Order from which a run may take long. */
const LONG = 256;
/** A method expected to take this long, at 8 times the seconds for twice the order, gets no larger matrix. */
const LIMIT_SECONDS = 20;
/** Of ml-matrix, which nothing can stop before it is done. */
const PEER_SECONDS = 2;
/** Milliseconds of a slice: browsers pause for about 4 in between, which is timed too. */
const SLICE = 80;
const PACE = { rounds: 5, least: 1, sample: 0.01, warm: 0.04, budget: 1, alone: 1, limit: 1 };

const rowOf = (row: Row): SolverRow => ({
  method: row.solver,
  kind: row.kind,
  matrix: row.matrix,
  n: row.n,
  threads: row.threads,
  seconds: median(row.samples),
  residual: row.residual ?? Number.NaN,
  orthogonality: row.orthogonality ?? Number.NaN,
});

export async function solvers(
  input: SolversInput,
  cores: Cores,
  report: Report<SolverRow[]>,
  signal: AbortSignal,
): Promise<SolverRow[]> {
  const core = await cores.threaded();
  const contenders = methodNames.map((method) => ours(core, method, signal));
  if (input.peer) contenders.push(await mlMatrix());
  const families = familiesOf(input.matrix);
  const sizes = SIZES.filter((n) => n <= input.n);
  const total = sizes.reduce((sum, n) => sum + n ** 3, 0) * families.length;
  const found: Row[] = [];
  /** What a run may be expected to take, over what it is allowed to: above 1 it is not asked for. */
  const expected = ({ name, kind }: Solver, n: number) => {
    const last = found.filter((row) => row.solver === name && row.n < n && row.samples.length > 0).at(-1);
    const limit = kind === 'ours' ? LIMIT_SECONDS : PEER_SECONDS;
    return last ? (median(last.samples) * (n / last.n) ** 3) / limit : 0;
  };
  let done = 0;
  for (const size of sizes) {
    for (const matrix of families) {
      const { make, order = (most: number) => most } = FAMILIES[matrix];
      const n = order(size);
      const a = make(core, n, input.seed);
      const { values } = await core.eighAsync(a, n, { vectors: false, signal, slice: SLICE });
      const pause = n < LONG ? undefined : (share: number) => report((done + share * size ** 3) / total);
      const posed = { matrix, n, problem: 'symmetric' as const, a, values };
      found.push(...(await measure(posed, contenders, { ...PACE, pause, signal }, expected)));
      done += size ** 3;
      await report(done / total, shown(found));
    }
  }
  return shown(found);
}

const shown = (rows: readonly Row[]) =>
  rows.filter((row) => row.samples.length > 0 && !row.failed).map(rowOf);

function ours(core: Core, method: Method, signal: AbortSignal): Solver {
  return {
    name: method,
    kind: 'ours',
    threads: core.threads,
    solve: (a, n) =>
      n < LONG ? core.eigh(a, n, { method }) : core.eighAsync(a, n, { method, signal, slice: SLICE }),
  };
}

/** Its own matrices in and out: turning arrays into them is not timed. */
async function mlMatrix(): Promise<Solver> {
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  return {
    name: 'ml-matrix',
    prepare: (a, n) => new Matrix(rowsOf(a, n)),
    solve: (matrix) => new EigenvalueDecomposition(matrix, { assumeSymmetric: true }),
    read: ({ realEigenvalues, eigenvectorMatrix: z }) => ascending(realEigenvalues, (k, i) => z.get(i, k)),
  };
}

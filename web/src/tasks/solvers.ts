// Times the eigensolvers on random symmetric matrices, smallest first, and checks every result. From n = 256 on the
// package's own run in slices and everything else one run at a time, so that they can be stopped.
import type { Core } from 'emft';
import { type Prepared, prepare, ratios, timeSolver } from '../../../src/cli/solverTimes.js';
import type { Cores, Report } from '../tasks.js';
import type { SolverRow } from '../views/solvers.js';

const SIZES = [8, 16, 32, 64, 128, 256, 512, 1024];
/** Order from which a run may take long. */
const LONG = 256;
/** Seconds after which a run is not repeated. */
const ENOUGH = 1;
/** A method expected to take this long, at 8 times the seconds for twice the order, gets no larger matrix. */
const LIMIT_SECONDS = 20;
/** Of ml-matrix, which nothing can stop before it is done. */
const PEER_SECONDS = 2;
/** Milliseconds of a slice: browsers pause for about 4 in between, which is timed too. */
const SLICE = 80;

const METHODS = ['dc', 'qr', 'jacobi'] as const;

export async function solvers(
  input: { n: number; peer: boolean; seed: number },
  cores: Cores,
  report: Report,
  signal: AbortSignal,
): Promise<SolverRow[]> {
  const core = await cores.threaded();
  const sizes = SIZES.filter((n) => n <= input.n);
  const peer = input.peer ? await mlMatrix() : null;
  const methods = [...METHODS, ...(peer ? (['ml-matrix'] as const) : [])];
  const rows: SolverRow[] = [];
  const work = sizes.map((n) => n ** 3);
  const total = work.reduce((a, b) => a + b, 0) * methods.length;
  let done = 0;
  const slow = new Set<string>();
  for (const n of sizes) {
    const a = core.goe(n, { seed: input.seed, stream: n });
    for (const method of methods) {
      const theirs = method === 'ml-matrix';
      if (!slow.has(method)) {
        const solver =
          theirs && peer
            ? peer(a, n)
            : prepare((m, k) => core.eigh(m, k, { method: method as (typeof METHODS)[number] }), a, n);
        const time = async () => {
          if (n < LONG) return timeSolver(solver, a, n);
          if (!theirs) return inSlices(core, method as (typeof METHODS)[number], a, n, signal);
          return oneByOne(solver, a, n, () => report(done / total));
        };
        const row = { method, n, threads: theirs ? 1 : core.threads, ...(await time()) };
        if (8 * row.seconds > (theirs ? PEER_SECONDS : LIMIT_SECONDS)) slow.add(method);
        rows.push(row);
      }
      done += n ** 3;
      await report(done / total, rows);
    }
  }
  return rows;
}

async function inSlices(
  core: Core,
  method: (typeof METHODS)[number],
  a: Float64Array,
  n: number,
  signal: AbortSignal,
) {
  let seconds = Number.POSITIVE_INFINITY;
  for (let spent = 0, run = 0; ; ++run) {
    const start = performance.now();
    const result = await core.eighAsync(a, n, { method, signal, slice: SLICE });
    const took = (performance.now() - start) / 1000;
    spent += took;
    seconds = Math.min(seconds, took);
    if (spent > ENOUGH || run === 5) return { seconds, ...ratios(a, n, result) };
  }
}

async function oneByOne(solver: Prepared, a: Float64Array, n: number, pause: () => Promise<void>) {
  let seconds = Number.POSITIVE_INFINITY;
  for (let spent = 0, run = 0; ; ++run) {
    const start = performance.now();
    solver.solve();
    const took = (performance.now() - start) / 1000;
    spent += took;
    seconds = Math.min(seconds, took);
    if (spent > ENOUGH || run === 5) return { seconds, ...ratios(a, n, solver.result()) };
    await pause();
  }
}

/** Its own matrices in and out: turning arrays into them is not timed. */
async function mlMatrix() {
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  return (a: Float64Array, n: number): Prepared => {
    const rows = Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * n, (i + 1) * n)));
    const matrix = new Matrix(rows);
    let last: InstanceType<typeof EigenvalueDecomposition>;
    return {
      solve: () => {
        last = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
      },
      result: () => {
        const v = last.eigenvectorMatrix;
        const vectors = new Float64Array(n * n);
        for (let k = 0; k < n; ++k) for (let i = 0; i < n; ++i) vectors[k * n + i] = v.get(i, k);
        return { values: last.realEigenvalues, vectors };
      },
    };
  };
}

// Times the eigensolvers on random symmetric matrices, smallest first, and checks every result. From n = 256 on the
// package's own run in slices and everything else one run at a time, so that they can be stopped.
import type { Core } from 'emft';
import { decompositionRatios, leastTime } from 'emft/accuracy';
import { type Method, methodNames } from 'emft/check';
import type { Cores, Report } from '../../worker/task.js';

export interface SolversInput {
  /** The largest order. */
  n: number;
  /** With ml-matrix. */
  peer: boolean;
  seed: number;
}

export interface SolverRow {
  method: string;
  n: number;
  threads: number;
  /** Of one decomposition, the least of several. */
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
/** Eigenvectors that are checked: all of them would take longer than the solver. */
const COLUMNS = 64;

/** One of those that are compared. */
interface Contender {
  method: string;
  threads: number;
  /** Seconds that a run may be expected to take. */
  limit: number;
  /** Times it on a matrix; `pause` is awaited between runs. */
  time(a: Float64Array, n: number, pause?: () => Promise<void>): Promise<Timed>;
}

interface Timed {
  seconds: number;
  values: Float64Array;
  vectors: Float64Array;
}

export async function solvers(
  input: SolversInput,
  cores: Cores,
  report: Report<SolverRow[]>,
  signal: AbortSignal,
): Promise<SolverRow[]> {
  const core = await cores.threaded();
  const sizes = SIZES.filter((n) => n <= input.n);
  const contenders = methodNames.map((method) => ours(core, method, signal));
  if (input.peer) contenders.push(await mlMatrix());
  const total = sizes.reduce((sum, n) => sum + n ** 3, 0) * contenders.length;
  const rows: SolverRow[] = [];
  const slow = new Set<Contender>();
  let done = 0;
  for (const n of sizes) {
    const a = core.goe(n, { seed: input.seed, stream: n });
    for (const contender of contenders) {
      if (!slow.has(contender)) {
        const { method, threads, limit } = contender;
        const pause = n < LONG ? undefined : () => report(done / total);
        const { seconds, values, vectors } = await contender.time(a, n, pause);
        const ratios = decompositionRatios(a, n, values, vectors, { columns: COLUMNS });
        rows.push({ method, n, threads, seconds, ...ratios });
        if (8 * seconds > limit) slow.add(contender);
      }
      done += n ** 3;
      await report(done / total, rows);
    }
  }
  return rows;
}

function ours(core: Core, method: Method, signal: AbortSignal): Contender {
  return {
    method,
    threads: core.threads,
    limit: LIMIT_SECONDS,
    async time(a, n, pause) {
      const run = () =>
        n < LONG ? core.eigh(a, n, { method }) : core.eighAsync(a, n, { method, signal, slice: SLICE });
      const { seconds, result } = await leastTime(run, { pause });
      return { seconds, values: result.values, vectors: result.vectors };
    },
  };
}

/** Its own matrices in and out: turning arrays into them is not timed. */
async function mlMatrix(): Promise<Contender> {
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  return {
    method: 'ml-matrix',
    threads: 1,
    limit: PEER_SECONDS,
    async time(a, n, pause) {
      const matrix = new Matrix(
        Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * n, (i + 1) * n))),
      );
      const run = () => new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
      const { seconds, result } = await leastTime(run, { pause });
      const z = result.eigenvectorMatrix;
      const vectors = Float64Array.from({ length: n * n }, (_, at) => z.get(at % n, Math.floor(at / n)));
      return { seconds, values: Float64Array.from(result.realEigenvalues), vectors };
    },
  };
}

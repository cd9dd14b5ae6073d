// Times the eigensolvers on random symmetric matrices, smallest first, and checks every result.
import { type Prepared, prepare, timeSolver } from '../../../src/cli/solverTimes.js';
import type { Cores, Report } from '../tasks.js';
import type { SolverRow } from '../views/solvers.js';

const SIZES = [8, 16, 32, 64, 128, 256, 512, 1024];
/** A method that took this long gets no larger matrix. */
const LIMIT_SECONDS = 3;

export async function solvers(
  input: { n: number; peer: boolean; seed: number },
  cores: Cores,
  report: Report,
): Promise<SolverRow[]> {
  const core = await cores.threaded();
  const sizes = SIZES.filter((n) => n <= input.n);
  const methods: [string, (a: Float64Array, n: number) => Prepared][] = (['dc', 'qr', 'jacobi'] as const).map(
    (method) => [method, (a, n) => prepare((m, k) => core.eigh(m, k, { method }), a, n)],
  );
  if (input.peer) methods.push(['ml-matrix', await mlMatrix()]);
  const rows: SolverRow[] = [];
  const work = sizes.map((n) => n ** 3);
  const total = work.reduce((a, b) => a + b, 0) * methods.length;
  let done = 0;
  const slow = new Set<string>();
  for (const n of sizes) {
    const a = core.goe(n, { seed: input.seed, stream: n });
    for (const [method, solver] of methods) {
      if (!slow.has(method)) {
        const row = {
          method,
          n,
          threads: method === 'ml-matrix' ? 1 : core.threads,
          ...timeSolver(solver(a, n), a, n),
        };
        if (row.seconds > LIMIT_SECONDS) slow.add(method);
        rows.push(row);
      }
      done += n ** 3;
      await report(done / total, rows);
    }
  }
  return rows;
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

// Every solver on the same random symmetric matrices, checked, then timed.
import type { Core } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import type { Problem, Solver } from './solver.js';

export interface Row {
  solver: string;
  kind: Solver['kind'];
  n: number;
  seconds: number;
  runs: number;
  gigaflops: number;
  /** Largest eigenvalue difference from the reference, over the norm. */
  error: number;
}

/**
 * Nominal operations of a decomposition with vectors: 4/3 n³ for the tridiagonal form, 4/3 n³ for divide and conquer
 * without deflation, 2 n³ for the back-transformation; four times that of complex numbers, and 7/3 n³ more with a second matrix
 * (1/3 its factor, 1 the reduction, 1 its back-transformation). The same count for every solver, so that rates compare times.
 */
const nominalFlops = (problem: Problem, n: number) =>
  ({ symmetric: 14 / 3, hermitian: 56 / 3, generalized: 7 })[problem] * n ** 3;

/** What the solvers of that problem are given, and its eigenvalues. */
function posed(core: Core, problem: Problem, a: Float64Array, n: number) {
  if (problem === 'symmetric') return { given: a, values: core.eigh(a, n, { method: 'dc' }).values };
  if (problem === 'hermitian') {
    const im = core.goe(n, { seed: 2, stream: n });
    const given = Float64Array.from({ length: 2 * n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / (2 * n)), (k >> 1) % n];
      return k % 2 === 0 ? a[k >> 1] : Math.sign(i - j) * im[k >> 1];
    });
    return { given, values: core.eighComplex(given, n, { method: 'qr' }).values };
  }
  const b = core.goe(n, { seed: 2, stream: n }).map((x, k) => (k % (n + 1) === 0 ? x + 4 * Math.sqrt(n) : x));
  const given = new Float64Array(2 * n * n);
  given.set(a);
  given.set(b, n * n);
  return { given, values: core.eigh(a, n, { b, method: 'qr' }).values };
}

export async function compare(
  core: Core,
  solvers: Solver[],
  sizes: readonly number[],
  /** A solver gets no size that one run is expected to take longer for. */
  limitSeconds: number,
  report: (row: Row | { solver: string; n: number; skipped: string }) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const last = new Map<string, Row>();
  const problems = [...new Set(solvers.map((solver) => solver.problem ?? 'symmetric'))];
  for (const n of sizes) {
    const a = core.goe(n, { seed: 1, stream: n });
    const reference = core.eigh(a, n, { method: 'dc' });
    checkDecomposition(a, n, reference.values, reference.vectors);
    const given = new Map(problems.map((problem) => [problem, posed(core, problem, a, n)]));
    for (const solver of solvers) {
      const problem = solver.problem ?? 'symmetric';
      const wanted = given.get(problem)!;
      const before = last.get(solver.name);
      const expected = before ? before.seconds * (n / before.n) ** solver.exponent : 0;
      if (expected > limitSeconds || n > (solver.maxOrder ?? Number.POSITIVE_INFINITY)) {
        report({
          solver: solver.name,
          n,
          skipped: expected > limitSeconds ? `about ${expected.toFixed(0)} s` : 'too large',
        });
        continue;
      }
      let timing: Awaited<ReturnType<Solver['time']>>;
      try {
        timing = await solver.time(wanted.given, n);
      } catch (error) {
        report({ solver: solver.name, n, skipped: error instanceof Error ? error.message : String(error) });
        last.set(solver.name, { n: 1, seconds: Number.POSITIVE_INFINITY } as Row);
        continue;
      }
      const { seconds, runs, values, vectors } = timing;
      const error = valuesError(values, wanted.values);
      if (!(error < 1e-8)) {
        report({ solver: solver.name, n, skipped: `wrong eigenvalues (relative error ${error})` });
        continue;
      }
      if (vectors) checkDecomposition(a, n, Float64Array.from(values), vectors);
      const row = {
        solver: solver.name,
        kind: solver.kind,
        n,
        seconds,
        runs,
        gigaflops: nominalFlops(problem, n) / seconds / 1e9,
        error,
      };
      rows.push(row);
      last.set(solver.name, row);
      report(row);
    }
  }
  return rows;
}

function valuesError(values: ArrayLike<number>, reference: Float64Array): number {
  const n = reference.length;
  if (values.length !== n) return Number.NaN;
  const norm = Math.max(Math.abs(reference[0]), Math.abs(reference[n - 1]));
  let error = 0;
  for (let i = 0; i < n; ++i) error = Math.max(error, Math.abs(values[i] - reference[i]));
  return error / norm;
}

/** LAPACK's ratios over a sample of the eigenvectors; throws above 10. */
function checkDecomposition(a: Float64Array, n: number, values: Float64Array, vectors: Float64Array): void {
  const { residual, orthogonality } = decompositionRatios(a, n, values, vectors, { columns: 16 });
  if (!(residual <= 10 && orthogonality <= 10)) {
    throw new Error(`order ${n}: residual ratio ${residual}, orthogonality ratio ${orthogonality}`);
  }
}

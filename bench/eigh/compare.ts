// Every solver on the same random symmetric matrices, checked, then timed.
import type { Core } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import type { Solver } from './solver.js';

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
 * without deflation, 2 n³ for the back-transformation. The same count for every solver, so that rates compare times.
 */
const nominalFlops = (n: number) => (14 / 3) * n ** 3;

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
  for (const n of sizes) {
    const a = core.goe(n, { seed: 1, stream: n });
    const reference = core.eigh(a, n, { method: 'dc' });
    checkDecomposition(a, n, reference.values, reference.vectors);
    for (const solver of solvers) {
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
        timing = await solver.time(a, n);
      } catch (error) {
        report({ solver: solver.name, n, skipped: error instanceof Error ? error.message : String(error) });
        last.set(solver.name, { n: 1, seconds: Number.POSITIVE_INFINITY } as Row);
        continue;
      }
      const { seconds, runs, values, vectors } = timing;
      const error = valuesError(values, reference.values);
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
        gigaflops: nominalFlops(n) / seconds / 1e9,
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

// The small eigenproblems of a Krylov space: the projection of H on it, real or complex.
import { eighOf } from '../eigen/eigh.js';
import { eighComplexSteps } from '../eigen/eighComplex.js';
import { eighComplexBytes } from '../eigen/memory.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, UNBOUNDED } from '../wasm/steps.js';
import { type Small, small } from './columns.js';

export interface Ritz {
  /** Ascending. */
  values: Float64Array;
  /** Vector k in column k. */
  vectors: Small;
}

/** Eigenpairs of rows and columns `first` … `first + size` − 1 of T, whose upper triangle counts; null if they do not converge. */
export function ritz(runtime: Runtime, t: Small, first: number, size: number): Ritz | null {
  const at = (i: number, j: number) => first + i + (first + j) * t.rows;
  const vectors = small(size, size, t.im !== null);
  if (!t.im) {
    const a = new Float64Array(size * size);
    for (let j = 0; j < size; ++j) {
      for (let i = 0; i <= j; ++i) a[i * size + j] = a[j * size + i] = t.re[at(i, j)];
    }
    const { values, vectors: z, convergence } = eighOf(runtime, a, size);
    vectors.re.set(z);
    return convergence.converged ? { values, vectors } : null;
  }
  const a = new Float64Array(2 * size * size);
  for (let j = 0; j < size; ++j) {
    for (let i = 0; i <= j; ++i) {
      // Entry (j, i), of the lower triangle, is the conjugate.
      a[2 * (j * size + i)] = t.re[at(i, j)];
      a[2 * (j * size + i) + 1] = i === j ? 0 : -t.im[at(i, j)];
    }
  }
  const task = {
    a,
    n: size,
    bytes: eighComplexBytes(runtime, size, 'qr', true),
    method: 'qr' as const,
    vectors: true,
    verify: false,
    pencil: undefined,
    keeps: false,
    // The lower triangle by rows.
    upper: true,
    selection: undefined,
  };
  const { values, vectors: z, convergence } = atOnce(eighComplexSteps(runtime, task, UNBOUNDED));
  for (let k = 0; k < size * size; ++k) {
    vectors.re[k] = z[2 * k];
    vectors.im![k] = z[2 * k + 1];
  }
  return convergence.converged ? { values, vectors } : null;
}

/** The first `count` columns of a matrix. */
export function leading(y: Small, count: number): Small {
  return {
    rows: y.rows,
    columns: count,
    re: y.re.subarray(0, y.rows * count),
    im: y.im?.subarray(0, y.rows * count) ?? null,
  };
}

// What decompositions give: numbers, and one eigenvector of them by its place.
import { checkInteger } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Accuracy } from './accuracy.js';
import type { BatchConvergence, Convergence } from './types.js';

/** The part of `vectors` that holds vector `k` of `count`; `vectors` is empty where none were computed. */
export function part(
  vectors: Float64Array,
  k: number,
  count: number,
  from = 0,
  stride = vectors.length / count,
) {
  if (count === 0) throw new InputError('k', 'names an eigenvector, and the result has none');
  if (vectors.length === 0) throw new InputError('k', 'names an eigenvector, and they were not computed');
  checkInteger('k', k, { min: 0, max: count - 1 });
  return vectors.subarray((from + k) * stride, (from + k + 1) * stride);
}

/**
 * Eigenvalues and eigenvectors of one matrix. Copies of it, by spreading or by a message to a worker, have its numbers and no
 * methods.
 */
export class Eigh {
  /** n eigenvalues, ascending. */
  values: Float64Array;
  /**
   * n*n: eigenvector k, of norm 1 to rounding, is `vectors.subarray(k*n, (k+1)*n)`; of `eighComplex` 2*n*n, in pairs.
   * Empty with `vectors: false`.
   */
  vectors: Float64Array;
  /** How the iteration ended. */
  convergence: Convergence;
  /** With `verify`: ‖A Z − Z D‖₁ / (‖A‖₁ n ulp), ulp = 2⁻⁵²; of order 1 or less. */
  declare residual?: number;
  /** With `verify`: ‖I − Zᵀ Z‖₁ / (n ulp); of order 1 or less. */
  declare orthogonality?: number;

  /** The decomposition with these numbers, which are not copied. */
  constructor(values: Float64Array, vectors: Float64Array, convergence: Convergence, accuracy?: Accuracy) {
    this.values = values;
    this.vectors = vectors;
    this.convergence = convergence;
    if (accuracy) Object.assign(this, accuracy);
  }

  /**
   * Eigenvector k, that of `values[k]`: n numbers, of `eighComplex` 2n in pairs. It is a view: `vectors` changes with it.
   *
   * @param k - Its place in `values`, from 0.
   * @returns The numbers from `k*n` on; `slice()` copies them.
   * @throws InputError for a k outside the result, or of a result without vectors.
   */
  vector(k: number): Float64Array {
    return part(this.vectors, k, this.values.length);
  }
}

/** The order of the matrices of each batch. With a private field, the types of two copies of the package would differ. */
const orders = new WeakMap<EighBatch, number>();

/** Eigenvalues and eigenvectors of many matrices. Copies of it have its numbers and no methods. */
export class EighBatch {
  /** count*n eigenvalues: those of matrix k, ascending, are `values.subarray(k*n, (k+1)*n)`. */
  values: Float64Array;
  /**
   * count*n*n: eigenvector j of matrix k starts at `(k*n + j)*n`; of `eighComplexBatch` twice as many, in pairs, at twice that.
   * Empty with `vectors: false`.
   */
  vectors: Float64Array;
  /** Of all matrices together. */
  convergence: BatchConvergence;

  /** The decompositions of matrices of order n with these numbers, which are not copied. */
  constructor(n: number, values: Float64Array, vectors: Float64Array, convergence: BatchConvergence) {
    orders.set(this, n);
    this.values = values;
    this.vectors = vectors;
    this.convergence = convergence;
  }

  /**
   * Eigenvector k of one of the matrices, as `Eigh.vector`: a view.
   *
   * @param matrix - Which, from 0.
   * @param k - The place of its eigenvalue, from 0.
   * @returns n numbers, of `eighComplexBatch` 2n in pairs.
   * @throws InputError for one that is not there, or of a result without vectors.
   */
  vector(matrix: number, k: number): Float64Array {
    const n = orders.get(this)!;
    const all = this.values.length;
    if (all === 0) throw new InputError('matrix', 'names a matrix, and the result has none');
    checkInteger('matrix', matrix, { min: 0, max: all / n - 1 });
    return part(this.vectors, k, n, matrix * n, this.vectors.length / all);
  }
}

/** The order of the matrices of a batch. */
export function orderOf(batch: EighBatch): number {
  return orders.get(batch)!;
}

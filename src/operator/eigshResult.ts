// What `eigsh` gives: numbers, and one eigenvector of them by its place.
import { part } from '../eigen/result.js';
import type { EigshCount, EigshReport } from './eigshTypes.js';

/**
 * Some eigenpairs of an operator. Copies of it, by spreading or by a message to a worker, have its numbers and no methods.
 */
export class Eigsh {
  /** k eigenvalues, ascending; unless `converged` those that came nearest, which may be fewer. */
  values: Float64Array;
  /** Vector j at j·n, or of a complex operator in pairs at 2·j·n; empty without vectors. */
  vectors: Float64Array;
  /** |H z − λ z| of each, measured by whichever method, also where vectors are not asked for. */
  residuals: Float64Array;
  /**
   * Whether all have been found, none between them is missing, and no residual is above 4 times the tolerance, or above what rounding
   * makes (20 √n ulp of |H|) where that is more; false where a count by inertia is another number.
   */
  converged: boolean;
  /**
   * Whether states are missing that belong to what is asked for as much as those that are here:
   *
   * - at an end of the spectrum, whether the last level has copies that are left out, levels within `tolerance` times the largest |λ|
   *   being copies;
   * - with `near`, whether a state that was left out is as near as the farthest one, to twice the largest residual or to rounding
   *   (20 √n ulp of |H|), whichever is more. Of an operator of few levels those within 1e-10 of |H| of one another count as one: which
   *   of their states are given is then open, as `cut` says;
   * - of an interval, false: it is complete;
   * - where a search inside the spectrum has not converged, whether a level has more copies than blocks had columns; `report.needed`
   *   says what larger ones need, where that is more than `copies` allows for.
   */
  cut: boolean;
  /** How they were found. */
  report: EigshReport;

  /** The eigenpairs with these numbers, which are not copied. */
  constructor({ values, vectors, residuals, converged, cut, report }: Omit<Eigsh, 'vector'>) {
    this.values = values;
    this.vectors = vectors;
    this.residuals = residuals;
    this.converged = converged;
    this.cut = cut;
    this.report = report;
  }

  /**
   * Eigenvector k, that of `values[k]`: n numbers, of a complex operator 2n in pairs. It is a view: `vectors` changes with it.
   *
   * @param k - Its place in `values`, from 0.
   * @returns The numbers of column k; `slice()` copies them.
   * @throws InputError for a k outside the result, or of a result without vectors.
   */
  vector(k: number): Float64Array {
    return part(this.vectors, k, this.values.length);
  }
}

/** The result of `eigsh` without the time that it took, which the caller measures. */
export type Found = Omit<Eigsh, 'report' | 'vector'> & {
  report: Omit<EigshReport, 'seconds' | 'count' | 'needed'> & { count?: EigshCount; needed?: number | null };
};

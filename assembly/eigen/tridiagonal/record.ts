// The record of a decomposition of a symmetric tridiagonal matrix (spectrum.ts).
import { Job } from '../../job';

/** State of a decomposition of T between two steps. */
@unmanaged
export class Spectrum extends Job {
  /** Results: sweeps made, and the eigenpairs first … last − 1 that were found. */
  sweeps: i32;
  first: i32;
  last: i32;
  method: i32;
  n: i32;
  /** The bounds of eigenvalues wanted by value. */
  byValue: i32;
  lo: f64;
  hi: f64;
  /** T is this power of two times the matrix whose eigenvalues are wanted. */
  scale: f64;
  d: usize;
  e: usize;
  z: usize;
  /** A copy of T for the refinement of values. */
  d0: usize;
  e0: usize;
  /** Workspace of the inner job, for the current part. */
  inner: usize;
}

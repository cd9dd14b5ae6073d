// The record of a decomposition of a symmetric tridiagonal matrix under way (spectrum.ts).
import { Job } from '../../job';

/** A decomposition of T between two of its steps. */
@unmanaged
export class Spectrum extends Job {
  /** Results: sweeps made, and the eigenpairs first … last − 1 that are there. */
  sweeps: i32;
  first: i32;
  last: i32;
  method: i32;
  n: i32;
  /** Eigenvalues wanted by value. */
  byValue: i32;
  lo: f64;
  hi: f64;
  /** T is this power of two times the matrix whose values are wanted. */
  scale: f64;
  d: usize;
  e: usize;
  z: usize;
  /** T itself for the refinement of values. */
  d0: usize;
  e0: usize;
  /** Workspace of the job of the part at work. */
  inner: usize;
}

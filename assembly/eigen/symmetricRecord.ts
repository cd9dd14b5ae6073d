// The record of a decomposition of a dense symmetric or Hermitian matrix (symmetric.ts).
import { Job, recordBytes, rowBytes } from '../job';

/** The results of every decomposition. */
@unmanaged
export class EigenRecord extends Job {
  /** QR or Jacobi sweeps made, and the eigenpairs first … last − 1 that were found. */
  sweeps: i32;
  first: i32;
  last: i32;
}

/** State of a decomposition between two steps. */
@unmanaged
export class Decomposition extends EigenRecord {
  /** Status of the tridiagonal problem. */
  outcome: i32;
  method: i32;
  /** The largest |a_ij| so far, and the power of two by which A is multiplied. */
  size: f64;
  scale: f64;
  /** The bounds of eigenvalues wanted by value. */
  lo: f64;
  hi: f64;
  byValue: i32;
  upper: i32;
  n: i32;
  a: usize;
  /** The imaginary parts of a Hermitian A; 0 for a symmetric A. */
  a2: usize;
  d: usize;
  z: usize;
  /** Address of the vectors of T: z, or the second half of a complex z. */
  s: usize;
  /** The off-diagonal of T, the factors of the reflectors and their imaginary parts. */
  e: usize;
  tau: usize;
  tau2: usize;
  /** Workspace of the inner job, for the current part. */
  inner: usize;
  /** Shares of the work at the end of the reduction and of the tridiagonal problem. */
  reduced: f64;
  solved: f64;
}

/** A decomposition of order n into d and z before it begins: every eigenpair is wanted, nothing is scaled. */
export function prepare(whole: Decomposition, n: i32, a: usize, method: i32, d: usize, z: usize): void {
  whole.sweeps = 0;
  whole.first = 0;
  whole.last = n;
  whole.size = 0;
  whole.scale = 1;
  whole.byValue = false;
  whole.n = n;
  whole.a = a;
  whole.method = method;
  whole.d = d;
  whole.z = z;
  whole.s = z;
}

/** Bytes of the record and of its vectors. */
export function decompositionBytes(n: i32): usize {
  return recordBytes<Decomposition>() + 3 * rowBytes(n);
}

/** Stores the addresses of the vectors. */
export function layOut(whole: Decomposition): void {
  whole.e = changetype<usize>(whole) + recordBytes<Decomposition>();
  whole.tau = whole.e + rowBytes(whole.n);
  whole.tau2 = whole.tau + rowBytes(whole.n);
  whole.inner = whole.tau2 + rowBytes(whole.n);
}

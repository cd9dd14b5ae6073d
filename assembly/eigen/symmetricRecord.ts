// The record of a decomposition of a dense symmetric matrix under way (symmetric.ts), and the order of its steps.

/** Bytes of the record of a decomposition under way, at the start of its workspace. */
export const RECORD: usize = 128;

// What the next step does: the other triangle, the size of A, its scaling; then Jacobi, or T, its eigenpairs by one of
// three ways, their refinement, which eigenpairs are wanted, and the back-transformation.
export const MIRROR: i32 = 0;
export const MEASURE: i32 = 1;
export const SCALE: i32 = 2;
export const JACOBI: i32 = 3;
export const REDUCE: i32 = 4;
export const TREE: i32 = 5;
export const IDENTITY: i32 = 6;
export const QR: i32 = 7;
export const VALUES: i32 = 8;
export const REFINE: i32 = 9;
export const SELECT: i32 = 10;
export const BACK: i32 = 11;
export const DONE: i32 = 12;

/** A decomposition between two of its steps. */
@unmanaged
export class Decomposition {
  /** Results: QR or Jacobi sweeps made, and the eigenpairs first … last − 1 that are there. */
  sweeps: i32;
  first: i32;
  last: i32;
  status: i32;
  /** The largest |a_ij| so far, and the power of two by which A is multiplied. */
  size: f64;
  scale: f64;
  /** Eigenvalues wanted by value. */
  lo: f64;
  hi: f64;
  byValue: i32;
  n: i32;
  a: usize;
  d: usize;
  z: usize;
  method: i32;
  upper: i32;
  next: i32;
  /** Columns done. */
  position: i32;
}

// @ts-ignore: decorator
@inline
export function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

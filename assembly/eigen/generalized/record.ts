// The record of a generalized decomposition (generalized.ts).
import { recordBytes } from '../../job';
import { align } from '../../numeric/align';
import { EigenRecord } from '../symmetricRecord';

/** State of a decomposition between two steps. */
@unmanaged
export class Generalized extends EigenRecord {
  /** Result: the index of the first pivot of B that is not positive, or −1, and its value. */
  failed: i32;
  method: i32;
  pivot: f64;
  /** The bounds of eigenvalues wanted by value. */
  lo: f64;
  hi: f64;
  byValue: i32;
  /** Whether only some eigenpairs are wanted. */
  selecting: i32;
  upper: i32;
  itype: i32;
  n: i32;
  a: usize;
  b: usize;
  /** 1 for real matrices, 2 for complex ones. */
  planes: i32;
  /** Bytes between real and imaginary parts of A and of B; 0 for real matrices. */
  plane: usize;
  d: usize;
  z: usize;
  /** Exponents t of the diagonal of B (n × i32), and the g by which A was scaled. */
  t: usize;
  g: i32;
  /** Status of the standard problem. */
  outcome: i32;
  /** Whether the second of the two products with L is under way. */
  second: i32;
  /** Workspace of the inner job, for the current part. */
  inner: usize;
}

/** Bytes of the record and of its exponents. */
export function generalizedBytes(n: i32): usize {
  return recordBytes<Generalized>() + align((<usize>n) << 2);
}

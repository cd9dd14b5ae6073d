// The record of a generalized decomposition under way (generalized.ts).
import { recordBytes } from '../../job';
import { EigenRecord } from '../symmetricRecord';

/** A decomposition between two of its steps. */
@unmanaged
export class Generalized extends EigenRecord {
  /** Result: the first pivot of B that is not positive, counted from 0, or −1, and its value. */
  failed: i32;
  method: i32;
  pivot: f64;
  /** Eigenvalues wanted by value. */
  lo: f64;
  hi: f64;
  byValue: i32;
  /** Whether some are wanted, not all. */
  selecting: i32;
  upper: i32;
  itype: i32;
  n: i32;
  a: usize;
  b: usize;
  /** 1 of real matrices, 2 of complex ones. */
  planes: i32;
  /** Bytes between real and imaginary parts of A and of B; 0 of real matrices. */
  plane: usize;
  d: usize;
  z: usize;
  /** Exponents t of the diagonal of B (n × i32), and the g by which A was scaled. */
  t: usize;
  g: i32;
  /** How the standard problem ended. */
  outcome: i32;
  /** Which of two products with L is at work. */
  second: i32;
  /** Workspace of the job of the part at work. */
  inner: usize;
}

/** Bytes of the record and of its exponents. */
export function generalizedBytes(n: i32): usize {
  return recordBytes<Generalized>() + ((((<usize>n) << 2) + 63) & ~(<usize>63));
}

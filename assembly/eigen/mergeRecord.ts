// The record of a merge of divide and conquer under way (rankOneMerge.ts), which its roots (mergeRoots.ts) and its vectors
// (mergeVectors.ts) share, and the order of its steps.
import { SECULAR_BYTES } from "./secularTasks";

/** Columns of Q S formed at a time. */
export const PANEL: i32 = 512;

/** Bytes of the record of a merge under way, at the start of its workspace; what its tasks read follows. */
export const MERGE_BYTES: usize = 128;
export const RECORD: usize = MERGE_BYTES + SECULAR_BYTES;

// What the next step does: deflation; roots; the corrected coupling; copies of the columns that do not deflate, and of
// those that do; the order of all. Then, a panel at a time, vectors of the secular problem, the upper and the lower
// rows of Q S, and columns to higher places; at last the deflated columns to theirs.
export const DEFLATE: i32 = 0;
export const ROOTS: i32 = 1;
export const WEIGHTS: i32 = 2;
export const COPY: i32 = 3;
export const SAVE: i32 = 4;
export const ORDER: i32 = 5;
export const SECULAR: i32 = 6;
export const ABOVE: i32 = 7;
export const BELOW: i32 = 8;
export const RETURN: i32 = 9;
export const DONE: i32 = 10;

/** A merge between two of its steps; the vectors are found again from n. */
@unmanaged
export class Merge {
  beta: f64;
  rho: f64;
  d: usize;
  z: usize;
  /** Where the next deflated column is saved. */
  saved: usize;
  n: i32;
  n1: i32;
  ldz: i32;
  first: i32;
  last: i32;
  /** Roots, and how many of their columns are upper and full. */
  k: i32;
  upper: i32;
  full: i32;
  /** Columns copied of each shape. */
  toUpper: i32;
  toFull: i32;
  toLower: i32;
  /** Roots begin … to − 1 have vectors still to be formed. */
  begin: i32;
  to: i32;
  next: i32;
  /** Roots, weights, columns or rows done. */
  position: i32;
}

/** Ten vectors of doubles and five of integers. */
// @ts-ignore: decorator
@inline
export function vectorBytes(n: i32): usize {
  return (<usize>n + 2) * (10 * 8 + 5 * 4 + 4) & ~(<usize>15);
}

export function enter(merge: Merge, next: i32): void {
  merge.next = next;
  merge.position = 0;
}

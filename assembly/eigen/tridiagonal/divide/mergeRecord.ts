// The record of a merge of divide and conquer (rankOneMerge.ts), shared by the parts that compute its roots
// (mergeRoots.ts) and its vectors (mergeVectors.ts).

import { Job, recordBytes } from '../../../job';
import { gemmWorkspace } from '../../../kernel/gemm/gemm';
import { MERGE_VECTORS } from '../../tuning';

/** State of a merge between two steps. */
@unmanaged
export class Merge extends Job {
  beta: f64;
  rho: f64;
  d: usize;
  z: usize;
  /** Address where the next deflated column is saved. */
  saved: usize;
  n: i32;
  n1: i32;
  ldz: i32;
  first: i32;
  last: i32;
  /** Number of roots; numbers of their columns that are upper and full. */
  k: i32;
  upper: i32;
  full: i32;
  /** Numbers of columns copied, for each shape. */
  toUpper: i32;
  toFull: i32;
  toLower: i32;
  /** Roots begin … to − 1 do not have their vectors yet. */
  begin: i32;
  to: i32;
  /** The roots, weights, vectors or columns that the tasks of secularTasks.ts work at, and among how many tasks. */
  partFrom: i32;
  partTo: i32;
  parts: i32;
  /** n doubles each: the coupling vector; poles and weights of the secular problem in two orders; values. */
  row: usize;
  poles: usize;
  signs: usize;
  squares: usize;
  origin: usize;
  tau: usize;
  weights: usize;
  polesByShape: usize;
  weightsByShape: usize;
  values: usize;
  /** n integers each. */
  order: usize;
  shape: usize;
  kept: usize;
  deflated: usize;
  place: usize;
  /** n×MERGE_VECTORS, n×n and the workspace of products. */
  panel: usize;
  above: usize;
  products: usize;
}

/** Bytes of the ten vectors of doubles and the five vectors of integers. */
@inline
function vectorBytes(n: i32): usize {
  return ((<usize>n + 2) * (10 * 8 + 5 * 4 + 4)) & ~(<usize>15);
}

/** Bytes of workspace of a merge of order n or less: 8 n² for the copied columns, and O(n). */
export function rankOneMergeWorkspace(n: i32): usize {
  const panel = min(n, MERGE_VECTORS);
  const matrices = (<usize>n * <usize>n + <usize>n * <usize>panel) * 8;
  return recordBytes<Merge>() + vectorBytes(n) + matrices + gemmWorkspace(n, panel, n);
}

/** Stores the addresses of the vectors and matrices of the record. */
export function layOut(merge: Merge): void {
  const n = merge.n;
  const doubles = (<usize>(n + (n & 1))) << 3;
  const integers = doubles >> 1;
  merge.row = changetype<usize>(merge) + recordBytes<Merge>();
  merge.poles = merge.row + doubles;
  merge.signs = merge.poles + doubles;
  merge.squares = merge.signs + doubles;
  merge.origin = merge.squares + doubles;
  merge.tau = merge.origin + doubles;
  merge.weights = merge.tau + doubles;
  merge.polesByShape = merge.weights + doubles;
  merge.weightsByShape = merge.polesByShape + doubles;
  merge.values = merge.weightsByShape + doubles;
  merge.order = merge.values + doubles;
  merge.shape = merge.order + integers;
  merge.kept = merge.shape + integers;
  merge.deflated = merge.kept + integers;
  merge.place = merge.deflated + integers;
  merge.panel = merge.row + vectorBytes(n);
  merge.above = merge.panel + <usize>n * <usize>min(n, MERGE_VECTORS) * 8;
  merge.products = merge.above + <usize>n * <usize>n * 8;
}

/** The first root of the current panel of vectors. */
@inline
export function panelStart(merge: Merge): i32 {
  return max(merge.begin, merge.to - MERGE_VECTORS);
}

/** Address of the copied lower rows of full and lower columns; the deflated columns follow. */
@inline
export function belowOf(merge: Merge): usize {
  return merge.above + <usize>merge.n1 * <usize>(merge.upper + merge.full) * 8;
}

@inline
export function deflatedOf(merge: Merge): usize {
  return belowOf(merge) + <usize>(merge.n - merge.n1) * <usize>(merge.k - merge.upper) * 8;
}

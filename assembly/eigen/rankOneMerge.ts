// One merge of divide and conquer: from the eigenpairs of the two diagonal blocks those of
//
//     diag(Q1, Q2) (diag(D1, D2) + ρ z zᵀ) diag(Q1, Q2)ᵀ,     ρ = 2|β|,
//     √2 z = (last row of Q1, sign(β) · first row of Q2),
//
// which is diag(T1, T2) + |β| v vᵀ with v = (e_last, sign(β) e_first): J. J. M. Cuppen, Numer. Math. 36 (1981)
// 177; J. D. Rutter, LAPACK Working Note 69 (1994). Columns of Q that do not deflate are copied to two
// contiguous matrices, those with nonzeros in the upper rows and those with nonzeros in the lower rows, so
// that the update Q S is two products which skip the zero blocks of diag(Q1, Q2).
// Range: T scaled to a norm between 1 and 2, as divideAndConquer.ts does; β and elements of z of any size below.
import { gemmWorkspace } from "../kernel/gemm";
import {
  ABOVE, DEFLATE, DONE, Merge, PANEL, RECORD, RETURN, ROOTS, SECULAR, vectorBytes,
} from "./mergeRecord";

/** Bytes of workspace of a merge of order n or less: 8 n² for the copied columns, and O(n). */
export function rankOneMergeWorkspace(n: i32): usize {
  const panel = min(n, PANEL);
  return RECORD + vectorBytes(n) + (<usize>n * <usize>n + <usize>n * <usize>panel) * 8 + gemmWorkspace(n, panel, n);
}

/**
 * Starts the merge of two solved blocks of orders n1 and n − n1 in steps (steps.ts). On entry d holds their eigenvalues,
 * each block ascending, and the diagonal blocks of z (n×n, column-major, leading dimension ldz) their eigenvectors; beta
 * is the off-diagonal that was torn out. `rankOneMergeRoots` makes d the eigenvalues of the whole, ascending; then
 * `rankOneMergeVectors` makes the columns of z the eigenvectors.
 */
export function rankOneMergeStart(n: i32, n1: i32, beta: f64, d: usize, z: usize, ldz: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.beta = beta;
  merge.rho = 2 * Math.abs(beta);
  merge.d = d;
  merge.z = z;
  merge.n = n;
  merge.n1 = n1;
  merge.ldz = ldz;
  merge.first = 0;
  merge.last = n;
  merge.next = DEFLATE;
  merge.position = 0;
}

/**
 * Between the roots and the vectors: only the columns first ≤ j < last of z will be eigenvectors, the others undefined.
 */
export function rankOneMergeSelect(first: i32, last: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.first = first;
  merge.last = last;
}

/** How much is done, 0 … 1. */
export function rankOneMergeProgress(work: usize): f64 {
  const merge = changetype<Merge>(work);
  const share = <f64>merge.position / <f64>max(1, merge.k);
  if (merge.next == DEFLATE) return 0;
  if (merge.next == ROOTS) return 0.1 * share;
  if (merge.next < SECULAR) return 0.1;
  if (merge.next == RETURN || merge.next == DONE) return merge.next == DONE ? 0.1 : 1;
  const from = max(merge.begin, merge.to - PANEL);
  const rows = (merge.next == ABOVE ? 0 : merge.n1) + (merge.next == SECULAR ? 0 : merge.position);
  const panel = merge.next == SECULAR ? 0 : <f64>rows / <f64>merge.n;
  const left = <f64>(merge.to - merge.begin) - panel * <f64>(merge.to - from);
  return 0.1 + 0.9 * (1 - left / <f64>max(1, merge.k));
}

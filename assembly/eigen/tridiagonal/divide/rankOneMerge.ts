// One merge of divide and conquer: the eigenpairs of the two diagonal blocks give those of
//
//     diag(Q1, Q2) (diag(D1, D2) + ρ z zᵀ) diag(Q1, Q2)ᵀ,     ρ = 2|β|,
//     √2 z = (last row of Q1, sign(β) · first row of Q2),
//
// which is diag(T1, T2) + |β| v vᵀ with v = (e_last, sign(β) e_first): J. J. M. Cuppen, Numer. Math. 36 (1981)
// 177; J. D. Rutter, LAPACK Working Note 69 (1994). Columns of Q that do not deflate are copied to two
// contiguous matrices, those with nonzeros in the upper rows and those with nonzeros in the lower rows, so
// that the update Q S is two products which skip the zero blocks of diag(Q1, Q2).
// Range: T scaled to a norm between 1 and 2, as divideAndConquer.ts does; β and elements of
// z may have any smaller size.
import { start } from '../../../job';
import { layOut, Merge } from './mergeRecord';
import { deflateColumns } from './mergeRoots';
import { selectRoots } from './mergeVectors';

export { rankOneMergeWorkspace } from './mergeRecord';

/**
 * Starts the first half of the merge of two solved blocks of orders n1 and n − n1, a job. On entry d holds their
 * eigenvalues, each block ascending, and the diagonal blocks of z (n×n, column-major, leading dimension ldz) their
 * eigenvectors; beta is the off-diagonal that was torn out. On exit d holds the eigenvalues of the whole, ascending.
 */
export function mergeRootsStart(n: i32, n1: i32, beta: f64, d: usize, z: usize, ldz: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.beta = beta;
  merge.rho = 2 * Math.abs(beta);
  merge.d = d;
  merge.z = z;
  merge.n = n;
  merge.n1 = n1;
  merge.ldz = ldz;
  layOut(merge);
  start(merge, deflateColumns.index);
}

/**
 * Starts the second half, a job in the same workspace: the columns first ≤ j < last of z become eigenvectors, the others
 * are undefined.
 */
export function mergeVectorsStart(first: i32, last: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.first = first;
  merge.last = last;
  start(merge, selectRoots.index);
}

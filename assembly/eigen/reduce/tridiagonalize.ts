// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not changed. It is A − V Wᵀ − W Vᵀ, with the reflectors V and the
// columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k of W, and is formed once a block, by gemmLower. Half of the
// operations are the products A v_k, each of which reads the trailing matrix once: see reductionPanel.
// Range: as for reductionPanel.ts, ‖A‖ between 1e-140 and 1e140, with columns of any size.

import { finish, recordBytes } from '../../job';
import { gemmWorkspace } from '../../kernel/gemm/gemm';
import { reductionBlock } from '../tuning';
import { BlockedReduction, startBlocks } from './blockedReduction';
import { layOutPanel, panelLeft, panelRight, panelWorkspace, reducePanel } from './reductionPanel';

/** Bytes of workspace of `tridiagonalize` for blocks of `block` columns. */
export function tridiagonalizeBlockedWorkspace(n: i32, block: i32): usize {
  return recordBytes<BlockedReduction>() + panelWorkspace(n, block) + gemmWorkspace(n, n, 2 * block);
}

/** Bytes of workspace of `tridiagonalize`. */
export function tridiagonalizeWorkspace(n: i32): usize {
  return tridiagonalizeBlockedWorkspace(n, reductionBlock(n));
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) to tridiagonal form.
 * On exit d (n) and e (n − 1) hold T, column k of A from row k + 2 on holds the reflector v_k (v_k(k+1) = 1 is not
 * stored) and tau (n − 1) its factor.
 */
export function tridiagonalize(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  work: usize,
): void {
  tridiagonalizeStart(n, a, lda, d, e, tau, reductionBlock(n), work);
  finish(work);
}

/** Starts `tridiagonalize` as a job, with blocks of `block` columns. */
export function tridiagonalizeStart(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  block: i32,
  work: usize,
): void {
  const reduction = changetype<BlockedReduction>(work);
  const panel = panelOf(work);
  layOutPanel(n, block, panel);
  reduction.a = a;
  reduction.a2 = 0;
  reduction.lda = lda;
  reduction.d = d;
  reduction.e = e;
  reduction.tau = tau;
  reduction.x = panelLeft(panel);
  reduction.y = panelRight(panel);
  reduction.products = panel + panelWorkspace(n, block);
  startBlocks(reduction, n, block, reduceColumns.index);
}

@inline
function panelOf(work: usize): usize {
  return work + recordBytes<BlockedReduction>();
}

function reduceColumns(work: usize, size: i32, last: i32): void {
  const reduction = changetype<BlockedReduction>(work);
  const at = (<usize>reduction.k) << 3;
  reducePanel(
    size,
    reduction.reduced,
    last,
    reduction.a + at * <usize>(reduction.lda + 1),
    reduction.lda,
    reduction.d + at,
    reduction.e + at,
    reduction.tau + at,
    panelOf(work),
  );
}

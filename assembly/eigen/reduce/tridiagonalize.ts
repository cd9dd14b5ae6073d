// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not changed. It is A − V Wᵀ − W Vᵀ, with the reflectors V and the
// columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k of W, and is formed once a block, by gemmLower. Half of the
// operations are the products A v_k, each of which reads the trailing matrix once: see reductionPanel.
// Range: as for reductionPanel.ts, ‖A‖ between 1e-140 and 1e140, with columns of any size.

import { finish, portion, recordBytes } from '../../job';
import { gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { LEAST_OF_PRODUCT, PRODUCT_COST, REDUCTION_COST, reductionBlock } from '../tuning';
import { BlockedReduction, startBlocks } from './blockedReduction';
import { layOutPanel, panelLeft, panelRight, panelWorkspace, reducePanel } from './reductionPanel';

/** Bytes of workspace of `tridiagonalize` for blocks of `block` columns. */
export function tridiagonalizeBlockedWorkspace(n: i32, block: i32): usize {
  return recordBytes<OneStageReduction>() + panelWorkspace(n, block) + gemmWorkspace(n, n, 2 * block);
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

@unmanaged
class OneStageReduction extends BlockedReduction {
  lda: i32;
  a: usize;
  d: usize;
  e: usize;
  tau: usize;
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
  const reduction = changetype<OneStageReduction>(work);
  reduction.a = a;
  reduction.d = d;
  reduction.e = e;
  reduction.tau = tau;
  reduction.lda = lda;
  layOutPanel(n, block, work + recordBytes<OneStageReduction>());
  startBlocks(reduction, n, block, reduceColumns.index, updateColumns.index);
}

function reduceColumns(work: usize, size: i32, width: i32, budget: f64): void {
  const reduction = changetype<OneStageReduction>(work);
  const to =
    reduction.reduced + portion(budget, REDUCTION_COST * <f64>size * <f64>size, 1, width - reduction.reduced);
  const at = (<usize>reduction.k) << 3;
  reducePanel(
    size,
    reduction.reduced,
    to,
    reduction.a + at * <usize>(reduction.lda + 1),
    reduction.lda,
    reduction.d + at,
    reduction.e + at,
    reduction.tau + at,
    work + recordBytes<OneStageReduction>(),
  );
  reduction.reduced = to;
}

function updateColumns(work: usize, size: i32, width: i32, budget: f64): void {
  const reduction = changetype<OneStageReduction>(work);
  const left = size - width;
  const depth = 2 * width;
  const from = reduction.updated;
  const cost = PRODUCT_COST * <f64>(left - from) * <f64>depth;
  const to = from + portion(budget, cost, LEAST_OF_PRODUCT, left - from);
  const panel = work + recordBytes<OneStageReduction>();
  const rest = panel + panelWorkspace(reduction.n, reduction.block);
  const skip = (<usize>width) << 3;
  const corner = ((<usize>(reduction.k + width)) << 3) * <usize>(reduction.lda + 1);
  const product = operands(panelLeft(panel) + skip, 1, size, panelRight(panel) + skip, size, 1, rest);
  gemmLowerColumns(left, from, to, depth, -1, product, 1, reduction.a + corner, reduction.lda);
  reduction.updated = to;
}

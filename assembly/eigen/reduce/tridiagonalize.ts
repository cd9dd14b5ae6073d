// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not changed. It is A − V Wᵀ − W Vᵀ, with the reflectors V and the
// columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k of W, and is formed once a block, by gemmLower. Half of the
// operations are the products A v_k, each of which reads the trailing matrix once: see reductionPanel.
// Range: as for reductionPanel.ts, ‖A‖ between 1e-140 and 1e140, with columns of any size.

import { end, finish, Job, portion, recordBytes, start } from '../../job';
import { gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { OK } from '../../status';
import { LEAST_OF_PRODUCT, PRODUCT_COST, REDUCTION_COST, reductionBlock } from '../tuning';
import { reductionProgress } from './panelParts';
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
  tridiagonalizeBlocked(n, a, lda, d, e, tau, reductionBlock(n), work);
}

/** `tridiagonalize` with blocks of `block` columns. */
export function tridiagonalizeBlocked(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  block: i32,
  work: usize,
): void {
  startBlocked(n, a, lda, d, e, tau, block, work);
  finish(work);
}

/** State of a reduction between two steps. */
@unmanaged
class OneStageReduction extends Job {
  a: usize;
  d: usize;
  e: usize;
  tau: usize;
  n: i32;
  lda: i32;
  block: i32;
  /** First column of the current block, columns of its panel that are reduced, columns after it that are updated. */
  k: i32;
  reduced: i32;
  updated: i32;
}

/** Starts `tridiagonalize` as a job. */
export function tridiagonalizeStart(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  work: usize,
): void {
  startBlocked(n, a, lda, d, e, tau, reductionBlock(n), work);
}

function startBlocked(
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
  reduction.n = n;
  reduction.lda = lda;
  reduction.block = block;
  reduction.k = 0;
  reduction.reduced = 0;
  reduction.updated = 0;
  layOutPanel(n, block, work + recordBytes<OneStageReduction>());
  start(reduction, reduceSome.index);
  if (n <= 0) end(reduction, OK);
}

/** Step: some columns of a panel, or a strip of the update of the trailing matrix. */
function reduceSome(work: usize, budget: f64): void {
  const reduction = changetype<OneStageReduction>(work);
  const k = reduction.k;
  const size = reduction.n - k;
  const block = reduction.block;
  const lda = reduction.lda;
  const panel = work + recordBytes<OneStageReduction>();
  const rest = panel + panelWorkspace(reduction.n, block);
  const width = min(block, size);
  const left = size - width;
  const diagonal = (<usize>lda + 1) << 3;
  const corner = reduction.a + <usize>k * diagonal;
  if (reduction.reduced < width) {
    const to =
      reduction.reduced +
      portion(budget, REDUCTION_COST * <f64>size * <f64>size, 1, width - reduction.reduced);
    const at = (<usize>k) << 3;
    reducePanel(
      size,
      reduction.reduced,
      to,
      corner,
      lda,
      reduction.d + at,
      reduction.e + at,
      reduction.tau + at,
      panel,
    );
    reduction.reduced = to;
    note(reduction);
    if (to < width || left > 0) return;
  }
  if (reduction.updated < left) {
    const to =
      reduction.updated +
      portion(
        budget,
        2 * PRODUCT_COST * <f64>(left - reduction.updated) * <f64>block,
        LEAST_OF_PRODUCT,
        left - reduction.updated,
      );
    const skip = (<usize>width) << 3;
    gemmLowerColumns(
      left,
      reduction.updated,
      to,
      2 * block,
      -1,
      operands(panelLeft(panel) + skip, 1, size, panelRight(panel) + skip, size, 1, rest),
      1,
      corner + <usize>width * diagonal,
      lda,
    );
    reduction.updated = to;
    if (to < left) return;
  }
  reduction.k += width;
  reduction.reduced = 0;
  reduction.updated = 0;
  note(reduction);
  if (reduction.k >= reduction.n) end(reduction, OK);
}

function note(reduction: OneStageReduction): void {
  reduction.progress = reductionProgress(<f64>reduction.k + 0.5 * <f64>reduction.reduced, reduction.n);
}

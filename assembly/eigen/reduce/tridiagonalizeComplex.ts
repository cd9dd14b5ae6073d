// A = Q T Qᴴ, A Hermitian, T real and tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction (LAPACK's zhetrd,
// lower triangle; J. J. Dongarra, S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215).
// A lies in two planes, of real and of imaginary parts, so that the trailing matrix A − V Wᴴ − W Vᴴ is formed once a
// block by one real product for each plane, of depth four times the block: four real products for a complex one. Three
// would need a quarter fewer multiplications, but lose the accuracy of each part by itself, and add passes over memory.
// Half of the operations are the products A v_k, each of which reads both planes once: see complexPanel.
// Range: as for complexPanel.ts, ‖A‖ between 1e-140 and 1e140, with columns of any size.

import { recordBytes } from '../../job';
import { gemmWorkspace } from '../../kernel/gemm/gemm';
import { complexReductionBlock } from '../tuning';
import { BlockedReduction, startBlocks } from './blockedReduction';
import {
  complexPanelWorkspace,
  complexPanelX,
  complexPanelYi,
  complexPanelYr,
  layOutComplexPanel,
  reduceComplexPanel,
} from './complexPanel';

/** Bytes of workspace of `tridiagonalizeComplexStart` for blocks of `block` columns. */
export function tridiagonalizeComplexBlockedWorkspace(n: i32, block: i32): usize {
  return recordBytes<ComplexReduction>() + complexPanelWorkspace(n, block) + gemmWorkspace(n, n, 4 * block);
}

/** The same for the blocks that are fastest. */
export function tridiagonalizeComplexWorkspace(n: i32): usize {
  return tridiagonalizeComplexBlockedWorkspace(n, complexReductionBlock(n));
}

/** A reduction with the imaginary parts of the factors. */
@unmanaged
class ComplexReduction extends BlockedReduction {
  tau2: usize;
}

/**
 * Starts a job that reduces the Hermitian A (planes a and a2, n×n, contiguous, lower triangles read and overwritten, imaginary
 * parts on the diagonal not read) to tridiagonal form, by blocks of `block` columns. At its end d (n) and e (n − 1) hold T,
 * column k of A from row k + 2 on the reflector v_k (v_k(k+1) = 1 is not stored) and tau and tau2 (n − 1 each) the parts of its
 * factor.
 */
export function tridiagonalizeComplexStart(
  n: i32,
  a: usize,
  a2: usize,
  d: usize,
  e: usize,
  tau: usize,
  tau2: usize,
  block: i32,
  work: usize,
): void {
  const reduction = changetype<ComplexReduction>(work);
  const panel = panelOf(work);
  layOutComplexPanel(n, block, panel);
  reduction.a = a;
  reduction.a2 = a2;
  reduction.lda = n;
  reduction.d = d;
  reduction.e = e;
  reduction.tau = tau;
  reduction.tau2 = tau2;
  reduction.x = complexPanelX(panel);
  reduction.y = complexPanelYr(panel);
  reduction.y2 = complexPanelYi(panel);
  reduction.products = panel + complexPanelWorkspace(n, block);
  startBlocks(reduction, n, block, reduceColumns.index);
}

@inline
function panelOf(work: usize): usize {
  return work + recordBytes<ComplexReduction>();
}

function reduceColumns(work: usize, size: i32, last: i32): void {
  const reduction = changetype<ComplexReduction>(work);
  const at = (<usize>reduction.k) << 3;
  const corner = at * <usize>(reduction.n + 1);
  reduceComplexPanel(
    size,
    reduction.reduced,
    last,
    reduction.a + corner,
    reduction.a2 + corner,
    reduction.n,
    reduction.d + at,
    reduction.e + at,
    reduction.tau + at,
    reduction.tau2 + at,
    panelOf(work),
  );
}

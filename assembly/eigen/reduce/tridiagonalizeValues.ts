// QᵀAQ = T without Q, for eigenvalues alone: the faster of the two reductions. With vectors one stage is faster at
// every size, because the second back-transformation costs 2 n³ more.
// Range: that of both reductions, ‖A‖ between 1e-140 and 1e140.

import { HALF_WIDTH, reductionBlock, TWO_STAGES } from '../tuning';
import { tridiagonalizeTwoStageStart, tridiagonalizeTwoStageWorkspace } from './bandReduction';
import { tridiagonalizeStart, tridiagonalizeWorkspace } from './tridiagonalize';

/** Bytes of workspace of `tridiagonalizeValuesStart`. */
export function tridiagonalizeValuesWorkspace(n: i32): usize {
  if (n >= TWO_STAGES) return tridiagonalizeTwoStageWorkspace(n, HALF_WIDTH);
  return tridiagonalizeWorkspace(n) + ((<usize>n) << 3);
}

/** Address of the factors of the reflectors, which are not read again: after the workspace of the reduction. */
@inline
function discardedFactors(n: i32, work: usize): usize {
  return work + tridiagonalizeWorkspace(n);
}

/**
 * Starts a job that computes T of the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten): d (n) and
 * e (n − 1).
 */
export function tridiagonalizeValuesStart(n: i32, a: usize, lda: i32, d: usize, e: usize, work: usize): void {
  if (n >= TWO_STAGES) tridiagonalizeTwoStageStart(n, a, lda, d, e, HALF_WIDTH, work);
  else tridiagonalizeStart(n, a, lda, d, e, discardedFactors(n, work), reductionBlock(n), work);
}

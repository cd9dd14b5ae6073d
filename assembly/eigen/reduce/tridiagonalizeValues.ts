// QᵀAQ = T without Q, for eigenvalues alone: the faster of the two reductions. Measured on one thread, half-width 48,
// seconds in one stage / two stages: n = 1000: 0.08 / 0.10, 2048: 0.72 / 0.72, 3072: 3.3 / 2.3, 4096: 8.2 / 5.1; from
// 3072 on half of the matrix no longer fits a third-level cache of 32 MiB. With vectors one stage wins at every
// size, because the second back-transformation costs 2 n³ more.
// Range: as of the two reductions: ‖A‖ between 1e-140 and 1e140.
import { finish } from '../../job';
import { tridiagonalizeTwoStageStart, tridiagonalizeTwoStageWorkspace } from './bandReduction';
import { tridiagonalizeStart, tridiagonalizeWorkspace } from './tridiagonalize';

/** Order from which two stages are faster. */
const TWO_STAGES: i32 = 2048;
/** Half-width of the band between them. */
const HALF_WIDTH: i32 = 48;

/** Bytes of workspace of `tridiagonalizeValues`. */
export function tridiagonalizeValuesWorkspace(n: i32): usize {
  if (n >= TWO_STAGES) return tridiagonalizeTwoStageWorkspace(n, HALF_WIDTH);
  return tridiagonalizeWorkspace(n) + ((<usize>n) << 3);
}

/** Where the factors of the reflectors go, which nobody needs: behind the workspace of the reduction. */
@inline
function unused(n: i32, work: usize): usize {
  return work + tridiagonalizeWorkspace(n);
}

/**
 * T of the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten): d (n) and e (n − 1).
 */
export function tridiagonalizeValues(n: i32, a: usize, lda: i32, d: usize, e: usize, work: usize): void {
  tridiagonalizeValuesStart(n, a, lda, d, e, work);
  finish(work);
}

/** Starts `tridiagonalizeValues` as a job. */
export function tridiagonalizeValuesStart(n: i32, a: usize, lda: i32, d: usize, e: usize, work: usize): void {
  if (n >= TWO_STAGES) tridiagonalizeTwoStageStart(n, a, lda, d, e, HALF_WIDTH, work);
  else tridiagonalizeStart(n, a, lda, d, e, unused(n, work), work);
}

// A = Q T Qᴴ, A Hermitian, T real and tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction (LAPACK's zhetrd,
// lower triangle; J. J. Dongarra, S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215).
// A lies in two planes, of real and of imaginary parts, so that the trailing matrix A − V Wᴴ − W Vᴴ is formed once a
// block by one real product for each plane, of depth four times the block: four real products for a complex one. Three
// would need a quarter fewer multiplications, but lose the accuracy of each part by itself, and add passes over memory.
// Half of the operations are the products A v_k, each of which reads both planes once: see complexPanel.
// Range: as for complexPanel.ts, ‖A‖ between 1e-140 and 1e140, with columns of any size.

import { end, finish, Job, portion, recordBytes, start } from '../../job';
import { gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { OK } from '../../status';
import { complexReductionBlock, LEAST_OF_PRODUCT, PRODUCT_COST, REDUCTION_COST } from '../tuning';
import {
  complexPanelWorkspace,
  complexPanelX,
  complexPanelYi,
  complexPanelYr,
  layOutComplexPanel,
  reduceComplexPanel,
} from './complexPanel';
import { reductionProgress } from './panelParts';

/** Bytes of workspace of `tridiagonalizeComplex` for blocks of `block` columns. */
export function tridiagonalizeComplexBlockedWorkspace(n: i32, block: i32): usize {
  return recordBytes<ComplexReduction>() + complexPanelWorkspace(n, block) + gemmWorkspace(n, n, 4 * block);
}

/** Bytes of workspace of `tridiagonalizeComplex`. */
export function tridiagonalizeComplexWorkspace(n: i32): usize {
  return tridiagonalizeComplexBlockedWorkspace(n, complexReductionBlock(n));
}

/**
 * Reduces the Hermitian A (planes a and a2, n×n, contiguous, lower triangles read and overwritten, imaginary parts on the
 * diagonal not read) to tridiagonal form. On exit d (n) and e (n − 1) hold T, column k of A from row k + 2 on the
 * reflector v_k (v_k(k+1) = 1 is not stored) and tau and tau2 (n − 1 each) the parts of its factor.
 */
export function tridiagonalizeComplex(
  n: i32,
  a: usize,
  a2: usize,
  d: usize,
  e: usize,
  tau: usize,
  tau2: usize,
  work: usize,
): void {
  tridiagonalizeComplexStart(n, a, a2, d, e, tau, tau2, complexReductionBlock(n), work);
  finish(work);
}

/** State of a reduction between two steps. */
@unmanaged
class ComplexReduction extends Job {
  a: usize;
  a2: usize;
  d: usize;
  e: usize;
  tau: usize;
  tau2: usize;
  n: i32;
  block: i32;
  /** First column of the current block, columns of its panel that are reduced, columns after it that are updated. */
  k: i32;
  reduced: i32;
  updated: i32;
}

/** Starts `tridiagonalizeComplex` as a job, with blocks of `block` columns. */
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
  reduction.a = a;
  reduction.a2 = a2;
  reduction.d = d;
  reduction.e = e;
  reduction.tau = tau;
  reduction.tau2 = tau2;
  reduction.n = n;
  reduction.block = block;
  reduction.k = 0;
  reduction.reduced = 0;
  reduction.updated = 0;
  layOutComplexPanel(n, block, work + recordBytes<ComplexReduction>());
  start(reduction, reduceSome.index);
  if (n <= 0) end(reduction, OK);
}

/** Step: some columns of a panel, or a strip of the update of the trailing matrix. */
function reduceSome(work: usize, budget: f64): void {
  const reduction = changetype<ComplexReduction>(work);
  const size = reduction.n - reduction.k;
  const width = min(reduction.block, size);
  const left = size - width;
  if (reduction.reduced < width) {
    reduceColumns(reduction, size, width, budget);
    note(reduction);
    if (reduction.reduced < width || left > 0) return;
  }
  if (reduction.updated < left) {
    updateColumns(reduction, size, width, budget);
    if (reduction.updated < left) return;
  }
  reduction.k += width;
  reduction.reduced = 0;
  reduction.updated = 0;
  note(reduction);
  if (reduction.k >= reduction.n) end(reduction, OK);
}

function reduceColumns(reduction: ComplexReduction, size: i32, width: i32, budget: f64): void {
  const to =
    reduction.reduced +
    portion(budget, 4 * REDUCTION_COST * <f64>size * <f64>size, 1, width - reduction.reduced);
  const at = (<usize>reduction.k) << 3;
  const corner = at * <usize>(reduction.n + 1);
  reduceComplexPanel(
    size,
    reduction.reduced,
    to,
    reduction.a + corner,
    reduction.a2 + corner,
    reduction.n,
    reduction.d + at,
    reduction.e + at,
    reduction.tau + at,
    reduction.tau2 + at,
    changetype<usize>(reduction) + recordBytes<ComplexReduction>(),
  );
  reduction.reduced = to;
}

function updateColumns(reduction: ComplexReduction, size: i32, width: i32, budget: f64): void {
  const left = size - width;
  const depth = 4 * width;
  const from = reduction.updated;
  const cost = 2 * PRODUCT_COST * <f64>(left - from) * <f64>depth;
  const to = from + portion(budget, cost, LEAST_OF_PRODUCT, left - from);
  const panel = changetype<usize>(reduction) + recordBytes<ComplexReduction>();
  const rest = panel + complexPanelWorkspace(reduction.n, reduction.block);
  const skip = (<usize>width) << 3;
  const x = complexPanelX(panel) + skip;
  const corner = ((<usize>(reduction.k + width)) << 3) * <usize>(reduction.n + 1);
  for (let plane = 0; plane < 2; ++plane) {
    const y = (plane == 0 ? complexPanelYr(panel) : complexPanelYi(panel)) + skip;
    const target = (plane == 0 ? reduction.a : reduction.a2) + corner;
    const product = operands(x, 1, size, y, size, 1, rest);
    gemmLowerColumns(left, from, to, depth, -1, product, 1, target, reduction.n);
  }
  reduction.updated = to;
}

function note(reduction: ComplexReduction): void {
  reduction.progress = reductionProgress(<f64>reduction.k + 0.5 * <f64>reduction.reduced, reduction.n);
}

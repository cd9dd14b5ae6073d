// How a blocked reduction to tridiagonal form goes on, of real and of complex matrices: the columns of a block are reduced one
// after another while the trailing matrix stays as it is; then the trailing matrix gets the update of the whole block, strip by
// strip; then the next block begins. The update is A −= X Yᵀ, for a Hermitian matrix once for the plane of real parts and once for
// that of imaginary ones; X and Y are what the panels of the columns collect.
// Range: as for reductionPanel.ts and complexPanel.ts.

import { end, Job, portion, start } from '../../job';
import { gemmLowerColumns } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { OK } from '../../status';
import { LEAST_OF_PRODUCT, PRODUCT_COST, REDUCTION_COST } from '../tuning';
import { reductionProgress, reflects } from './panelParts';

/** State of a reduction between two steps. */
@unmanaged
export class BlockedReduction extends Job {
  n: i32;
  block: i32;
  /** First column of the current block, columns of its panel that are reduced, columns after it that are updated. */
  k: i32;
  reduced: i32;
  updated: i32;
  /** Index of a function of (reduction, order of what is left, last), which reduces columns `reduced` to last − 1 of the block. */
  reduceColumns: u32;
  lda: i32;
  /** A, and its imaginary parts or 0; T and the factors of the reflectors, of complex ones the real parts, zero if they are. */
  a: usize;
  a2: usize;
  d: usize;
  e: usize;
  tau: usize;
  /** X and Y of the panel, n rows each, Y of the imaginary parts, and the workspace of their products. */
  x: usize;
  y: usize;
  y2: usize;
  products: usize;
}

/** Starts a reduction of order n, whose other fields are set. */
export function startBlocks(reduction: BlockedReduction, n: i32, block: i32, reduceColumns: u32): void {
  reduction.n = n;
  reduction.block = block;
  reduction.k = 0;
  reduction.reduced = 0;
  reduction.updated = 0;
  reduction.reduceColumns = reduceColumns;
  start(reduction, reduceSome.index);
  if (n <= 0) end(reduction, OK);
}

/** Step: some columns of a panel, or a strip of the update of the trailing matrix. */
function reduceSome(work: usize, budget: f64): void {
  const reduction = changetype<BlockedReduction>(work);
  const size = reduction.n - reduction.k;
  const width = min(reduction.block, size);
  const left = size - width;
  if (reduction.reduced < width) {
    const cost = (reduction.a2 == 0 ? 1.0 : 4.0) * REDUCTION_COST * <f64>size * <f64>size;
    const last = reduction.reduced + portion(budget, cost, 1, width - reduction.reduced);
    call_indirect<void>(reduction.reduceColumns, work, size, last);
    reduction.reduced = last;
    note(reduction);
    if (reduction.reduced < width || left > 0) return;
  }
  if (reduction.updated < left && reflects(reduction.tau, reduction.k, width)) {
    update(reduction, size, width, budget);
    if (reduction.updated < left) return;
  }
  reduction.k += width;
  reduction.reduced = 0;
  reduction.updated = 0;
  note(reduction);
  if (reduction.k >= reduction.n) end(reduction, OK);
}

/** Some columns of the update of the trailing matrix, of each plane. */
function update(reduction: BlockedReduction, size: i32, width: i32, budget: f64): void {
  const planes = reduction.a2 == 0 ? 1 : 2;
  const left = size - width;
  const depth = 2 * planes * width;
  const from = reduction.updated;
  const cost = <f64>planes * PRODUCT_COST * <f64>(left - from) * <f64>depth;
  const to = from + portion(budget, cost, LEAST_OF_PRODUCT, left - from);
  const skip = (<usize>width) << 3;
  const corner = ((<usize>(reduction.k + width)) << 3) * <usize>(reduction.lda + 1);
  for (let plane = 0; plane < planes; ++plane) {
    const y = plane == 0 ? reduction.y : reduction.y2;
    const a = (plane == 0 ? reduction.a : reduction.a2) + corner;
    const product = operands(reduction.x + skip, 1, size, y + skip, size, 1, reduction.products);
    gemmLowerColumns(left, from, to, depth, -1, product, 1, a, reduction.lda);
  }
  reduction.updated = to;
}

function note(reduction: BlockedReduction): void {
  reduction.progress = reductionProgress(<f64>reduction.k + 0.5 * <f64>reduction.reduced, reduction.n);
}

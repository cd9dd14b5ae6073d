// How a blocked reduction to tridiagonal form goes on, of real and of complex matrices: the columns of a block are reduced one
// after another while the trailing matrix stays as it is; then the trailing matrix gets the update of the whole block, strip by
// strip; then the next block begins. Nothing is computed here, so there is no range.

import { end, Job, start } from '../../job';
import { OK } from '../../status';
import { reductionProgress } from './panelParts';

/** State of a reduction between two steps. */
@unmanaged
export class BlockedReduction extends Job {
  n: i32;
  block: i32;
  /** First column of the current block, columns of its panel that are reduced, columns after it that are updated. */
  k: i32;
  reduced: i32;
  updated: i32;
  /**
   * Indices of functions of (reduction, order of what is left, columns of the block, budget), which move `reduced` and `updated`
   * on.
   */
  reduceColumns: u32;
  updateColumns: u32;
}

/** Starts a reduction of order n, whose other fields are set. */
export function startBlocks(
  reduction: BlockedReduction,
  n: i32,
  block: i32,
  reduceColumns: u32,
  updateColumns: u32,
): void {
  reduction.n = n;
  reduction.block = block;
  reduction.k = 0;
  reduction.reduced = 0;
  reduction.updated = 0;
  reduction.reduceColumns = reduceColumns;
  reduction.updateColumns = updateColumns;
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
    call_indirect<void>(reduction.reduceColumns, work, size, width, budget);
    note(reduction);
    if (reduction.reduced < width || left > 0) return;
  }
  if (reduction.updated < left) {
    call_indirect<void>(reduction.updateColumns, work, size, width, budget);
    if (reduction.updated < left) return;
  }
  reduction.k += width;
  reduction.reduced = 0;
  reduction.updated = 0;
  note(reduction);
  if (reduction.k >= reduction.n) end(reduction, OK);
}

function note(reduction: BlockedReduction): void {
  reduction.progress = reductionProgress(<f64>reduction.k + 0.5 * <f64>reduction.reduced, reduction.n);
}

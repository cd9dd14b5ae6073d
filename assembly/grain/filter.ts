// Y ← p(Ĥ) V for a block V, p(x) = Σ_k c_k T_k(x), by Clenshaw's recurrence
//     b_k = c_k v + 2 Ĥ b_{k+1} − b_{k+2},   p(Ĥ) v = c_0 v + Ĥ b_1 − b_2,
// with Ĥ = (H − centre)/halfwidth, spectrum within [−1, 1]. The model passed in is that of 2 Ĥ, so that a step is one
// grainApply; the last step gives 2 p(Ĥ) v, as 2 Ĥ b_1 − 2 b_2 + 2 c_0 v. One task a column.

import { end, Job, portion, recordBytes, start } from '../job';
import { parallelFor } from '../kernel/team';
import { OK } from '../status';
import { grainApply, grainFlips, grainFlipsBytes, TILED } from './apply';
import { grainTiles, grainUntile } from './tiles';
import { ELEMENT, RUN } from './tuning';

@unmanaged
class Filter extends Job {
  pairs: usize;
  diag: usize;
  flips: usize;
  coefficients: usize;
  block: usize;
  vectors: usize;
  dg: i32;
  bits: i32;
  order: i32;
  columns: i32;
  /** Products to be made in this step, of order + 1 in all. */
  count: i32;
}

function blockBytes(dg: i32, bits: i32): usize {
  return ((<usize>dg) << bits) << 3;
}

/** Bytes of workspace of `grainFilterStart`. */
export function grainFilterWorkspace(dg: i32, bits: i32, columns: i32): usize {
  return recordBytes<Filter>() + grainFlipsBytes(bits, 0) + 3 * <usize>columns * blockBytes(dg, bits);
}

/**
 * Starts V ← 2 p(Ĥ) V, in place, column k of `block` at k D: a job.
 * @param pairs, diag the model 2 Ĥ, as for grainApply
 * @param flip its flip-flop elements, N doubles
 * @param coefficients c_0 … c_order, order ≥ 1
 */
export function grainFilterStart(
  dg: i32,
  bits: i32,
  columns: i32,
  pairs: usize,
  diag: usize,
  flip: usize,
  order: i32,
  coefficients: usize,
  block: usize,
  work: usize,
): void {
  const filter = changetype<Filter>(work);
  // Rows shorter than a tile stay in the plain layout.
  const tiled = 1 << bits >= RUN;
  const flips = work + recordBytes<Filter>();
  grainFlips(bits, 0, flip, tiled ? dg : 1, flips);
  filter.pairs = pairs;
  filter.diag = diag;
  filter.flips = flips;
  filter.coefficients = coefficients;
  filter.block = block;
  filter.vectors = flips + grainFlipsBytes(bits, 0);
  filter.dg = dg;
  filter.bits = bits;
  filter.order = order;
  filter.columns = columns;
  start(filter, products.index);
}

/** Some steps of the recurrence, the same for every column. */
function products(work: usize, budget: f64): void {
  const filter = changetype<Filter>(work);
  const all = filter.order + 1;
  const elements = <f64>(filter.columns * filter.dg) * <f64>(1 << filter.bits);
  const cost = elements * <f64>(filter.dg + 2 * filter.bits + 6) * ELEMENT;
  filter.count = portion(budget, cost, 1, all - filter.position);
  parallelFor(filter.columns, filterTask.index, work);
  filter.position += filter.count;
  filter.progress = <f64>filter.position / <f64>all;
  if (filter.position == all) end(filter, OK);
}

function filterTask(column: i32, args: usize): void {
  const filter = changetype<Filter>(args);
  const bytes = blockBytes(filter.dg, filter.bits);
  const tiled = 1 << filter.bits >= RUN;
  const ld = tiled ? TILED : 1 << filter.bits;
  const v = filter.vectors + 3 * <usize>column * bytes;
  // b1 and b2 change places with every product.
  const turned = (filter.position & 1) != 0;
  let b1 = v + (turned ? 2 : 1) * bytes;
  let b2 = v + (turned ? 1 : 2) * bytes;
  const own = filter.block + <usize>column * bytes;
  if (filter.position == 0) {
    memory.fill(v + bytes, 0, 2 * bytes);
    if (tiled) grainTiles(filter.dg, filter.bits, own, v);
    else memory.copy(v, own, bytes);
  }
  const first = filter.order - filter.position;
  for (let k = first; k > first - filter.count; --k) {
    const c = load<f64>(filter.coefficients + ((<usize>k) << 3));
    // The last product is doubled.
    const times: f64 = k == 0 ? 2 : 1;
    grainApply(
      filter.dg,
      filter.bits,
      0,
      filter.pairs,
      filter.diag,
      filter.flips,
      b1,
      b2,
      v,
      ld,
      -times,
      times * c,
    );
    const next = b2;
    b2 = b1;
    b1 = next;
  }
  if (first - filter.count >= 0) return;
  if (tiled) grainUntile(filter.dg, filter.bits, b1, own);
  else memory.copy(own, b1, bytes);
}

/** W ← H V for `columns` contiguous columns of D doubles. W must not overlap V. */
export function grainMultiply(
  dg: i32,
  bits: i32,
  columns: i32,
  pairs: usize,
  diag: usize,
  flips: usize,
  v: usize,
  w: usize,
): void {
  const stride = blockBytes(dg, bits);
  for (let k = 0; k < columns; ++k) {
    grainApply(dg, bits, 0, pairs, diag, flips, v, w, w, 1 << bits, 0, 0);
    v += stride;
    w += stride;
  }
}

// Y ← p(Ĥ) V for a block V, p(x) = Σ_k c_k T_k(x), by Clenshaw's recurrence
//     b_k = c_k v + 2 Ĥ b_{k+1} − b_{k+2},   p(Ĥ) v = c_0 v + Ĥ b_1 − b_2,
// with Ĥ = (H − centre)/halfwidth, spectrum within [−1, 1]. The model handed in is that of 2 Ĥ, so that a step is
// one grainApply; the last one gives 2 p(Ĥ) v, as 2 Ĥ b_1 − 2 b_2 + 2 c_0 v. One task a column.
import { parallelFor } from '../kernel/team';
import { grainApply } from './apply';
import { grainDeinterleave, grainInterleave } from './interleave';

@unmanaged
class Filter {
  grain: usize;
  diag: usize;
  flip: usize;
  coefficients: usize;
  block: usize;
  work: usize;
  dg: i32;
  bits: i32;
  order: i32;
  columns: i32;
}

const ARGUMENTS: usize = 128;
/** Doubles by which rows are padded, so that they do not share cache sets. */
const PAD: i32 = 16;

function blockBytes(dg: i32, bits: i32): usize {
  return (<usize>dg * (<usize>(1 << bits) + PAD)) << 3;
}

/** Bytes of workspace of `grainFilter`. */
export function grainFilterWorkspace(dg: i32, bits: i32, columns: i32): usize {
  return ARGUMENTS + 3 * <usize>columns * blockBytes(dg, bits);
}

/**
 * V ← 2 p(Ĥ) V, in place, column k of `block` at k D.
 * @param grain, diag, flip the model 2 Ĥ, as for grainApply
 * @param coefficients c_0 … c_order, order ≥ 1
 */
export function grainFilter(
  dg: i32,
  bits: i32,
  columns: i32,
  grain: usize,
  diag: usize,
  flip: usize,
  order: i32,
  coefficients: usize,
  block: usize,
  work: usize,
): void {
  const f = changetype<Filter>(work);
  f.grain = grain;
  f.diag = diag;
  f.flip = flip;
  f.coefficients = coefficients;
  f.block = block;
  f.work = work + ARGUMENTS;
  f.dg = dg;
  f.bits = bits;
  f.order = order;
  f.columns = columns;
  parallelFor(columns, filterTask.index, work);
}

function filterTask(column: i32, args: usize): void {
  const f = changetype<Filter>(args);
  const bytes = blockBytes(f.dg, f.bits);
  const ld = (1 << f.bits) + PAD;
  const v = f.work + 3 * <usize>column * bytes;
  let b1 = v + bytes;
  let b2 = b1 + bytes;
  const own = f.block + <usize>column * (((<usize>f.dg) << f.bits) << 3);
  memory.fill(v, 0, 3 * bytes);
  grainInterleave(f.dg, f.bits, 0, own, v, ld);
  for (let k = f.order; k >= 1; --k) {
    const c = load<f64>(f.coefficients + ((<usize>k) << 3));
    grainApply(f.dg, f.bits, 0, f.grain, f.diag, f.flip, b1, b2, v, ld, -1, c);
    const next = b2;
    b2 = b1;
    b1 = next;
  }
  grainApply(f.dg, f.bits, 0, f.grain, f.diag, f.flip, b1, b2, v, ld, -2, 2 * load<f64>(f.coefficients));
  grainDeinterleave(f.dg, f.bits, 0, b2, ld, own);
}

/** W ← H V for `columns` contiguous columns of D doubles. W must not overlap V. */
export function grainMultiply(
  dg: i32,
  bits: i32,
  columns: i32,
  grain: usize,
  diag: usize,
  flip: usize,
  v: usize,
  w: usize,
): void {
  const stride = ((<usize>dg) << bits) << 3;
  for (let k = 0; k < columns; ++k) {
    grainApply(dg, bits, 0, grain, diag, flip, v, w, w, 1 << bits, 0, 0);
    v += stride;
    w += stride;
  }
}

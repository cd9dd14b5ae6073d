// Z := Q Z with Q = H_0 H_1 … H_{n−2}, a block of reflectors at a time, from the last block to the first, as a job: each is
//
//     H_k … H_{k+b−1} = I − V T Vᵀ
//
// (compact WY: R. Schreiber and C. Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989) 53). The caller's function `prepare`
// makes V and V T. They are packed once a block; then Z is transformed a strip of MC columns at a time, so that both
// products find the strip in the outer cache and its pages in the translation buffer.
// Range: that of `prepare`; elements of Z up to 1e300.

import { end, Job, portion, recordBytes, start } from '../../job';
import { EDGE_BYTES, macro, roundUpPanel } from '../../kernel/gemm/blocked';
import { packA, packB } from '../../kernel/gemm/pack';
import { partStart } from '../../kernel/parts';
import { parallelFor, teamSize } from '../../kernel/team';
import { blockRows, KC, MC } from '../../kernel/tuning';
import { OK } from '../../status';
import { LEAST_OF_PRODUCT, PRODUCT_COST } from '../tuning';
import { reflects } from './panelParts';

/** Bytes for one strip: the tile for edges, a packed block of Zᵀ, Pᵀ = ZᵀV of the strip, and P packed. */
@inline
function stripBytes(width: i32): usize {
  return EDGE_BYTES + ((<usize>(MC * KC) + <usize>width * (<usize>MC + 2 * roundUpPanel(MC))) << 3);
}

/** Bytes of the blocks that all threads read: V, V T, T and VᵀV, then V and V T packed. */
@inline
function sharedBytes(rows: i32, width: i32): usize {
  const b = <usize>width;
  return (b * 3 * <usize>(rows + 4) + 2 * b * b + 2 * <usize>rows * roundUpPanel(width)) << 3;
}

/**
 * Bytes of workspace of a transformation of columns of `rows` doubles by blocks of `width` columns of V, at most KC;
 * `forming`: bytes that `prepare` needs for its products.
 */
export function blockReflectorsWorkspace(rows: i32, width: i32, forming: usize): usize {
  const strips = <usize>teamSize() * stripBytes(width);
  return recordBytes<BackTransformation>() + sharedBytes(rows, width) + max(forming, strips);
}

/** State of a transformation between two steps, also read by its tasks. */
@unmanaged
export class BackTransformation extends Job {
  /** Address of the reflectors; the imaginary parts of a complex matrix are at a2 and tau2. */
  a: usize;
  a2: usize;
  tau: usize;
  tau2: usize;
  z: usize;
  /** `index` of the function that makes V and V T of the block at k, and the rows and columns of these. */
  prepare: u32;
  v: usize;
  vt: usize;
  /** T and its ingredients: two squares of the width of a block. */
  t: usize;
  packedV: usize;
  packedVT: usize;
  work: usize;
  workBytes: usize;
  /** Z from the first row that the block changes. */
  target: usize;
  /** Order of Q, columns of Z; doubles in an element: 2 for complex numbers. */
  n: i32;
  m: i32;
  unit: i32;
  lda: i32;
  ldz: i32;
  block: i32;
  parts: i32;
  /** First reflector of the current block, rows and columns of V. */
  k: i32;
  rows: i32;
  width: i32;
  /** Columns of Z transformed by this block, and the number transformed now. */
  column: i32;
  count: i32;
}

/**
 * Starts the transformation of m columns of Z (n elements of `unit` doubles each, leading dimension ldz in doubles)
 * with `block` reflectors at a time, `unit` columns of V each. The record is at `work`; the caller sets a, tau and
 * all else that `prepare` reads.
 */
export function blockReflectorsStart(
  n: i32,
  m: i32,
  unit: i32,
  z: usize,
  ldz: i32,
  block: i32,
  prepare: u32,
  work: usize,
): void {
  const width = block * unit;
  const rows = n * unit;
  const b = <usize>width;
  const back = changetype<BackTransformation>(work);
  back.z = z;
  back.prepare = prepare;
  back.v = work + recordBytes<BackTransformation>();
  back.vt = back.v + ((b * <usize>rows) << 3);
  back.t = back.vt + ((b * <usize>rows) << 3);
  back.packedVT = back.t + ((2 * b * b) << 3);
  back.packedV = back.packedVT + ((b * <usize>(rows + 4)) << 3);
  back.work = back.v + sharedBytes(rows, width);
  back.workBytes = stripBytes(width);
  back.n = n;
  back.m = m;
  back.unit = unit;
  back.ldz = ldz;
  back.block = block;
  back.parts = teamSize();
  back.k = ((n - 2) / block) * block;
  back.column = 0;
  start(back, applyBlock.index);
  if (n < 2 || m <= 0) end(back, OK);
}

/** Step: one block of reflectors on some columns of Z. */
function applyBlock(work: usize, budget: f64): void {
  const back = changetype<BackTransformation>(work);
  if (back.column == 0) {
    if (!reflects(back.tau, back.k, min(back.block, back.n - 1 - back.k))) {
      nextBlock(back);
      return;
    }
    prepareBlock(back);
  }
  back.count = portion(
    budget,
    2 * PRODUCT_COST * <f64>back.rows * <f64>back.width,
    LEAST_OF_PRODUCT,
    back.m - back.column,
  );
  parallelFor(back.parts, applyTask.index, work);
  back.column += back.count;
  if (back.column == back.m) nextBlock(back);
  else note(back);
}

function nextBlock(back: BackTransformation): void {
  back.column = 0;
  back.k -= back.block;
  if (back.k < 0) end(back, OK);
  else note(back);
}

function note(back: BackTransformation): void {
  // The cost of a block is proportional to the rows below its first reflector.
  const block = <f64>back.block / <f64>back.n;
  const left = min(1, <f64>back.k / <f64>back.n + block);
  back.progress = (1 - left) * (1 - left) + 2 * (1 - left) * block * (<f64>back.column / <f64>back.m);
}

/** Forms V and V T of the block at k, and packs both. */
function prepareBlock(back: BackTransformation): void {
  const unit = back.unit;
  back.rows = unit * (back.n - back.k - 1);
  back.width = unit * min(back.block, back.n - 1 - back.k);
  back.target = back.z + ((<usize>(unit * (back.k + 1))) << 3);
  call_indirect<void>(back.prepare, changetype<usize>(back));
  parallelFor((back.rows + KC - 1) / KC, packTask.index, changetype<usize>(back));
}

/** Packs KC rows of V and V T, from row t KC on. */
function packTask(t: i32, args: usize): void {
  const back = changetype<BackTransformation>(args);
  const row = <usize>t * <usize>KC;
  const kc = min(KC, back.rows - t * KC);
  const column = (<usize>back.rows) << 3;
  packB(
    kc,
    back.width,
    1,
    back.v + (row << 3),
    8,
    column,
    back.packedV + ((row * roundUpPanel(back.width)) << 4),
  );
  packA(kc, back.width, back.vt + (row << 3), 8, column, back.packedVT + ((row * <usize>back.width) << 3));
}

/**
 * Z −= (V T) VᵀZ on part t of the columns of this step. Pᵀ = ZᵀV is formed rather than P, so that the long operand Z is
 * packed once and its elements are not doubled.
 */
function applyTask(t: i32, args: usize): void {
  const back = changetype<BackTransformation>(args);
  const rows = back.rows;
  const width = back.width;
  const from = back.column + partStart(back.count, t, back.parts);
  const to = back.column + partStart(back.count, t + 1, back.parts);
  const stride = (<usize>back.ldz) << 3;
  const tile = back.work + <usize>t * back.workBytes;
  const packedZ = tile + EDGE_BYTES;
  const p = packedZ + ((<usize>(MC * KC)) << 3);
  const column = (<usize>MC) << 3;
  const packedP = p + column * <usize>width;
  const height = blockRows(width);
  for (let c = from; c < to; c += MC) {
    const strip = min(MC, to - c);
    const z = back.target + <usize>c * stride;
    for (let l = 0; l < rows; l += KC) {
      const kc = min(KC, rows - l);
      packA(strip, kc, z + ((<usize>l) << 3), stride, 8, packedZ);
      const packedV = back.packedV + ((<usize>l * roundUpPanel(width)) << 4);
      macro(strip, width, kc, packedZ, packedV, l == 0 ? 0 : 1, p, column, i32.MAX_VALUE, tile);
    }
    packB(width, strip, -1, p, column, 8, packedP);
    for (let i = 0; i < rows; i += height) {
      const packedVT = back.packedVT + ((<usize>i * <usize>width) << 3);
      macro(
        min(height, rows - i),
        strip,
        width,
        packedVT,
        packedP,
        1,
        z + ((<usize>i) << 3),
        stride,
        i32.MAX_VALUE,
        tile,
      );
    }
  }
}

// Z := Q Z with Q = H_0 H_1 … H_{n−2} from `tridiagonalize`, a block of reflectors at a time as
// H_k … H_{k+b−1} = I − V T Vᵀ (compact WY: R. Schreiber and C. Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989) 53).
// V and V T are packed once a block; then Z is transformed a strip of MC columns at a time, so that both products find
// the strip in the outer cache and its pages in the translation buffer.
// Range: Q is orthogonal to rounding for every tau and V that `tridiagonalize` leaves, whatever underflows in V; elements of
// Z up to 1e300.

import { end, finish, Job, portion, recordBytes, start } from '../../job';
import { EDGE_BYTES, macro, roundUpPanel } from '../../kernel/gemm/blocked';
import { gemm, gemmLower, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { packA, packB } from '../../kernel/gemm/pack';
import { parallelFor, teamSize } from '../../kernel/team';
import { blockRows, KC, MC } from '../../kernel/tuning';
import { OK } from '../../status';
import { FACTOR_COLUMNS, LEAST_OF_PRODUCT, PRODUCT_COST, reflectorBlock } from '../tuning';
import { triangularFactor, unpackReflectors } from './compactWY';

/** Bytes for one strip: the tile of edges, a packed block of Zᵀ, Pᵀ = ZᵀV of the strip, and P packed. */
@inline
function stripBytes(block: i32): usize {
  return EDGE_BYTES + ((<usize>(MC * KC) + <usize>block * (<usize>MC + 2 * roundUpPanel(MC))) << 3);
}

/** Bytes of the blocks that all threads read: V, V T, T and VᵀV, then V and V T packed. */
@inline
function sharedBytes(n: i32, block: i32): usize {
  const b = <usize>block;
  return (b * 3 * <usize>(n + 4) + 2 * b * b + 2 * <usize>n * roundUpPanel(block)) << 3;
}

/** Bytes of workspace of `backTransformBlocked`. */
export function backTransformBlockedWorkspace(n: i32, _m: i32, block: i32): usize {
  const forming = max(gemmWorkspace(n, FACTOR_COLUMNS, block), gemmWorkspace(block, block, n));
  return (
    recordBytes<BackTransformation>() +
    sharedBytes(n, block) +
    max(forming, <usize>teamSize() * stripBytes(block))
  );
}

/** Bytes of workspace of `backTransform`. */
export function backTransformWorkspace(n: i32, m: i32): usize {
  return backTransformBlockedWorkspace(n, m, reflectorBlock(n));
}

/**
 * Z (n×m, leading dimension ldz) := Q Z. Column k of A (leading dimension lda) holds the reflector v_k from row k + 2 on
 * and tau (n − 1) the factors, as `tridiagonalize` leaves them; they are only read.
 */
export function backTransform(
  n: i32,
  m: i32,
  a: usize,
  lda: i32,
  tau: usize,
  z: usize,
  ldz: i32,
  work: usize,
): void {
  backTransformBlocked(n, m, a, lda, tau, z, ldz, reflectorBlock(n), work);
}

/** `backTransform` with blocks of `block` reflectors, at most KC. */
export function backTransformBlocked(
  n: i32,
  m: i32,
  a: usize,
  lda: i32,
  tau: usize,
  z: usize,
  ldz: i32,
  block: i32,
  work: usize,
): void {
  startBlocked(n, m, a, lda, tau, z, ldz, block, work);
  finish(work);
}

/** A transformation between two of its steps, and what its tasks read. */
@unmanaged
class BackTransformation extends Job {
  a: usize;
  tau: usize;
  z: usize;
  v: usize;
  vt: usize;
  t: usize;
  packedV: usize;
  packedVT: usize;
  work: usize;
  workBytes: usize;
  target: usize;
  n: i32;
  m: i32;
  lda: i32;
  ldz: i32;
  block: i32;
  parts: i32;
  /** First reflector of the block at work, its rows and width; the blocks are applied from the last to the first. */
  k: i32;
  rows: i32;
  width: i32;
  /** Columns of Z that have had this block, and how many get it now. */
  column: i32;
  count: i32;
}

/** Starts `backTransform` as a job. */
export function backTransformStart(
  n: i32,
  m: i32,
  a: usize,
  lda: i32,
  tau: usize,
  z: usize,
  ldz: i32,
  work: usize,
): void {
  startBlocked(n, m, a, lda, tau, z, ldz, reflectorBlock(n), work);
}

function startBlocked(
  n: i32,
  m: i32,
  a: usize,
  lda: i32,
  tau: usize,
  z: usize,
  ldz: i32,
  block: i32,
  work: usize,
): void {
  const b = <usize>block;
  const back = changetype<BackTransformation>(work);
  back.a = a;
  back.tau = tau;
  back.z = z;
  back.v = work + recordBytes<BackTransformation>();
  back.vt = back.v + ((b * <usize>n) << 3);
  back.t = back.vt + ((b * <usize>n) << 3);
  back.packedVT = back.t + ((2 * b * b) << 3);
  back.packedV = back.packedVT + ((b * <usize>(n + 4)) << 3);
  back.work = back.v + sharedBytes(n, block);
  back.workBytes = stripBytes(block);
  back.n = n;
  back.m = m;
  back.lda = lda;
  back.ldz = ldz;
  back.block = block;
  back.parts = teamSize();
  back.k = ((n - 2) / block) * block;
  back.column = 0;
  start(back, applyBlock.index);
  if (n < 2 || m <= 0) end(back, OK);
}

/** One block of reflectors on some columns of Z. */
function applyBlock(work: usize, budget: f64): void {
  const back = changetype<BackTransformation>(work);
  if (back.column == 0) prepareBlock(back);
  back.count = portion(
    budget,
    2 * PRODUCT_COST * <f64>back.rows * <f64>back.width,
    LEAST_OF_PRODUCT,
    back.m - back.column,
  );
  parallelFor(back.parts, applyTask.index, work);
  back.column += back.count;
  if (back.column == back.m) {
    back.column = 0;
    back.k -= back.block;
  }
  if (back.k < 0) end(back, OK);
  else note(back);
}

function note(back: BackTransformation): void {
  // A block costs as many rows as there are below its first reflector.
  const block = <f64>back.block / <f64>back.n;
  const left = min(1, <f64>back.k / <f64>back.n + block);
  back.progress = (1 - left) * (1 - left) + 2 * (1 - left) * block * (<f64>back.column / <f64>back.m);
}

/** V, T and V T of the block at k, and V and V T packed. */
function prepareBlock(back: BackTransformation): void {
  const k = back.k;
  const block = back.block;
  const width = min(block, back.n - 1 - k);
  const rows = back.n - k - 1;
  const g = back.t + ((<usize>block * <usize>block) << 3);
  unpackReflectors(
    rows,
    width,
    back.a + ((<usize>k * <usize>back.lda + <usize>(k + 1)) << 3),
    back.lda,
    back.v,
  );
  // The lower triangle of VᵀV, stored by rows for the recurrence of T.
  gemmLower(width, rows, 1, operands(back.v, rows, 1, back.v, 1, rows, back.work), 0, g, block);
  triangularFactor(width, g, back.tau + ((<usize>k) << 3), back.t, block);
  timesTriangular(rows, width, back.v, back.t, block, back.vt, back.work);
  back.target = back.z + ((<usize>(k + 1)) << 3);
  back.rows = rows;
  back.width = width;
  parallelFor((rows + KC - 1) / KC, packTask.index, changetype<usize>(back));
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
 * Z −= (V T) VᵀZ on part t of the columns of Z at work. Pᵀ = ZᵀV is formed rather than P, so that the long operand Z is
 * packed once and not doubled.
 */
function applyTask(t: i32, args: usize): void {
  const back = changetype<BackTransformation>(args);
  const rows = back.rows;
  const width = back.width;
  const from = back.column + (<i32>((<i64>back.count * t) / back.parts) & ~3);
  const to =
    back.column + (t + 1 == back.parts ? back.count : <i32>((<i64>back.count * (t + 1)) / back.parts) & ~3);
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

/** VT := V T in strips of columns, each of which needs only the leading columns of V. */
function timesTriangular(rows: i32, width: i32, v: usize, t: usize, ldt: i32, vt: usize, work: usize): void {
  for (let j = 0; j < width; j += FACTOR_COLUMNS) {
    const columns = min(FACTOR_COLUMNS, width - j);
    const tj = t + ((<usize>j * <usize>ldt) << 3);
    const out = vt + ((<usize>j * <usize>rows) << 3);
    gemm(rows, columns, j + columns, 1, operands(v, 1, rows, tj, 1, ldt, work), 0, out, rows);
  }
}

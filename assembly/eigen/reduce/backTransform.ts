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
import { triangularFactor, unpackReflectors } from './compactWY';

/** Columns of Z that a step takes at least: fewer would spend more on packing V than on Z. */
const LEAST: i32 = 64;

/** Columns of V T formed at a time. */
const STRIP: i32 = 32;

/** Reflectors a block: wide ones make long inner loops, narrow ones waste less on T (measured). */
@inline
function blockSize(n: i32): i32 {
  return n < 96 ? 16 : n < 384 ? 32 : n < 1536 ? 48 : 96;
}

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
  const forming = max(gemmWorkspace(n, STRIP, block), gemmWorkspace(block, block, n));
  return (
    recordBytes<Application>() + sharedBytes(n, block) + max(forming, <usize>teamSize() * stripBytes(block))
  );
}

/** Bytes of workspace of `backTransform`. */
export function backTransformWorkspace(n: i32, m: i32): usize {
  return backTransformBlockedWorkspace(n, m, blockSize(n));
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
  backTransformBlocked(n, m, a, lda, tau, z, ldz, blockSize(n), work);
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
class Application extends Job {
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
  startBlocked(n, m, a, lda, tau, z, ldz, blockSize(n), work);
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
  const x = changetype<Application>(work);
  x.a = a;
  x.tau = tau;
  x.z = z;
  x.v = work + recordBytes<Application>();
  x.vt = x.v + ((b * <usize>n) << 3);
  x.t = x.vt + ((b * <usize>n) << 3);
  x.packedVT = x.t + ((2 * b * b) << 3);
  x.packedV = x.packedVT + ((b * <usize>(n + 4)) << 3);
  x.work = x.v + sharedBytes(n, block);
  x.workBytes = stripBytes(block);
  x.n = n;
  x.m = m;
  x.lda = lda;
  x.ldz = ldz;
  x.block = block;
  x.parts = teamSize();
  x.k = ((n - 2) / block) * block;
  x.column = 0;
  start(x, applyBlock.index);
  if (n < 2 || m <= 0) end(x, OK);
}

/** One block of reflectors on some columns of Z. */
function applyBlock(work: usize, budget: f64): void {
  const x = changetype<Application>(work);
  if (x.column == 0) prepareBlock(x);
  x.count = portion(budget, 0.25 * <f64>x.rows * <f64>x.width, LEAST, x.m - x.column);
  parallelFor(x.parts, applyTask.index, work);
  x.column += x.count;
  if (x.column == x.m) {
    x.column = 0;
    x.k -= x.block;
  }
  if (x.k < 0) end(x, OK);
  else note(x);
}

function note(x: Application): void {
  // A block costs as many rows as there are below its first reflector.
  const block = <f64>x.block / <f64>x.n;
  const left = min(1, <f64>x.k / <f64>x.n + block);
  x.progress = (1 - left) * (1 - left) + 2 * (1 - left) * block * (<f64>x.column / <f64>x.m);
}

/** V, T and V T of the block at k, and V and V T packed. */
function prepareBlock(x: Application): void {
  const k = x.k;
  const block = x.block;
  const width = min(block, x.n - 1 - k);
  const rows = x.n - k - 1;
  const g = x.t + ((<usize>block * <usize>block) << 3);
  unpackReflectors(rows, width, x.a + ((<usize>k * <usize>x.lda + <usize>(k + 1)) << 3), x.lda, x.v);
  // The lower triangle of VᵀV, stored by rows for the recurrence of T.
  gemmLower(width, rows, 1, operands(x.v, rows, 1, x.v, 1, rows, x.work), 0, g, block);
  triangularFactor(width, g, x.tau + ((<usize>k) << 3), x.t, block);
  timesTriangular(rows, width, x.v, x.t, block, x.vt, x.work);
  x.target = x.z + ((<usize>(k + 1)) << 3);
  x.rows = rows;
  x.width = width;
  parallelFor((rows + KC - 1) / KC, packTask.index, changetype<usize>(x));
}

/** Packs KC rows of V and V T, from row t KC on. */
function packTask(t: i32, args: usize): void {
  const x = changetype<Application>(args);
  const row = <usize>t * <usize>KC;
  const kc = min(KC, x.rows - t * KC);
  const column = (<usize>x.rows) << 3;
  packB(kc, x.width, 1, x.v + (row << 3), 8, column, x.packedV + ((row * roundUpPanel(x.width)) << 4));
  packA(kc, x.width, x.vt + (row << 3), 8, column, x.packedVT + ((row * <usize>x.width) << 3));
}

/**
 * Z −= (V T) VᵀZ on part t of the columns of Z at work. Pᵀ = ZᵀV is formed rather than P, so that the long operand Z is
 * packed once and not doubled.
 */
function applyTask(t: i32, args: usize): void {
  const x = changetype<Application>(args);
  const rows = x.rows;
  const width = x.width;
  const from = x.column + (<i32>((<i64>x.count * t) / x.parts) & ~3);
  const to = x.column + (t + 1 == x.parts ? x.count : <i32>((<i64>x.count * (t + 1)) / x.parts) & ~3);
  const stride = (<usize>x.ldz) << 3;
  const tile = x.work + <usize>t * x.workBytes;
  const packedZ = tile + EDGE_BYTES;
  const p = packedZ + ((<usize>(MC * KC)) << 3);
  const column = (<usize>MC) << 3;
  const packedP = p + column * <usize>width;
  const height = blockRows(width);
  for (let c = from; c < to; c += MC) {
    const strip = min(MC, to - c);
    const z = x.target + <usize>c * stride;
    for (let l = 0; l < rows; l += KC) {
      const kc = min(KC, rows - l);
      packA(strip, kc, z + ((<usize>l) << 3), stride, 8, packedZ);
      const packedV = x.packedV + ((<usize>l * roundUpPanel(width)) << 4);
      macro(strip, width, kc, packedZ, packedV, l == 0 ? 0 : 1, p, column, i32.MAX_VALUE, tile);
    }
    packB(width, strip, -1, p, column, 8, packedP);
    for (let i = 0; i < rows; i += height) {
      const packedVT = x.packedVT + ((<usize>i * <usize>width) << 3);
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
  for (let j = 0; j < width; j += STRIP) {
    const columns = min(STRIP, width - j);
    const tj = t + ((<usize>j * <usize>ldt) << 3);
    const out = vt + ((<usize>j * <usize>rows) << 3);
    gemm(rows, columns, j + columns, 1, operands(v, 1, rows, tj, 1, ldt, work), 0, out, rows);
  }
}

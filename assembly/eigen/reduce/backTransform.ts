// Z := Q Z with Q = H_0 H_1 … H_{n−2} from `tridiagonalize`, blocks of reflectors at a time: see blockReflectors.
// Range: Q is orthogonal to rounding for every tau and V that `tridiagonalize` returns, whatever underflows in
// V; elements of Z up to 1e300.

import { finish } from '../../job';
import { gemm, gemmLower, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { FACTOR_COLUMNS, reflectorBlock } from '../tuning';
import { BackTransformation, blockReflectorsStart, blockReflectorsWorkspace } from './blockReflectors';
import { triangularFactor, unpackReflectors } from './compactWY';

/** Bytes of workspace of `backTransformBlocked`. */
export function backTransformBlockedWorkspace(n: i32, _m: i32, block: i32): usize {
  const forming = max(gemmWorkspace(n, FACTOR_COLUMNS, block), gemmWorkspace(block, block, n));
  return blockReflectorsWorkspace(n, block, forming);
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
  const back = changetype<BackTransformation>(work);
  back.a = a;
  back.lda = lda;
  back.tau = tau;
  blockReflectorsStart(n, m, 1, z, ldz, block, formBlock.index, work);
}

/** V, T and V T of the block at k. */
function formBlock(work: usize): void {
  const back = changetype<BackTransformation>(work);
  const k = <usize>back.k;
  const block = back.block;
  const width = back.width;
  const rows = back.rows;
  const g = back.t + ((<usize>block * <usize>block) << 3);
  unpackReflectors(rows, width, back.a + ((k * <usize>back.lda + k + 1) << 3), back.lda, back.v);
  // The lower triangle of VᵀV, stored by rows for the recurrence of T.
  gemmLower(width, rows, 1, operands(back.v, rows, 1, back.v, 1, rows, back.work), 0, g, block);
  triangularFactor(width, g, back.tau + (k << 3), back.t, block);
  timesTriangular(rows, width, back.v, back.t, block, back.vt, back.work);
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

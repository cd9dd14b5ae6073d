// Z := Q Z with Q = H_0 H_1 … H_{n−2} from `tridiagonalizeComplex` and Z complex, blocks of reflectors at a time:
//
//     Z −= V T (VᴴZ)   with V (m×b) complex is   Z̃ −= (Ṽ T̃) (ṼᵀZ̃),   Ṽ = [V iV],   T̃ = [Re T, −Im T; Im T, Re T],
//
// where each complex number of V, i V and Z is the pair of its parts in one column of doubles. So the real job of
// blockReflectors can be used, with twice as many rows and columns: four real products for a complex one, none of them
// wasted, on Z in its final layout. Three products would need sums of parts, and so extra passes over Z.
// Range: Q is unitary to rounding for every tau and V that `tridiagonalizeComplex` returns; elements of Z up to 1e300.

import { gemm, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { axpy } from '../../kernel/vectors';
import { complexReflectorBlock } from '../tuning';
import { BackTransformation, blockReflectorsStart, blockReflectorsWorkspace } from './blockReflectors';

/** Bytes of workspace of `backTransformComplexStart` with blocks of `block` reflectors. */
export function backTransformComplexBlockedWorkspace(n: i32, block: i32): usize {
  const forming = max(gemmWorkspace(2 * n, block, 2 * block), gemmWorkspace(2 * block, block, 2 * n));
  return blockReflectorsWorkspace(2 * n, 2 * block, forming);
}

/** Bytes of workspace of `backTransformComplexStart`. */
export function backTransformComplexWorkspace(n: i32): usize {
  return backTransformComplexBlockedWorkspace(n, complexReflectorBlock(n));
}

/**
 * Starts Z (n×m complex numbers, contiguous) := Q Z as a job, with blocks of `block` reflectors, at most KC / 2. Column k of the
 * planes a and a2 (n×n, contiguous) holds the reflector v_k from row k + 2 on and tau, tau2 (n − 1) the parts of the factors, as
 * `tridiagonalizeComplex` leaves them.
 */
export function backTransformComplexStart(
  n: i32,
  m: i32,
  a: usize,
  a2: usize,
  tau: usize,
  tau2: usize,
  z: usize,
  block: i32,
  work: usize,
): void {
  const back = changetype<BackTransformation>(work);
  back.a = a;
  back.a2 = a2;
  back.lda = n;
  back.tau = tau;
  back.tau2 = tau2;
  blockReflectorsStart(n, m, 2, z, 2 * n, block, formBlock.index, work);
}

/** Ṽ and Ṽ T̃ of the block at k. */
function formBlock(work: usize): void {
  const back = changetype<BackTransformation>(work);
  const k = <usize>back.k;
  const rows = back.rows;
  const width = back.width;
  const half = width >> 1;
  const bytes = (<usize>rows * <usize>half) << 3;
  const g = back.t + ((<usize>width * <usize>half) << 3);
  const first = (k * <usize>back.n + k + 1) << 3;
  unpackComplexReflectors(rows, half, back.a + first, back.a2 + first, back.n, back.v);
  timesUnit(rows, half, back.v, back.v + bytes);
  // The imaginary part of VᴴV goes below its real part.
  gemm(width, half, rows, 1, operands(back.v, rows, 1, back.v, 1, rows, back.work), 0, g, width);
  complexTriangularFactor(half, g, back.tau + (k << 3), back.tau2 + (k << 3), back.t);
  gemm(rows, half, width, 1, operands(back.v, 1, rows, back.t, 1, width, back.work), 0, back.vt, rows);
  timesUnit(rows, half, back.vt, back.vt + bytes);
}

/** V with its unit diagonal and the zeros above it, `width` columns of `rows` doubles: pairs of real and imaginary part. */
function unpackComplexReflectors(rows: i32, width: i32, a: usize, a2: usize, lda: i32, v: usize): void {
  const end = (<usize>(rows >> 1)) << 3;
  for (let j = 0; j < width; ++j) {
    const row = (<usize>j) << 3;
    memory.fill(v, 0, 2 * row);
    store<f64>(v + 2 * row, 1);
    store<f64>(v + 2 * row, 0, 8);
    for (let i = row + 8; i < end; i += 8) {
      store<f64>(v + 2 * i, load<f64>(a + i));
      store<f64>(v + 2 * i, load<f64>(a2 + i), 8);
    }
    v += (<usize>rows) << 3;
    a += (<usize>lda) << 3;
    a2 += (<usize>lda) << 3;
  }
}

/** Y := i X on `width` columns of `rows` doubles, pairs of real and imaginary part. */
function timesUnit(rows: i32, width: i32, x: usize, y: usize): void {
  const end = x + ((<usize>rows * <usize>width) << 3);
  for (; x < end; x += 16) {
    store<f64>(y, -load<f64>(x, 8));
    store<f64>(y, load<f64>(x), 8);
    y += 16;
  }
}

/**
 * Upper triangular T from G = VᴴV: T_jj = tau_j, T_{0:j,j} = −tau_j T_{0:j,0:j} G_{0:j,j}. G and T have columns of 2n
 * doubles: first the real parts, then the imaginary ones.
 */
function complexTriangularFactor(n: i32, g: usize, tau: usize, tau2: usize, t: usize): void {
  const plane = (<usize>n) << 3;
  const column = plane << 1;
  for (let j = 0; j < n; ++j) {
    const row = (<usize>j) << 3;
    const tj = t + <usize>j * column;
    const gj = g + <usize>j * column;
    const re = load<f64>(tau + row);
    const im = load<f64>(tau2 + row);
    memory.fill(tj, 0, column);
    for (let i = 0; i < j; ++i) {
      const x = load<f64>(gj + ((<usize>i) << 3));
      const y = load<f64>(gj + plane + ((<usize>i) << 3));
      const ti = t + <usize>i * column;
      const s = re * x - im * y;
      const u = re * y + im * x;
      axpy(i + 1, -s, ti, tj);
      axpy(i + 1, u, ti + plane, tj);
      axpy(i + 1, -s, ti + plane, tj + plane);
      axpy(i + 1, -u, ti, tj + plane);
    }
    store<f64>(tj + row, re);
    store<f64>(tj + plane + row, im);
  }
}

// Z := Q Z with Q = H_0 H_1 … H_{n−2} from `tridiagonalize`, a block of reflectors at a time as
// H_k … H_{k+b−1} = I − V T Vᵀ (compact WY: R. Schreiber and C. Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989) 53).
import { gemm, gemmLower, gemmWorkspace } from "../kernel/gemm";
import { axpy } from "../kernel/gemv";

/** Columns of V T formed at a time. */
const STRIP: i32 = 32;

/** Reflectors a block: wide ones make long inner loops, narrow ones waste less on T (measured). */
// @ts-ignore: decorator
@inline
function blockSize(n: i32): i32 {
  return n < 96 ? 16 : n < 384 ? 32 : n < 1536 ? 48 : 96;
}

// @ts-ignore: decorator
@inline
function innerWorkspace(n: i32, m: i32, block: i32): usize {
  return max(max(gemmWorkspace(m, block, n), gemmWorkspace(n, m, block)), gemmWorkspace(block, block, n));
}

/** Bytes of workspace of `backTransformBlocked`. */
export function backTransformBlockedWorkspace(n: i32, m: i32, block: i32): usize {
  const b = <usize>block;
  return (b * (2 * <usize>n + <usize>m) + 2 * b * b) * 8 + innerWorkspace(n, m, block);
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
  n: i32, m: i32, a: usize, lda: i32, tau: usize, z: usize, ldz: i32, work: usize,
): void {
  backTransformBlocked(n, m, a, lda, tau, z, ldz, blockSize(n), work);
}

/** `backTransform` with blocks of `block` reflectors. */
export function backTransformBlocked(
  n: i32, m: i32, a: usize, lda: i32, tau: usize, z: usize, ldz: i32, block: i32, work: usize,
): void {
  const reflectors = n - 1;
  if (reflectors <= 0 || m <= 0) return;
  const b = <usize>block;
  const v = work;
  const vt = v + ((b * <usize>n) << 3);
  const p = vt + ((b * <usize>n) << 3);
  const t = p + ((b * <usize>m) << 3);
  const g = t + ((b * b) << 3);
  const rest = g + ((b * b) << 3);
  for (let k = ((reflectors - 1) / block) * block; k >= 0; k -= block) {
    const width = min(block, reflectors - k);
    const rows = n - k - 1;
    const target = z + (<usize>(k + 1) << 3);
    unpack(rows, width, a + ((<usize>k * <usize>lda + <usize>(k + 1)) << 3), lda, v);
    // The lower triangle of VᵀV, stored by rows for the recurrence of T.
    gemmLower(width, rows, 1, v, rows, 1, v, 1, rows, 0, g, block, rest);
    triangularFactor(width, g, tau + (<usize>k << 3), t, block);
    timesTriangular(rows, width, v, t, block, vt, rest);
    // Pᵀ = ZᵀV, so that the long operand Z is packed once and not doubled; then Z −= (V T) P.
    gemm(m, width, rows, 1, target, ldz, 1, v, 1, rows, 0, p, m, rest);
    gemm(rows, m, width, -1, vt, 1, rows, p, m, 1, 1, target, ldz, rest);
  }
}

/** V with its unit diagonal and the zeros above it, rows×width, packed. */
function unpack(rows: i32, width: i32, a: usize, lda: i32, v: usize): void {
  for (let j = 0; j < width; ++j) {
    const row = <usize>j << 3;
    memory.fill(v, 0, row);
    store<f64>(v + row, 1);
    memory.copy(v + row + 8, a + row + 8, <usize>(rows - j - 1) << 3);
    v += <usize>rows << 3;
    a += <usize>lda << 3;
  }
}

/**
 * Upper triangular T of the compact WY form from the lower triangle of G = VᵀV: T_jj = tau_j,
 * T_{0:j,j} = −tau_j T_{0:j,0:j} (G_{j,0:j})ᵀ. What is below the diagonal of T is zero.
 */
function triangularFactor(n: i32, g: usize, tau: usize, t: usize, ld: i32): void {
  const column = <usize>ld << 3;
  for (let j = 0; j < n; ++j) {
    const tj = t + <usize>j * column;
    const factor = load<f64>(tau + (<usize>j << 3));
    memory.fill(tj, 0, column);
    for (let i = 0; i < j; ++i) {
      axpy(i + 1, -factor * load<f64>(g + <usize>i * column + (<usize>j << 3)), t + <usize>i * column, tj);
    }
    store<f64>(tj + (<usize>j << 3), factor);
  }
}

/** VT := V T in strips of columns, each of which needs only the leading columns of V. */
function timesTriangular(rows: i32, width: i32, v: usize, t: usize, ldt: i32, vt: usize, work: usize): void {
  for (let j = 0; j < width; j += STRIP) {
    const columns = min(STRIP, width - j);
    const tj = t + ((<usize>j * <usize>ldt) << 3);
    const out = vt + ((<usize>j * <usize>rows) << 3);
    gemm(rows, columns, j + columns, 1, v, 1, rows, tj, 1, ldt, 0, out, rows, work);
  }
}

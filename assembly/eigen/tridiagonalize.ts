// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not touched; it is A − V Wᵀ − W Vᵀ with the reflectors V and
// W = the columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k, and is formed once a block, by gemmLower.
// Half of the operations are the products A v_k, which read the trailing matrix once each: see reductionPanel.
import { gemmLower, gemmWorkspace } from "../kernel/gemm";
import { PANEL_ARGUMENTS, panelVectorBytes, reducePanel } from "./reductionPanel";

/** Columns reduced between two updates of the trailing matrix (measured: flat from 16 to 48 at large n). */
// @ts-ignore: decorator
@inline
function blockSize(n: i32): i32 {
  return n < 48 ? 8 : n < 768 ? 16 : 24;
}

/** Bytes of workspace of `tridiagonalize` for blocks of `block` columns. */
export function tridiagonalizeBlockedWorkspace(n: i32, block: i32): usize {
  return PANEL_ARGUMENTS + panelVectorBytes(n, block) + <usize>n * 4 * <usize>block * 8 + gemmWorkspace(n, n, 2 * block);
}

/** Bytes of workspace of `tridiagonalize`. */
export function tridiagonalizeWorkspace(n: i32): usize {
  return tridiagonalizeBlockedWorkspace(n, blockSize(n));
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) to tridiagonal form.
 * On exit d (n) and e (n − 1) hold T, column k of A from row k + 2 on holds the reflector v_k (v_k(k+1) = 1 is not
 * stored) and tau (n − 1) its factor.
 */
export function tridiagonalize(n: i32, a: usize, lda: i32, d: usize, e: usize, tau: usize, work: usize): void {
  tridiagonalizeBlocked(n, a, lda, d, e, tau, blockSize(n), work);
}

/** `tridiagonalize` with blocks of `block` columns. */
export function tridiagonalizeBlocked(
  n: i32, a: usize, lda: i32, d: usize, e: usize, tau: usize, block: i32, work: usize,
): void {
  reduceColumns(n, 0, n, a, lda, d, e, tau, block, work);
}

/**
 * The block of `tridiagonalize` that begins with column k; returns where the next begins, n or more when A is reduced.
 * Called with k = 0 and then with what it returned it does the work of `tridiagonalize` in steps.
 */
export function tridiagonalizeStep(
  n: i32, k: i32, a: usize, lda: i32, d: usize, e: usize, tau: usize, work: usize,
): i32 {
  const block = blockSize(n);
  reduceColumns(n, k, k + block, a, lda, d, e, tau, block, work);
  return k + block;
}

/** The blocks that begin at columns from, from + block, … < to. */
function reduceColumns(
  n: i32, from: i32, to: i32, a: usize, lda: i32, d: usize, e: usize, tau: usize, block: i32, work: usize,
): void {
  const column = <usize>lda << 3;
  const panelBytes = (<usize>n * <usize>block) << 3;
  // X = [V W] and Y = [W V], n rows each; then the vectors of one column.
  const x = work + PANEL_ARGUMENTS;
  const y = x + 2 * panelBytes;
  const vectors = y + 2 * panelBytes;
  const rest = vectors + panelVectorBytes(n, block);
  for (let k = from; k < min(n, to); k += block) {
    const size = n - k;
    const width = min(block, size);
    const corner = a + <usize>k * column + (<usize>k << 3);
    const offset = <usize>k << 3;
    reducePanel(size, width, block, corner, lda, d + offset, e + offset, tau + offset, x, y, vectors, work);
    const left = size - width;
    if (left > 0) {
      const skip = <usize>width << 3;
      gemmLower(
        left, 2 * block, -1, x + skip, 1, size, y + skip, size, 1, 1, corner + <usize>width * (column + 8), lda, rest,
      );
    }
  }
}

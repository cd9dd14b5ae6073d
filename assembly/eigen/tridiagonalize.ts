// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not touched; it is A − V Wᵀ − W Vᵀ with the reflectors V and
// W = the columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k, and is formed once a block, by gemmLower.
import { gemmLower, gemmWorkspace } from "../kernel/gemm";
import { axpy, gemv, gemvT, scal } from "../kernel/gemv";
import { dot } from "../kernel/dot";
import { symvLower } from "../kernel/symv";
import { householder } from "./householder";

/** Columns reduced between two updates of the trailing matrix (measured: flat from 16 to 48 at large n). */
// @ts-ignore: decorator
@inline
function blockSize(n: i32): i32 {
  return n < 48 ? 8 : n < 768 ? 16 : 24;
}

/** Bytes of workspace of `tridiagonalize` for blocks of `block` columns. */
export function tridiagonalizeBlockedWorkspace(n: i32, block: i32): usize {
  return (<usize>n * 4 * <usize>block + 4 * <usize>block) * 8 + gemmWorkspace(n, n, 2 * block);
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
  const column = <usize>lda << 3;
  const panelBytes = (<usize>n * <usize>block) << 3;
  // X = [V W] and Y = [W V], n rows each; then the coefficients of one column.
  const x = work;
  const y = x + 2 * panelBytes;
  const s = y + 2 * panelBytes;
  const rest = s + (<usize>(4 * block) << 3);
  for (let k = 0; k < n; k += block) {
    const size = n - k;
    const width = min(block, size);
    const corner = a + <usize>k * column + (<usize>k << 3);
    const offset = <usize>k << 3;
    panel(size, width, block, corner, column, d + offset, e + offset, tau + offset, x, y, s);
    const left = size - width;
    if (left > 0) {
      const skip = <usize>width << 3;
      gemmLower(
        left, 2 * block, -1, x + skip, 1, size, y + skip, size, 1, 1, corner + <usize>width * (column + 8), lda, rest,
      );
    }
  }
}

/** Reduces the first `width` columns of the trailing matrix A (n×n here) and collects V and W. */
function panel(
  n: i32, width: i32, block: i32, a: usize, column: usize, d: usize, e: usize, tau: usize, x: usize, y: usize, s: usize,
): void {
  const step = <usize>n << 3;
  const second = <usize>block * step;
  const lda = <i32>(column >> 3);
  for (let j = 0; j < width; ++j) {
    const row = <usize>j << 3;
    const aj = a + <usize>j * column + row;
    // a_j −= V w_j + W v_j, from the diagonal down.
    for (let i = 0; i < j; ++i) {
      store<f64>(s + (<usize>i << 3), load<f64>(y + <usize>i * step + row));
      store<f64>(s + (<usize>(j + i) << 3), load<f64>(x + <usize>i * step + row));
    }
    gemv(n - j, j, -1, x + row, n, s, aj);
    gemv(n - j, j, -1, x + second + row, n, s + row, aj);
    store<f64>(d + row, load<f64>(aj));
    const m = n - j - 1;
    const v = x + <usize>j * step;
    const w = x + second + <usize>j * step;
    memory.fill(v, 0, row + 8);
    memory.fill(w, 0, row + 8);
    if (m > 0) {
      const t = householder(m, load<f64>(aj, 8), aj + 16, e + row);
      store<f64>(tau + row, t);
      const below = row + 8;
      store<f64>(v + below, 1);
      memory.copy(v + below + 8, aj + 16, (<usize>m - 1) << 3);
      // w = tau (A v − V Wᵀv − W Vᵀv) − ½ tau² (…·v) v
      memory.fill(w + below, 0, <usize>m << 3);
      if (t != 0) {
        symvLower(m, 0, m, aj + column + 8, lda, v + below, w + below);
        gemvT(m, j, x + below, n, v + below, s + row);
        gemvT(m, j, x + second + below, n, v + below, s);
        gemv(m, j, -1, x + below, n, s, w + below);
        gemv(m, j, -1, x + second + below, n, s + row, w + below);
        scal(m, t, w + below);
        axpy(m, -0.5 * t * dot(m, w + below, v + below), v + below, w + below);
      }
    }
    memory.copy(y + <usize>j * step, w, step);
    memory.copy(y + second + <usize>j * step, v, step);
  }
}

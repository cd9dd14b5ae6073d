// A = Q T Qᵀ, T tridiagonal, Q = H_0 H_1 … H_{n−2}, by blocked Householder reduction: J. J. Dongarra,
// S. J. Hammarling and D. C. Sorensen, J. Comput. Appl. Math. 27 (1989) 215 (LAPACK's dsytrd, lower triangle).
// Within a block of columns the trailing matrix is not touched; it is A − V Wᵀ − W Vᵀ with the reflectors V and
// W = the columns w_k = tau_k (A v_k) − ½ tau_k² (v_kᵀ A v_k) v_k, and is formed once a block, by gemmLower.
// Half of the operations are the products A v_k, which read the trailing matrix once each: see reductionPanel.
// Range: as of reductionPanel.ts, ‖A‖ between 1e-140 and 1e140, columns of any size within.

import { end, finish, Job, portion, recordBytes, start } from '../../job';
import { gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { OK } from '../../status';
import { PANEL_ARGUMENTS, panelVectorBytes, reducePanel } from './reductionPanel';

/** Columns of the trailing matrix that an update takes at least: narrower ones waste more on packing. */
const STRIP: i32 = 64;

/** Columns reduced between two updates of the trailing matrix (measured: flat from 16 to 48 at large n). */
@inline
function blockSize(n: i32): i32 {
  return n < 48 ? 8 : n < 768 ? 16 : 24;
}

/** Bytes of workspace of `tridiagonalize` for blocks of `block` columns. */
export function tridiagonalizeBlockedWorkspace(n: i32, block: i32): usize {
  return (
    recordBytes<Reduction>() +
    PANEL_ARGUMENTS +
    panelVectorBytes(n, block) +
    <usize>n * 4 * <usize>block * 8 +
    gemmWorkspace(n, n, 2 * block)
  );
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
export function tridiagonalize(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  work: usize,
): void {
  tridiagonalizeBlocked(n, a, lda, d, e, tau, blockSize(n), work);
}

/** `tridiagonalize` with blocks of `block` columns. */
export function tridiagonalizeBlocked(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  block: i32,
  work: usize,
): void {
  startBlocked(n, a, lda, d, e, tau, block, work);
  finish(work);
}

/** A reduction between two of its steps. */
@unmanaged
class Reduction extends Job {
  a: usize;
  d: usize;
  e: usize;
  tau: usize;
  n: i32;
  lda: i32;
  block: i32;
  /** First column of the block at work, columns of its panel that are reduced, columns behind it that are updated. */
  k: i32;
  reduced: i32;
  updated: i32;
}

/** Starts `tridiagonalize` as a job. */
export function tridiagonalizeStart(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  work: usize,
): void {
  startBlocked(n, a, lda, d, e, tau, blockSize(n), work);
}

function startBlocked(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  block: i32,
  work: usize,
): void {
  const x = changetype<Reduction>(work);
  x.a = a;
  x.d = d;
  x.e = e;
  x.tau = tau;
  x.n = n;
  x.lda = lda;
  x.block = block;
  x.k = 0;
  x.reduced = 0;
  x.updated = 0;
  start(x, reduceSome.index);
  if (n <= 0) end(x, OK);
}

/** Some columns of a panel, or a strip of the update of the trailing matrix. */
function reduceSome(work: usize, budget: f64): void {
  const r = changetype<Reduction>(work);
  const k = r.k;
  const size = r.n - k;
  const block = r.block;
  const lda = r.lda;
  const panelBytes = (<usize>r.n * <usize>block) << 3;
  // X = [V W] and Y = [W V], n rows each; then the vectors of one column.
  const args = work + recordBytes<Reduction>();
  const x = args + PANEL_ARGUMENTS;
  const y = x + 2 * panelBytes;
  const vectors = y + 2 * panelBytes;
  const rest = vectors + panelVectorBytes(r.n, block);
  const width = min(block, size);
  const left = size - width;
  const diagonal = (<usize>lda + 1) << 3;
  const corner = r.a + <usize>k * diagonal;
  if (r.reduced < width) {
    const to = r.reduced + portion(budget, 0.25 * <f64>size * <f64>size, 1, width - r.reduced);
    const at = (<usize>k) << 3;
    reducePanel(size, r.reduced, to, block, corner, lda, r.d + at, r.e + at, r.tau + at, x, y, vectors, args);
    r.reduced = to;
    note(r);
    if (to < width || left > 0) return;
  }
  if (r.updated < left) {
    const to =
      r.updated + portion(budget, 0.25 * <f64>(left - r.updated) * <f64>block, STRIP, left - r.updated);
    const skip = (<usize>width) << 3;
    gemmLowerColumns(
      left,
      r.updated,
      to,
      2 * block,
      -1,
      operands(x + skip, 1, size, y + skip, size, 1, rest),
      1,
      corner + <usize>width * diagonal,
      lda,
    );
    r.updated = to;
    if (to < left) return;
  }
  r.k += width;
  r.reduced = 0;
  r.updated = 0;
  note(r);
  if (r.k >= r.n) end(r, OK);
}

/** A column costs the square of what is left of the matrix. */
function note(r: Reduction): void {
  const left = 1 - (<f64>r.k + 0.5 * <f64>r.reduced) / <f64>r.n;
  r.progress = 1 - left * left * left;
}

// C := alpha A B + beta C on one thread, blocked for the caches as in K. Goto and R. A. van de Geijn, "Anatomy of
// high-performance matrix multiplication", ACM Trans. Math. Softw. 34 (2008) 12: a block of A stays in the
// second-level cache, a panel of B in the first, a tile of C in registers: 4×4, or 4×6 with fused multiply-add.
// Every element of C is the sum over k in order, in blocks of KC, whatever m and n are, the tile it lies in, or
// the thread that computes it.

import { tile4x4, tile4x6 } from '../../generated/kernels';
import { align } from '../../numeric/align';
import { blockRows, KC, MC, NC, PANEL } from '../tuning';
import { Operands } from './operands';
import { packA, packB } from './pack';

/** Bytes of the tile that holds incomplete tiles at the edges of C, at the start of a task's workspace. */
export const EDGE_BYTES: usize = 192;

@inline
function roundUp4(n: i32): usize {
  return <usize>((n + 3) & ~3);
}

/** The number of columns in whole panels of B. */
@inline
export function roundUpPanel(n: i32): usize {
  return <usize>(((n + PANEL - 1) / PANEL) * PANEL);
}

/** Bytes of workspace of `blocked`, a multiple of 64; also enough for any smaller product. */
export function packingBytes(m: i32, n: i32, k: i32): usize {
  const kc = <usize>min(k, KC);
  const packedA = min(kc * roundUp4(m), <usize>(MC * KC));
  return align(EDGE_BYTES + (packedA + 2 * kc * roundUpPanel(min(n, NC))) * 8);
}

/** Computes m rows from `a` on and n columns from `b` on of the product `p` into `c`, or only its lower triangle. */
export function blocked(
  product: Operands,
  m: i32,
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  lower: bool,
  work: usize,
): void {
  if (m <= 0 || n <= 0) return;
  const k = product.k;
  const column = (<usize>product.ldc) << 3;
  if (k <= 0 || product.alpha == 0) {
    scale(m, n, product.beta, c, column, lower);
    return;
  }
  const ra = (<usize>product.rsa) << 3;
  const ca = (<usize>product.csa) << 3;
  const rb = (<usize>product.rsb) << 3;
  const cb = (<usize>product.csb) << 3;
  const packedA = work + EDGE_BYTES;
  const rows = blockRows(min(k, KC));
  const packedB = packedA + <usize>min(k, KC) * roundUp4(min(m, rows)) * 8;
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      const sum = pc == 0 ? product.beta : 1;
      packB(kc, nc, product.alpha, b + <usize>pc * rb + <usize>jc * cb, rb, cb, packedB);
      // A lower triangle has no rows above the diagonal of the block's first column.
      for (let ic = lower ? jc : 0; ic < m; ic += rows) {
        const mc = min(rows, m - ic);
        packA(mc, kc, a + <usize>ic * ra + <usize>pc * ca, ra, ca, packedA);
        const block = c + ((<usize>ic) << 3) + <usize>jc * column;
        macro(mc, nc, kc, packedA, packedB, sum, block, column, lower ? ic - jc : i32.MAX_VALUE, work);
      }
    }
  }
}

/** The tiles of one packed block. Elements with i + shift < j are not written. */
export function macro(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  beta: f64,
  c: usize,
  column: usize,
  shift: i32,
  tile: usize,
): void {
  const stepA = (<usize>k) << 5;
  const stepB = <usize>k * ((<usize>PANEL) << 4);
  for (let j = 0; j < n; j += PANEL) {
    const width = min(PANEL, n - j);
    let panel = a;
    let target = c + <usize>j * column;
    for (let i = 0; i < m; i += 4) {
      // The tile's lowest row is i + 3, its first column j, its last j + PANEL − 1.
      if (shift == i32.MAX_VALUE || i + 3 + shift >= j) {
        const full = shift == i32.MAX_VALUE || i + shift >= j + PANEL - 1;
        if (full && width == PANEL && i + 4 <= m) {
          multiply(k, panel, b, beta, target, column);
        } else {
          multiply(k, panel, b, 0, tile, 32);
          addEdge(min(4, m - i), width, tile, beta, target, column, full ? PANEL : i + shift - j);
        }
      }
      panel += stepA;
      target += 32;
    }
    b += stepB;
  }
}

@inline
function multiply(k: i32, a: usize, b: usize, beta: f64, c: usize, column: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile4x6(k, a, b, beta, c, column);
  else tile4x4(k, a, b, beta, c, column);
}

/** C := tile + beta C on the first `rows` and `columns`, where row + shift ≥ column. */
function addEdge(rows: i32, columns: i32, tile: usize, beta: f64, c: usize, column: usize, shift: i32): void {
  for (let j = 0; j < columns; ++j) {
    for (let i = max(0, j - shift); i < rows; ++i) {
      const p = c + ((<usize>i) << 3) + <usize>j * column;
      const x = load<f64>(tile + ((<usize>(i + 4 * j)) << 3));
      store<f64>(p, beta == 0 ? x : beta == 1 ? load<f64>(p) + x : beta * load<f64>(p) + x);
    }
  }
}

function scale(m: i32, n: i32, beta: f64, c: usize, column: usize, lower: bool): void {
  if (beta == 1) return;
  for (let j = 0; j < n; ++j) {
    for (let i = lower ? j : 0; i < m; ++i) {
      const p = c + ((<usize>i) << 3);
      store<f64>(p, beta == 0 ? 0 : beta * load<f64>(p));
    }
    c += column;
  }
}

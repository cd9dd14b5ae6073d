// C := alpha A B + beta C, blocked for the caches as in K. Goto and R. A. van de Geijn, "Anatomy of
// high-performance matrix multiplication", ACM Trans. Math. Softw. 34 (2008) 12: a block of A stays in the
// second-level cache, a panel of B in the first, a 4×4 tile of C in registers.
// Every element of C is the sum over k in order, in blocks of KC, whatever m, n, the tile it falls in, or
// the thread that computes it.
import { packA, packB } from "./pack";
import { tile4x4 } from "./microkernel";

/** Depth of a packed block. */
const KC: i32 = 256;
/** Rows of a packed block of A: 144 · 256 doubles fill a third of a 1 MiB second-level cache. */
const MC: i32 = 144;
/** Columns of a packed block of B. */
const NC: i32 = 1024;
/** Bytes of the tile on which edges are computed. */
const TILE: usize = 128;

// @ts-ignore: decorator
@inline
function roundUp4(n: i32): usize {
  return <usize>((n + 3) & ~3);
}

/** Bytes of workspace of `gemm` and `gemmLower`. */
export function gemmWorkspace(m: i32, n: i32, k: i32): usize {
  const kc = <usize>min(k, KC);
  return TILE + kc * (roundUp4(min(m, MC)) + 2 * roundUp4(min(n, NC))) * 8;
}

/**
 * C (m×n, column-major, leading dimension ldc) := alpha A B + beta C with A m×k and B k×n.
 * Element (i, l) of A is at a + 8 (i rsa + l csa), element (l, j) of B at b + 8 (l rsb + j csb), so a
 * transpose is a swap of strides. beta = 0 does not read C. C must not overlap A or B.
 */
export function gemm(
  m: i32, n: i32, k: i32, alpha: f64,
  a: usize, rsa: i32, csa: i32,
  b: usize, rsb: i32, csb: i32,
  beta: f64, c: usize, ldc: i32, work: usize,
): void {
  blocked(m, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, false, work);
}

/** As `gemm` for a square C (n×n) of which only the lower triangle, diagonal included, is read or written. */
export function gemmLower(
  n: i32, k: i32, alpha: f64,
  a: usize, rsa: i32, csa: i32,
  b: usize, rsb: i32, csb: i32,
  beta: f64, c: usize, ldc: i32, work: usize,
): void {
  blocked(n, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, true, work);
}

function blocked(
  m: i32, n: i32, k: i32, alpha: f64,
  a: usize, rsa: i32, csa: i32,
  b: usize, rsb: i32, csb: i32,
  beta: f64, c: usize, ldc: i32, lower: bool, work: usize,
): void {
  if (m <= 0 || n <= 0) return;
  if (k <= 0 || alpha == 0) {
    scale(m, n, beta, c, <usize>ldc << 3, lower);
    return;
  }
  const ra = <usize>rsa << 3;
  const ca = <usize>csa << 3;
  const rb = <usize>rsb << 3;
  const cb = <usize>csb << 3;
  const column = <usize>ldc << 3;
  const packedA = work + TILE;
  const packedB = packedA + <usize>min(k, KC) * roundUp4(min(m, MC)) * 8;
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      const sum = pc == 0 ? beta : 1;
      packB(kc, nc, alpha, b + <usize>pc * rb + <usize>jc * cb, rb, cb, packedB);
      // Rows above the diagonal of the block's first column are not needed in a lower triangle.
      for (let ic = lower ? jc : 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        packA(mc, kc, a + <usize>ic * ra + <usize>pc * ca, ra, ca, packedA);
        const block = c + (<usize>ic << 3) + <usize>jc * column;
        macro(mc, nc, kc, packedA, packedB, sum, block, column, lower ? ic - jc : i32.MAX_VALUE, work);
      }
    }
  }
}

/** The tiles of one packed block. Elements with i + shift < j are left alone. */
function macro(
  m: i32, n: i32, k: i32, a: usize, b: usize, beta: f64, c: usize, column: usize, shift: i32, tile: usize,
): void {
  const stepA = <usize>k << 5;
  const stepB = <usize>k << 6;
  for (let j = 0; j < n; j += 4) {
    const width = min(4, n - j);
    let panel = a;
    let target = c + <usize>j * column;
    for (let i = 0; i < m; i += 4) {
      // The tile's lowest row is i + 3, its first column j, its last j + 3.
      if (shift == i32.MAX_VALUE || i + 3 + shift >= j) {
        const full = shift == i32.MAX_VALUE || i + shift >= j + 3;
        if (full && width == 4 && i + 4 <= m) {
          tile4x4(k, panel, b, beta, target, column);
        } else {
          tile4x4(k, panel, b, 0, tile, 32);
          addEdge(min(4, m - i), width, tile, beta, target, column, full ? 4 : i + shift - j);
        }
      }
      panel += stepA;
      target += 32;
    }
    b += stepB;
  }
}

/** C := tile + beta C on the first rows and columns, where row + shift ≥ column. */
function addEdge(rows: i32, columns: i32, tile: usize, beta: f64, c: usize, column: usize, shift: i32): void {
  for (let j = 0; j < columns; ++j) {
    for (let i = max(0, j - shift); i < rows; ++i) {
      const p = c + (<usize>i << 3) + <usize>j * column;
      const x = load<f64>(tile + (<usize>(i + 4 * j) << 3));
      store<f64>(p, beta == 0 ? x : beta == 1 ? load<f64>(p) + x : beta * load<f64>(p) + x);
    }
  }
}

function scale(m: i32, n: i32, beta: f64, c: usize, column: usize, lower: bool): void {
  if (beta == 1) return;
  for (let j = 0; j < n; ++j) {
    for (let i = lower ? j : 0; i < m; ++i) {
      const p = c + (<usize>i << 3);
      store<f64>(p, beta == 0 ? 0 : beta * load<f64>(p));
    }
    c += column;
  }
}

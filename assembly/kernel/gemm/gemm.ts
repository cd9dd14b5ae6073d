// C := alpha A B + beta C, blocked for the caches as in K. Goto and R. A. van de Geijn, "Anatomy of
// high-performance matrix multiplication", ACM Trans. Math. Softw. 34 (2008) 12: a block of A stays in the
// second-level cache, a panel of B in the first, a tile of C in registers: 4×4, or 4×6 with fused
// multiply-add.
// Every element of C is the sum over k in order, in blocks of KC, whatever m, n, the tile it falls in, or
// the thread that computes it.

import { parallelFor, teamSize } from '../team';
import { tile4x4 } from './microkernel';
import { tile4x6 } from './microkernelFused';
import { PANEL, packA, packB } from './pack';

/** Depth of a packed block. */
export const KC: i32 = 256;
/** Rows of a packed block of A of that depth: 144 · 256 doubles fill a third of a 1 MiB second-level cache. */
export const MC: i32 = 144;
/** Rows of the lowest packed block of A. */
const MAX_ROWS: i32 = 768;
/** Columns of a packed block of B, a multiple of PANEL. */
const NC: i32 = ASC_FEATURE_RELAXED_SIMD ? 1032 : 1024;
/** Bytes of the tile on which edges are computed. */
export const TILE: usize = 192;

@inline
function roundUp4(n: i32): usize {
  return <usize>((n + 3) & ~3);
}

/** The columns of whole panels of B. */
@inline
export function roundUpPanel(n: i32): usize {
  return <usize>(((n + PANEL - 1) / PANEL) * PANEL);
}

/** Rows of a packed block of A: more when it is not deep, so that each panel of B serves more tiles. */
@inline
export function blockRows(kc: i32): i32 {
  return kc >= KC ? MC : min(MAX_ROWS, ((MC * KC) / kc) & ~3);
}

/** Bytes for the arguments of a parallel product. */
const ARGUMENTS: usize = 128;
/** Multiplications below which a product is not worth sharing out. */
const SHARED: f64 = 1e6;

/** Bytes of workspace of `gemm` and `gemmLower`: one set of packing buffers a thread. */
export function gemmWorkspace(m: i32, n: i32, k: i32): usize {
  return ARGUMENTS + <usize>teamSize() * gemmWorkspaceSerial(m, n, k);
}

/** Bytes of workspace of `gemmSerial`, a multiple of 64; enough for any smaller product too. */
export function gemmWorkspaceSerial(m: i32, n: i32, k: i32): usize {
  const kc = <usize>min(k, KC);
  const packedA = min(kc * roundUp4(m), <usize>(MC * KC));
  return (TILE + (packedA + 2 * kc * roundUpPanel(min(n, NC))) * 8 + 63) & ~(<usize>63);
}

/**
 * C (m×n, column-major, leading dimension ldc) := alpha A B + beta C with A m×k and B k×n.
 * Element (i, l) of A is at a + 8 (i rsa + l csa), element (l, j) of B at b + 8 (l rsb + j csb), so a
 * transpose is a swap of strides. beta = 0 does not read C. C must not overlap A or B.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  if (<f64>m * <f64>n * <f64>k < SHARED || teamSize() == 1) {
    blocked(m, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, false, work + ARGUMENTS);
  } else share(m, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, false, work);
}

/** As `gemm` for a square C (n×n) of which only the lower triangle, diagonal included, is read or written. */
export function gemmLower(
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  if (0.5 * <f64>n * <f64>n * <f64>k < SHARED || teamSize() == 1) {
    blocked(n, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, true, work + ARGUMENTS);
  } else share(n, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, true, work);
}

/** Columns from ≤ j < to of `gemmLower`, with the same bits: its diagonal block, and the rectangle below it. */
export function gemmLowerColumns(
  n: i32,
  from: i32,
  to: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  const start = (<usize>from) << 3;
  b += start * <usize>csb;
  c += start * <usize>ldc;
  gemmLower(to - from, k, alpha, a + start * <usize>rsa, rsa, csa, b, rsb, csb, beta, c + start, ldc, work);
  const end = (<usize>to) << 3;
  gemm(n - to, to - from, k, alpha, a + end * <usize>rsa, rsa, csa, b, rsb, csb, beta, c + end, ldc, work);
}

/** `gemm` on the calling thread alone, for use within a task; workspace `gemmWorkspaceSerial`. */
export function gemmSerial(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  blocked(m, n, k, alpha, a, rsa, csa, b, rsb, csb, beta, c, ldc, false, work);
}

/** What `shareTask` reads: the arguments of a product. */
@unmanaged
class Product {
  alpha: f64;
  beta: f64;
  a: usize;
  b: usize;
  c: usize;
  work: usize;
  m: i32;
  n: i32;
  k: i32;
  rsa: i32;
  csa: i32;
  rsb: i32;
  csb: i32;
  ldc: i32;
  lower: i32;
  parts: i32;
}

function share(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  lower: bool,
  work: usize,
): void {
  const p = changetype<Product>(work);
  p.alpha = alpha;
  p.beta = beta;
  p.a = a;
  p.b = b;
  p.c = c;
  p.work = work + ARGUMENTS;
  p.m = m;
  p.n = n;
  p.k = k;
  p.rsa = rsa;
  p.csa = csa;
  p.rsb = rsb;
  p.csb = csb;
  p.ldc = ldc;
  p.lower = lower;
  p.parts = teamSize();
  parallelFor(p.parts, shareTask.index, work);
}

/** Boundary t of the parts of C: equal widths, or equal areas of a lower triangle; a multiple of the tile's sides. */
function cut(n: i32, t: i32, parts: i32, lower: bool): i32 {
  if (t >= parts) return n;
  const share = <f64>t / <f64>parts;
  const boundary = <i32>(<f64>n * (lower ? 1 - Math.sqrt(1 - share) : share));
  return ASC_FEATURE_RELAXED_SIMD ? boundary - (boundary % 12) : boundary & ~3;
}

/** Part t of C: a range of its columns, or of its rows when it is tall. */
function shareTask(t: i32, args: usize): void {
  const p = changetype<Product>(args);
  const work = p.work + <usize>t * gemmWorkspaceSerial(p.m, p.n, p.k);
  const tall = !p.lower && p.m > 2 * p.n;
  const from = cut(tall ? p.m : p.n, t, p.parts, p.lower != 0);
  const to = cut(tall ? p.m : p.n, t + 1, p.parts, p.lower != 0);
  const size = to - from;
  const start = (<usize>from) << 3;
  if (tall) {
    const a = p.a + start * <usize>p.rsa;
    blocked(
      size,
      p.n,
      p.k,
      p.alpha,
      a,
      p.rsa,
      p.csa,
      p.b,
      p.rsb,
      p.csb,
      p.beta,
      p.c + start,
      p.ldc,
      false,
      work,
    );
  } else {
    const skip = p.lower ? from : 0;
    const a = p.a + ((<usize>skip) << 3) * <usize>p.rsa;
    const b = p.b + start * <usize>p.csb;
    const c = p.c + start * <usize>p.ldc + ((<usize>skip) << 3);
    const lower = p.lower != 0;
    blocked(p.m - skip, size, p.k, p.alpha, a, p.rsa, p.csa, b, p.rsb, p.csb, p.beta, c, p.ldc, lower, work);
  }
}

function blocked(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  rsa: i32,
  csa: i32,
  b: usize,
  rsb: i32,
  csb: i32,
  beta: f64,
  c: usize,
  ldc: i32,
  lower: bool,
  work: usize,
): void {
  if (m <= 0 || n <= 0) return;
  if (k <= 0 || alpha == 0) {
    scale(m, n, beta, c, (<usize>ldc) << 3, lower);
    return;
  }
  const ra = (<usize>rsa) << 3;
  const ca = (<usize>csa) << 3;
  const rb = (<usize>rsb) << 3;
  const cb = (<usize>csb) << 3;
  const column = (<usize>ldc) << 3;
  const packedA = work + TILE;
  const rows = blockRows(min(k, KC));
  const packedB = packedA + <usize>min(k, KC) * roundUp4(min(m, rows)) * 8;
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      const sum = pc == 0 ? beta : 1;
      packB(kc, nc, alpha, b + <usize>pc * rb + <usize>jc * cb, rb, cb, packedB);
      // Rows above the diagonal of the block's first column are not needed in a lower triangle.
      for (let ic = lower ? jc : 0; ic < m; ic += rows) {
        const mc = min(rows, m - ic);
        packA(mc, kc, a + <usize>ic * ra + <usize>pc * ca, ra, ca, packedA);
        const block = c + ((<usize>ic) << 3) + <usize>jc * column;
        macro(mc, nc, kc, packedA, packedB, sum, block, column, lower ? ic - jc : i32.MAX_VALUE, work);
      }
    }
  }
}

/** The tiles of one packed block. Elements with i + shift < j are left alone. */
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

/** C := tile + beta C on the first rows and columns, where row + shift ≥ column. */
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

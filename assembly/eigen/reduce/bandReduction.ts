// Qᵀ A Q = B with B banded, then B = P T Pᵀ: the two-stage reduction to tridiagonal form (C. H. Bischof, B. Lang and
// X. Sun, ACM Trans. Math. Softw. 26 (2000) 581). The first stage is all matrix–matrix products,
//
//     A := A − V Wᵀ − W Vᵀ,   X = A V T,   W = X − ½ V Tᵀ (VᵀX),   Qᵀ = I − V Tᵀ Vᵀ from the QR of a block column,
//
// where the one-stage reduction reads the trailing matrix once a column. It pays for eigenvalues alone and once
// the matrix is larger than the cache: vectors would have to be transformed back twice.
// Range: as of band.ts, ‖A‖ between 1e-140 and 1e140 and elements of any size within: T has the eigenvalues of A to some
// ulp of ‖A‖. symmetric.ts scales what is outside 1e-100 … 1e100.

import { end, enter, finish, Job, portion, recordBytes, start } from '../../job';
import { gemm, gemmLower, gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { symmRows, symmWorkspace } from '../../kernel/gemm/symm';
import { gemvT } from '../../kernel/gemv';
import { axpy } from '../../kernel/vectors';
import { OK } from '../../status';
import { bandBytes, bandColumnCost, bandColumns, bandResult, bandWorkspace } from './band';
import { triangularFactor, unpackReflectors } from './compactWY';
import { householder } from './householder';

/** Rows of A V, and columns of the trailing matrix, that a step takes at least. */
const STRIP: i32 = 64;
/** Share of the first stage in the whole. */
const FIRST_STAGE: f64 = 0.75;

/** A reduction between two of its steps. */
@unmanaged
class Reduction extends Job {
  a: usize;
  d: usize;
  e: usize;
  n: i32;
  lda: i32;
  b: i32;
  /** First column of the block at work, rows below it and reflectors. */
  k: i32;
  m: i32;
  count: i32;
  /** [V W] and [W V], m rows each; T, VᵀV or VᵀX, T VᵀX; tau and the coefficients of a column; workspace of products. */
  left: usize;
  right: usize;
  t: usize;
  g: usize;
  s: usize;
  tau: usize;
  coefficients: usize;
  products: usize;
  /** The block itself and the trailing matrix behind it. */
  panel: usize;
  corner: usize;
  /** The band of the second stage, its workspace, and a vector that is not needed; they take the place of the above. */
  band: usize;
  chase: usize;
  y: usize;
}

/** Bytes of workspace of `tridiagonalizeTwoStage` for half-width b: O(n b). */
export function tridiagonalizeTwoStageWorkspace(n: i32, b: i32): usize {
  const width = <usize>b;
  const products = max(gemmWorkspace(n, n, 2 * b), max(gemmWorkspace(n, b, b), gemmWorkspace(b, b, n)));
  const first = width * ((<usize>n + width) * 32 + 16) + max(symmWorkspace(n, b), products);
  return recordBytes<Reduction>() + max(first, bandBytes(n, b) + bandWorkspace(b) + ((<usize>n) << 3));
}

/** Where the vectors of both stages lie. */
function layOut(r: Reduction, at: usize): void {
  const width = <usize>r.b;
  const square = (width * width) << 3;
  r.left = at;
  r.right = r.left + ((2 * width * <usize>r.n) << 3);
  r.t = r.right + ((2 * width * <usize>r.n) << 3);
  r.g = r.t + square;
  r.s = r.g + square;
  r.tau = r.s + 2 * square;
  r.coefficients = r.tau + (width << 3);
  r.products = r.coefficients + (width << 3);
  r.band = at;
  r.chase = r.band + bandBytes(r.n, r.b);
  r.y = r.chase + bandWorkspace(r.b);
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) by way of a band of
 * half-width b ≥ 1 to T: d (n) and e (n − 1). The transformation is not kept.
 */
export function tridiagonalizeTwoStage(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  b: i32,
  work: usize,
): void {
  tridiagonalizeTwoStageStart(n, a, lda, d, e, b, work);
  finish(work);
}

/** Starts `tridiagonalizeTwoStage` as a job. */
export function tridiagonalizeTwoStageStart(
  n: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  b: i32,
  work: usize,
): void {
  const r = changetype<Reduction>(work);
  r.a = a;
  r.d = d;
  r.e = e;
  r.n = n;
  r.lda = lda;
  r.b = b;
  layOut(r, work + recordBytes<Reduction>());
  start(r, 0);
  if (n <= 0) end(r, OK);
  else enterBlock(r, 0);
}

/** The block that begins in column k comes next, or the band when none is left. */
function enterBlock(r: Reduction, k: i32): void {
  const left = 1 - <f64>k / <f64>r.n;
  r.progress = FIRST_STAGE * (1 - left * left * left);
  r.k = k;
  r.m = r.n - k - r.b;
  r.count = min(r.b, r.m - 1);
  const column = (<usize>r.lda) << 3;
  r.panel = r.a + <usize>k * column + ((<usize>(k + r.b)) << 3);
  r.corner = r.panel + <usize>r.b * column;
  enter(r, r.m > 1 ? factorBlock.index : copyBand.index);
}

/** Reflectors V of the block and T. */
function factorBlock(work: usize, _budget: f64): void {
  const r = changetype<Reduction>(work);
  const m = r.m;
  const count = r.count;
  factorPanel(m, r.b, count, r.panel, (<usize>r.lda) << 3, r.tau, r.coefficients);
  unpackReflectors(m, count, r.panel, r.lda, r.left);
  gemmLower(count, m, 1, operands(r.left, m, 1, r.left, 1, m, r.products), 0, r.g, r.b);
  triangularFactor(count, r.g, r.tau, r.t, r.b);
  enter(r, multiplyBlock.index);
}

/** Rows of A V; then X and W from them. */
function multiplyBlock(work: usize, budget: f64): void {
  const r = changetype<Reduction>(work);
  const m = r.m;
  const b = r.b;
  const count = r.count;
  const rest = r.products;
  const bytes = (<usize>m * <usize>count) << 3;
  const v = r.left;
  const w = v + bytes;
  const x = r.right;
  const to = r.position + portion(budget, 0.12 * <f64>m * <f64>count, STRIP, m - r.position);
  symmRows(m, count, r.position, to, r.corner, r.lda, v, m, w, m, rest);
  r.position = to;
  if (to < m) return;
  gemm(m, count, count, 1, operands(w, 1, m, r.t, 1, b, rest), 0, x, m);
  gemm(count, count, m, 1, operands(v, m, 1, x, 1, m, rest), 0, r.g, b);
  gemm(count, count, count, 1, operands(r.t, b, 1, r.g, 1, b, rest), 0, r.s, b);
  memory.copy(w, x, bytes);
  gemm(m, count, count, -0.5, operands(v, 1, m, r.s, 1, b, rest), 1, w, m);
  memory.copy(r.right, w, bytes);
  memory.copy(r.right + bytes, v, bytes);
  enter(r, updateBlock.index);
}

/** A − V Wᵀ − W Vᵀ, some columns of it. */
function updateBlock(work: usize, budget: f64): void {
  const r = changetype<Reduction>(work);
  const m = r.m;
  const count = r.count;
  const from = r.position;
  const to = from + portion(budget, 0.25 * <f64>(m - from) * <f64>count, STRIP, m - from);
  gemmLowerColumns(
    m,
    from,
    to,
    2 * count,
    -1,
    operands(r.left, 1, m, r.right, m, 1, r.products),
    1,
    r.corner,
    r.lda,
  );
  r.position = to;
  if (to == m) enterBlock(r, r.k + r.b);
}

/** The band from A. */
function copyBand(work: usize, _budget: f64): void {
  const r = changetype<Reduction>(work);
  const n = r.n;
  const b = r.b;
  const stride = (<usize>b) << 4;
  memory.fill(r.band, 0, bandBytes(n, b));
  memory.fill(r.y, 0, (<usize>n) << 3);
  for (let j = 0; j < n; ++j) {
    const diagonal = r.a + ((<usize>j) << 3) * (<usize>r.lda + 1);
    memory.copy(r.band + <usize>j * stride, diagonal, (<usize>min(b + 1, n - j)) << 3);
  }
  enter(r, chaseColumns.index);
}

/** Some columns of the band's reduction. */
function chaseColumns(work: usize, budget: f64): void {
  const r = changetype<Reduction>(work);
  const n = r.n;
  const b = r.b;
  const to = r.position + portion(budget, bandColumnCost(n, b, r.position), 1, n - r.position);
  bandColumns(n, b, r.position, to, r.band, r.y, r.chase);
  r.position = to;
  const left = 1 - <f64>to / <f64>n;
  r.progress = 1 - (1 - FIRST_STAGE) * left * left;
  if (to < n) return;
  bandResult(n, b, r.band, r.d, r.e);
  end(r, OK);
}

/** QR of the panel (m×b): `count` reflectors below R, as in LAPACK's dgeqr2. s: b doubles. */
function factorPanel(m: i32, b: i32, count: i32, panel: usize, column: usize, tau: usize, s: usize): void {
  for (let j = 0; j < count; ++j) {
    const p = panel + <usize>j * (column + 8);
    const rows = m - j;
    const factor = householder(rows, load<f64>(p), p + 8, p);
    store<f64>(tau + ((<usize>j) << 3), factor);
    if (factor == 0) continue;
    const head = load<f64>(p);
    store<f64>(p, 1);
    const others = b - j - 1;
    gemvT(rows, others, p + column, <i32>(column >> 3), p, s);
    for (let c = 0; c < others; ++c) {
      axpy(rows, -factor * load<f64>(s + ((<usize>c) << 3)), p, p + <usize>(c + 1) * column);
    }
    store<f64>(p, head);
  }
}

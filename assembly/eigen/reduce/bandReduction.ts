// Qᵀ A Q = B with B banded, then B = P T Pᵀ: the two-stage reduction to tridiagonal form (C. H. Bischof, B. Lang and
// X. Sun, ACM Trans. Math. Softw. 26 (2000) 581). The first stage is all matrix–matrix products,
//
//     A := A − V Wᵀ − W Vᵀ,   X = A V T,   W = X − ½ V Tᵀ (VᵀX),   Qᵀ = I − V Tᵀ Vᵀ from the QR of a block column,
//
// whereas the one-stage reduction reads the trailing matrix once a column. It pays for eigenvalues alone, and once the
// matrix is larger than the cache: vectors would have to be transformed back twice.
// Range: as for band.ts, ‖A‖ between 1e-140 and 1e140 and elements of any size up to it: T has the eigenvalues of A to
// some ulp of ‖A‖. symmetric.ts scales matrices whose size is not moderate (numeric/scaling.ts).

import { end, enter, finish, Job, portion, recordBytes, start } from '../../job';
import { gemm, gemmLower, gemmLowerColumns, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';
import { symmRows, symmWorkspace } from '../../kernel/gemm/symm';
import { gemvT } from '../../kernel/gemv';
import { axpy } from '../../kernel/vectors';
import { OK } from '../../status';
import { FIRST_STAGE, LEAST_OF_PRODUCT, PRODUCT_COST } from '../tuning';
import { bandBytes, bandColumnCost, bandColumns, bandResult, bandWorkspace } from './band';
import { triangularFactor, unpackReflectors } from './compactWY';
import { householder } from './householder';

/** State of a reduction between two steps. */
@unmanaged
class TwoStageReduction extends Job {
  a: usize;
  d: usize;
  e: usize;
  n: i32;
  lda: i32;
  b: i32;
  /** First column of the current block, rows below it, and reflectors. */
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
  /** The block itself, and the trailing matrix after it. */
  panel: usize;
  corner: usize;
  /** The band of the second stage, its workspace, and an unused vector; they replace the vectors above. */
  band: usize;
  chase: usize;
  y: usize;
}

/** Bytes of workspace of `tridiagonalizeTwoStage` for half-width b: O(n b). */
export function tridiagonalizeTwoStageWorkspace(n: i32, b: i32): usize {
  const width = <usize>b;
  const products = max(gemmWorkspace(n, n, 2 * b), max(gemmWorkspace(n, b, b), gemmWorkspace(b, b, n)));
  const first = width * ((<usize>n + width) * 32 + 16) + max(symmWorkspace(n, b), products);
  return (
    recordBytes<TwoStageReduction>() + max(first, bandBytes(n, b) + bandWorkspace(b) + ((<usize>n) << 3))
  );
}

/** Stores the addresses of the vectors of both stages. */
function layOut(reduction: TwoStageReduction, at: usize): void {
  const width = <usize>reduction.b;
  const square = (width * width) << 3;
  reduction.left = at;
  reduction.right = reduction.left + ((2 * width * <usize>reduction.n) << 3);
  reduction.t = reduction.right + ((2 * width * <usize>reduction.n) << 3);
  reduction.g = reduction.t + square;
  reduction.s = reduction.g + square;
  reduction.tau = reduction.s + 2 * square;
  reduction.coefficients = reduction.tau + (width << 3);
  reduction.products = reduction.coefficients + (width << 3);
  reduction.band = at;
  reduction.chase = reduction.band + bandBytes(reduction.n, reduction.b);
  reduction.y = reduction.chase + bandWorkspace(reduction.b);
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) to T through a band of
 * half-width b ≥ 1: d (n) and e (n − 1). The transformation is not kept.
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
  const reduction = changetype<TwoStageReduction>(work);
  reduction.a = a;
  reduction.d = d;
  reduction.e = e;
  reduction.n = n;
  reduction.lda = lda;
  reduction.b = b;
  layOut(reduction, work + recordBytes<TwoStageReduction>());
  start(reduction, 0);
  if (n <= 0) end(reduction, OK);
  else enterBlock(reduction, 0);
}

/** Makes the block that begins in column k the next part, or the band when no block is left. */
function enterBlock(reduction: TwoStageReduction, k: i32): void {
  const left = 1 - <f64>k / <f64>reduction.n;
  reduction.progress = FIRST_STAGE * (1 - left * left * left);
  reduction.k = k;
  reduction.m = reduction.n - k - reduction.b;
  reduction.count = min(reduction.b, reduction.m - 1);
  const column = (<usize>reduction.lda) << 3;
  reduction.panel = reduction.a + <usize>k * column + ((<usize>(k + reduction.b)) << 3);
  reduction.corner = reduction.panel + <usize>reduction.b * column;
  enter(reduction, reduction.m > 1 ? factorBlock.index : copyBand.index);
}

/** Step: the reflectors V of the block, and T. */
function factorBlock(work: usize, _budget: f64): void {
  const reduction = changetype<TwoStageReduction>(work);
  const m = reduction.m;
  const count = reduction.count;
  factorPanel(
    m,
    reduction.b,
    count,
    reduction.panel,
    (<usize>reduction.lda) << 3,
    reduction.tau,
    reduction.coefficients,
  );
  unpackReflectors(m, count, reduction.panel, reduction.lda, reduction.left);
  gemmLower(
    count,
    m,
    1,
    operands(reduction.left, m, 1, reduction.left, 1, m, reduction.products),
    0,
    reduction.g,
    reduction.b,
  );
  triangularFactor(count, reduction.g, reduction.tau, reduction.t, reduction.b);
  enter(reduction, multiplyBlock.index);
}

/** Step: some rows of A V; after the last ones X and W. */
function multiplyBlock(work: usize, budget: f64): void {
  const reduction = changetype<TwoStageReduction>(work);
  const m = reduction.m;
  const b = reduction.b;
  const count = reduction.count;
  const rest = reduction.products;
  const bytes = (<usize>m * <usize>count) << 3;
  const v = reduction.left;
  const w = v + bytes;
  const x = reduction.right;
  const to =
    reduction.position +
    portion(budget, PRODUCT_COST * <f64>m * <f64>count, LEAST_OF_PRODUCT, m - reduction.position);
  symmRows(m, count, reduction.position, to, reduction.corner, reduction.lda, v, m, w, m, rest);
  reduction.position = to;
  if (to < m) return;
  gemm(m, count, count, 1, operands(w, 1, m, reduction.t, 1, b, rest), 0, x, m);
  gemm(count, count, m, 1, operands(v, m, 1, x, 1, m, rest), 0, reduction.g, b);
  gemm(count, count, count, 1, operands(reduction.t, b, 1, reduction.g, 1, b, rest), 0, reduction.s, b);
  memory.copy(w, x, bytes);
  gemm(m, count, count, -0.5, operands(v, 1, m, reduction.s, 1, b, rest), 1, w, m);
  memory.copy(reduction.right, w, bytes);
  memory.copy(reduction.right + bytes, v, bytes);
  enter(reduction, updateBlock.index);
}

/** Step: some columns of A − V Wᵀ − W Vᵀ. */
function updateBlock(work: usize, budget: f64): void {
  const reduction = changetype<TwoStageReduction>(work);
  const m = reduction.m;
  const count = reduction.count;
  const from = reduction.position;
  const to =
    from + portion(budget, 2 * PRODUCT_COST * <f64>(m - from) * <f64>count, LEAST_OF_PRODUCT, m - from);
  gemmLowerColumns(
    m,
    from,
    to,
    2 * count,
    -1,
    operands(reduction.left, 1, m, reduction.right, m, 1, reduction.products),
    1,
    reduction.corner,
    reduction.lda,
  );
  reduction.position = to;
  if (to == m) enterBlock(reduction, reduction.k + reduction.b);
}

/** Step: copies the band from A. */
function copyBand(work: usize, _budget: f64): void {
  const reduction = changetype<TwoStageReduction>(work);
  const n = reduction.n;
  const b = reduction.b;
  const stride = (<usize>b) << 4;
  memory.fill(reduction.band, 0, bandBytes(n, b));
  memory.fill(reduction.y, 0, (<usize>n) << 3);
  for (let j = 0; j < n; ++j) {
    const diagonal = reduction.a + ((<usize>j) << 3) * (<usize>reduction.lda + 1);
    memory.copy(reduction.band + <usize>j * stride, diagonal, (<usize>min(b + 1, n - j)) << 3);
  }
  enter(reduction, chaseColumns.index);
}

/** Step: some columns of the reduction of the band. */
function chaseColumns(work: usize, budget: f64): void {
  const reduction = changetype<TwoStageReduction>(work);
  const n = reduction.n;
  const b = reduction.b;
  const to =
    reduction.position + portion(budget, bandColumnCost(n, b, reduction.position), 1, n - reduction.position);
  bandColumns(n, b, reduction.position, to, reduction.band, reduction.y, 0, reduction.chase);
  reduction.position = to;
  const left = 1 - <f64>to / <f64>n;
  reduction.progress = 1 - (1 - FIRST_STAGE) * left * left;
  if (to < n) return;
  bandResult(n, b, reduction.band, reduction.d, reduction.e);
  end(reduction, OK);
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

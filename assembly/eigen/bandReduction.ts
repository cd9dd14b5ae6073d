// Qᵀ A Q = B with B banded, then B = P T Pᵀ: the two-stage reduction to tridiagonal form (C. H. Bischof, B. Lang and
// X. Sun, ACM Trans. Math. Softw. 26 (2000) 581). The first stage is all matrix–matrix products,
//
//     A := A − V Wᵀ − W Vᵀ,   X = A V T,   W = X − ½ V Tᵀ (VᵀX),   Qᵀ = I − V Tᵀ Vᵀ from the QR of a block column,
//
// where the one-stage reduction reads the trailing matrix once a column. It pays for eigenvalues alone and once
// the matrix is larger than the cache: vectors would have to be transformed back twice.
// Range: as of band.ts, ‖A‖ between 1e-140 and 1e140 and elements of any size within: T has the eigenvalues of A to some
// ulp of ‖A‖. symmetric.ts scales what is outside 1e-100 … 1e100.
import { gemm, gemmLower, gemmLowerColumns, gemmWorkspace } from "../kernel/gemm";
import { axpy, gemvT } from "../kernel/gemv";
import { symmRows, symmWorkspace } from "../kernel/symm";
import { MORE, OK } from "../status";
import { bandBytes, bandColumnCost, bandColumns, bandResult, bandWorkspace } from "./band";
import { triangularFactor, unpackReflectors } from "./compactWY";
import { householder } from "./householder";
import { portion } from "./steps";

/** Bytes of the record of a reduction under way, at the start of its workspace. */
const RECORD: usize = 64;
/** Rows of A V, and columns of the trailing matrix, that a step takes at least. */
const STRIP: i32 = 64;

// What the next step does: reflectors of a block column, A V, the update, the copy of the band, its reduction.
const PANEL: i32 = 0;
const PRODUCT: i32 = 1;
const UPDATE: i32 = 2;
const COPY: i32 = 3;
const CHASE: i32 = 4;
const DONE: i32 = 5;

/** A reduction between two of its steps. */
@unmanaged
class Reduction {
  a: usize;
  d: usize;
  e: usize;
  n: i32;
  lda: i32;
  b: i32;
  next: i32;
  /** First column of the block at work. */
  k: i32;
  /** Rows, columns of the trailing matrix or columns of the band that are done. */
  position: i32;
}

/** Bytes of workspace of `tridiagonalizeTwoStage` for half-width b: O(n b). */
export function tridiagonalizeTwoStageWorkspace(n: i32, b: i32): usize {
  const width = <usize>b;
  const products = max(gemmWorkspace(n, n, 2 * b), max(gemmWorkspace(n, b, b), gemmWorkspace(b, b, n)));
  const first = width * ((<usize>n + width) * 32 + 16) + max(symmWorkspace(n, b), products);
  return RECORD + max(first, bandBytes(n, b) + bandWorkspace(b) + (<usize>n << 3));
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) by way of a band of
 * half-width b ≥ 1 to T: d (n) and e (n − 1). The transformation is not kept.
 */
export function tridiagonalizeTwoStage(n: i32, a: usize, lda: i32, d: usize, e: usize, b: i32, work: usize): void {
  tridiagonalizeTwoStageStart(n, a, lda, d, e, b, work);
  while (tridiagonalizeTwoStageStep(work, Infinity) == MORE) continue;
}

/** Starts `tridiagonalizeTwoStage` in steps (steps.ts). */
export function tridiagonalizeTwoStageStart(
  n: i32, a: usize, lda: i32, d: usize, e: usize, b: i32, work: usize,
): void {
  const r = changetype<Reduction>(work);
  r.a = a;
  r.d = d;
  r.e = e;
  r.n = n;
  r.lda = lda;
  r.b = b;
  r.k = 0;
  r.position = 0;
  r.next = n <= 0 ? DONE : n - b > 1 ? PANEL : COPY;
}

/** A part of a block of the first stage, or some columns of the second. */
export function tridiagonalizeTwoStageStep(work: usize, budget: f64): i32 {
  const r = changetype<Reduction>(work);
  if (r.next == PANEL || r.next == PRODUCT || r.next == UPDATE) reduceToBand(r, work + RECORD, budget);
  else if (r.next != DONE) reduceBand(r, work + RECORD, budget);
  return r.next == DONE ? OK : MORE;
}

/** How much of the work is done, 0 … 1. */
export function tridiagonalizeTwoStageProgress(work: usize): f64 {
  const r = changetype<Reduction>(work);
  const n = <f64>max(r.n, 1);
  if (r.next == DONE) return 1;
  if (r.next >= COPY) {
    const left = 1 - (r.next == CHASE ? <f64>r.position / n : 0);
    return 1 - 0.25 * left * left;
  }
  const left = 1 - <f64>r.k / n;
  return 0.75 * (1 - left * left * left);
}

/** Part of a step of A := Qᵀ A Q to half-width b, in the lower triangle; below the band it leaves reflectors. */
function reduceToBand(r: Reduction, work: usize, budget: f64): void {
  const n = r.n;
  const b = r.b;
  const k = r.k;
  const lda = r.lda;
  const column = <usize>lda << 3;
  const width = <usize>b;
  // [V W] and [W V], n rows each.
  const left = work;
  const right = left + ((2 * width * <usize>n) << 3);
  const t = right + ((2 * width * <usize>n) << 3);
  const g = t + ((width * width) << 3);
  const s = g + ((width * width) << 3);
  const tau = s + ((2 * width * width) << 3);
  const coefficients = tau + (width << 3);
  const rest = coefficients + (width << 3);
  const m = n - k - b;
  const count = min(b, m - 1);
  const panel = r.a + <usize>k * column + (<usize>(k + b) << 3);
  const corner = panel + <usize>b * column;
  const bytes = (<usize>m * <usize>count) << 3;
  const v = left;
  const w = left + bytes;
  const x = right;
  if (r.next == PANEL) {
    factorPanel(m, b, count, panel, column, tau, coefficients);
    unpackReflectors(m, count, panel, lda, v);
    gemmLower(count, m, 1, v, m, 1, v, 1, m, 0, g, b, rest);
    triangularFactor(count, g, tau, t, b);
    r.next = PRODUCT;
    r.position = 0;
  } else if (r.next == PRODUCT) {
    const to = r.position + portion(budget, 0.12 * <f64>m * <f64>count, STRIP, m - r.position);
    symmRows(m, count, r.position, to, corner, lda, v, m, w, m, rest);
    r.position = to;
    if (to < m) return;
    gemm(m, count, count, 1, w, 1, m, t, 1, b, 0, x, m, rest);
    gemm(count, count, m, 1, v, m, 1, x, 1, m, 0, g, b, rest);
    gemm(count, count, count, 1, t, b, 1, g, 1, b, 0, s, b, rest);
    memory.copy(w, x, bytes);
    gemm(m, count, count, -0.5, v, 1, m, s, 1, b, 1, w, m, rest);
    memory.copy(right, w, bytes);
    memory.copy(right + bytes, v, bytes);
    r.next = UPDATE;
    r.position = 0;
  } else {
    const from = r.position;
    const to = from + portion(budget, 0.25 * <f64>(m - from) * <f64>count, STRIP, m - from);
    gemmLowerColumns(m, from, to, 2 * count, -1, left, 1, m, right, m, 1, 1, corner, lda, rest);
    r.position = to;
    if (to < m) return;
    r.k += b;
    r.next = n - r.k - b > 1 ? PANEL : COPY;
    r.position = 0;
  }
}

/** The band from A, then some columns of its reduction. */
function reduceBand(r: Reduction, work: usize, budget: f64): void {
  const n = r.n;
  const b = r.b;
  const band = work;
  const rest = band + bandBytes(n, b);
  const y = rest + bandWorkspace(b);
  if (r.next == COPY) {
    const stride = <usize>b << 4;
    memory.fill(band, 0, bandBytes(n, b));
    memory.fill(y, 0, <usize>n << 3);
    for (let j = 0; j < n; ++j) {
      const diagonal = r.a + (<usize>j << 3) * (<usize>r.lda + 1);
      memory.copy(band + <usize>j * stride, diagonal, <usize>min(b + 1, n - j) << 3);
    }
    r.next = CHASE;
    r.position = 0;
    return;
  }
  const to = r.position + portion(budget, bandColumnCost(n, b, r.position), 1, n - r.position);
  bandColumns(n, b, r.position, to, band, y, rest);
  r.position = to;
  if (to < n) return;
  bandResult(n, b, band, r.d, r.e);
  r.next = DONE;
}

/** QR of the panel (m×b): `count` reflectors below R, as in LAPACK's dgeqr2. s: b doubles. */
function factorPanel(m: i32, b: i32, count: i32, panel: usize, column: usize, tau: usize, s: usize): void {
  for (let j = 0; j < count; ++j) {
    const p = panel + <usize>j * (column + 8);
    const rows = m - j;
    const factor = householder(rows, load<f64>(p), p + 8, p);
    store<f64>(tau + (<usize>j << 3), factor);
    if (factor == 0) continue;
    const head = load<f64>(p);
    store<f64>(p, 1);
    const others = b - j - 1;
    gemvT(rows, others, p + column, <i32>(column >> 3), p, s);
    for (let c = 0; c < others; ++c) {
      axpy(rows, -factor * load<f64>(s + (<usize>c << 3)), p, p + <usize>(c + 1) * column);
    }
    store<f64>(p, head);
  }
}

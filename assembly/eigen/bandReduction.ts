// Qᵀ A Q = B with B banded, then B = P T Pᵀ: the two-stage reduction to tridiagonal form (C. H. Bischof, B. Lang and
// X. Sun, ACM Trans. Math. Softw. 26 (2000) 581). The first stage is all matrix–matrix products,
//
//     A := A − V Wᵀ − W Vᵀ,   X = A V T,   W = X − ½ V Tᵀ (VᵀX),   Qᵀ = I − V Tᵀ Vᵀ from the QR of a block column,
//
// where the one-stage reduction reads the trailing matrix once a column. It pays for eigenvalues alone and once
// the matrix is larger than the cache: vectors would have to be transformed back twice.
import { gemm, gemmLower, gemmWorkspace } from "../kernel/gemm";
import { axpy, gemvT } from "../kernel/gemv";
import { symm, symmWorkspace } from "../kernel/symm";
import { bandBytes, bandTridiagonalize, bandWorkspace } from "./band";
import { triangularFactor, unpackReflectors } from "./compactWY";
import { householder } from "./householder";

/** Bytes of workspace of `tridiagonalizeTwoStage` for half-width b: O(n b). */
export function tridiagonalizeTwoStageWorkspace(n: i32, b: i32): usize {
  const width = <usize>b;
  const products = max(gemmWorkspace(n, n, 2 * b), max(gemmWorkspace(n, b, b), gemmWorkspace(b, b, n)));
  const first = width * ((<usize>n + width) * 32 + 16) + max(symmWorkspace(n, b), products);
  return max(first, bandBytes(n, b) + bandWorkspace(b) + (<usize>n << 3));
}

/**
 * Reduces the symmetric A (n×n, leading dimension lda, lower triangle read and overwritten) by way of a band of
 * half-width b ≥ 1 to T: d (n) and e (n − 1). The transformation is not kept.
 */
export function tridiagonalizeTwoStage(n: i32, a: usize, lda: i32, d: usize, e: usize, b: i32, work: usize): void {
  if (n <= 0) return;
  reduceToBand(n, a, lda, b, work);
  const band = work;
  const rest = band + bandBytes(n, b);
  const y = rest + bandWorkspace(b);
  const stride = <usize>b << 4;
  memory.fill(band, 0, bandBytes(n, b));
  memory.fill(y, 0, <usize>n << 3);
  for (let j = 0; j < n; ++j) {
    const diagonal = a + (<usize>j << 3) * (<usize>lda + 1);
    memory.copy(band + <usize>j * stride, diagonal, <usize>min(b + 1, n - j) << 3);
  }
  bandTridiagonalize(n, b, band, d, e, y, rest);
}

/** A := Qᵀ A Q with half-width b, in the lower triangle; below the band it leaves reflectors. */
function reduceToBand(n: i32, a: usize, lda: i32, b: i32, work: usize): void {
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
  for (let k = 0; n - k - b > 1; k += b) {
    const m = n - k - b;
    const count = min(b, m - 1);
    const panel = a + <usize>k * column + (<usize>(k + b) << 3);
    const corner = panel + <usize>b * column;
    factorPanel(m, b, count, panel, column, tau, coefficients);
    const bytes = (<usize>m * <usize>count) << 3;
    const v = left;
    const w = left + bytes;
    const x = right;
    unpackReflectors(m, count, panel, lda, v);
    gemmLower(count, m, 1, v, m, 1, v, 1, m, 0, g, b, rest);
    triangularFactor(count, g, tau, t, b);
    symm(m, count, corner, lda, v, m, w, m, rest);
    gemm(m, count, count, 1, w, 1, m, t, 1, b, 0, x, m, rest);
    gemm(count, count, m, 1, v, m, 1, x, 1, m, 0, g, b, rest);
    gemm(count, count, count, 1, t, b, 1, g, 1, b, 0, s, b, rest);
    memory.copy(w, x, bytes);
    gemm(m, count, count, -0.5, v, 1, m, s, 1, b, 1, w, m, rest);
    memory.copy(right, w, bytes);
    memory.copy(right + bytes, v, bytes);
    gemmLower(m, 2 * count, -1, left, 1, m, right, m, 1, 1, corner, lda, rest);
  }
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

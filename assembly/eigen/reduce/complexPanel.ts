// One block of columns of the reduction of a Hermitian matrix to real tridiagonal form: for each column a_j
//
//     a_j −= V w̄_j + W v̄_j (row j of W and V),   Hᴴ a_j = (.., β, 0),   p = A v − V (Wᴴv) − W (Vᴴv),
//     w = tau p − ½ |tau|² (vᴴp) v
//
// with A the trailing matrix as it was before the block (LAPACK's zlatrd). Complex products are real ones with
//
//     X = [Vr Vi Wr Wi],   Yr = [Wr Wi Vr Vi],   Yi = [−Wi Wr −Vi Vr]   (four columns a reflector, one after another):
//     V Wᴴ + W Vᴴ = X Yrᵀ + i X Yiᵀ.
//
// A v is the sum of PRODUCT_STRIPS partial products over fixed ranges of columns, so that no bit
// depends on the number of threads.
// Range: ‖A‖ between 1e-140 and 1e140, with columns of any size. Each H is unitary to rounding
// (complexHouseholder.ts), so that Qᴴ(A + E)Q = T with ‖E‖ of some ulp of ‖A‖. Imaginary parts on the diagonal are not
// read, and hold rounding errors.

import { recordBytes } from '../../job';
import { gemv, gemvT } from '../../kernel/gemv';
import { hemvLower } from '../../kernel/hemv';
import { partStart } from '../../kernel/parts';
import { parallelFor, teamSize } from '../../kernel/team';
import { axpy, copy, dot, scal } from '../../kernel/vectors';
import { PRODUCT_STRIPS, PRODUCT_STRIPS_FROM, SHARED_UPDATE } from '../tuning';
import { complexHouseholder, timesComplex } from './complexHouseholder';
import { addPartials, isNegligible, strip, TINY } from './panelParts';

/** A panel, and what the tasks read of its current column. The second of two addresses is that of imaginary parts. */
@unmanaged
class ComplexPanel {
  /** X, Yr and Yi: n rows, four columns a reflector. */
  x: usize;
  yr: usize;
  yi: usize;
  /** Xᵀvr and Xᵀvi, or the coefficients of the two parts of an update: 4 `block` each. Then the partial products. */
  s: usize;
  t: usize;
  partial: usize;
  block: i32;
  /** Rows of X and Y, which is the order of the trailing matrix; columns that are done. */
  rows: i32;
  j: i32;
  lda: i32;
  /** The vector that an update changes, its length, and the rows of X beside it. */
  target: usize;
  target2: usize;
  length: i32;
  beside: usize;
  /** Trailing matrix, reflector; the product goes to the two columns after the reflector. */
  a: usize;
  a2: usize;
  v: usize;
  strips: i32;
  parts: i32;
}

/** Bytes of workspace of `reduceComplexPanel` for matrices of order n. */
export function complexPanelWorkspace(n: i32, block: i32): usize {
  const partial = <usize>(PRODUCT_STRIPS - 1) * 2 * <usize>n;
  return recordBytes<ComplexPanel>() + ((<usize>block * (12 * <usize>n + 8) + partial) << 3);
}

/** Lays out the workspace, once for all panels of a matrix of order n. */
export function layOutComplexPanel(n: i32, block: i32, work: usize): void {
  const panel = changetype<ComplexPanel>(work);
  const four = ((<usize>block) << 2) << 3;
  panel.block = block;
  panel.x = work + recordBytes<ComplexPanel>();
  panel.yr = panel.x + <usize>n * four;
  panel.yi = panel.yr + <usize>n * four;
  panel.s = panel.yi + <usize>n * four;
  panel.t = panel.s + four;
  panel.partial = panel.t + four;
}

/** X, Yr and Yi of the panel that was reduced last. */
export function complexPanelX(work: usize): usize {
  return changetype<ComplexPanel>(work).x;
}
export function complexPanelYr(work: usize): usize {
  return changetype<ComplexPanel>(work).yr;
}
export function complexPanelYi(work: usize): usize {
  return changetype<ComplexPanel>(work).yi;
}

/**
 * Reduces columns first ≤ j < last of a panel at the left of the trailing matrix (n×n, lower triangles of
 * the planes a and a2, leading dimension lda) when the columns before are done; stores d, e, tau (plane
 * tau2), and collects X, Yr, Yi.
 */
export function reduceComplexPanel(
  n: i32,
  first: i32,
  last: i32,
  a: usize,
  a2: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  tau2: usize,
  work: usize,
): void {
  const panel = changetype<ComplexPanel>(work);
  const step = (<usize>n) << 3;
  const diagonal = (<usize>lda + 1) << 3;
  panel.rows = n;
  panel.lda = lda;
  panel.parts = teamSize();
  for (let j = first; j < last; ++j) {
    const row = (<usize>j) << 3;
    const below = row + 8;
    const aj = a + <usize>j * diagonal;
    const bj = a2 + <usize>j * diagonal;
    const m = n - j - 1;
    panel.j = j;
    if (j > 0) updateColumn(panel, aj, bj, row);
    store<f64>(d + row, load<f64>(aj));
    const vr = panel.x + <usize>(4 * j) * step;
    const vi = vr + step;
    const wr = vi + step;
    const wi = wr + step;
    for (let k = 0; k < 4; ++k) memory.fill(vr + <usize>k * step, 0, below);
    if (m > 0) {
      complexHouseholder(
        m,
        load<f64>(aj, 8),
        load<f64>(bj, 8),
        aj + 16,
        bj + 16,
        e + row,
        tau + row,
        tau2 + row,
      );
      const size = abs(load<f64>(e + row));
      if (size < TINY && isNegligible(j, m, size, aj, diagonal, tau)) {
        store<f64>(tau + row, 0);
        store<f64>(tau2 + row, 0);
        store<f64>(e + row, 0);
      }
      store<f64>(vr + below, 1);
      store<f64>(vi + below, 0);
      copy(m - 1, aj + 16, vr + below + 8);
      copy(m - 1, bj + 16, vi + below + 8);
      // Re tau ≥ 1 unless H = I.
      if (load<f64>(tau + row) != 0) {
        multiply(panel, load<f64>(tau + row), load<f64>(tau2 + row), aj + diagonal, bj + diagonal, row);
      } else {
        memory.fill(wr + below, 0, (<usize>m) << 3);
        memory.fill(wi + below, 0, (<usize>m) << 3);
      }
    }
    const yr = panel.yr + <usize>(4 * j) * step;
    copy(n, wr, yr);
    copy(n, wi, yr + step);
    copy(n, vr, yr + 2 * step);
    copy(n, vi, yr + 3 * step);
    const yi = panel.yi + <usize>(4 * j) * step;
    copy(n, wi, yi);
    scal(n, -1, yi);
    copy(n, wr, yi + step);
    copy(n, vi, yi + 2 * step);
    scal(n, -1, yi + 2 * step);
    copy(n, vr, yi + 3 * step);
  }
}

/** a_j −= V w̄_j + W v̄_j from row j of A on, which is `row` bytes down. */
function updateColumn(panel: ComplexPanel, aj: usize, bj: usize, row: usize): void {
  const step = (<usize>panel.rows) << 3;
  for (let k = 0; k < 4 * panel.j; ++k) {
    const from = <usize>k * step + row;
    store<f64>(panel.s + ((<usize>k) << 3), load<f64>(panel.yr + from));
    store<f64>(panel.t + ((<usize>k) << 3), load<f64>(panel.yi + from));
  }
  panel.target = aj;
  panel.target2 = bj;
  panel.beside = panel.x + row;
  panel.length = panel.rows - panel.j;
  panel.strips = 0;
  update(panel);
}

/** w = tau p − ½ |tau|² (vᴴp) v with p = A v − V (Wᴴv) − W (Vᴴv) from the first row below the diagonal on. */
function multiply(panel: ComplexPanel, tr: f64, ti: f64, a: usize, a2: usize, row: usize): void {
  const m = panel.rows - panel.j - 1;
  const step = (<usize>panel.rows) << 3;
  const vr = panel.x + <usize>(4 * panel.j) * step + row + 8;
  const vi = vr + step;
  const wr = vi + step;
  const wi = wr + step;
  panel.a = a;
  panel.a2 = a2;
  panel.v = vr;
  panel.beside = panel.x + row + 8;
  panel.length = m;
  panel.strips = m < PRODUCT_STRIPS_FROM ? 1 : PRODUCT_STRIPS;
  parallelFor(panel.strips == 1 ? 1 : panel.parts, productTask.index, changetype<usize>(panel));
  for (let i = 0; i < panel.j; ++i) combine(panel.s + ((<usize>i) << 5), panel.t + ((<usize>i) << 5));
  panel.target = wr;
  panel.target2 = wi;
  update(panel);
  // vᴴ A v is real.
  const half = -0.5 * (tr * tr + ti * ti) * (dot(m, vr, wr) + dot(m, vi, wi));
  timesComplex(m, tr, ti, wr, wi);
  axpy(m, half, vr, wr);
  axpy(m, half, vi, wi);
}

/**
 * For one reflector: on entry s and t hold [Vr Vi Wr Wi]ᵀ times the real and the imaginary part of v; on exit the
 * coefficients of these four columns in the real part (s) and the imaginary part (t) of V (Wᴴv) + W (Vᴴv).
 */
function combine(s: usize, t: usize): void {
  const alphar = load<f64>(s, 16) + load<f64>(t, 24);
  const alphai = load<f64>(t, 16) - load<f64>(s, 24);
  const betar = load<f64>(s) + load<f64>(t, 8);
  const betai = load<f64>(t) - load<f64>(s, 8);
  store<f64>(s, alphar);
  store<f64>(s, -alphai, 8);
  store<f64>(s, betar, 16);
  store<f64>(s, -betai, 24);
  store<f64>(t, alphai);
  store<f64>(t, alphar, 8);
  store<f64>(t, betai, 16);
  store<f64>(t, betar, 24);
}

/** Updates the vector `target`, by several threads when it is long enough. */
function update(panel: ComplexPanel): void {
  const parts = panel.parts;
  if (panel.length * (8 * panel.j + 2 * panel.strips) < SHARED_UPDATE) panel.parts = 1;
  parallelFor(panel.parts, updateTask.index, changetype<usize>(panel));
  panel.parts = parts;
}

/** target −= X (s, t) on part k of the rows, after the partial products, if any, were added to it. */
function updateTask(k: i32, args: usize): void {
  const panel = changetype<ComplexPanel>(args);
  const from = partStart(panel.length, k, panel.parts);
  const rows = partStart(panel.length, k + 1, panel.parts) - from;
  const skip = (<usize>from) << 3;
  const plane = (<usize>panel.rows) << 3;
  addPartials(panel.length, from, rows, panel.strips, panel.partial, 2 * plane, panel.target);
  addPartials(panel.length, from, rows, panel.strips, panel.partial + plane, 2 * plane, panel.target2);
  gemv(rows, 4 * panel.j, -1, panel.beside + skip, panel.rows, panel.s, panel.target + skip);
  gemv(rows, 4 * panel.j, -1, panel.beside + skip, panel.rows, panel.t, panel.target2 + skip);
}

/** Strips k, k + parts, … of A v, and part k of the columns of Xᵀv. */
function productTask(k: i32, args: usize): void {
  const panel = changetype<ComplexPanel>(args);
  const m = panel.length;
  const plane = (<usize>panel.rows) << 3;
  const parts = panel.strips == 1 ? 1 : panel.parts;
  for (let s = k; s < panel.strips; s += parts) {
    const from = strip(m, s);
    const to = s + 1 < panel.strips ? strip(m, s + 1) : m;
    const y = s == 0 ? panel.v + 2 * plane : panel.partial + <usize>(2 * (s - 1)) * plane;
    const skip = (<usize>from) << 3;
    memory.fill(y + skip, 0, (<usize>(m - from)) << 3);
    memory.fill(y + plane + skip, 0, (<usize>(m - from)) << 3);
    hemvLower(m, from, to, panel.a, panel.a2, panel.lda, panel.v, panel.v + plane, y, y + plane);
  }
  const first = partStart(4 * panel.j, k, parts);
  const columns = partStart(4 * panel.j, k + 1, parts) - first;
  const skip = (<usize>first) << 3;
  const x = panel.beside + skip * <usize>panel.rows;
  gemvT(m, columns, x, panel.rows, panel.v, panel.s + skip);
  gemvT(m, columns, x, panel.rows, panel.v + plane, panel.t + skip);
}

// One block of columns of the reduction to tridiagonal form: for each column a_j
//
//     a_j −= V w_j + W v_j (row j of W and V),   H a_j = (.., β, 0),   p = A v − V (Wᵀv) − W (Vᵀv),
//     w = tau p − ½ tau² (pᵀv) v
//
// with A the trailing matrix as it was before the block. A v is the sum of PRODUCT_STRIPS partial products over fixed
// ranges of columns, so that its bits do not depend on the number of threads.
// Range: ‖A‖ between 1e-140 and 1e140, with columns of any size. Each H is orthogonal to rounding
// (householder.ts), so that Qᵀ(A + E)Q = T with ‖E‖ of some ulp of ‖A‖; small elements of graded matrices are
// accurate relative to their column.
// complexPanel.ts is the same for a Hermitian matrix: a panel of its own, because a reflector there has four columns of X and three
// products, and one code for both would test at every vector which of them it has.

import { recordBytes } from '../../job';
import { gemv, gemvT } from '../../kernel/gemv';
import { partStart } from '../../kernel/parts';
import { symvLower } from '../../kernel/symv';
import { parallelFor, teamSize } from '../../kernel/team';
import { axpy, copy, dot, scal } from '../../kernel/vectors';
import { PRODUCT_STRIPS, PRODUCT_STRIPS_FROM, SHARED_UPDATE } from '../tuning';
import { householder } from './householder';
import { addPartials, isNegligible, strip, TINY } from './panelParts';

/** A panel, and what the tasks read of its current column. */
@unmanaged
class Panel {
  /** X = [V W] and Y = [W V], n rows each; W and V begin `second` bytes on. */
  left: usize;
  right: usize;
  second: usize;
  /** Four times `block` coefficients, then the partial products. */
  coefficients: usize;
  partial: usize;
  block: i32;
  /** Rows of X and Y, which is the order of the trailing matrix; columns that are done. */
  rows: i32;
  j: i32;
  lda: i32;
  /** The vector that an update changes, its length, and the rows of X beside it with the coefficients of each half. */
  target: usize;
  length: i32;
  x: usize;
  s: usize;
  s2: usize;
  /** Trailing matrix, reflector, product. */
  a: usize;
  v: usize;
  w: usize;
  strips: i32;
  parts: i32;
}

/** Bytes of workspace of `reducePanel` for matrices of order n. */
export function panelWorkspace(n: i32, block: i32): usize {
  return (
    recordBytes<Panel>() +
    ((<usize>n * 4 * <usize>block + 4 * <usize>block + <usize>(PRODUCT_STRIPS - 1) * <usize>n) << 3)
  );
}

/** Lays out the workspace, once for all panels of a matrix of order n. */
export function layOutPanel(n: i32, block: i32, work: usize): void {
  const panel = changetype<Panel>(work);
  const half = (<usize>n * <usize>block) << 3;
  panel.block = block;
  panel.left = work + recordBytes<Panel>();
  panel.right = panel.left + 2 * half;
  panel.coefficients = panel.right + 2 * half;
  panel.partial = panel.coefficients + ((<usize>(4 * block)) << 3);
}

/** X = [V W] of the panel that was reduced last. */
export function panelLeft(work: usize): usize {
  return changetype<Panel>(work).left;
}

/** Y = [W V]. */
export function panelRight(work: usize): usize {
  return changetype<Panel>(work).right;
}

/**
 * Reduces columns first ≤ j < last of a panel at the left of the trailing matrix A (n×n, lower triangle, leading
 * dimension lda) when the columns before are done, stores d, e, tau, and collects X = [V W] and Y = [W V], n rows
 * each, W from column `block` on.
 */
export function reducePanel(
  n: i32,
  first: i32,
  last: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  work: usize,
): void {
  const panel = changetype<Panel>(work);
  const step = (<usize>n) << 3;
  const column = (<usize>lda) << 3;
  panel.second = <usize>panel.block * step;
  panel.rows = n;
  panel.lda = lda;
  panel.parts = teamSize();
  for (let j = first; j < last; ++j) {
    const row = (<usize>j) << 3;
    const below = row + 8;
    const aj = a + <usize>j * column + row;
    const m = n - j - 1;
    panel.j = j;
    if (j > 0) updateColumn(panel, aj, row);
    store<f64>(d + row, load<f64>(aj));
    const v = panel.left + <usize>j * step;
    const w = v + panel.second;
    memory.fill(v, 0, below);
    memory.fill(w, 0, below);
    if (m > 0) {
      let t = householder(m, load<f64>(aj, 8), aj + 16, e + row);
      const size = abs(load<f64>(e + row));
      if (size < TINY && t != 0 && isNegligible(j, m, size, aj, column + 8, tau)) {
        t = 0;
        store<f64>(e + row, 0);
      }
      store<f64>(tau + row, t);
      store<f64>(v + below, 1);
      copy(m - 1, aj + 16, v + below + 8);
      if (t != 0) multiply(panel, t, aj + column + 8, v + below, w + below, row);
      else memory.fill(w + below, 0, (<usize>m) << 3);
    }
    const y = panel.right + <usize>j * step;
    copy(n, w, y);
    copy(n, v, y + panel.second);
  }
}

/** a_j −= V w_j + W v_j, from row j of A on, which is `row` bytes down. */
function updateColumn(panel: Panel, aj: usize, row: usize): void {
  const j = panel.j;
  const step = (<usize>panel.rows) << 3;
  const s = panel.coefficients;
  for (let i = 0; i < j; ++i) {
    store<f64>(s + ((<usize>i) << 3), load<f64>(panel.right + <usize>i * step + row));
    store<f64>(s + ((<usize>(j + i)) << 3), load<f64>(panel.left + <usize>i * step + row));
  }
  panel.target = aj;
  panel.x = panel.left + row;
  panel.s = s;
  panel.s2 = s + row;
  panel.length = panel.rows - j;
  panel.strips = 0;
  update(panel);
}

/** w = t p − ½ t² (pᵀv) v with p = A v − V (Wᵀv) − W (Vᵀv) from the first row below the diagonal on. */
function multiply(panel: Panel, t: f64, a: usize, v: usize, w: usize, row: usize): void {
  const m = panel.rows - panel.j - 1;
  const s = panel.coefficients;
  panel.a = a;
  panel.v = v;
  panel.w = w;
  panel.x = panel.left + row + 8;
  panel.s = s + row;
  panel.s2 = s;
  panel.length = m;
  panel.strips = m < PRODUCT_STRIPS_FROM ? 1 : PRODUCT_STRIPS;
  parallelFor(panel.strips == 1 ? 1 : panel.parts, productTask.index, changetype<usize>(panel));
  panel.target = w;
  panel.s = s;
  panel.s2 = s + row;
  update(panel);
  scal(m, t, w);
  axpy(m, -0.5 * t * dot(m, w, v), v, w);
}

/** Updates the vector `target`, by several threads when it is long enough. */
function update(panel: Panel): void {
  const parts = panel.parts;
  if (panel.length * (2 * panel.j + panel.strips) < SHARED_UPDATE) panel.parts = 1;
  parallelFor(panel.parts, updateTask.index, changetype<usize>(panel));
  panel.parts = parts;
}

/** target −= X s on part t of the rows, after the partial products, if any, were added to it. */
function updateTask(t: i32, args: usize): void {
  const panel = changetype<Panel>(args);
  const from = partStart(panel.length, t, panel.parts);
  const rows = partStart(panel.length, t + 1, panel.parts) - from;
  const skip = (<usize>from) << 3;
  const target = panel.target + skip;
  const stride = (<usize>panel.rows) << 3;
  addPartials(panel.length, from, rows, panel.strips, panel.partial, stride, panel.target);
  gemv(rows, panel.j, -1, panel.x + skip, panel.rows, panel.s, target);
  gemv(rows, panel.j, -1, panel.x + panel.second + skip, panel.rows, panel.s2, target);
}

/** Strips t, t + parts, … of A v, and part t of the columns of Vᵀv and Wᵀv. */
function productTask(t: i32, args: usize): void {
  const panel = changetype<Panel>(args);
  const m = panel.length;
  const parts = panel.strips == 1 ? 1 : panel.parts;
  for (let s = t; s < panel.strips; s += parts) {
    const from = strip(m, s);
    const to = s + 1 < panel.strips ? strip(m, s + 1) : m;
    const y = s == 0 ? panel.w : panel.partial + ((<usize>(s - 1) * <usize>panel.rows) << 3);
    memory.fill(y + ((<usize>from) << 3), 0, (<usize>(m - from)) << 3);
    symvLower(m, from, to, panel.a, panel.lda, panel.v, y);
  }
  const first = partStart(panel.j, t, parts);
  const columns = partStart(panel.j, t + 1, parts) - first;
  const skip = (<usize>first) << 3;
  const x = panel.x + skip * <usize>panel.rows;
  gemvT(m, columns, x, panel.rows, panel.v, panel.s + skip);
  gemvT(m, columns, x + panel.second, panel.rows, panel.v, panel.s2 + skip);
}

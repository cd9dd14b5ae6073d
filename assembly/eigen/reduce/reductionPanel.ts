// One block of columns of the reduction to tridiagonal form: for each column a_j
//
//     a_j −= V w_j + W v_j (row j of W and V),   H a_j = (.., β, 0),   p = A v − V (Wᵀv) − W (Vᵀv),
//     w = tau p − ½ tau² (pᵀv) v
//
// with A the trailing matrix as it was before the block. A v is the sum of STRIPS partial products over fixed
// ranges of columns, whatever the number of threads, so that its bits do not depend on it.
// Range: ‖A‖ between 1e-140 and 1e140, columns of any size within. Each H is orthogonal to rounding (householder.ts), so that
// Qᵀ(A + E)Q = T with ‖E‖ of some ulp of ‖A‖; small elements of graded matrices are right relative to their column.

import { gemv, gemvT } from '../../kernel/gemv';
import { symvLower } from '../../kernel/symv';
import { parallelFor, teamSize } from '../../kernel/team';
import { axpy, copy, dot, scal } from '../../kernel/vectors';
import { EPS } from '../../numeric/constants';
import { householder } from './householder';

/** Bytes for the arguments of the tasks. */
export const PANEL_ARGUMENTS: usize = 128;
/** Ranges of columns into which a product A v is cut, and the order from which on it is. */
const STRIPS: i32 = 4;
const STRIP_ORDER: i32 = 192;
/** Norm of a column below which it is looked at whether it can be dropped: nothing is that small by rounding. */
const TINY: f64 = 1e-290;
/** Elements of V and W from which on an update of a vector is worth sharing out. */
const SHARED: i32 = 32768;

/** Bytes of the vectors of `reducePanel`: coefficients and partial products. */
export function panelVectorBytes(n: i32, block: i32): usize {
  return (4 * <usize>block + <usize>(STRIPS - 1) * <usize>n) << 3;
}

/** What the tasks read. */
@unmanaged
class Column {
  /** The column to update, its first row and length. */
  target: usize;
  x: usize;
  second: usize;
  s: usize;
  s2: usize;
  /** Trailing matrix, reflector, product. */
  a: usize;
  v: usize;
  w: usize;
  partial: usize;
  length: i32;
  rows: i32;
  j: i32;
  lda: i32;
  strips: i32;
  parts: i32;
}

/**
 * Reduces columns first ≤ j < last of a panel at the left of the trailing matrix A (n×n, lower triangle, leading
 * dimension lda) when those before are done, stores d, e, tau, and collects X = [V W] and Y = [W V], n rows each, W from
 * column `block` on. `args`: PANEL_ARGUMENTS bytes; `vectors`: panelVectorBytes.
 */
export function reducePanel(
  n: i32,
  first: i32,
  last: i32,
  block: i32,
  a: usize,
  lda: i32,
  d: usize,
  e: usize,
  tau: usize,
  x: usize,
  y: usize,
  vectors: usize,
  args: usize,
): void {
  const step = (<usize>n) << 3;
  const column = (<usize>lda) << 3;
  const second = <usize>block * step;
  const s = vectors;
  const c = changetype<Column>(args);
  c.second = second;
  c.rows = n;
  c.lda = lda;
  c.partial = s + ((<usize>(4 * block)) << 3);
  c.parts = teamSize();
  for (let j = first; j < last; ++j) {
    const row = (<usize>j) << 3;
    const aj = a + <usize>j * column + row;
    const m = n - j - 1;
    c.j = j;
    if (j > 0) {
      for (let i = 0; i < j; ++i) {
        store<f64>(s + ((<usize>i) << 3), load<f64>(y + <usize>i * step + row));
        store<f64>(s + ((<usize>(j + i)) << 3), load<f64>(x + <usize>i * step + row));
      }
      c.target = aj;
      c.x = x + row;
      c.s = s;
      c.s2 = s + row;
      c.length = m + 1;
      c.strips = 0;
      run(c, args, updateTask.index);
    }
    store<f64>(d + row, load<f64>(aj));
    const v = x + <usize>j * step;
    const w = v + second;
    memory.fill(v, 0, row + 8);
    memory.fill(w, 0, row + 8);
    if (m > 0) {
      let t = householder(m, load<f64>(aj, 8), aj + 16, e + row);
      const size = abs(load<f64>(e + row));
      if (size < TINY && t != 0 && isNegligible(j, m, size, aj, column, tau)) {
        t = 0;
        store<f64>(e + row, 0);
      }
      store<f64>(tau + row, t);
      const below = row + 8;
      store<f64>(v + below, 1);
      copy(m - 1, aj + 16, v + below + 8);
      if (t != 0) {
        c.a = aj + column + 8;
        c.v = v + below;
        c.w = w + below;
        c.x = x + below;
        c.s = s + row;
        c.s2 = s;
        c.length = m;
        c.strips = m < STRIP_ORDER ? 1 : STRIPS;
        parallelFor(c.strips == 1 ? 1 : c.parts, productTask.index, args);
        c.target = w + below;
        c.s = s;
        c.s2 = s + row;
        run(c, args, updateTask.index);
        scal(m, t, w + below);
        axpy(m, -0.5 * t * dot(m, w + below, v + below), v + below, w + below);
      } else memory.fill(w + below, 0, (<usize>m) << 3);
    }
    copy(n, w, y + <usize>j * step);
    copy(n, v, y + second + <usize>j * step);
  }
}

/**
 * Whether the part of column j below its diagonal, of norm `size`, can be dropped: no element is more than eps √|a_jj a_ii|,
 * which perturbs every eigenvalue relatively by rounding at most, and the diagonal of A is up to date, because no
 * reflector of the block has acted yet. Where the couplings of an ordinary matrix underflow this spares it their rotation.
 */
function isNegligible(j: i32, m: i32, size: f64, aj: usize, column: usize, tau: usize): bool {
  for (let i = 0; i < j; ++i) if (load<f64>(tau + ((<usize>i) << 3)) != 0) return false;
  const share = EPS * sqrt(abs(load<f64>(aj)));
  for (let i = 1; i <= m; ++i) {
    if (size > share * sqrt(abs(load<f64>(aj + <usize>i * (column + 8))))) return false;
  }
  return true;
}

/** Shares the update out when it is long enough. */
@inline
function run(c: Column, args: usize, task: u32): void {
  const parts = c.parts;
  if (c.length * (2 * c.j + c.strips) < SHARED) {
    c.parts = 1;
    call_indirect<void>(task, 0, args);
    c.parts = parts;
  } else parallelFor(parts, task, args);
}

/** target −= X s on part t of the rows, after the partial products, if there are any, were added to it. */
function updateTask(t: i32, args: usize): void {
  const c = changetype<Column>(args);
  const from = part(c.length, t, c.parts);
  const rows = part(c.length, t + 1, c.parts) - from;
  const skip = (<usize>from) << 3;
  const target = c.target + skip;
  for (let s = 1; s < c.strips; ++s) {
    // Partial product s has rows from its first column on.
    const start = max(strip(c.length, s), from);
    const q = c.partial + ((<usize>(s - 1) * <usize>c.rows + <usize>start) << 3);
    if (start < from + rows) axpy(from + rows - start, 1, q, c.target + ((<usize>start) << 3));
  }
  gemv(rows, c.j, -1, c.x + skip, c.rows, c.s, target);
  gemv(rows, c.j, -1, c.x + c.second + skip, c.rows, c.s2, target);
}

/** Strips t, t + parts, … of A v, and part t of the columns of Vᵀv and Wᵀv. */
function productTask(t: i32, args: usize): void {
  const c = changetype<Column>(args);
  const m = c.length;
  const parts = c.strips == 1 ? 1 : c.parts;
  for (let s = t; s < c.strips; s += parts) {
    const from = strip(m, s);
    const to = s + 1 < c.strips ? strip(m, s + 1) : m;
    const y = s == 0 ? c.w : c.partial + ((<usize>(s - 1) * <usize>c.rows) << 3);
    memory.fill(y + ((<usize>from) << 3), 0, (<usize>(m - from)) << 3);
    symvLower(m, from, to, c.a, c.lda, c.v, y);
  }
  const first = part(c.j, t, parts);
  const columns = part(c.j, t + 1, parts) - first;
  const skip = (<usize>first) << 3;
  const x = c.x + skip * <usize>c.rows;
  gemvT(m, columns, x, c.rows, c.v, c.s + skip);
  gemvT(m, columns, x + c.second, c.rows, c.v, c.s2 + skip);
}

/** Start of part t of n, a multiple of 4. */
function part(n: i32, t: i32, parts: i32): i32 {
  return t >= parts ? n : <i32>((<i64>n * t) / parts) & ~3;
}

/** First column of strip s of a lower triangle of order m: strips have equal areas. */
function strip(m: i32, s: i32): i32 {
  const left = 1 - <f64>s / <f64>STRIPS;
  return <i32>(<f64>m * (1 - Math.sqrt(left))) & ~3;
}

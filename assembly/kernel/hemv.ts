// y := y + A x with A Hermitian, only its lower triangle read: each element serves y_i += a_ij x_j and y_j += ā_ij x_i,
// so that both of its planes cross the memory bus once. Real and imaginary parts lie in separate planes, which saves
// the shuffles of interleaved parts. Two columns a pass: the registers hold their four sums and four factors. The
// imaginary parts on the diagonal are not read.

import { fma } from '../fma';
import { laneSum } from '../numeric/lanes';

/** c − a b. */
@inline
function less(a: v128, b: v128, c: v128): v128 {
  return f64x2.sub(c, f64x2.mul(a, b));
}

@inline
function add(p: usize, x: f64): void {
  store<f64>(p, load<f64>(p) + x);
}

/**
 * Columns [from, to) of the lower triangle of A (n×n, planes ar and ai of leading dimension lda) and their
 * mirror images; x = xr + i xi, y = yr + i yi. The columns may be divided among several calls, with an even
 * number in each, with the same bits.
 */
export function hemvLower(
  n: i32,
  from: i32,
  to: i32,
  ar: usize,
  ai: usize,
  lda: i32,
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
): void {
  const column = (<usize>lda) << 3;
  let j = from;
  for (; j + 2 <= to; j += 2) {
    const row = (<usize>j) << 3;
    const skip = <usize>j * column + row;
    hemvColumns(n - j - 2, ar + skip, ai + skip, column, xr + row, xi + row, yr + row, yi + row);
  }
  if (j < to) {
    const row = (<usize>j) << 3;
    const skip = <usize>j * column + row;
    hemvColumn(n - j, ar + skip, ai + skip, xr + row, xi + row, yr + row, yi + row);
  }
}

/** Two columns: the diagonal elements of the first at ar and ai, `rows` rows behind the 2×2 block on the diagonal. */
function hemvColumns(
  rows: i32,
  ar: usize,
  ai: usize,
  column: usize,
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
): void {
  const u0 = v128.load_splat<f64>(xr);
  const u1 = v128.load_splat<f64>(xr, 8);
  const v0 = v128.load_splat<f64>(xi);
  const v1 = v128.load_splat<f64>(xi, 8);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let t0 = f64x2.splat(0);
  let t1 = f64x2.splat(0);
  const pairs = ((<usize>(rows & ~1)) << 3) + 16;
  const a1 = ar + column;
  const b1 = ai + column;
  // The branches that are never taken keep V8 from loading everything first and spilling registers, as in symvColumns.
  for (let i: usize = 16; i < pairs; i += 16) {
    const x = v128.load(xr + i);
    const z = v128.load(xi + i);
    let p = v128.load(yr + i);
    let q = v128.load(yi + i);
    const a = v128.load(ar + i);
    p = fma(a, u0, p);
    q = fma(a, v0, q);
    s0 = fma(a, x, s0);
    t0 = fma(a, z, t0);
    if (i == 0) break;
    const b = v128.load(ai + i);
    p = less(b, v0, p);
    q = fma(b, u0, q);
    s0 = fma(b, z, s0);
    t0 = less(b, x, t0);
    if (i == 1) break;
    const c = v128.load(a1 + i);
    p = fma(c, u1, p);
    q = fma(c, v1, q);
    s1 = fma(c, x, s1);
    t1 = fma(c, z, t1);
    if (i == 2) break;
    const d = v128.load(b1 + i);
    p = less(d, v1, p);
    q = fma(d, u1, q);
    s1 = fma(d, z, s1);
    t1 = less(d, x, t1);
    v128.store(yr + i, p);
    v128.store(yi + i, q);
  }
  const x0 = load<f64>(xr);
  const x1 = load<f64>(xr, 8);
  const z0 = load<f64>(xi);
  const z1 = load<f64>(xi, 8);
  let r0 = laneSum(s0);
  let r1 = laneSum(s1);
  let i0 = laneSum(t0);
  let i1 = laneSum(t1);
  if (rows & 1) {
    const x = load<f64>(xr + pairs);
    const z = load<f64>(xi + pairs);
    const a = load<f64>(ar + pairs);
    const b = load<f64>(ai + pairs);
    const c = load<f64>(a1 + pairs);
    const d = load<f64>(b1 + pairs);
    r0 += a * x + b * z;
    i0 += a * z - b * x;
    r1 += c * x + d * z;
    i1 += c * z - d * x;
    add(yr + pairs, a * x0 - b * z0 + (c * x1 - d * z1));
    add(yi + pairs, a * z0 + b * x0 + (c * z1 + d * x1));
  }
  diagonalBlock(ar, ai, a1, x0, x1, z0, z1, yr, yi);
  add(yr, r0);
  add(yi, i0);
  add(yr + 8, r1);
  add(yi + 8, i1);
}

/** The 2×2 block on the diagonal, whose columns begin at ar, ai and a1; x = (x0 + i z0, x1 + i z1). */
@inline
function diagonalBlock(
  ar: usize,
  ai: usize,
  a1: usize,
  x0: f64,
  x1: f64,
  z0: f64,
  z1: f64,
  yr: usize,
  yi: usize,
): void {
  const a = load<f64>(ar, 8);
  const b = load<f64>(ai, 8);
  const d0 = load<f64>(ar);
  const d1 = load<f64>(a1, 8);
  add(yr, d0 * x0 + (a * x1 + b * z1));
  add(yi, d0 * z0 + (a * z1 - b * x1));
  add(yr + 8, d1 * x1 + (a * x0 - b * z0));
  add(yi + 8, d1 * z1 + (a * z0 + b * x0));
}

/** One column of `rows` elements, the first on the diagonal. */
function hemvColumn(rows: i32, ar: usize, ai: usize, xr: usize, xi: usize, yr: usize, yi: usize): void {
  const x0 = load<f64>(xr);
  const z0 = load<f64>(xi);
  const d = load<f64>(ar);
  let r = d * x0;
  let t = d * z0;
  const end = (<usize>rows) << 3;
  for (let i: usize = 8; i < end; i += 8) {
    const a = load<f64>(ar + i);
    const b = load<f64>(ai + i);
    const x = load<f64>(xr + i);
    const z = load<f64>(xi + i);
    r += a * x + b * z;
    t += a * z - b * x;
    add(yr + i, a * x0 - b * z0);
    add(yi + i, a * z0 + b * x0);
  }
  add(yr, r);
  add(yi, t);
}

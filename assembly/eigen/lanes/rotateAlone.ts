// Vᵀ A V → diagonal by plane rotations as in rotations.ts, of one matrix of order 2 to 6, with the same bits. There a lane waits
// for no branch and does what its neighbour needs; here rotations in which nothing is to be turned, a third of all, are passed
// over, which changes no number (c = 1, s = 0). Up to order 4 orders and planes are constants, so that no loop and no address is
// left. At 5 and 6, where that would be much code, both triangles are stored, for rows to be turned without asking which is which.
// Range: that of rotations.ts and load.ts; what they give up is refused.
import { fma, fused } from '../../fma';
import { EPS2 } from '../../numeric/constants';
import { exceedsLeast, scaleOf } from './load';
import { clear, SMALL_SQUARE } from './pair';
import { LANE_SWEEPS, planeOf, roundsOf } from './rotations';

/** Rows of A and V that are stored of an order above 4; those beyond the order are zero. */
const WIDE: i32 = 6;

/** What a rotation did: nothing, turned, or met numbers that could lack digits. */
const RESTS: i32 = 0;
const TURNED: i32 = 1;
const GIVEN_UP: i32 = -1;

/** h with its sign turned where g has one, without a branch: which way it goes nobody can foresee. */
@inline
function turned(h: f64, g: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(h) ^ (reinterpret<i64>(g) & i64.MIN_VALUE));
}

/** Bytes between two columns of V. */
@inline
function columnOf(wide: bool): usize {
  return wide ? (<usize>WIDE) << 3 : 32;
}

/** Bytes from the beginning of A, by columns, to element (i, j), or where there is one triangle, that of the lower one. */
@inline
function place(n: i32, wide: bool, i: i32, j: i32): usize {
  return wide ? (<usize>(i + WIDE * j)) << 3 : (<usize>(max(i, j) + n * min(i, j))) << 3;
}

/** Row r of the columns p and q of A, and in place of rows above the diagonal columns. */
@inline
function turnRow(n: i32, r: i32, p: i32, q: i32, c: f64, s: f64, a: usize): void {
  if (r == p || r == q || r >= n) return;
  const x = a + place(n, false, r, p);
  const y = a + place(n, false, r, q);
  const u = load<f64>(x);
  const v = load<f64>(y);
  store<f64>(x, fused(c, u, -s * v));
  store<f64>(y, fused(c, v, s * u));
}

/** Row r of the columns p and q of both triangles. What it makes of the rows p and q themselves is replaced afterwards. */
@inline
function turnBoth(r: i32, p: i32, q: i32, c: f64, s: f64, a: usize): void {
  const u = load<f64>(a + place(WIDE, true, r, p));
  const v = load<f64>(a + place(WIDE, true, r, q));
  const x = fused(c, u, -s * v);
  const y = fused(c, v, s * u);
  store<f64>(a + place(WIDE, true, r, p), x);
  store<f64>(a + place(WIDE, true, r, q), y);
  store<f64>(a + place(WIDE, true, p, r), x);
  store<f64>(a + place(WIDE, true, q, r), y);
}

/** Two rows of the columns at x and y of V. */
@inline
function turnTwo(x: usize, y: usize, c: v128, s: v128, minus: v128): void {
  const u = v128.load(x);
  const v = v128.load(y);
  v128.store(x, fma(c, u, f64x2.mul(minus, v)));
  v128.store(y, fma(c, v, f64x2.mul(s, u)));
}

/** The rotation in the plane of p < q. */
@inline
function rotate(n: i32, wide: bool, p: i32, q: i32, a: usize, v: usize): i32 {
  const x = load<f64>(a + place(n, wide, p, q));
  const dp = load<f64>(a + place(n, wide, p, p));
  const dq = load<f64>(a + place(n, wide, q, q));
  const h = x + x;
  // The sign of a zero would decide about that of a vector, and lanes at rest change it.
  const g = dq - dp + 0;
  const square = fused(g, g, h * h);
  if (square < SMALL_SQUARE && x != 0) return GIVEN_UP;
  if (!(x * x > EPS2 * abs(dp * dq))) return RESTS;
  const size = abs(g);
  const r = sqrt(square);
  const t = turned(h, g) / (size + r);
  const c = sqrt(fused(0.5, size / r, 0.5));
  const s = t * c;
  const move = t * x;
  if (wide) {
    turnBoth(0, p, q, c, s, a);
    turnBoth(1, p, q, c, s, a);
    turnBoth(2, p, q, c, s, a);
    turnBoth(3, p, q, c, s, a);
    turnBoth(4, p, q, c, s, a);
    turnBoth(5, p, q, c, s, a);
    store<f64>(a + place(n, wide, q, p), 0);
  } else {
    turnRow(n, 0, p, q, c, s, a);
    turnRow(n, 1, p, q, c, s, a);
    turnRow(n, 2, p, q, c, s, a);
    turnRow(n, 3, p, q, c, s, a);
  }
  store<f64>(a + place(n, wide, p, q), 0);
  store<f64>(a + place(n, wide, p, p), dp - move);
  store<f64>(a + place(n, wide, q, q), dq + move);
  if (v == 0) return TURNED;
  const c2 = f64x2.splat(c);
  const s2 = f64x2.splat(s);
  const minus = f64x2.neg(s2);
  const vp = v + <usize>p * columnOf(wide);
  const vq = v + <usize>q * columnOf(wide);
  turnTwo(vp, vq, c2, s2, minus);
  if (wide || n > 2) turnTwo(vp + 16, vq + 16, c2, s2, minus);
  if (wide) turnTwo(vp + 32, vq + 32, c2, s2, minus);
  return TURNED;
}

/** A sweep through the planes in the order of planeOf. */
@inline
function sweep(n: i32, wide: bool, a: usize, v: usize): i32 {
  let state = RESTS;
  if (!wide) {
    if (n == 2) return rotate(n, wide, 0, 1, a, v);
    if (n == 4) state = rotate(n, wide, 0, 3, a, v);
    state |= rotate(n, wide, 1, 2, a, v);
    if (n == 4) state |= rotate(n, wide, 1, 3, a, v);
    state |= rotate(n, wide, 0, 2, a, v);
    if (n == 4) state |= rotate(n, wide, 2, 3, a, v);
    return state | rotate(n, wide, 0, 1, a, v);
  }
  for (let round = 0; round < roundsOf(n); ++round) {
    for (let k = n & 1; k < WIDE / 2; ++k) {
      const plane = planeOf(n, round, k);
      state |= rotate(n, wide, plane & 7, plane >> 3, a, v);
    }
  }
  return state;
}

/** Sweeps until A is diagonal; GIVEN_UP where it is given up. */
@inline
function sweeps(n: i32, wide: bool, a: usize, v: usize): i32 {
  for (let count = 0; count <= <i32>LANE_SWEEPS; ++count) {
    const state = sweep(n, wide, a, v);
    if (state == RESTS) return count;
    if (state < 0) return GIVEN_UP;
  }
  return GIVEN_UP;
}

/**
 * The scaled matrix to `to`, `rows` from one column to the next, both triangles; returns the scale, 0 where it is turned down (load.ts).
 * Not written out for each order, as little of the time as it takes.
 */
function loadScaled(n: i32, a: usize, upper: bool, rows: i32, to: usize): f64 {
  let top: f64 = 0;
  let least: f64 = Infinity;
  for (let j = 0; j < n; ++j) {
    for (let i = j; i < n; ++i) {
      const size = abs(load<f64>(a + ((<usize>(upper ? i * n + j : j * n + i)) << 3)));
      top = max(top, size);
      if (size != 0) least = min(least, size);
    }
  }
  if (!exceedsLeast(least, top)) return 0;
  const scale = scaleOf(top);
  for (let j = 0; j < n; ++j) {
    for (let i = j; i < n; ++i) {
      const x = scale * load<f64>(a + ((<usize>(upper ? i * n + j : j * n + i)) << 3));
      store<f64>(to + ((<usize>(i + rows * j)) << 3), x);
      store<f64>(to + ((<usize>(j + rows * i)) << 3), x);
    }
  }
  return scale;
}

/** V = 1. */
function startVectors(n: i32, column: usize, v: usize): void {
  clear(v, <usize>n * column);
  for (let k = 0; k < n; ++k) store<f64>(v + <usize>k * (column + 8), 1);
}

/** The eigenvalues ascending to d and, unless z = 0, the columns of V that belong to them to z. Zeros lose their sign. */
function storeSorted(
  n: i32,
  scale: f64,
  a: usize,
  rows: i32,
  v: usize,
  column: usize,
  d: usize,
  z: usize,
): void {
  const inverse = 1 / scale;
  const diagonal = (<usize>(rows + 1)) << 3;
  for (let k = 0; k < n; ++k) {
    const value = load<f64>(a + <usize>k * diagonal);
    // Those before it, and equal ones of a lower place.
    let before = 0;
    for (let i = 0; i < n; ++i) {
      const other = load<f64>(a + <usize>i * diagonal);
      before += i32(i < k ? other <= value : other < value);
    }
    store<f64>(d + ((<usize>before) << 3), value * inverse + 0);
    if (z == 0) continue;
    const from = v + <usize>k * column;
    const to = z + ((<usize>(before * n)) << 3);
    for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(to + i, load<f64>(from + i) + 0);
  }
}

@inline
function decompose(n: i32, wide: bool, a: usize, upper: bool, d: usize, z: usize, work: usize): i32 {
  const column = columnOf(wide);
  const rows = wide ? WIDE : n;
  const v = z == 0 ? <usize>0 : work;
  const own = work + (wide ? <usize>WIDE : 4) * column;
  // Of an order 5 the sixth row is turned with the others.
  if (wide) clear(own, 8 * WIDE * WIDE);
  const scale = loadScaled(n, a, upper, rows, own);
  if (scale == 0) return GIVEN_UP;
  if (z != 0) startVectors(n, column, v);
  const count = sweeps(n, wide, own, v);
  if (count >= 0) storeSorted(n, scale, own, rows, v, column, d, z);
  return count;
}

/** Decomposes a matrix of order 2 to 6 as `symmetricAlone`; `work`: twice WIDE² doubles. */
export function rotateAlone(n: i32, a: usize, upper: bool, d: usize, z: usize, work: usize): i32 {
  if (n == 2) return decompose(2, false, a, upper, d, z, work);
  if (n == 3) return decompose(3, false, a, upper, d, z, work);
  if (n == 4) return decompose(4, false, a, upper, d, z, work);
  return decompose(n, true, a, upper, d, z, work);
}

// Vᵀ A V → diagonal by plane rotations as in rotations.ts, of one matrix of order 2, 3 or 4, with the same bits. There a lane waits
// for no branch and does what its neighbour needs; here rotations in which nothing is to be turned, a third of all, are passed
// over, which changes no number (c = 1, s = 0), and orders and planes are constants, so that no loop and no address is left.
// Range: that of rotations.ts and load.ts; what they give up is refused.
import { fma } from '../../fma';
import { EPS2 } from '../../numeric/constants';
import { exceedsLeast, scaleOf } from './load';
import { clear, SMALL_SQUARE } from './pair';
import { LANE_SWEEPS } from './rotations';

/** Bytes between two columns of V. */
const V_COLUMN: usize = 32;

/** What a rotation did: nothing, turned, or met numbers that could lack digits. */
const RESTS: i32 = 0;
const TURNED: i32 = 1;
const GIVEN_UP: i32 = -1;

/** c + a b as in the lanes. */
@inline
function fused(a: f64, b: f64, c: f64): f64 {
  if (!ASC_FEATURE_RELAXED_SIMD) return c + a * b;
  return f64x2.extract_lane(fma(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c)), 0);
}

/** Bytes from the beginning of A, by columns, to element (i, j) of its lower triangle. */
@inline
function place(n: i32, i: i32, j: i32): usize {
  return (<usize>(max(i, j) + n * min(i, j))) << 3;
}

/** Row r of the columns p and q of A, and in place of rows above the diagonal columns. */
@inline
function turnRow(n: i32, r: i32, p: i32, q: i32, c: f64, s: f64, a: usize): void {
  if (r == p || r == q || r >= n) return;
  const x = a + place(n, r, p);
  const y = a + place(n, r, q);
  const u = load<f64>(x);
  const v = load<f64>(y);
  store<f64>(x, fused(c, u, -s * v));
  store<f64>(y, fused(c, v, s * u));
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
function rotate(n: i32, p: i32, q: i32, a: usize, v: usize): i32 {
  const x = load<f64>(a + place(n, p, q));
  const dp = load<f64>(a + place(n, p, p));
  const dq = load<f64>(a + place(n, q, q));
  const h = x + x;
  const g = dq - dp;
  const square = fused(g, g, h * h);
  if (square < SMALL_SQUARE && x != 0) return GIVEN_UP;
  if (!(x * x > EPS2 * abs(dp * dq))) return RESTS;
  const size = abs(g);
  const r = sqrt(square);
  const t = (g < 0 ? -h : h) / (size + r);
  const c = sqrt(fused(0.5, size / r, 0.5));
  const s = t * c;
  const move = t * x;
  store<f64>(a + place(n, p, p), dp - move);
  store<f64>(a + place(n, q, q), dq + move);
  store<f64>(a + place(n, p, q), 0);
  turnRow(n, 0, p, q, c, s, a);
  turnRow(n, 1, p, q, c, s, a);
  turnRow(n, 2, p, q, c, s, a);
  turnRow(n, 3, p, q, c, s, a);
  if (v == 0) return TURNED;
  const c2 = f64x2.splat(c);
  const s2 = f64x2.splat(s);
  const minus = f64x2.neg(s2);
  const vp = v + <usize>p * V_COLUMN;
  const vq = v + <usize>q * V_COLUMN;
  turnTwo(vp, vq, c2, s2, minus);
  if (n > 2) turnTwo(vp + 16, vq + 16, c2, s2, minus);
  return TURNED;
}

/** Sweeps until A is diagonal; GIVEN_UP where it is given up. */
@inline
function sweeps(n: i32, a: usize, v: usize): i32 {
  for (let count = 0; count <= <i32>LANE_SWEEPS; ++count) {
    let state = rotate(n, 0, 1, a, v);
    if (n > 2) state |= rotate(n, 0, 2, a, v);
    if (n > 3) state |= rotate(n, 0, 3, a, v);
    if (n > 2) state |= rotate(n, 1, 2, a, v);
    if (n > 3) state |= rotate(n, 1, 3, a, v) | rotate(n, 2, 3, a, v);
    if (state == RESTS) return count;
    if (state < 0) return GIVEN_UP;
  }
  return GIVEN_UP;
}

/** The scaled lower triangle to `to`; returns the scale, 0 where the matrix is turned down (load.ts). */
@inline
function loadScaled(n: i32, a: usize, upper: bool, to: usize): f64 {
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
      const x = load<f64>(a + ((<usize>(upper ? i * n + j : j * n + i)) << 3));
      store<f64>(to + place(n, i, j), x * scale);
    }
  }
  return scale;
}

/** The eigenvalues ascending to d and, unless z = 0, the columns of V that belong to them to z. Zeros lose their sign. */
@inline
function storeSorted(n: i32, scale: f64, a: usize, v: usize, d: usize, z: usize): void {
  const inverse = 1 / scale;
  for (let k = 0; k < n; ++k) {
    const value = load<f64>(a + place(n, k, k));
    // Those before it, and equal ones of a lower place.
    let before = 0;
    for (let i = 0; i < n; ++i) {
      const other = load<f64>(a + place(n, i, i));
      before += i32(i < k ? other <= value : other < value);
    }
    store<f64>(d + ((<usize>before) << 3), value * inverse + 0);
    if (z == 0) continue;
    const from = v + <usize>k * V_COLUMN;
    const to = z + ((<usize>(before * n)) << 3);
    for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(to + i, load<f64>(from + i) + 0);
  }
}

@inline
function decompose(n: i32, a: usize, upper: bool, d: usize, z: usize, work: usize): i32 {
  const own = work + 4 * V_COLUMN;
  const v = z == 0 ? <usize>0 : work;
  const scale = loadScaled(n, a, upper, own);
  if (scale == 0) return GIVEN_UP;
  if (z != 0) {
    clear(v, <usize>n * V_COLUMN);
    for (let k = 0; k < n; ++k) store<f64>(v + <usize>k * (V_COLUMN + 8), 1);
  }
  const count = sweeps(n, own, v);
  if (count >= 0) storeSorted(n, scale, own, v, d, z);
  return count;
}

/** Decomposes a matrix of order 2, 3 or 4 as `symmetricAlone`; `work`: 256 bytes. */
export function rotateAlone(n: i32, a: usize, upper: bool, d: usize, z: usize, work: usize): i32 {
  if (n == 2) return decompose(2, a, upper, d, z, work);
  if (n == 3) return decompose(3, a, upper, d, z, work);
  return decompose(4, a, upper, d, z, work);
}

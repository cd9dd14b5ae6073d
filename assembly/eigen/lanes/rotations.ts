// Vᵀ A V → diagonal in lanes by plane rotations for the lowest orders: with
//
//     h = 2 a_pq,   g = a_qq − a_pp,   r = √(g² + h²),   t = ±h/(|g| + r),   c = √(½ + ½|g|/r),   s = t c
//
// each rotation makes a_pq zero (Jacobi's method; H. Rutishauser, Numer. Math. 9 (1966) 1), in sets of planes that have no index in
// common (A. H. Sameh, Math. Comp. 25 (1971) 579): none waits for another of its set. There are no branches but at the end of a sweep. A lane in which a_pq is negligible is turned by the unit rotation, so that a matrix that is done rests.
// Range: the largest entry between 1 and 4, to which load.ts scales it. Where g² + h² could lack digits, or after LANE_SWEEPS sweeps,
// a matrix is given up.
import { fma } from '../../fma';
import { EPS2 } from '../../numeric/constants';
import { BOTH, choose, clear, Pair, refuse, SMALL_SQUARE, zero } from './pair';

/** Sweeps after which a matrix is given up; four to six are usual. */
export const LANE_SWEEPS: f64 = 40;

/** Sets of planes in a sweep, each of which has every index at most once. */
@inline
export function roundsOf(n: i32): i32 {
  return n - 1 + (n & 1);
}

/**
 * Plane k of a set, as p + 8 q with p < q: the rounds of a tournament, in which everyone meets everyone else once. Of an odd number
 * of players one rests, so that there k begins with 1.
 */
@inline
export function planeOf(n: i32, round: i32, k: i32): i32 {
  const turning = roundsOf(n);
  if (k == 0) return round + 8 * turning;
  let i = round + k;
  let j = round - k;
  if (i >= turning) i -= turning;
  if (j < 0) j += turning;
  return min(i, j) + 8 * max(i, j);
}

/** V = 1 for the pair. */
export function startRotations(pair: Pair): void {
  const n = <usize>pair.n;
  const one = f64x2.splat(1);
  pair.z = pair.v;
  if (!pair.vectors) return;
  clear(pair.v, n * n * BOTH);
  for (let i: usize = 0; i < n; ++i) v128.store(pair.v + i * (n + 1) * BOTH, one);
}

/** The lanes in which a_pq = x is not negligible. */
@inline
export function counts(x: v128, dp: v128, dq: v128): v128 {
  return f64x2.gt(f64x2.mul(x, x), f64x2.mul(f64x2.splat(EPS2), f64x2.abs(f64x2.mul(dp, dq))));
}

/** g² + h². */
@inline
export function squareOf(x: v128, dp: v128, dq: v128): v128 {
  const h = f64x2.add(x, x);
  const g = f64x2.sub(dq, dp);
  return fma(g, g, f64x2.mul(h, h));
}

/** The lanes in which the square could lack digits. */
@inline
export function lacksDigits(square: v128, x: v128): v128 {
  return v128.and(f64x2.lt(square, f64x2.splat(SMALL_SQUARE)), f64x2.ne(x, zero()));
}

/** g. The sign of a zero would decide about that of a vector, and a rotation of a lane at rest changes it. */
@inline
export function gapOf(dp: v128, dq: v128): v128 {
  return f64x2.add(f64x2.sub(dq, dp), zero());
}

/** t in the lanes that turn, 0 in the others. */
@inline
export function tangentOf(x: v128, g: v128, r: v128, good: v128): v128 {
  const signed = v128.xor(f64x2.add(x, x), v128.and(g, f64x2.splat(-0.0)));
  return v128.and(f64x2.div(signed, f64x2.add(f64x2.abs(g), r)), good);
}

/** c in the lanes that turn, 1 in the others. */
@inline
export function cosineOf(g: v128, r: v128, good: v128): v128 {
  const half = f64x2.splat(0.5);
  return choose(good, f64x2.sqrt(fma(half, f64x2.div(f64x2.abs(g), r), half)), f64x2.splat(1));
}

/** What the rotation does to a_pp, a_qq and a_pq = x, and to what the pair counts. */
@inline
export function settle(
  pair: Pair,
  app: usize,
  aqq: usize,
  apq: usize,
  x: v128,
  t: v128,
  good: v128,
  lost: v128,
): void {
  const move = f64x2.mul(t, x);
  v128.store(app, f64x2.sub(v128.load(app), move));
  v128.store(aqq, f64x2.add(v128.load(aqq), move));
  v128.store(apq, v128.andnot(x, good));
  v128.store(pair.turned, v128.or(v128.load(pair.turned), good));
  v128.store(pair.refused, v128.or(v128.load(pair.refused), lost));
}

/** x := c x − s y, y := s x + c y. */
@inline
export function turnElement(c: v128, s: v128, minus: v128, x: usize, y: usize): void {
  const u = v128.load(x);
  const v = v128.load(y);
  v128.store(x, fma(c, u, f64x2.mul(minus, v)));
  v128.store(y, fma(c, v, f64x2.mul(s, u)));
}

/** One rotation in the plane of p < q. `turned` of the pair holds the matrices in which something was not negligible. */
export function rotatePair(pair: Pair, p: usize, q: usize): void {
  const n = <usize>pair.n;
  const column = n * BOTH;
  const a = pair.a;
  const app = a + p * (column + BOTH);
  const aqq = a + q * (column + BOTH);
  const apq = a + p * column + q * BOTH;
  const x = v128.load(apq);
  const dp = v128.load(app);
  const dq = v128.load(aqq);
  const g = gapOf(dp, dq);
  const square = squareOf(x, dp, dq);
  const lost = lacksDigits(square, x);
  const good = v128.andnot(counts(x, dp, dq), lost);
  const r = f64x2.sqrt(square);
  const t = tangentOf(x, g, r, good);
  const c = cosineOf(g, r, good);
  const s = f64x2.mul(t, c);
  settle(pair, app, aqq, apq, x, t, good, lost);
  // Rows above, between and below; only the lower triangle is stored.
  turn(p, c, s, a + p * BOTH, column, a + q * BOTH, column);
  turn(q - p - 1, c, s, app + BOTH, BOTH, apq + column, column);
  turn(n - q - 1, c, s, apq + BOTH, BOTH, aqq + BOTH, BOTH);
  if (pair.vectors) turn(n, c, s, pair.v + p * column, BOTH, pair.v + q * column, BOTH);
}

/** x := c x − s y, y := s x + c y for `count` elements. */
@inline
function turn(count: usize, c: v128, s: v128, x: usize, xStep: usize, y: usize, yStep: usize): void {
  const minus = f64x2.neg(s);
  for (let i: usize = 0; i < count; ++i) {
    turnElement(c, s, minus, x, y);
    x += xStep;
    y += yStep;
  }
}

/**
 * Whether another sweep would turn nothing and give up nothing: the last of every pair is found by products alone, and not made.
 * (A unit rotation changes no number but the sign of a zero, and zeros lose theirs in the end.)
 */
export function rests(pair: Pair): bool {
  const n = <usize>pair.n;
  const column = n * BOTH;
  let stirs = zero();
  for (let p: usize = 0; p < n - 1; ++p) {
    const app = pair.a + p * (column + BOTH);
    const dp = v128.load(app);
    for (let i: usize = 1; i < n - p; ++i) {
      const x = v128.load(app + i * BOTH);
      const dq = v128.load(app + i * (column + BOTH));
      stirs = v128.or(stirs, v128.or(counts(x, dp, dq), lacksDigits(squareOf(x, dp, dq), x)));
    }
  }
  return !v128.any_true(stirs);
}

/** Counts a sweep. Returns whether another one is needed. */
export function endSweep(pair: Pair): bool {
  const turned = v128.load(pair.turned);
  const sweeps = f64x2.add(v128.load(pair.sweeps), v128.and(turned, f64x2.splat(1)));
  v128.store(pair.turned, zero());
  v128.store(pair.sweeps, sweeps);
  const over = f64x2.gt(sweeps, f64x2.splat(LANE_SWEEPS));
  refuse(pair, over);
  return v128.any_true(v128.andnot(turned, v128.load(pair.refused)));
}

/** The eigenvalues ascending into w, and the columns that they belong to into `order`, by exchanges of neighbours. */
export function sortRotated(pair: Pair): void {
  const n = pair.n;
  const bytes = <usize>n * BOTH;
  const w = pair.w;
  const place = pair.tau;
  for (let i: usize = 0, k = 0; i < bytes; i += BOTH, ++k) {
    v128.store(w + i, v128.load(pair.a + i * <usize>(n + 1)));
    v128.store(place + i, f64x2.splat(<f64>k));
  }
  for (let end = bytes - BOTH; end > 0; end -= BOTH) {
    for (let i: usize = 0; i < end; i += BOTH) {
      const x = v128.load(w + i);
      const y = v128.load(w + i, BOTH);
      const j = v128.load(place + i);
      const k = v128.load(place + i, BOTH);
      const falls = f64x2.gt(x, y);
      v128.store(w + i, choose(falls, y, x));
      v128.store(w + i, choose(falls, x, y), BOTH);
      v128.store(place + i, choose(falls, k, j));
      v128.store(place + i, choose(falls, j, k), BOTH);
    }
  }
  for (let k: usize = 0; k < <usize>n; ++k) {
    const at = v128.load(place + k * BOTH);
    store<i32>(pair.order + (k << 2), <i32>f64x2.extract_lane(at, 0));
    store<i32>(pair.order + ((k + <usize>n) << 2), <i32>f64x2.extract_lane(at, 1));
  }
}

// Evaluation of the fits of the single-spin response in u = log g (tables by scripts/generate-response-fit.js).
// Interval i covers u in [−46 + i/2, −46 + (i+1)/2); with z in [−1, 1] on it, p(z) = E(z²) + z O(z²) for two
// functions at a time, one in each lane.

export const FIT_FIRST: f64 = -46;
export const FIT_LAST: f64 = 18.5;
export const FIT_INTERVALS: i32 = 129;
/** Intervals from this one on (u ≥ −3) hold complements. */
export const FIT_SWITCH: i32 = 86;
/** The coefficients of one polynomial, and the bytes of a pair of them. */
export const FIT_COEFFICIENTS: i32 = 14;
export const FIT_STRIDE: usize = 224;

/** 1.5 · 2^52: adding it rounds to an integer, which is then in the low bits. */
const MAGIC: f64 = 6755399441055744;

/**
 * Interval of u, FIT_FIRST ≤ u < FIT_LAST; at an edge either neighbour. Rounds by addition, because V8's conversions
 * between doubles and integers make each iteration of a loop wait for the one before.
 */
@inline
export function fitInterval(u: f64): i32 {
  return <i32>reinterpret<i64>((u - FIT_FIRST) * 2 - 0.5 + MAGIC);
}

/** Position of u on its interval, in [−1, 1]. */
@inline
function fitArgument(u: f64): f64 {
  const t = (u - FIT_FIRST) * 2 - 0.5;
  return 2 * (t - (t + MAGIC - MAGIC));
}

/** Both polynomials of interval i at u. */
@inline
export function fitPair(table: usize, i: i32, u: f64): v128 {
  const c = table + <usize>i * FIT_STRIDE;
  const z0 = fitArgument(u);
  const z = f64x2.splat(z0);
  const y = f64x2.splat(z0 * z0);
  let e = v128.load(c, 192);
  let o = v128.load(c, 208);
  e = f64x2.add(v128.load(c, 160), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 176), f64x2.mul(y, o));
  e = f64x2.add(v128.load(c, 128), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 144), f64x2.mul(y, o));
  e = f64x2.add(v128.load(c, 96), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 112), f64x2.mul(y, o));
  e = f64x2.add(v128.load(c, 64), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 80), f64x2.mul(y, o));
  e = f64x2.add(v128.load(c, 32), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 48), f64x2.mul(y, o));
  e = f64x2.add(v128.load(c, 0), f64x2.mul(y, e));
  o = f64x2.add(v128.load(c, 16), f64x2.mul(y, o));
  return f64x2.add(e, f64x2.mul(z, o));
}

/** The single polynomial of interval i at u: even powers in lane 0, odd ones in lane 1. */
@inline
export function fitOne(table: usize, i: i32, u: f64): f64 {
  const c = table + <usize>i * (FIT_STRIDE >> 1);
  const z = fitArgument(u);
  const y = f64x2.splat(z * z);
  let p = v128.load(c, 96);
  p = f64x2.add(v128.load(c, 80), f64x2.mul(y, p));
  p = f64x2.add(v128.load(c, 64), f64x2.mul(y, p));
  p = f64x2.add(v128.load(c, 48), f64x2.mul(y, p));
  p = f64x2.add(v128.load(c, 32), f64x2.mul(y, p));
  p = f64x2.add(v128.load(c, 16), f64x2.mul(y, p));
  p = f64x2.add(v128.load(c, 0), f64x2.mul(y, p));
  return f64x2.extract_lane(p, 0) + z * f64x2.extract_lane(p, 1);
}

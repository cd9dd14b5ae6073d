// λ_k(T) ∈ [x_k − δ, x_k + δ] by Sturm counts in lanes, as in tridiagonal/refineEigenvalues.ts: sweeps at low orders lose
// a few ulp of ‖T‖ at most, so that the interval is narrower here and four halvings bring every value to within one.
// Range: ‖T‖ between 1 and some n: squares that underflow, or are raised to 1e-290, are far below an ulp of ‖T‖.
import { ULP } from '../../numeric/constants';
import { countLast, countSigns, SQUARE_MIN, sturmPivot } from '../tridiagonal/refineEigenvalues';
import { BOTH, choose, gather, Pair, zero } from './pair';

/** Half-width of the first interval in ulp of ‖T‖; it is halved until it is half an ulp. */
const LANE_REACH: f64 = 8;
const LANE_HALVINGS: i32 = 4;
/** Eigenvalues counted together, to hide the latency of the quotient: the loop is written out for four registers. Decides no bit. */
const LANE_GROUP: i32 = 4;

/** Sorts the eigenvalues in d ascending into w, with the columns that they belong to in `order`, and refines them. */
export function refinePair(pair: Pair): void {
  const n = pair.n;
  const last = <usize>(n - 1) * BOTH;
  sort(n, pair.d, pair.w, pair.order);
  if (!pair.alone) sort(n, pair.d + 8, pair.w + 8, pair.order + ((<usize>n) << 2));
  let top = f64x2.pmax(f64x2.abs(v128.load(pair.w)), f64x2.abs(v128.load(pair.w + last)));
  if (pair.alone) top = f64x2.splat(f64x2.extract_lane(top, 0));
  const delta = f64x2.mul(f64x2.splat(LANE_REACH * ULP), top);
  // Both lanes of one matrix alone are the same: they take different values of it.
  const step = pair.alone ? 2 * LANE_GROUP : LANE_GROUP;
  for (let k = 0; k < n; k += step) refineGroup(pair, k, delta);
  let least = v128.load(pair.w);
  for (let at = BOTH; at <= last; at += BOTH) {
    least = f64x2.pmax(least, v128.load(pair.w + at));
    v128.store(pair.w + at, least);
  }
}

/** Inserts the n values of one matrix, each BOTH bytes after the one before, into x in ascending order. */
function sort(n: i32, d: usize, x: usize, order: usize): void {
  for (let i = 0; i < n; ++i) {
    const value = load<f64>(d + <usize>i * BOTH);
    let j = i;
    for (; j > 0; --j) {
      const at = x + <usize>j * BOTH;
      const before = load<f64>(at - BOTH);
      if (before <= value) break;
      store<f64>(at, before);
      const place = order + ((<usize>j) << 2);
      store<i32>(place, load<i32>(place - 4));
    }
    store<f64>(x + <usize>j * BOTH, value);
    store<i32>(order + ((<usize>j) << 2), i);
  }
}

/** Numbers of the eigenvalues in both lanes; the last is repeated where there are no more, with the same result. */
@inline
function numbers(pair: Pair, first: i32, second: i32): v128 {
  const last = pair.n - 1;
  return i64x2.replace_lane(i64x2.splat(<i64>min(first, last)), 1, <i64>min(second, last));
}

/** Address of the value that a lane has: of one matrix alone all are those of lane 0. */
@inline
function valueAt(pair: Pair, k: v128, lane: u8): usize {
  const number = <usize>(lane == 0 ? i64x2.extract_lane(k, 0) : i64x2.extract_lane(k, 1));
  return pair.w + number * BOTH + (lane == 0 || pair.alone ? 0 : 8);
}

/** Values k … k + 3 of both matrices, or k … k + 7 of one alone. */
function refineGroup(pair: Pair, k: i32, delta: v128): void {
  const end = <usize>pair.n * BOTH;
  const other = pair.alone ? k + LANE_GROUP : k;
  const k0 = numbers(pair, k, other);
  const k1 = numbers(pair, k + 1, other + 1);
  const k2 = numbers(pair, k + 2, other + 2);
  const k3 = numbers(pair, k + 3, other + 3);
  // Midpoints, and by how much they move next: an interval is [x − h, x + h].
  let x0 = values(pair, k0);
  let x1 = values(pair, k1);
  let x2 = values(pair, k2);
  let x3 = values(pair, k3);
  let h = delta;
  const half = f64x2.splat(0.5);
  const one = f64x2.splat(1);
  const none = zero();
  const least = f64x2.splat(SQUARE_MIN);
  for (let step = 0; step < LANE_HALVINGS; ++step) {
    let q0 = one;
    let q1 = one;
    let q2 = one;
    let q3 = one;
    let c0 = none;
    let c1 = none;
    let c2 = none;
    let c3 = none;
    let square = none;
    for (let i: usize = 0; i < end; i += BOTH) {
      const d = v128.load(pair.diagonal + i);
      q0 = sturmPivot(d, x0, square, q0);
      q1 = sturmPivot(d, x1, square, q1);
      q2 = sturmPivot(d, x2, square, q2);
      q3 = sturmPivot(d, x3, square, q3);
      square = f64x2.pmax(v128.load(pair.squares + i), least);
      c0 = countSigns(c0, q0);
      c1 = countSigns(c1, q1);
      c2 = countSigns(c2, q2);
      c3 = countSigns(c3, q3);
    }
    h = f64x2.mul(half, h);
    x0 = moved(x0, h, countLast(c0, q0), k0);
    x1 = moved(x1, h, countLast(c1, q1), k1);
    x2 = moved(x2, h, countLast(c2, q2), k2);
    x3 = moved(x3, h, countLast(c3, q3), k3);
  }
  keep(pair, k0, x0, h);
  keep(pair, k1, x1, h);
  keep(pair, k2, x2, h);
  keep(pair, k3, x3, h);
}

/** The middle of the half that holds eigenvalue k. */
@inline
function moved(x: v128, h: v128, count: v128, k: v128): v128 {
  const above = i64x2.le_s(count, k);
  return choose(above, f64x2.add(x, h), f64x2.sub(x, h));
}

@inline
function values(pair: Pair, k: v128): v128 {
  return gather(valueAt(pair, k, 0), valueAt(pair, k, 1));
}

/** A value inside the final interval stays as it is, so that small eigenvalues of graded matrices keep their digits. */
@inline
function keep(pair: Pair, k: v128, x: v128, h: v128): void {
  const value = values(pair, k);
  const kept = f64x2.pmin(f64x2.pmax(value, f64x2.sub(x, h)), f64x2.add(x, h));
  store<f64>(valueAt(pair, k, 0), f64x2.extract_lane(kept, 0));
  store<f64>(valueAt(pair, k, 1), f64x2.extract_lane(kept, 1));
}

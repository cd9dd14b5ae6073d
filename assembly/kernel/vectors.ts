// Operations on vectors of n contiguous doubles, as in the first level of BLAS.
// Range: that of plain products and sums: terms that underflow are lost, results beyond 1.8e308
// overflow. For norms see norm2.ts.

import { fma } from '../fma';
import { laneSum } from '../numeric/lanes';

/**
 * x·y = Σ x[i] y[i]. Lane j of 4 sums the elements with i ≡ j (mod 4), so that the bits do not depend on the caller;
 * the lanes are added pairwise, and the remaining elements last.
 */
export function dot(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const blocks = n & ~3;
  let i = 0;
  for (; i < blocks; i += 4) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  const s = f64x2.add(s0, s1);
  let sum = laneSum(s);
  for (; i < n; ++i) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** Whether every element is finite: 0·x is 0 for finite x and NaN for any other, so that one sum decides. */
export function allFinite(n: i32, x: usize): bool {
  const zero = f64x2.splat(0);
  let s0 = zero;
  let s1 = zero;
  let i = 0;
  for (; i < (n & ~3); i += 4) {
    s0 = f64x2.add(s0, f64x2.mul(zero, v128.load(x)));
    s1 = f64x2.add(s1, f64x2.mul(zero, v128.load(x, 16)));
    x += 32;
  }
  const s = f64x2.add(s0, s1);
  let sum = laneSum(s);
  for (; i < n; ++i) {
    sum += 0 * load<f64>(x);
    x += 8;
  }
  return sum == 0;
}

/** y := y + alpha x. */
export function axpy(n: i32, alpha: f64, x: usize, y: usize): void {
  const s = f64x2.splat(alpha);
  const pairs = y + ((<usize>(n & ~1)) << 3);
  for (; y < pairs; y += 16) {
    v128.store(y, fma(v128.load(x), s, v128.load(y)));
    x += 16;
  }
  if (n & 1) store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
}

/** y := y − s x − t z in one pass: two updates of a symmetric or band matrix are faster together. */
export function subtractTwo(n: i32, s: f64, x: usize, t: f64, z: usize, y: usize): void {
  const left = f64x2.splat(s);
  const right = f64x2.splat(t);
  const pairs = y + ((<usize>(n & ~1)) << 3);
  for (; y < pairs; y += 16) {
    const first = f64x2.sub(v128.load(y), f64x2.mul(left, v128.load(x)));
    v128.store(y, f64x2.sub(first, f64x2.mul(right, v128.load(z))));
    x += 16;
    z += 16;
  }
  if (n & 1) store<f64>(y, load<f64>(y) - s * load<f64>(x) - t * load<f64>(z));
}

/** x := alpha x. */
export function scal(n: i32, alpha: f64, x: usize): void {
  const s = f64x2.splat(alpha);
  const pairs = x + ((<usize>(n & ~1)) << 3);
  for (; x < pairs; x += 16) v128.store(x, f64x2.mul(v128.load(x), s));
  if (n & 1) store<f64>(x, alpha * load<f64>(x));
}

/** (x, y) := (c x + s y, c y − s x). */
export function rot(n: i32, x: usize, y: usize, c: f64, s: f64): void {
  const cv = f64x2.splat(c);
  const sv = f64x2.splat(s);
  const pairs = x + ((<usize>(n & ~1)) << 3);
  for (; x < pairs; x += 16) {
    const a = v128.load(x);
    const b = v128.load(y);
    v128.store(x, f64x2.add(f64x2.mul(cv, a), f64x2.mul(sv, b)));
    v128.store(y, f64x2.sub(f64x2.mul(cv, b), f64x2.mul(sv, a)));
    y += 16;
  }
  if (n & 1) {
    const a = load<f64>(x);
    const b = load<f64>(y);
    store<f64>(x, c * a + s * b);
    store<f64>(y, c * b - s * a);
  }
}

/** Exchanges x and y. */
export function swap(n: i32, x: usize, y: usize): void {
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 8) {
    const t = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, t);
    y += 8;
  }
}

/** y := x for vectors that do not overlap. On shared memory the engine's memory.copy runs slow, relaxed-atomic code. */
export function copy(n: i32, x: usize, y: usize): void {
  if (!ASC_FEATURE_THREADS) {
    memory.copy(y, x, (<usize>n) << 3);
    return;
  }
  const end = x + ((<usize>(n & ~1)) << 3);
  while (x < end) {
    v128.store(y, v128.load(x));
    x += 16;
    y += 16;
  }
  if (n & 1) store<f64>(y, load<f64>(x));
}

/** The largest |x[i]|, 0 when n = 0; NaN when an element is. */
export function amax(n: i32, x: usize): f64 {
  let top = 0.0;
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 8) top = max(top, abs(load<f64>(x)));
  return top;
}

// x·y = Σ x[i] y[i], summed in four fixed lanes so that the bits do not depend on the caller.
// Range: as plain sums of products: terms that underflow are lost, sums beyond 1.8e308 overflow. For norms see norm2.ts.

/**
 * Dot product of two contiguous vectors of n doubles.
 * Lane j of 4 sums the elements with i ≡ j (mod 4); lanes are added pairwise, the tail last.
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
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; i < n; ++i) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

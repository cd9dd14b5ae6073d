/** c + a b, fused in the relaxed build, rounded twice in the deterministic one. */
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/** c + a b of single numbers, as in the lanes. */
@inline
export function fused(a: f64, b: f64, c: f64): f64 {
  if (!ASC_FEATURE_RELAXED_SIMD) return c + a * b;
  return f64x2.extract_lane(fma(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c)), 0);
}

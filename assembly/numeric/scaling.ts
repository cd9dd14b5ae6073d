// Powers of two: factors that change no digit, only the exponent.

/** 2^k, −1022 ≤ k ≤ 1023. */
@inline
export function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<u64>(1023 + k)) << 52);
}

/** The k with 2^k ≤ |x| < 2^(k+1) for normal x; −1023 for smaller ones. */
@inline
export function exponentOf(x: f64): i32 {
  return <i32>((reinterpret<u64>(x) >> 52) & 0x7ff) - 1023;
}

/** The power of two at or below x > 0, at least 2⁻¹⁰²² and at most 2¹⁰²² so that its inverse is finite. */
export function powerOfTwoNear(x: f64): f64 {
  return powerOfTwo(min(max(exponentOf(x), -1022), 1022));
}

/** Between these, squares of numbers and sums of squares are far from both ends of the doubles, even times an ulp or its inverse. */
const LEAST_MODERATE: f64 = 1e-100;
const MOST_MODERATE: f64 = 1e100;

/** Whether what has this largest element can be computed with as it is; where not, a power of two brings it near 1 first. */
@inline
export function isModerate(size: f64): bool {
  return size == 0 || (size > LEAST_MODERATE && size < MOST_MODERATE);
}

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

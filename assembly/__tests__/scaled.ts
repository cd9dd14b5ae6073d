// For specs of functions that have to do with every exponent.

/** x 2^k, also where 2^k is beyond the doubles. */
export function scaled(x: f64, k: i32): f64 {
  while (k > 1000) {
    x *= reinterpret<f64>((<u64>(1023 + 1000)) << 52);
    k -= 1000;
  }
  while (k < -1000) {
    x *= reinterpret<f64>((<u64>(1023 - 1000)) << 52);
    k += 1000;
  }
  return x * reinterpret<f64>((<u64>(1023 + k)) << 52);
}

// J_k(z), or e^{−z} I_k(z), for all orders at once: the coefficients of e^{−izx} and e^{−zx} in Chebyshev polynomials.
// Miller's algorithm: the recurrence f_{k−1} = (2k/z) f_k ∓ f_{k+1} run downwards, where the functions wanted are the dominant
// solution, from an order at which they are below 1e-27 of what counts; then J by Σ (2 − δ_k0) J_k² = 1, whose terms are all
// positive (Σ (2 − δ_k0) J_2k = 1 would cancel), and I by Σ (2 − δ_k0) e^{−z} I_k = 1.
// Range: 0 ≤ z ≤ 2^20; errors are below 2e-15 of the largest coefficient, those of I below 2e-15 of themselves.

/** Numbers beyond this are brought back, by the inverse of its square. */
const LARGE: f64 = 1.157920892373162e77; // 2^256
const BACK: f64 = 7.458340731200207e-155; // 2^-512
/** Below this z two terms of the series are all. */
const TINY: f64 = 1e-8;

/** (z/2)^k / k!, the first term of J_k; the next one is smaller by z²/4 at least. */
function tiny(z: f64, modified: bool, count: i32, out: usize): void {
  let term: f64 = modified ? 1 - z : 1;
  for (let k = 0; k < count; ++k) {
    store<f64>(out + ((<usize>k) << 3), term);
    term *= (0.5 * z) / <f64>(k + 1);
  }
}

/** The first order of the recurrence: beyond `count` and beyond where J_k(z) falls off. */
@inline
function firstOrder(z: f64, count: i32): i32 {
  // z^(1/3) ≤ 2^(e/3 + 1) for z < 2^(e+1); exactness does not matter.
  let root: f64 = 1;
  while (root * root * root < z) root *= 1.25;
  return max(count, <i32>Math.ceil(z + 14 * root)) + 40;
}

/** Writes orders 0 … count − 1 to `out`; count ≥ 1. */
export function besselOrders(z: f64, modified: bool, count: i32, out: usize): void {
  if (z < TINY) {
    tiny(z, modified, count, out);
    return;
  }
  const sign: f64 = modified ? 1 : -1;
  let above: f64 = 0;
  let f: f64 = 1e-100;
  let sum: f64 = 0;
  for (let k = firstOrder(z, count); k >= 0; --k) {
    if (k < count) store<f64>(out + ((<usize>k) << 3), f);
    const share = modified ? f : f * f;
    sum += k == 0 ? share : 2 * share;
    const below = ((2 * <f64>k) / z) * f + sign * above;
    above = f;
    f = below;
    if (abs(f) > LARGE && k > 0) {
      f *= BACK;
      above *= BACK;
      sum *= modified ? BACK : BACK * BACK;
      for (let j = k; j < count; ++j) {
        const at = out + ((<usize>j) << 3);
        store<f64>(at, load<f64>(at) * BACK);
      }
    }
  }
  const scale = modified ? 1 / sum : 1 / Math.sqrt(sum);
  for (let k = 0; k < count; ++k) {
    const at = out + ((<usize>k) << 3);
    store<f64>(at, load<f64>(at) * scale);
  }
}

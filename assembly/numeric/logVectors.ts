// log x = k log 2 + log(1+f), x = 2^k (1+f), 1+f in [√½, √2); with s = f/(2+f), z = s²
//   log(1+f) = f − (f²/2 − s (f²/2 + z R(z))),   R(z) = 2 (artanh s − s)/s³,
// R by Chebyshev interpolation on [0, 0.02945], error 4e-20 (mpmath chebyfit). The error is below 1 ulp except near a
// rounding tie; both lanes of positive normal doubles are computed at a time.
import { SAFE_MIN } from './constants';

// Every constant twice, to be loaded as a vector (V8 builds vector constants out of scalar moves each time).
// 0–8: R. 9: 1. 10: 2. 11: ½. 12: log 2 to 38 bits, so that k times it is exact. 13: the rest of log 2.
// 14: 2^52 + 1024.
const CONSTANTS: usize = memory.data<f64>(
  [
    0.6666666666666666, 0.6666666666666666, 0.3999999999999999, 0.3999999999999999, 0.2857142857143538,
    0.2857142857143538, 0.22222222219852464, 0.22222222219852464, 0.1818181859457047, 0.1818181859457047,
    0.15384575060560599, 0.15384575060560599, 0.13335641774000268, 0.13335641774000268, 0.1168805409426866,
    0.1168805409426866, 0.11882627381096524, 0.11882627381096524, 1.0, 1.0, 2.0, 2.0, 0.5, 0.5,
    0.6931471805582987, 0.6931471805582987, 1.6465949582897082e-12, 1.6465949582897082e-12,
    4503599627371520.0, 4503599627371520.0,
  ],
  16,
);
// Bits: √½ less 1024 exponents (so that the shifted difference is k + 1024 > 0); 2^52; 1024 exponents.
const BITS: usize = memory.data<i64>(
  [
    -7141747209585715, -7141747209585715, 0x4330000000000000, 0x4330000000000000, 0x4000000000000000,
    0x4000000000000000,
  ],
  16,
);

@inline
function constant(k: usize): v128 {
  return v128.load(CONSTANTS + (k << 4));
}

@inline
function logPair(x: v128): v128 {
  const k = i64x2.shr_u(i64x2.sub(x, v128.load(BITS)), 52); // k + 1024
  const f = f64x2.sub(i64x2.add(i64x2.sub(x, i64x2.shl(k, 52)), v128.load(BITS, 32)), constant(9));
  const e = f64x2.sub(i64x2.add(k, v128.load(BITS, 16)), constant(14));
  const s = f64x2.div(f, f64x2.add(constant(10), f));
  const z = f64x2.mul(s, s);
  const y = f64x2.mul(z, z);
  let a = f64x2.add(constant(6), f64x2.mul(y, constant(8)));
  let b = f64x2.add(constant(5), f64x2.mul(y, constant(7)));
  a = f64x2.add(constant(4), f64x2.mul(y, a));
  b = f64x2.add(constant(3), f64x2.mul(y, b));
  a = f64x2.add(constant(2), f64x2.mul(y, a));
  b = f64x2.add(constant(1), f64x2.mul(y, b));
  a = f64x2.add(constant(0), f64x2.mul(y, a));
  const r = f64x2.mul(z, f64x2.add(a, f64x2.mul(z, b)));
  const half = f64x2.mul(constant(11), f64x2.mul(f, f));
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), f64x2.mul(e, constant(13)));
  return f64x2.add(f64x2.mul(e, constant(12)), f64x2.sub(f, f64x2.sub(half, tail)));
}

/** log g of one element; its bits do not depend on its neighbours. */
function logOne(g: f64): f64 {
  return g >= SAFE_MIN ? f64x2.extract_lane(logPair(f64x2.splat(g)), 0) : Math.log(g);
}

/** u = log g for every element, 0 ≤ g < ∞. */
export function logVector(n: i32, g: usize, u: usize): void {
  let i = 0;
  for (; i + 2 <= n; i += 2, g += 16, u += 16) {
    const x = v128.load(g);
    if (v128.any_true(f64x2.lt(x, f64x2.splat(SAFE_MIN)))) {
      store<f64>(u, logOne(f64x2.extract_lane(x, 0)));
      store<f64>(u, logOne(f64x2.extract_lane(x, 1)), 8);
    } else v128.store(u, logPair(x));
  }
  if (i < n) store<f64>(u, logOne(load<f64>(g)));
}

/** e^u for every element. */
export function expVector(n: i32, u: usize, g: usize): void {
  for (let i = 0; i < n; ++i) store<f64>(g + (i << 3), Math.exp(load<f64>(u + (i << 3))));
}

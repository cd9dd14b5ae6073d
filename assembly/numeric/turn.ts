// cos 2πφ and sin 2πφ: φ = k/4 + r, k an integer, |r| ≤ 1/8, which is exact; then Taylor polynomials in y = 2πr,
// |y| ≤ π/4, whose next terms are below 4e-21, turned by k quarters. Both lanes at a time.
// Range: |φ| ≤ 2^50; errors are below 2^-52, apart from the effect of the rounding of φ itself.
import { TWO_PI } from './constants';

/** c0 + z (c1 + z (c2 + …)), both lanes. */
@inline
function sum(z: v128, c0: f64, c1: f64, c2: f64, c3: f64, c4: f64, c5: f64, c6: f64, c7: f64): v128 {
  const p = f64x2.add(f64x2.splat(c6), f64x2.mul(z, f64x2.splat(c7)));
  const q = f64x2.add(f64x2.splat(c5), f64x2.mul(z, p));
  const r = f64x2.add(f64x2.splat(c4), f64x2.mul(z, q));
  const s = f64x2.add(f64x2.splat(c3), f64x2.mul(z, r));
  const t = f64x2.add(f64x2.splat(c2), f64x2.mul(z, s));
  const u = f64x2.add(f64x2.splat(c1), f64x2.mul(z, t));
  return f64x2.add(f64x2.splat(c0), f64x2.mul(z, u));
}

/** y − y³/3! + … + y¹⁷/17!, z = y². */
@inline
function sine(y: v128, z: v128): v128 {
  const p = sum(
    z,
    -1 / 6.0,
    1 / 120.0,
    -1 / 5040.0,
    1 / 362880.0,
    -1 / 39916800.0,
    1 / 6227020800.0,
    -1 / 1307674368000.0,
    1 / 355687428096000.0,
  );
  return f64x2.add(y, f64x2.mul(f64x2.mul(y, z), p));
}

/** 1 − z/2 + z²/4! − … − z⁹/18!, z = y². */
@inline
function cosine(z: v128): v128 {
  const p = sum(
    z,
    1 / 24.0,
    -1 / 720.0,
    1 / 40320.0,
    -1 / 3628800.0,
    1 / 479001600.0,
    -1 / 87178291200.0,
    1 / 20922789888000.0,
    -1 / 6402373705728000.0,
  );
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const head = f64x2.sub(f64x2.splat(1), half);
  // The rounding error of `head`.
  const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), head), half);
  return f64x2.add(head, f64x2.add(lost, f64x2.mul(f64x2.mul(z, z), p)));
}

/** Stores cos 2πφ of both lanes at `cos`, sin 2πφ at `sin`. */
@inline
export function turnPair(phi: v128, cos: usize, sin: usize): void {
  const quarter = f64x2.nearest(f64x2.mul(phi, f64x2.splat(4)));
  const r = f64x2.sub(phi, f64x2.mul(quarter, f64x2.splat(0.25)));
  const y = f64x2.mul(r, f64x2.splat(TWO_PI));
  const z = f64x2.mul(y, y);
  const s = sine(y, z);
  const c = cosine(z);
  // The two bits of k mod 4.
  const k = f64x2.sub(quarter, f64x2.mul(f64x2.splat(4), f64x2.floor(f64x2.mul(quarter, f64x2.splat(0.25)))));
  const odd = v128.or(f64x2.eq(k, f64x2.splat(1)), f64x2.eq(k, f64x2.splat(3)));
  const high = f64x2.ge(k, f64x2.splat(2));
  const a = v128.bitselect(s, c, odd);
  const b = v128.bitselect(c, s, odd);
  const sign = f64x2.splat(-0.0);
  v128.store(cos, v128.xor(a, v128.and(sign, v128.xor(high, odd))));
  v128.store(sin, v128.xor(b, v128.and(sign, high)));
}

// cos 2πφ and sin 2πφ: φ = k/4 + r, k an integer, |r| ≤ 1/8, which is exact; then Taylor polynomials in y = 2πr,
// |y| ≤ π/4, whose next terms are below 4e-21, turned by k quarters. Both lanes at a time.
// Range: |φ| ≤ 2^50; errors are below 2^-52, apart from the effect of the rounding of φ itself.

const TWO_PI: f64 = 6.283185307179586;

/** 1/3!, −1/5!, … 1/19! with their signs in y − y³ (…): lowest order first. */
@inline
function sine(y: v128, z: v128): v128 {
  let p = f64x2.splat(1 / 355687428096000.0);
  p = step(p, z, -1 / 1307674368000.0);
  p = step(p, z, 1 / 6227020800.0);
  p = step(p, z, -1 / 39916800.0);
  p = step(p, z, 1 / 362880.0);
  p = step(p, z, -1 / 5040.0);
  p = step(p, z, 1 / 120.0);
  p = step(p, z, -1 / 6.0);
  return f64x2.add(y, f64x2.mul(f64x2.mul(y, z), p));
}

@inline
function cosine(z: v128): v128 {
  let p = f64x2.splat(-1 / 6402373705728000.0);
  p = step(p, z, 1 / 20922789888000.0);
  p = step(p, z, -1 / 87178291200.0);
  p = step(p, z, 1 / 479001600.0);
  p = step(p, z, -1 / 3628800.0);
  p = step(p, z, 1 / 40320.0);
  p = step(p, z, -1 / 720.0);
  p = step(p, z, 1 / 24.0);
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const head = f64x2.sub(f64x2.splat(1), half);
  // The rounding error of `head`.
  const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), head), half);
  return f64x2.add(head, f64x2.add(lost, f64x2.mul(f64x2.mul(z, z), p)));
}

@inline
function step(p: v128, z: v128, c: f64): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(z, p));
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

// Eigenvectors of D + ρ z zᵀ from its eigenvalues λ_j = origin_j + tau_j. The computed λ are the exact
// eigenvalues of D + ρ ẑ ẑᵀ with (Löwner's formula)
//
//     ρ ẑ_i² = (λ_i − d_i) Π_{j≠i} (λ_j − d_i) / (d_j − d_i),
//
// so that the vectors (D − λ_j)⁻¹ ẑ are orthogonal to working precision however close the λ are
// (M. Gu and S. C. Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995) 172).
// Range: as for secularEquation.ts. Products of eight factors then lie between 1e-160 and 1e160, and products over all
// poles on one side of a root between the smallest gap and 1, or between the inverses of these.

import { scal } from '../../../kernel/vectors';
import { laneSum } from '../../../numeric/lanes';

/**
 * ẑ_i up to the common factor √ρ, with the sign of z_i, for lo ≤ i < hi.
 * Eight factors share one division: their products stay within the range of doubles because no two poles
 * are closer than the deflation tolerance.
 */
export function secularWeights(
  lo: i32,
  hi: i32,
  k: i32,
  d: usize,
  z: usize,
  origin: usize,
  tau: usize,
  weights: usize,
): void {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const blocks = k & ~7;
  for (let i = lo; i < hi; ++i) {
    const at = (<usize>i) << 3;
    const di = load<f64>(d + at);
    const div = f64x2.splat(di);
    let product = one;
    let j = 0;
    for (; j < blocks; j += 8) {
      const o = origin + ((<usize>j) << 3);
      const t = tau + ((<usize>j) << 3);
      const p = d + ((<usize>j) << 3);
      const n0 = f64x2.add(f64x2.sub(v128.load(o), div), v128.load(t));
      const n1 = f64x2.add(f64x2.sub(v128.load(o, 16), div), v128.load(t, 16));
      const n2 = f64x2.add(f64x2.sub(v128.load(o, 32), div), v128.load(t, 32));
      const n3 = f64x2.add(f64x2.sub(v128.load(o, 48), div), v128.load(t, 48));
      let d0 = f64x2.sub(v128.load(p), div);
      let d1 = f64x2.sub(v128.load(p, 16), div);
      let d2 = f64x2.sub(v128.load(p, 32), div);
      let d3 = f64x2.sub(v128.load(p, 48), div);
      // Replaces the factor d_i − d_i by 1.
      d0 = v128.bitselect(one, d0, f64x2.eq(d0, zero));
      d1 = v128.bitselect(one, d1, f64x2.eq(d1, zero));
      d2 = v128.bitselect(one, d2, f64x2.eq(d2, zero));
      d3 = v128.bitselect(one, d3, f64x2.eq(d3, zero));
      const numerator = f64x2.mul(f64x2.mul(n0, n1), f64x2.mul(n2, n3));
      const denominator = f64x2.mul(f64x2.mul(d0, d1), f64x2.mul(d2, d3));
      product = f64x2.mul(product, f64x2.div(numerator, denominator));
    }
    let w = f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1);
    for (; j < k; ++j) {
      const jt = (<usize>j) << 3;
      const distance = load<f64>(d + jt) - di;
      w *= (load<f64>(origin + jt) - di + load<f64>(tau + jt)) / (distance == 0 ? 1 : distance);
    }
    // Every factor is positive because the roots interlace with the poles.
    store<f64>(weights + at, copysign<f64>(Math.sqrt(w), load<f64>(z + at)));
  }
}

/**
 * Unit eigenvectors lo ≤ j < hi: column j − lo of s (k×(hi − lo), leading dimension k) is ẑ_i / (d_i − λ_j) divided by
 * its norm. d and weights may be in any common order, which is then the order of the rows of s.
 */
export function secularVectors(
  lo: i32,
  hi: i32,
  k: i32,
  d: usize,
  weights: usize,
  origin: usize,
  tau: usize,
  s: usize,
): void {
  const blocks = k & ~3;
  for (let j = lo; j < hi; ++j) {
    const o = load<f64>(origin + ((<usize>j) << 3));
    const t = load<f64>(tau + ((<usize>j) << 3));
    const ov = f64x2.splat(o);
    const tv = f64x2.splat(t);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let i = 0;
    for (; i < blocks; i += 4) {
      const at = (<usize>i) << 3;
      const a = f64x2.div(v128.load(weights + at), f64x2.sub(f64x2.sub(v128.load(d + at), ov), tv));
      const b = f64x2.div(v128.load(weights + at, 16), f64x2.sub(f64x2.sub(v128.load(d + at, 16), ov), tv));
      v128.store(s + at, a);
      v128.store(s + at, b, 16);
      s0 = f64x2.add(s0, f64x2.mul(a, a));
      s1 = f64x2.add(s1, f64x2.mul(b, b));
    }
    s0 = f64x2.add(s0, s1);
    let sum = laneSum(s0);
    for (; i < k; ++i) {
      const at = (<usize>i) << 3;
      const a = load<f64>(weights + at) / (load<f64>(d + at) - o - t);
      store<f64>(s + at, a);
      sum += a * a;
    }
    scal(k, 1 / Math.sqrt(sum), s);
    s += (<usize>k) << 3;
  }
}

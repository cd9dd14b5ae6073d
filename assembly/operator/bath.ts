// Rows of the map X → A X B* of Hermitian matrices, for the generator of src/operator/bath; rows ⟨a|A|·⟩ and ⟨b|B|·⟩ are given.
// Unknowns are real: kind 0 is X_aa, kinds 1 and 2 are √2 Re X_ab and √2 Im X_ab of a pair a ≠ b. The unknown (c, d) contributes
//     X_ab = s,   (s + s′)/√2,   i (s − s′)/√2   of kind 0, 1, 2,   s = A_ac B*_bd,   s′ = A_ad B*_bc,
// and row (a, b) is Re X_ab, √2 Re X_ab or √2 Im X_ab by its own kind. The decay terms are built of Q_ab = Σ_e L_ae L*_be.
// Sums run from the first term to the last. Range: elements whose products neither over- nor underflow; one rounding a product and sum.
import { get, getInteger, set } from '../numeric/elements';

const HALF_ROOT: f64 = Math.SQRT1_2;

/**
 * row_q += alpha times row (kind; a, b) of the map, for the `order` unknowns q, each given by its two indices and its kind. `a` and `b`
 * are rows of A and B: n numbers, or with `pairs` n complex ones.
 */
export function bathRow(
  order: i32,
  alpha: f64,
  pairs: bool,
  kind: i32,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  kinds: usize,
  row: usize,
): void {
  for (let q = 0; q < order; ++q) {
    const i = getInteger(c, q);
    const j = getInteger(d, q);
    const other = getInteger(kinds, q);
    let x = real(pairs, a, i, b, j);
    let y = pairs ? imaginary(a, i, b, j) : 0;
    if (other != 0) {
      const u = real(pairs, a, j, b, i);
      const v = pairs ? imaginary(a, j, b, i) : 0;
      if (other == 1) {
        x = (x + u) * HALF_ROOT;
        y = (y + v) * HALF_ROOT;
      } else {
        const turned = (x - u) * HALF_ROOT;
        x = (v - y) * HALF_ROOT;
        y = turned;
      }
    }
    const taken = kind == 0 ? x : kind == 1 ? Math.SQRT2 * x : Math.SQRT2 * y;
    set(row, q, get(row, q) + alpha * taken);
  }
}

/** Re a_i b_j*. */
@inline
function real(pairs: bool, a: usize, i: i32, b: usize, j: i32): f64 {
  if (!pairs) return get(a, i) * get(b, j);
  return get(a, 2 * i) * get(b, 2 * j) + get(a, 2 * i + 1) * get(b, 2 * j + 1);
}

/** Im a_i b_j*. */
@inline
function imaginary(a: usize, i: i32, b: usize, j: i32): f64 {
  return get(a, 2 * i + 1) * get(b, 2 * j) - get(a, 2 * i) * get(b, 2 * j + 1);
}

/** Real and imaginary part of Q_ab, from rows a and b of n elements, into `out`. */
export function bathDecay(n: i32, pairs: bool, a: usize, b: usize, out: usize): void {
  let re: f64 = 0;
  let im: f64 = 0;
  for (let e = 0; e < n; ++e) {
    re += real(pairs, a, e, b, e);
    if (pairs) im += imaginary(a, e, b, e);
  }
  set(out, 0, re);
  set(out, 1, im);
}

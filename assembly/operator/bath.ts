// What the generator of src/operator/bath.ts takes from one jump operator L, whose rows ⟨a|L|·⟩ are given:
//     row_q −= ⟨a|L|c_q⟩ ⟨b|L|d_q⟩*,   and Q_ab = Σ_e ⟨a|L|e⟩ ⟨b|L|e⟩*, from which its decay is made.
// Sums run from the first term to the last. Range: elements whose products are doubles, a rounding for each product and sum.
import { get, getInteger, set } from '../numeric/elements';

/** `a` and `b` are rows of L, and c_q and d_q the `order` integers at c and d; `pairs`: L has pairs, `wide`: the row has. */
export function bathRow(
  order: i32,
  pairs: bool,
  wide: bool,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  row: usize,
): void {
  for (let q = 0; q < order; ++q) {
    const i = getInteger(c, q);
    const j = getInteger(d, q);
    if (!pairs) {
      const at = wide ? 2 * q : q;
      set(row, at, get(row, at) - get(a, i) * get(b, j));
      continue;
    }
    const x = get(a, 2 * i);
    const y = get(a, 2 * i + 1);
    const u = get(b, 2 * j);
    const v = get(b, 2 * j + 1);
    if (!wide) set(row, q, get(row, q) - (x * u + y * v));
    else {
      set(row, 2 * q, get(row, 2 * q) - (x * u + y * v));
      set(row, 2 * q + 1, get(row, 2 * q + 1) - (y * u - x * v));
    }
  }
}

/** Real and imaginary part of Q_ab, from rows a and b of n elements, into `out`. */
export function bathDecay(n: i32, pairs: bool, a: usize, b: usize, out: usize): void {
  let re: f64 = 0;
  let im: f64 = 0;
  for (let e = 0; e < n; ++e) {
    if (!pairs) re += get(a, e) * get(b, e);
    else {
      const x = get(a, 2 * e);
      const y = get(a, 2 * e + 1);
      const u = get(b, 2 * e);
      const v = get(b, 2 * e + 1);
      re += x * u + y * v;
      im += y * u - x * v;
    }
  }
  set(out, 0, re);
  set(out, 1, im);
}

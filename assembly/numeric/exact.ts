// a b = fl(a b) + e exactly: Dekker's product (Numer. Math. 18, 224 (1971)), for |a|, |b| between 1e-140 and 1e140. And a + b = fl(a + b) + e:
// D. Knuth's two-sum, for all a and b whose sum is finite.

const SPLITTER: f64 = 134217729; // 2^27 + 1

/** The rounding error e of the product p = fl(a b). */
export function productError(a: f64, b: f64, p: f64): f64 {
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/** The rounding error e of the sum s = fl(a + b). */
@inline
export function sumError(a: f64, b: f64, s: f64): f64 {
  const part = s - a;
  return a - (s - part) + (b - part);
}

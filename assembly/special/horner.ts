// p(x) = c[0] + x (c[1] + x (c[2] + …)), coefficients as consecutive doubles.

/** The polynomial of the given degree at x; its coefficients are at c, lowest order first. */
@inline
export function horner(degree: i32, c: usize, x: f64): f64 {
  let p = c + ((<usize>degree) << 3);
  let sum = load<f64>(p);
  while (p > c) {
    p -= 8;
    sum = load<f64>(p) + x * sum;
  }
  return sum;
}

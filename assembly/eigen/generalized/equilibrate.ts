// B := D B D and A := 2^-g D A D, or 2^-g D⁻¹A D⁻¹. The powers of two D = diag(2^-t_i) bring the diagonal of B between
// 1 and 4, and g brings the largest entry of A between 1 and 2. Then nothing overflows in a factorization of B and in
// the computation after it, and numbers that underflow are negligible beside the norms. Powers of two round nothing, so
// that ordinary bits are the same as without (A. van der Sluis, Numer. Math. 14 (1969) 14, shows why such a B is also
// nearly as well conditioned as it can be).
// Range: all doubles, subnormal ones too.
import { exponentOf, powerOfTwo } from '../../numeric/scaling';

/** x 2^k for any k; rounds once where the result is subnormal and k is above −1000, otherwise at most twice. */
export function scaled(x: f64, k: i32): f64 {
  while (k > 1000) {
    x *= powerOfTwo(1000);
    k -= 1000;
  }
  while (k < -1000) {
    x *= powerOfTwo(-1000);
    k += 1000;
  }
  return x * powerOfTwo(k);
}

@inline
function exponentAt(t: usize, i: i32): i32 {
  return load<i32>(t + ((<usize>i) << 2));
}

/** t_i (n × i32) for the diagonal of B; 0 where an element is not positive, which the factorization will find. */
export function diagonalExponents(n: i32, b: usize, t: usize): void {
  for (let i = 0; i < n; ++i) {
    const x = load<f64>(b + ((<usize>i) << 3) * <usize>(n + 1));
    let k = 0;
    // The exponent of 2^60 x is right for subnormal x too.
    if (x > 0) k = x < 1e-280 ? exponentOf(x * powerOfTwo(60)) - 60 : exponentOf(x);
    store<i32>(t + ((<usize>i) << 2), k >> 1);
  }
}

/** Columns from ≤ j < to of the lower triangle of B, real, or one of its planes. */
export function equilibrateColumns(n: i32, from: i32, to: i32, b: usize, t: usize): void {
  for (let j = from; j < to; ++j) {
    const column = b + ((<usize>j * <usize>n) << 3);
    const right = powerOfTwo(-exponentAt(t, j));
    for (let i = j; i < n; ++i) {
      const p = column + ((<usize>i) << 3);
      store<f64>(p, load<f64>(p) * powerOfTwo(-exponentAt(t, i)) * right);
    }
  }
}

/** Stands for the exponent of zero: below all others. */
export const NO_EXPONENT: i32 = -100000;

/**
 * The largest exponent of an entry of the scaled A, entry (i, j) times 2^(sign (t_i + t_j)), in columns from ≤ j < to
 * of its lower triangle; NO_EXPONENT if all are zero. Subnormal entries count as the largest of them.
 */
export function largestExponent(n: i32, from: i32, to: i32, a: usize, t: usize, sign: i32): i32 {
  let top = NO_EXPONENT;
  for (let j = from; j < to; ++j) {
    const column = a + ((<usize>j * <usize>n) << 3);
    for (let i = j; i < n; ++i) {
      const x = load<f64>(column + ((<usize>i) << 3));
      if (x != 0) top = max(top, exponentOf(x) + sign * (exponentAt(t, i) + exponentAt(t, j)));
    }
  }
  return top;
}

/** Scales columns from ≤ j < to of the lower triangle of A. */
export function scaleByExponents(n: i32, from: i32, to: i32, a: usize, t: usize, sign: i32, g: i32): void {
  for (let j = from; j < to; ++j) {
    const column = a + ((<usize>j * <usize>n) << 3);
    for (let i = j; i < n; ++i) {
      const p = column + ((<usize>i) << 3);
      const x = load<f64>(p);
      if (x != 0) store<f64>(p, scaled(x, sign * (exponentAt(t, i) + exponentAt(t, j)) - g));
    }
  }
}

/**
 * Columns from ≤ j < to of z := the columns of x, with row i times 2^(sign t_i); if `plane` > 0, pairs of x and of the
 * imaginary parts that many bytes after it. Real columns are scaled in place.
 */
export function unscaleColumns(
  n: i32,
  from: i32,
  to: i32,
  x: usize,
  plane: usize,
  t: usize,
  sign: i32,
  z: usize,
): void {
  for (let j = from; j < to; ++j) {
    const first = (<usize>j * <usize>n) << 3;
    for (let i = 0; i < n; ++i) {
      const factor = powerOfTwo(sign * exponentAt(t, i));
      const at = first + ((<usize>i) << 3);
      if (plane == 0) store<f64>(z + at, load<f64>(x + at) * factor);
      else {
        store<f64>(z + 2 * at, load<f64>(x + at) * factor);
        store<f64>(z + 2 * at, load<f64>(x + at + plane) * factor, 8);
      }
    }
  }
}

// Entries of operators times elements of vectors, of three kinds. A kernel is written once, for a kind T, and compiled for each of
// them, so that tests of T cost nothing at run time.
//     Plain    real entries, vectors of doubles
//     Pairs    real entries, vectors of pairs, whose parts are treated alike
//     Complex  complex entries, vectors of pairs: (a + ib)(x + iy) = ax − by + i(ay + bx)
// Range: as plain products and sums.

export type Plain = u8;
export type Pairs = u16;
export type Complex = u32;

/** log2 of the bytes of an element of a vector. */
@inline
export function elementShift<T>(): usize {
  return sizeof<T>() == 1 ? 3 : 4;
}

/** log2 of the bytes of an entry. */
@inline
export function entryShift<T>(): usize {
  return sizeof<T>() == 4 ? 4 : 3;
}

/** An element of a vector in a register; a Plain one leaves the second lane unused. */
@inline
export function element<T>(at: usize): v128 {
  return sizeof<T>() == 1 ? v128.load64_zero(at) : v128.load(at);
}

@inline
export function put<T>(at: usize, value: v128): void {
  if (sizeof<T>() == 1) store<f64>(at, f64x2.extract_lane(value, 0));
  else v128.store(at, value);
}

/** sum + entry · x; `re` has the real part in both lanes, `im` what `turned` makes of the imaginary part. */
@inline
export function addProduct<T>(sum: v128, re: v128, im: v128, x: v128): v128 {
  const first = f64x2.add(sum, f64x2.mul(re, x));
  if (sizeof<T>() != 4) return first;
  return f64x2.add(first, f64x2.mul(im, v128.shuffle<f64>(x, x, 1, 0)));
}

/** The imaginary part of an entry as `addProduct` takes it: (−im, im). */
@inline
export function turned(im: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(im), 0, -im);
}

/** The end of every product: alpha sum + sigma x + beta w + gamma y of one element. Vectors with the factor 0 are not read. */
@inline
export function combined<T>(
  sum: v128,
  alpha: v128,
  sigma: f64,
  beta: f64,
  gamma: f64,
  x: usize,
  w: usize,
  y: usize,
): v128 {
  let r = f64x2.mul(alpha, sum);
  if (sigma != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(sigma), element<T>(x)));
  if (beta != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(beta), element<T>(w)));
  if (gamma != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(gamma), element<T>(y)));
  return r;
}

/** w[i] ← w[i] + (re + i im) x[i] for n elements. */
@inline
export function addRun<T>(n: i32, re: f64, im: f64, x: usize, w: usize): void {
  const r = f64x2.splat(re);
  const t = turned(im);
  const doubles = sizeof<T>() == 1 ? n : 2 * n;
  const end = w + ((<usize>(doubles & ~1)) << 3);
  for (; w < end; w += 16) {
    v128.store(w, addProduct<T>(v128.load(w), r, t, v128.load(x)));
    x += 16;
  }
  if (sizeof<T>() == 1 && (n & 1) != 0) store<f64>(w, load<f64>(w) + re * load<f64>(x));
}

// What the QL, QR and Pal–Walker–Kahan iterations share: where T falls apart, scaling of a block, and ordering of the
// result.
// Range: d and e of any size; below 2^-1022 `negligible` compares multiples of a quantum.

export const EPS: f64 = 1.1102230246251565e-16;
export const EPS2: f64 = EPS * EPS;
export const SAFE_MIN: f64 = 2.2250738585072014e-308;

/**
 * Whether e_i can be dropped: |e_i| ≤ eps √|d_i d_{i+1}| is a relative perturbation of its two neighbours below
 * rounding, which keeps small eigenvalues of graded T.
 */
export function negligible(d: usize, e: usize, i: i32): bool {
  const at = (<usize>i) << 3;
  return abs(load<f64>(e + at)) <= EPS * sqrt(abs(load<f64>(d + at))) * sqrt(abs(load<f64>(d + at, 8)));
}

/** A power of two that brings the largest entry of rows begin … end to ½ … 1, or 1 for a block of zeros. */
export function blockScale(begin: i32, end: i32, d: usize, e: usize): f64 {
  let size = abs(load<f64>(d + ((<usize>end) << 3)));
  for (let i = begin; i < end; ++i) {
    size = max(size, max(abs(load<f64>(d + ((<usize>i) << 3))), abs(load<f64>(e + ((<usize>i) << 3)))));
  }
  return size == 0 ? 1 : powerOfTwoNear(1 / size);
}

/** The power of two at or below x > 0, at least 2⁻¹⁰²² and at most 2¹⁰²² so that its inverse is finite. */
export function powerOfTwoNear(x: f64): f64 {
  const bits = (reinterpret<u64>(x) >> 52) & 0x7ff;
  const exponent = min<u64>(max<u64>(bits, 1), 2045);
  return reinterpret<f64>(exponent << 52);
}

/** Multiplies rows begin … end by a power of two. */
export function rescale(begin: i32, end: i32, d: usize, e: usize, factor: f64): void {
  for (let i = begin; i <= end; ++i) {
    const p = d + ((<usize>i) << 3);
    store<f64>(p, load<f64>(p) * factor);
    if (i < end) {
      const q = e + ((<usize>i) << 3);
      store<f64>(q, load<f64>(q) * factor);
    }
  }
}

/** Nominal nanoseconds of a place of `selectEigenpairs`. */
export function selectionCost(n: i32, nrows: i32): f64 {
  return <f64>n + 2 * <f64>nrows;
}

/**
 * Sorts d ascending and the columns of Z (nrows × n) with it, by selection, so that each column moves once at most: places
 * from ≤ i < to ≤ n − 1, when those before are done; n − 1 places are all.
 */
export function selectEigenpairs(n: i32, from: i32, to: i32, d: usize, z: usize, ldz: i32, nrows: i32): void {
  for (let i = from; i < to; ++i) {
    let k = i;
    let least = load<f64>(d + ((<usize>i) << 3));
    for (let j = i + 1; j < n; ++j) {
      const x = load<f64>(d + ((<usize>j) << 3));
      if (x < least) {
        k = j;
        least = x;
      }
    }
    if (k == i) continue;
    store<f64>(d + ((<usize>k) << 3), load<f64>(d + ((<usize>i) << 3)));
    store<f64>(d + ((<usize>i) << 3), least);
    swap(nrows, z + ((<usize>i * <usize>ldz) << 3), z + ((<usize>k * <usize>ldz) << 3));
  }
}

function swap(n: i32, x: usize, y: usize): void {
  for (let i = 0; i < n; ++i) {
    const t = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, t);
    x += 8;
    y += 8;
  }
}

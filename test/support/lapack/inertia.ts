// How many eigenvalues a symmetric matrix of doubles has below a number, exactly: integers throughout, so that a count
// depends on no rounding. By Sylvester's law of inertia it is the number of negative pivots of A − x, and these are
// quotients of leading principal minors, which Bareiss's elimination gives as integers (E. H. Bareiss, Math. Comp. 22
// (1968) 565).

/** Numbers are kept as multiples of 2^-UNIT: a hundred bits below the smallest double. */
const UNIT = 1174;

/** x as a multiple of 2^-UNIT. */
function toUnits(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const units = mantissa << BigInt(Math.max(exponent, 1) - 1075 + UNIT);
  return x < 0 ? -units : units;
}

/** Number of eigenvalues of the n×n matrix below x, which is given in units. */
function countBelow(units: bigint[], n: number, x: bigint): number {
  const m = units.map((v, p) => (p % (n + 1) === 0 ? v - x : v));
  let [count, before] = [0, 1n];
  for (let k = 0; k < n; ++k) {
    const pivot = m[k * n + k];
    if (pivot === 0n) throw new Error('a leading minor vanishes: choose another number');
    if (pivot < 0n !== before < 0n) ++count;
    for (let i = k + 1; i < n; ++i) {
      for (let j = k + 1; j < n; ++j) {
        m[i * n + j] = (m[i * n + j] * pivot - m[i * n + k] * m[k * n + j]) / before;
      }
    }
    before = pivot;
  }
  return count;
}

/**
 * Whether every eigenvalue k of `a` lies within `ulps` 2^-53 |values[k]| of values[k], or within half the smallest
 * double: the first k for which it does not, else −1.
 */
export function firstWrong(a: Float64Array, n: number, values: Float64Array, ulps: number): number {
  const units = Array.from(a, toUnits);
  return values.findIndex((value, k) => {
    const x = toUnits(value);
    const size = x < 0n ? -x : x;
    // Odd, so that no minor of a matrix of few digits vanishes.
    const width = ((size * BigInt(ulps)) >> 53n) + (1n << BigInt(UNIT - 1075)) + 1n;
    return countBelow(units, n, x - width) > k || countBelow(units, n, x + width) <= k;
  });
}

// Sizes of numbers with the same bits in every engine, which Math.hypot and Math.log2 leave open.

/** |re + i im|; that of a real number is exact. */
export function magnitude(re: number, im: number): number {
  const [a, b] = [Math.abs(re), Math.abs(im)];
  const most = Math.max(a, b);
  if (most === 0 || most === Number.POSITIVE_INFINITY) return most;
  const rest = Math.min(a, b) / most;
  return most * Math.sqrt(1 + rest * rest);
}

/** ⌊log2 |x|⌋ of a normal number, −1023 below these. */
export function binaryExponent(x: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  return ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
}

/** ⌊log2 |x|⌋ of a number that is not 0, subnormal ones too. */
export function exponentOf(x: number): number {
  const exponent = binaryExponent(x);
  return exponent > -1023 ? exponent : binaryExponent(x * 2 ** 100) - 100;
}

/** x · 2^exponent, for exponents of any size: the power itself need not be a double. */
export function timesPowerOfTwo(x: number, exponent: number): number {
  let [product, left] = [x, exponent];
  for (; left > 1000; left -= 1000) product *= 2 ** 1000;
  for (; left < -1000; left += 1000) product *= 2 ** -1000;
  return product * 2 ** left;
}

/** Each x by the same power of two, with the bits of `timesPowerOfTwo`. */
export function scaleByPowerOfTwo(all: Float64Array, exponent: number): void {
  if (Math.abs(exponent) > 1000) {
    for (let i = 0; i < all.length; ++i) all[i] = timesPowerOfTwo(all[i], exponent);
    return;
  }
  const factor = 2 ** exponent;
  for (let i = 0; i < all.length; ++i) all[i] *= factor;
}

/**
 * The power of two that brings x > 0 into [1, 2), as far as 2^±1000 does: within that range the factor and its inverse are normal
 * numbers, so that neither rounds anything.
 */
export function unitFactor(x: number): number {
  return 2 ** -Math.max(-1000, Math.min(1000, binaryExponent(x)));
}

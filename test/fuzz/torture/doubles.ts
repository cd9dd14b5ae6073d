// Doubles bit by bit: exact powers of two over the whole range, exponents, hexadecimal digits.
const words = new Uint32Array(2);
const cell = new Float64Array(words.buffer);
/** WebAssembly memory is little-endian, and so are all hosts that this runs on. */
const [LOW, HIGH] = [0, 1];

export const ULP = 2 ** -52;
/** The least positive double. */
export const QUANTUM = 2 ** -1074;

export function fromBits(high: number, low: number): number {
  words[HIGH] = high;
  words[LOW] = low;
  return cell[0];
}

/** floor(log2 |x|) of a finite x ≠ 0. */
export function exponentOf(x: number): number {
  cell[0] = x;
  const exponent = (words[HIGH] >>> 20) & 0x7ff;
  if (exponent > 0) return exponent - 1023;
  cell[0] = x * 2 ** 100;
  return ((words[HIGH] >>> 20) & 0x7ff) - 1123;
}

/** x · 2^k for any k from −2100 to 2100, rounded once. */
export function timesPowerOfTwo(x: number, k: number): number {
  if (k >= -1022 && k <= 1023) return x * 2 ** k;
  if (k > 0) return x * 2 ** 1023 * timesPowerOfTwo(1, k - 1023);
  // The first factor leaves x normal, so that the last one alone rounds.
  const first = Math.max(0, Math.min(1022, exponentOf(x) + 1022));
  return x * 2 ** -first * 2 ** (k + first);
}

/** The largest |x_i|; NaN and Infinity count. */
export function largest(x: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < x.length; ++i) {
    const s = Math.abs(x[i]);
    if (!(s <= size)) size = s;
    if (Number.isNaN(size)) return size;
  }
  return size;
}

/** 16 hexadecimal digits, the sign's first. */
export function toHex(x: number): string {
  cell[0] = x;
  return words[HIGH].toString(16).padStart(8, '0') + words[LOW].toString(16).padStart(8, '0');
}

export function fromHex(digits: string): number {
  return fromBits(Number.parseInt(digits.slice(0, 8), 16), Number.parseInt(digits.slice(8), 16));
}

/** Whether both hold the same bits: NaN equals itself, −0 is not 0. */
export function sameBits(x: Float64Array, y: Float64Array): boolean {
  if (x.length !== y.length) return false;
  const [p, q] = [bitsOf(x), bitsOf(y)];
  for (let i = 0; i < p.length; ++i) if (p[i] !== q[i]) return false;
  return true;
}

function bitsOf(x: Float64Array): Uint32Array {
  return new Uint32Array(x.buffer, x.byteOffset, 2 * x.length);
}

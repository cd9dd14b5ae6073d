// first · ratio^i for i = 0 … n − 1: products of repeated squares of the ratio in a fixed order, so that the bits do
// not depend on the host. Numbers are kept as m 2^(256 k) with m in [2^-256, 2^256), so that neither products nor the
// errors of squares leave the range of doubles: only a result that is itself out of range becomes 0 or Infinity. A
// square doubles the relative error of its root; beyond the 64th power squares are therefore carried in two parts (T.
// J. Dekker, Numer. Math. 18 (1971) 224). This is in TypeScript because `drhCouplings` needs no core, and so no
// WebAssembly; a coupling takes at most 25 multiplications.
// Range: every first ≥ 0 and ratio > 0; the relative error of normal numbers is at most 2e-14 up to i = 2^25.

/** m 2^(256 k); `tail` is the rounding error of m where m is a square, at most 2^-47 of it. */
interface Wide {
  m: number;
  k: number;
  tail: number;
}

const UP = 2 ** 256;
const DOWN = 2 ** -256;
/** Splits a double into an upper and a lower half of its digits. */
const SPLITTER = 2 ** 27 + 1;
/** Powers up to this one are squared without a tail. */
const PLAIN = 64;

/** m of any size above 0, moved into its interval; multiplications by powers of two round nothing. */
function wide(m: number, k: number, tail: number): Wide {
  const x = { m, k, tail };
  for (; x.m >= UP; ++x.k) {
    x.m *= DOWN;
    x.tail *= DOWN;
  }
  for (; x.m < DOWN; --x.k) {
    x.m *= UP;
    x.tail *= UP;
  }
  return x;
}

/** The double nearest to m 2^(256 k). */
function narrow(m: number, k: number): number {
  let x = m;
  for (let rest = k; rest > 0 && x !== Infinity; --rest) x *= UP;
  for (let rest = k; rest < 0 && x !== 0; ++rest) x *= DOWN;
  return x;
}

/** x x − fl(x x). */
function squareError(x: number, square: number): number {
  const c = SPLITTER * x;
  const high = c - (c - x);
  const low = x - high;
  return low * low - (square - high * high - 2 * high * low);
}

/** The squares ratio^1, ratio^2, ratio^4, … whose products are the powers up to `most`. */
function squares(ratio: number, most: number): Wide[] {
  const list = [wide(ratio, 0, 0)];
  for (let power = 2; power <= most; power *= 2) {
    const { m, k, tail } = list[list.length - 1];
    const square = m * m;
    const error = squareError(m, square) + 2 * m * tail + tail * tail;
    const head = power <= PLAIN ? square : square + error;
    list.push(wide(head, 2 * k, error - (head - square)));
  }
  return list;
}

export function geometric(first: number, ratio: number, n: number): Float64Array {
  const values = new Float64Array(n);
  if (first === 0) return values;
  const start = wide(first, 0, 0);
  const factors = squares(ratio, n - 1);
  for (let i = 0; i < n; ++i) {
    let { m, k } = start;
    for (let bits = i, b = 0; bits > 0; bits >>>= 1, ++b) {
      if ((bits & 1) === 0) continue;
      m *= factors[b].m;
      k += factors[b].k;
      if (m >= UP) {
        m *= DOWN;
        ++k;
      } else if (m < DOWN) {
        m *= UP;
        --k;
      }
    }
    values[i] = narrow(m, k);
  }
  return values;
}

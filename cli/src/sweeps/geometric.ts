// Geometric grids x_i = from (to/from)^{i/m}, i = 0 … m, to the rounding of one double, over their whole range, from
// 5e-324 to 1.8e308. With from = f 2^a, to = t 2^b, f and t in [1, 2), and b − a = k m + s, 0 ≤ s < m, the step is
//   (to/from)^{1/m} = (t/f)^{1/m} (2^{1/m})^s 2^k,
// whose first two factors lie between 1/2 and 4, so that nothing over- or underflows before the last
// multiplication. Products are sums of two doubles (Dekker, Numer. Math. 18, 224 (1971)), accurate to 2^-100: a
// million of them keep more than 53 bits.
// Only +, −, ×, ÷ and square roots, so that a grid has the same bits on every machine.

/** The unevaluated sum of two doubles. */
type Pair = readonly [high: number, low: number];

const ONE: Pair = [1, 0];

/** m + 1 values; `from` and `to` have the same sign and are not 0. The ends are exact. */
export function geometricGrid(from: number, to: number, m: number): number[] {
  if (m === 0) return [to];
  const [f, a] = split(Math.abs(from));
  const [t, b] = split(Math.abs(to));
  const k = Math.floor((b - a) / m);
  const s = b - a - k * m;
  const step = times(root(quotient(t, f), m), power(root([2, 0], m), s));
  const values = [from];
  let [x, exponent]: [Pair, number] = [[Math.sign(from) * f, 0], a];
  for (let i = 1; i < m; ++i) {
    x = times(x, step);
    exponent += k;
    for (; Math.abs(x[0]) >= 2; ++exponent) x = [x[0] / 2, x[1] / 2];
    for (; Math.abs(x[0]) < 1; --exponent) x = [2 * x[0], 2 * x[1]];
    values.push(scaled(x, exponent));
  }
  values.push(to);
  return values;
}

/** x = f 2^e with f in [1, 2), exactly. */
function split(x: number): [f: number, e: number] {
  let e = 0;
  for (; x >= 2; ++e) x /= 2;
  for (; x < 1; --e) x *= 2;
  return [x, e];
}

/** x 2^e for 1 ≤ |x| ≤ 2, rounded once: a subnormal result is rounded to its remaining bits before it is scaled. */
function scaled([x, low]: Pair, e: number): number {
  if (e >= -1022) return x * powerOfTwo(e);
  const unit = powerOfTwo(-1074 - e);
  // The sum has one sign and is 2^52 to 2^53 units large: it is rounded to a whole number of units.
  const shift = Math.sign(x) * 2 ** 52 * unit;
  let kept = x + shift - shift;
  const rest = x - kept + low;
  if (Math.abs(rest) > unit / 2) kept += Math.sign(rest) * unit;
  return kept * powerOfTwo(e + 128) * powerOfTwo(-128);
}

const bits = new BigUint64Array(1);
const double = new Float64Array(bits.buffer);

/** 2^e, −1022 ≤ e ≤ 1023, as the bits of a double. */
function powerOfTwo(e: number): number {
  bits[0] = BigInt(e + 1023) << 52n;
  return double[0];
}

/** The root x > 0 of xⁿ = a, 1/2 < a ≤ 2: by Newton's iteration in pairs, from a root in doubles. */
function root(a: Pair, n: number): Pair {
  let x: Pair = [positiveRoot(a[0], n), 0];
  for (let k = 0; k < 2; ++k) {
    const [p, low] = power(x, n);
    // p is near a, so that their difference is exact.
    const rest = (a[0] - p + (a[1] - low)) / a[0];
    x = sum(x[0], x[1] + (x[0] * rest) / n);
  }
  return x;
}

/** The root x > 0 of xⁿ = a for a normal number a: repeated square roots, then Newton's iteration for xⁿ/a = 1. */
export function positiveRoot(a: number, n: number): number {
  // a^(1/n) is the product of a^(2^-k) over the binary digits 1 of 1/n: this gives about 50 bits, and Newton the rest.
  let x = 1;
  let root = a;
  let fraction = 1 / n;
  if (n === 1) return a;
  for (let k = 0; k < 52; ++k) {
    root = Math.sqrt(root);
    fraction *= 2;
    if (fraction >= 1) {
      x *= root;
      fraction -= 1;
    }
  }
  for (let k = 0; k < 3; ++k) x -= (x / n) * (1 - a / power([x, 0], n)[0]);
  return x;
}

function power(x: Pair, n: number): Pair {
  let result = ONE;
  for (let base = x, e = n; e > 0; e = Math.floor(e / 2), base = times(base, base)) {
    if (e % 2 === 1) result = times(result, base);
  }
  return result;
}

function times([a, a1]: Pair, [b, b1]: Pair): Pair {
  const p = a * b;
  return sum(p, productError(a, b, p) + (a * b1 + a1 * b));
}

/** a/b of two doubles. */
function quotient(a: number, b: number): Pair {
  const q = a / b;
  const p = q * b;
  return sum(q, (a - p - productError(q, b, p)) / b);
}

/** high + low, |low| ≤ |high|, with a low part below the rounding of the high one. */
function sum(high: number, low: number): Pair {
  const s = high + low;
  return [s, low - (s - high)];
}

/** a b − fl(a b), exactly (Veltkamp's and Dekker's splitting into halves of 26 bits). */
function productError(a: number, b: number, p: number): number {
  const [ah, bh] = [upperHalf(a), upperHalf(b)];
  const [al, bl] = [a - ah, b - bh];
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

function upperHalf(x: number): number {
  const c = 134217729 * x;
  return c - (c - x);
}

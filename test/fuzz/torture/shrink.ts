// A smaller matrix that fails in the same way: fewer rows, more zeros, plainer numbers.
import { exponentOf } from './doubles.js';

type Fails = (a: Float64Array, n: number) => Promise<boolean>;

/** Attempts of one shrinking. */
const ATTEMPTS = 1500;
const SECONDS = 20;

export async function shrink(
  a: Float64Array,
  n: number,
  fails: Fails,
): Promise<{ a: Float64Array; n: number }> {
  const end = performance.now() + 1000 * SECONDS;
  let left = ATTEMPTS;
  let best = { a, n };
  const attempt = async (next: Float64Array, order: number): Promise<boolean> => {
    if (left-- <= 0 || performance.now() > end || !(await fails(next, order))) return false;
    best = { a: next, n: order };
    return true;
  };
  for (let part = n >> 1; part >= 1; part >>= 1) {
    for (let from = 0; from + part <= best.n && best.n > 1; ) {
      if (!(await attempt(without(best.a, best.n, from, part), best.n - part))) from += part;
    }
  }
  for (const simpler of [() => 0, roundedTo(0), roundedTo(8), roundedTo(20)]) {
    for (let i = 0; i < best.n; ++i) {
      for (let j = 0; j <= i; ++j) {
        const x = best.a[i * best.n + j];
        if (simpler(x) === x) continue;
        const next = best.a.slice();
        next[i * best.n + j] = next[j * best.n + i] = simpler(x);
        await attempt(next, best.n);
      }
    }
  }
  return best;
}

/** The principal submatrix without rows from … from + part − 1. */
function without(a: Float64Array, n: number, from: number, part: number): Float64Array {
  const keep = Array.from({ length: n }, (_, i) => i).filter((i) => i < from || i >= from + part);
  return Float64Array.from({ length: keep.length ** 2 }, (_, k) => {
    const [i, j] = [Math.floor(k / keep.length), k % keep.length];
    return a[keep[i] * n + keep[j]];
  });
}

/** Keeps `bits` bits behind the leading one. */
const roundedTo = (bits: number) => (x: number) => {
  if (x === 0) return x;
  const unit = 2 ** Math.max(-1074, exponentOf(x) - bits);
  const rounded = Math.round(x / unit) * unit;
  return Number.isFinite(rounded) ? rounded : x;
};

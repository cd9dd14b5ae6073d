// A power of two that brings an operator to size 1, so that squares and products neither overflow nor vanish, whatever its entries and the
// factors of sums are. It is given by its exponent, because for the smallest and the largest operators the power itself is no double.
import { isA } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { inUnit } from './compose.js';
import type { Computed } from './compute.js';
import { fillNormal } from './randomVectors.js';

/** The exponents of factors that are tried, in this order, until a product neither overflows nor loses digits. */
const EXPONENTS = [0, 600, -600, 1200, -1200, 1800, -1800];
/** Products with a smaller exponent lose digits. */
const EXACT_EXPONENT = -900;
/** An exponent that √length does not reach: an operator that exceeds the doubles by more has eigenvalues beyond them too. */
const LENGTH_EXPONENT = 20;

/** The exponent; 0 for H = 0. */
export function unitOf(runtime: Runtime, of: Computed, pairs = of.complex): number {
  return unitUnlessZero(runtime, of, pairs) ?? 0;
}

/**
 * The exponent, from the product of H with a random vector; undefined for H = 0, which has no size. H is in memory only meanwhile.
 */
export function unitUnlessZero(runtime: Runtime, of: Computed, pairs: boolean): number | undefined {
  const length = pairs ? 2 * of.n : of.n;
  // Of length 1 or less: if the eigenvalues of H are doubles, so is every element of the product.
  const short = -Math.ceil(exponentOf(Math.max(1, length)) / 2) - 2;
  let finite = false;
  for (const tried of EXPONENTS) {
    let most: number;
    try {
      most = largestOfProduct(runtime, of, pairs, { tried, short });
    } catch (error) {
      // Times a factor that is large already, what was 0 would only be looked at again.
      if (finite && tried > 0 && isA(error, InputError)) continue;
      throw error;
    }
    finite ||= most === 0;
    if (!(most > 0 && most < Number.POSITIVE_INFINITY)) continue;
    const size = exponentOf(most);
    if (size < EXACT_EXPONENT && tried === 0) continue;
    const exponent = tried + short - size;
    // |H x| is at most |H| |x|, and |x| = √length, about.
    if (exponent < -1024 - LENGTH_EXPONENT)
      throw new InputError('operator', 'has eigenvalues beyond the largest double');
    return exponent;
  }
  if (finite) return undefined;
  throw new InputError('operator', 'multiplies a vector into numbers that are not finite');
}

/** The largest element of the product of 2^tried H with a random vector times 2^short. */
function largestOfProduct(
  runtime: Runtime,
  of: Computed,
  pairs: boolean,
  { tried, short }: { tried: number; short: number },
): number {
  const length = pairs ? 2 * of.n : of.n;
  return runtime.scope((arena) => {
    const apply = inUnit(of, tried).place(runtime, arena, pairs);
    const [x, w] = [arena.f64(length), arena.f64(length)];
    fillNormal(runtime, 'size', 0, length, x);
    runtime.wasm.combine(length, x, x, x, x, timesPowerOfTwo(1, short), 0, 0, 0);
    apply(x, w);
    return arena.view(w, length).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  });
}

/** Eigenvalues of H, of those of 2^exponent times H. */
export function withoutUnit(values: Float64Array, exponent: number): Float64Array {
  const given = values.map((x) => timesPowerOfTwo(x, -exponent));
  const bad = given.find((x, i) => !Number.isFinite(x) && Number.isFinite(values[i]));
  if (bad !== undefined) throw new InputError('operator', 'has eigenvalues beyond the largest double');
  return given;
}

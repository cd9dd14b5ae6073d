// A power of two that brings an operator to size 1, so that neither squares nor products of what is computed with overflow or
// vanish, whatever its entries and the factors of sums are.
import { InputError } from '../wasm/errors.js';
import { binaryExponent } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Apply, Computed } from './compute.js';
import { fillNormal } from './randomVectors.js';

/** Of the random vector by which the size of an operator is found. */
const STREAM = 9;
/** Exponents of factors that are tried one after another, until a product neither overflows nor vanishes. */
const EXPONENTS = [0, -500, 500, -1000, 1000];
/** Of exponents, more than √length is, so that what is beyond the doubles by more has eigenvalues there. */
const FAR = 20;

/** By what H makes of a random vector at x, at w; 1 for H = 0. */
export function unitOf(
  runtime: Runtime,
  arena: Arena,
  length: number,
  apply: Apply,
  x: number,
  w: number,
): number {
  fillNormal(runtime, STREAM, 0, length, x);
  let finite = false;
  for (const tried of EXPONENTS) {
    apply(x, w, { alpha: 2 ** tried });
    let most = 0;
    for (const value of arena.view(w, length)) most = Math.max(most, Math.abs(value));
    finite ||= most === 0;
    if (!(most > 0 && most < Number.POSITIVE_INFINITY)) continue;
    const exponent = tried - binaryExponent(most);
    // |H x| is at most |H| |x|, and |x| = √length, about.
    if (exponent < -1024 - FAR) throw new InputError('operator', 'has eigenvalues beyond the largest double');
    return 2 ** Math.max(-1000, Math.min(1000, exponent));
  }
  if (finite) return 1;
  throw new InputError('operator', 'multiplies a vector into numbers that are not finite');
}

/** The same of an operator that is brought in for it, and taken away again. */
export function unitOfOperator(runtime: Runtime, { n, complex, place }: Computed): number {
  const length = complex ? 2 * n : n;
  return runtime.scope((arena) => {
    const apply = place(runtime, arena, complex);
    return unitOf(runtime, arena, length, apply, arena.f64(length), arena.f64(length));
  });
}

/** Eigenvalues of H, of those of `unit` times H. */
export function withoutUnit(values: Float64Array, unit: number): Float64Array {
  const given = values.map((x) => x / unit);
  const bad = given.find((x, i) => !Number.isFinite(x) && Number.isFinite(values[i]));
  if (bad !== undefined) throw new InputError('operator', 'has eigenvalues beyond the largest double');
  return given;
}

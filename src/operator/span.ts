// Bounds of the spectrum of an operator, by a plain Lanczos run in the memory of a few vectors. Without re-orthogonalization levels may
// appear more than once, which does not move the ends. Complex vectors are treated as real ones of twice the length, in whose space H is
// symmetric and has every level twice.
import { ConvergenceError, InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Apply } from './compute.js';
import { fillNormal } from './randomVectors.js';
import { ritz } from './ritz.js';
import { BOUND_MARGIN, BOUND_STEPS } from './tuning.js';
import { small } from './vectorBlocks.js';

/** Elements of H between neighbours of a Krylov space may differ by this from their conjugates, relative to |H|. */
const HERMITIAN = 1e-8;
/** Rounding of numbers among the smallest doubles. */
const LEAST_ROUNDING = 16 * Number.MIN_VALUE;

/**
 * If no more than this is left outside of the space, its ends are levels. A vector made of less would not be orthogonal to the one before
 * it.
 */
const INVARIANT = 1e-6;

/** Energies, and how many products it took to find them. */
export interface Span {
  /** Bounds, and estimates of the extreme levels themselves. */
  low: number;
  high: number;
  lowest: number;
  highest: number;
  products: number;
}

/** Refuses numbers that are not finite: only a function of the program, or entries near the largest double, can make them. */
export function checkFinite(...numbers: readonly number[]): void {
  if (numbers.every(Number.isFinite)) return;
  throw new InputError('operator', 'multiplies a vector into numbers that are not finite');
}

/** Whether a number that would be 0 for a Hermitian operator of this size is 0 up to rounding. */
export function isHermitian(difference: number, norm: number): boolean {
  return Math.abs(difference) <= HERMITIAN * norm + LEAST_ROUNDING;
}

/** Refuses a number that would be 0, up to rounding, for a Hermitian operator of this size. */
export function checkHermitian(difference: number, norm: number): void {
  if (isHermitian(difference, norm)) return;
  throw new InputError(
    'operator',
    `is not Hermitian: elements that should be conjugates differ by ${(Math.abs(difference) / norm).toExponential(1)} of its size`,
  );
}

/**
 * H has a size of about 1; the addresses are those of three vectors of `length` doubles. `parts`: their size where large ones cancel, whose
 * rounding is no sign of a fault.
 */
export function* spanSteps(
  runtime: Runtime,
  arena: Arena,
  apply: Apply,
  length: number,
  [first, second, third]: readonly number[],
  parts = 0,
): Steps<Span> {
  const most = Math.min(BOUND_STEPS, length);
  const t = small(most, most, false);
  let [q, before, w] = [first, second, third];
  fillNormal(runtime, 'span', 0, length, q);
  arena.view(before, length).fill(0);
  const unit = (at: number) => {
    const { wasm } = runtime;
    const norm = Math.sqrt(wasm.dot(length, at, at));
    if (norm > 0) wasm.combine(length, at, at, at, at, 1 / norm, 0, 0, 0);
    return norm;
  };
  unit(q);
  let [size, rest, norm] = [0, 0, 0];
  while (size < most) {
    apply(q, w);
    const { wasm } = runtime;
    const a = wasm.dot(length, q, w);
    const lost = wasm.dot(length, before, w) - rest;
    wasm.combine(length, w, q, w, before, 1, -a, 0, -rest);
    t.re[size * (most + 1)] = a;
    if (size > 0) t.re[size * (most + 1) - 1] = rest;
    rest = unit(w);
    checkFinite(a, rest, lost);
    norm = Math.max(norm, Math.abs(a), rest);
    checkHermitian(lost, Math.max(norm, parts));
    [q, before, w] = [w, q, before];
    size++;
    yield undefined;
    if (!(rest > INVARIANT * norm)) break;
  }
  const pairs = ritz(runtime, t, 0, size);
  if (!pairs) throw new ConvergenceError('the ends of the spectrum were not found: eigh did not converge');
  const { values, vectors } = pairs;
  const tail = (k: number) => rest * magnitude(vectors.re[k * size + size - 1], 0);
  const margin = BOUND_MARGIN * (values[size - 1] - values[0]);
  const [lowest, highest] = [values[0] - tail(0), values[size - 1] + tail(size - 1)];
  return { low: lowest - margin, high: highest + margin, lowest, highest, products: size };
}

/** Ĥ = alpha H + sigma, whose spectrum is within [−1, 1]; H = (Ĥ − sigma)/alpha. */
interface Window {
  /** It has 8 bits, so that z/alpha is exact for the z of a long step. */
  alpha: number;
  /** −sigma/alpha, on so coarse a grid that sigma is exact. */
  centre: number;
  sigma: number;
}

/** Least half width, relative to the size of the energies: below it the rounding of products would be magnified too much. */
export const NARROW = 2 ** -20;

/** The first `bits` binary digits of x > 0, rounded down. */
export function leadingBits(x: number, bits: number): number {
  let unit = 1;
  while (unit > x) unit /= 2;
  while (2 * unit <= x) unit *= 2;
  return Math.floor((x / unit) * 2 ** (bits - 1)) * 2 ** (1 - bits) * unit;
}

/** The window of a span widened by a factor. */
export function windowOf({ low, high }: Pick<Span, 'low' | 'high'>, factor: number): Window {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const half = Math.max(0.5 * factor * (high - low), NARROW * size) || NARROW;
  const grid = leadingBits(half, 1) / 64;
  const centre = Math.round((0.5 * (low + high)) / grid) * grid;
  const alpha = leadingBits(1 / (half + grid), 8);
  return { alpha, centre, sigma: -centre * alpha };
}

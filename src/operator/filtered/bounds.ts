// Bounds and density of the spectrum of an operator, from products H v alone. |H| is about 1.

import { ULP } from '../../wasm/constants.js';
import { ConvergenceError, InputError } from '../../wasm/errors.js';
import { magnitude } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import { fillNormal } from '../randomVectors.js';
import { type Ritz, ritz } from '../ritz.js';
import { NARROW } from '../span.js';
import { BOUND_MARGIN, BOUND_STEPS, DENSITY_VECTORS, MOMENTS } from '../tuning.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { oneVector } from './oneVector.js';

/** Energies from … to, either of which may be infinite. */
export interface SpectrumEnds {
  low: number;
  high: number;
}

/** The bounds of a spectrum of which nothing is known. */
export const UNKNOWN: SpectrumEnds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

export interface Bounds extends SpectrumEnds {
  /** Innermost estimates of the extreme eigenvalues. */
  lowest: number;
  highest: number;
  /** Products H v that were made. */
  products: number;
  /** Vectors that were made orthogonal to all others. */
  orthogonalizations: number;
  /** All levels, if they are so few that the space of one vector was complete; else empty. */
  levels: Level[];
  /** Vectors of the space in which they were found. */
  space: number;
  /** What the parts of a sum come to where they cancel; else 0. */
  parts: number;
}

/** A level and an estimate of the number of its copies: n times its share of a random vector. */
export interface Level {
  energy: number;
  copies: number;
}

/** The space of one vector ends where no more than this is left outside of it. */
export const NO_REST = 1e-13;
/** Far more than Chebyshev polynomials reach on a spectrum that exceeds its bounds a little. */
const GROWN = 1e8;
/** Distance from an end of [−1, 1] within which the slope of the density of levels counts as that there. */
const EDGE = 1e-4;

/** Random numbers into `count` doubles at the address; `index` keys them. */
export function fillRandom(runtime: Runtime, address: number, count: number, index: number): void {
  fillNormal(runtime, 'bounds', index, count, address);
}

/** √(1 − x²), above 0: dx = √(1 − x²) dθ. */
export function slopeAt(x: number): number {
  return Math.sqrt(Math.max(1 - x * x, EDGE));
}

/**
 * Bounds of the spectrum: Lanczos with full re-orthogonalization, extreme Ritz values are moved outwards by their
 * residual and 1 % of the width, but not past known bounds. `parts`: what those of a sum come to where they cancel.
 */
export function spectrumBounds(
  runtime: Runtime,
  computed: Computed,
  known: SpectrumEnds,
  parts = 0,
): Steps<Bounds> {
  const { n, complex } = computed;
  return runtime.steps(function* (arena) {
    const apply = computed.place(runtime, arena, complex);
    const steps = Math.min(BOUND_STEPS, n);
    const columns = new VectorBlocks(runtime, arena, n, complex, steps + 1, 1);
    const q = arena.f64(columns.length * (steps + 1));
    fillRandom(runtime, q, columns.length, 0xffffffff);
    columns.clear();
    columns.orthonormalize(0, 1, 0, q);
    const { t, size, rest } = yield* oneVector(columns, apply, q, steps, NO_REST, parts);
    const pairs = ritz(runtime, t, 0, size);
    if (!pairs) throw new ConvergenceError('the ends of the spectrum were not found: eigh did not converge');
    const { values, vectors } = pairs;
    const tail = (k: number) => {
      const end = k * size + size - 1;
      return magnitude(rest * vectors.re[end], rest * (vectors.im?.[end] ?? 0));
    };
    const lowest = values[0] - tail(0);
    const highest = values[size - 1] + tail(size - 1);
    const margin = BOUND_MARGIN * (values[size - 1] - values[0]) + 1e-12;
    const [low, high] = [Math.max(known.low, lowest - margin), Math.min(known.high, highest + margin)];
    const least = NARROW * Math.max(Math.abs(low), Math.abs(high));
    const more = Math.max(0, least - 0.5 * (high - low));
    const levels = rest > NO_REST ? [] : levelsOf(pairs, n);
    return {
      lowest,
      highest,
      low: low - more,
      high: high + more,
      products: size,
      orthogonalizations: size,
      levels,
      space: levels.length,
      parts,
    };
  });
}

/** Ritz pairs of a closed space of one vector. */
function levelsOf({ values, vectors: { re, im, rows } }: Ritz, n: number): Level[] {
  return Array.from(values, (energy, k) => {
    const [a, b] = [re[k * rows], im?.[k * rows] ?? 0];
    return { energy, copies: n * (a * a + b * b) };
  });
}

/** Ĥ = (H − centre)/half, whose spectrum lies within [−1, 1]. */
export interface SpectrumScale {
  centre: number;
  half: number;
}

export function scaleOf({ low, high }: SpectrumEnds): SpectrumScale {
  return { half: 0.5 * (high - low), centre: 0.5 * (high + low) };
}

/** Products v·T_k(Ĥ) v with each of some random vectors, one after another, from which the density of the spectrum is estimated. */
export interface Moments {
  n: number;
  products: Float64Array;
}

/** The moments of the kernel polynomial method (A. Weiße et al., Rev. Mod. Phys. 78 (2006) 275); `parts` as in `Bounds`. */
export function moments(
  runtime: Runtime,
  computed: Computed,
  { centre, half }: SpectrumScale,
  parts: number,
): Steps<Moments> {
  const { n, complex } = computed;
  const length = complex ? 2 * n : n;
  return runtime.steps(function* (arena) {
    const { wasm } = runtime;
    const apply = computed.place(runtime, arena, complex);
    // Twice Ĥ, for the recurrence; the first step needs Ĥ itself.
    const [once, twice] = [1, 2].map((k) => ({ alpha: k / half, sigma: -(k / half) * centre }));
    const [v, other, third] = [arena.f64(length), arena.f64(length), arena.f64(length)];
    const products = new Float64Array(DENSITY_VECTORS * MOMENTS);
    for (let k = 0; k < DENSITY_VECTORS; ++k) {
      fillRandom(runtime, v, length, 0xfffffff0 + k);
      products[k * MOMENTS] = wasm.dot(length, v, v);
      apply(v, other, once);
      let [now, before] = [other, third];
      arena.view(third, length).set(arena.view(v, length));
      for (let m = 1; m < MOMENTS; ++m) {
        const moment = wasm.dot(length, v, now);
        checkGrowth(moment, products[k * MOMENTS], parts);
        products[k * MOMENTS + m] = moment;
        apply(now, before, { ...twice, beta: -1 });
        [now, before] = [before, now];
        yield undefined;
      }
    }
    return { n, products };
  });
}

/** On [−1, 1], where the spectrum is thought to lie, no Chebyshev polynomial exceeds 1, so that moments are no larger than the norm. */
function checkGrowth(moment: number, norm: number, parts: number): void {
  if (!(Math.abs(moment) > GROWN * norm)) return;
  throw new InputError(
    'operator',
    parts * ULP > NARROW
      ? `is what is left of parts some ${parts.toExponential(0)} times as large: their rounding is not small beside it`
      : 'is not Hermitian: its powers grow as those of a Hermitian operator do not',
  );
}

/**
 * Levels per unit of x = (E − centre)/half near x0, by Fejér's kernel:
 *     ρ(x) = D/(π√(1−x²)) Σ_k (2 − δ_k0)(1 − k/K) T_k(x) [v·T_k(Ĥ) v]/[v·v] .
 */
export function levelDensity({ n, products }: Moments, x0: number, half: number): number {
  let [sum, norm] = [0, 0];
  for (let first = 0; first < products.length; first += MOMENTS) {
    norm += products[first];
    sum += products[first];
    let [t, last] = [x0, 1];
    for (let m = 1; m < MOMENTS; ++m) {
      sum += 2 * (1 - m / MOMENTS) * t * products[first + m];
      [t, last] = [2 * x0 * t - last, t];
    }
  }
  const density = (n * sum) / (norm * Math.PI * slopeAt(x0) * half);
  return Math.max(density, 1 / (2 * half));
}

/** The cosine of the mean of two angles, of their cosines. */
export function middleOf(a: number, b: number): number {
  const sum = a * b - Math.sqrt(Math.max(0, 1 - a * a)) * Math.sqrt(Math.max(0, 1 - b * b));
  const middle = Math.sqrt(Math.max(0, (1 + sum) / 2));
  return a + b < 0 ? -middle : middle;
}

/** 2^depth + 1 places from a to b, their angles equally far apart. */
function places(a: number, b: number, depth: number): number[] {
  let list = [a, b];
  for (let k = 0; k < depth; ++k)
    list = list.flatMap((x, i) => (i === 0 ? [x] : [middleOf(list[i - 1], x), x]));
  return list;
}

/** An estimate of the number of levels with x from … to. */
export function levelsBetween(known: Moments, from: number, to: number, half: number): number {
  const list = places(from, to, 5);
  let sum = 0;
  for (let k = 1; k < list.length; ++k) {
    sum += half * (list[k] - list[k - 1]) * levelDensity(known, middleOf(list[k - 1], list[k]), half);
  }
  return sum;
}

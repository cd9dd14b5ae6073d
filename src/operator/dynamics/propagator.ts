// What methods of time evolution have in common: a state at an address is moved on, and copies of it at some times are given.

import { ULP } from '../../wasm/constants.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Apply, Computed } from '../compute.js';

/** Times at which copies of a state are made in one run over it: it bounds their memory. */
export const MOST_COPIES = 8;
/** Errors of a state below this share of its length are rounding: nothing is gained by a smaller truncation. */
export const LEAST_ERROR = 2 ** -58;

/** What a product adds to the error by rounding, in ulp, and what energies do to phases and to factors, in ulp of |H|, a unit of time. */
const [PRODUCT, PHASE] = [1, 2];

/** The rounding error of a step. */
export function rounding(products: number, phase: number): number {
  return ULP * (PRODUCT * products + PHASE * Math.abs(phase));
}

/** A call under way. Energies are those of 2^unit · H, whose norm is about 1; times are those of the caller times 2^−unit. */
export interface Flow {
  runtime: Runtime;
  arena: Arena;
  /** H as it was given, of which the order alone is read: `apply` multiplies by 2^unit · H. */
  computed: Pick<Computed, 'n'>;
  apply: Apply;
  /** Doubles in a vector, and whether they are pairs. */
  length: number;
  pairs: boolean;
  imaginary: boolean;
  /** |H| as far as it is known, from below; where large parts of a sum cancel, the sum of their sizes: products round as they do. */
  size: number;
  /** Truncation allowed per unit of time. */
  rate: number;
}

/** How far one step came. */
export interface Moved {
  /** How many of the times have been reached; 0 where the state itself was moved on, towards the first. */
  served: number;
  /** Time that the state was moved by, where none was reached. */
  by: number;
  /** In imaginary time, for each time reached or for the one move: the logarithm of the factor that the vector lacks. */
  logs: number[];
  /** By how much an error before the step may have grown, in the scale of `logs`. */
  gains: number[];
  /** A bound on what was left out and on rounding, relative to the length of the vector before the step, in the scale of `logs`. */
  errors: number[];
  /** Products that it took. */
  products: number;
}

export interface Propagator {
  /**
   * Copies of the state at x, of length 1, moved on by the times, all of one sign, that follow one another: as many of them as
   * one step reaches go to `outs`; where it reaches none, x is moved on as far as it can. Yields how much of the time is done.
   */
  advance(x: number, times: readonly number[], outs: number): Steps<Moved>;
  /** Products for a time, about. */
  products(time: number): number;
}

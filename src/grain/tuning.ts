// Numbers of speed and size in this room. Each says what was measured, or that it bounds something and was not.
import type { CheckedModel } from './model.js';

/**
 * For a small window `auto` prefers the filtered method to dense diagonalization from this dimension on. At D = 2048 it takes
 * 0.3 to 0.9 s for 8 to 64 states where dense takes 2.1 s, for d_g = 2, 8, 16 and 64; for d_g = 256 it takes ten times as long.
 */
export const filterFrom = (dg: number): number => (dg <= 64 ? 2048 : 4096);

/**
 * An offset c of H = c + H' is subtracted where |c| exceeds this many times |H'|, whose digits its rounding takes: four of 52 bits at
 * this bound. Not a number of speed.
 */
export const OFFSET = 16;

/** Products with H that take one and a half times as long as dense diagonalization, and some seconds more: a limit to the loss, not measured. */
export function worthwhile({ dg, bits, dimension: d }: CheckedModel): number {
  const cost = d * (dg + 2 * bits);
  return (1.5 * d * d * d + 5e9) / cost;
}

/** States whose products with H are formed at a time: a bound on memory, D numbers each, and not a number of speed. */
export const PRODUCTS = 4;

/** States whose entropies are formed in a step: 1.3 ms for D = 8192 and 10 l-bits (Zen 4, one thread). */
export const MEASURED = 64;

/**
 * Share of the work that is done when the states are found: shown to people, decides nothing. Building H and measuring
 * the observables take 1.3 % at D = 8192 (docs/performance.md), `verify` takes a fifth.
 */
export const DECOMPOSED = 0.95;

/** Columns of V in the basis of eigenstates that are formed in a step: 56 ms at r = 4096, and so 0.2 s at 8192 (Zen 4, one thread). */
export const ELEMENTS = 64;
/** Share of the work that is done when everything but the l-bit is diagonalized: estimated, shown to people, decides nothing. */
export const REST = 0.8;

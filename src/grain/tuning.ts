// Numbers of speed and size in this room, each with what it was measured by.
import type { CheckedModel } from './model.js';

/** `auto` leaves dense diagonalization for a small window from this dimension on. */
export const FILTER_FROM = 4096;

/** H = c + H' is computed with as H' where c is larger than H' by this: its rounding would drown H'. */
export const OFFSET = 16;

/** The products that take as long as dense diagonalization, by one and a half, and some seconds. */
export function worthwhile({ dg, bits, dimension: d }: CheckedModel): number {
  const cost = d * (dg + 2 * bits);
  return (1.5 * d * d * d + 5e9) / cost;
}

/** States whose products with H are formed at a time. */
export const PRODUCTS = 4;

/** States whose entropies are formed in a step: of D = 8192 and 10 l-bits some milliseconds. */
export const MEASURED = 64;

/**
 * Share of the work that is done when the states are there: shown to people, decides nothing. Building H and the observables
 * take 1.3 % at D = 8192 (docs/performance.md), `verify` a fifth.
 */
export const DECOMPOSED = 0.95;

/** Columns of V in the basis of eigenstates that are formed in a step: at r = 8192 a tenth of a second. */
export const ELEMENTS = 64;
/** Share of the work that is done when everything but the l-bit is decomposed; decides nothing. */
export const REST = 0.8;

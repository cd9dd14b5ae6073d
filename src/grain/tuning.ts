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

/**
 * Columns of the first blocks of the filtered method. FILTER_BLOCK of them would take more products and find levels of two and three
 * copies at once, but those of a random grain have one. A column is filtered by one thread, so that more than two gain nothing. Products
 * for 10 and for 64 states near E = 0 of 8 grain levels with 9 and 10 l-bits, with looks every 16 vectors: 135 472, 73 480, 131 344 and
 * 71 740 with four columns, 114 800, 66 172, 107 664 and 64 316 with two.
 */
export const GRAIN_BLOCK = 2;

/** Products with H that take one and a half times as long as dense diagonalization, and some seconds more: a limit to the loss, not measured. */
export function worthwhile({ dg, bits, dimension: d }: CheckedModel): number {
  const cost = d * (dg + 2 * bits);
  return (1.5 * d * d * d + 5e9) / cost;
}

/** States whose products with H are formed at a time: a bound on memory, D numbers each, and not a number of speed. */
export const PRODUCTS = 4;

/** States whose entropies are formed in a step: 1.3 ms for D = 8192 and 10 l-bits (Zen 4, one thread). */
export const STATES_A_STEP = 64;

/**
 * Share of the work that is done when the states are found: shown to people, decides nothing. Building H and measuring
 * the observables take 1.3 % at D = 8192 (docs/performance.md), `verify` takes a fifth.
 */
export const DECOMPOSED = 0.95;

/** Columns of V in the basis of eigenstates that are formed in a step: 56 ms at r = 4096, and so 0.2 s at 8192 (Zen 4, one thread). */
export const ELEMENTS = 64;
/** Share of the work that is done when everything but the l-bit is diagonalized: estimated, shown to people, decides nothing. */
export const REST = 0.8;

/** Numbers of rows of a complex H that are written between two pauses, zeros too: 9 ms of D = 1024 and 2048 (AMD EPYC, Zen 4, Node 20). */
export const WRITTEN = 2 ** 17;
/** Numbers of complex states that are brought into memory and multiplied by −i between two pauses: 0.1 ms (as above), and more where memory is touched first. */
export const TURNED = 2 ** 17;
/**
 * Rows of a product that is checked, and multiplications of it between two pauses, some 7 ms; with fewer columns than LEAST_COLUMNS,
 * packing the rows again and again would take long. Half and double (as above, a busy machine, 287 ms of D = 512 with `verify`): +2 and −10,
 * −7 and −4, −1 and +17 %, some 10 % of which is noise.
 */
export const [CHECKED_ROWS, MULTIPLIED] = [64, 2 ** 26];
export const LEAST_COLUMNS = 24;

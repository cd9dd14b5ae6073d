// Numbers of speed in this room. None changes a bit.

/** Doubles of a row processed at once: eight registers of two, for which the loops of flips.ts are written out. Not a number to be tuned. */
export const RUN: i32 = 16;

/**
 * Tiles of RUN columns multiplied by one pair of rows of H_g while the pair is in the first-level cache; the tiles
 * of 64 grain states leave half of that cache for it. Two are a few per cent faster than one, four are not;
 * measured at d_g = 64 and 256.
 */
export const TILES_A_PAIR: i32 = 2;

/**
 * Nanoseconds of a product with H, for each element times (d_g + 2 N + 6): the steps of a long polynomial are planned
 * by it. At d_g = 8, N = 9 and at d_g = 64, N = 6 a product took 0.2 to 0.3 ns by that measure on one thread.
 */
export const ELEMENT: f64 = 0.25;

// Numbers of speed in this room. None changes a bit.

/** Doubles of a row processed at once, and log2 of that: the products are written out for it (scripts/generate-grain.js). Not a number to be tuned. */
export const LOG_RUN: i32 = 3;
export const RUN: i32 = 1 << LOG_RUN;

/**
 * Nanoseconds of a product with H, for each element times (d_g + 2 N + 6): the steps of a long polynomial are planned
 * by it. At d_g = 8, N = 9 and at d_g = 64, N = 6 a product took 0.2 to 0.3 ns by that measure on one thread.
 */
export const ELEMENT: f64 = 0.25;

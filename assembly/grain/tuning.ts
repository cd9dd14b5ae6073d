// Numbers of speed in this room.

/** Doubles of a row handled at once: eight registers of two. */
export const RUN: i32 = 16;

/**
 * Tiles of RUN columns that are multiplied by a pair of rows of H_g while it is in the first-level cache, which the tiles of 64
 * grain states leave half of. Two are a few per cent faster than one, four are not; measured at d_g = 64 and 256.
 */
export const TOGETHER: i32 = 2;

/**
 * Nanoseconds of a product with H, for each element times (d_g + 2 N + 6): by which the steps of a long polynomial are cut. At
 * d_g = 8, N = 9 and at d_g = 64, N = 6 a product took 0.2 to 0.3 of them on one thread.
 */
export const ELEMENT: f64 = 0.25;

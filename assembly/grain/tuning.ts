// Numbers of speed in this room.

/** Doubles of a row handled at once: eight registers of two. */
export const RUN: i32 = 16;

/**
 * Tiles of RUN columns that are multiplied by a pair of rows of H_g while it is in the first-level cache, which the tiles of 64
 * grain states leave half of. Two are a few per cent faster than one, four are not; measured at d_g = 64 and 256.
 */
export const TOGETHER: i32 = 2;

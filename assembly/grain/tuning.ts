// Numbers of speed in this room.

/**
 * Doubles by which rows are padded, so that they do not share cache sets: rows a power of two apart would. Two cache
 * lines; how much it gains was not recorded.
 */
export const PAD: i32 = 16;

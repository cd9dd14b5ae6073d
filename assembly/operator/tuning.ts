// Numbers of speed in this room.

/** Vectors whose overlaps are found together: the kernel is written for four, which share what is read of W. */
export const GROUP: i32 = 4;

/** Doubles of W, of each vector, that stay in the first-level cache while all are subtracted. */
export const STRETCH: i32 = 512;

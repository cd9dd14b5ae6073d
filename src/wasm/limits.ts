// Limits of the numbers that are taken, the same in every room.

/** Largest entry, coefficient or amplitude: sums of them, squared, stay in range. */
export const LARGEST_ENTRY = 1e150;

/**
 * Two entries that mirror each other may differ by this, relative to the largest: the errors of a product of matrices in double precision.
 */
export const ROUNDING = 1e-12;

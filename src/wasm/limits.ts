// Limits of the numbers that are taken, the same in every room.

/** Largest entry, coefficient or amplitude: sums of them, squared, stay in range. */
export const LARGEST_ENTRY = 1e150;

/** Binary exponent of the largest |H| t of an evolution in time: beyond it no digit of a phase e^{−iEt} is known. */
export const LATEST_EXPONENT = 40;

/**
 * Two entries that mirror each other may differ by this, relative to the largest: the errors of a product of matrices in double precision.
 */
export const ROUNDING = 1e-12;

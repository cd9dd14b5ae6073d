// Numbers of speed in this room.

/** Vectors whose overlaps are found together, so that W is read once for all of them: the kernel is written out for four. Not a number to be tuned. */
export const OVERLAP_VECTORS: i32 = 4;

/**
 * Doubles of W, of each vector, that stay in the first-level cache while all are subtracted. Measured (AMD EPYC, Zen 4, Node 22,
 * least processor time of one vector made orthogonal to 60 of length 1716, and to 30 of length 48 620): half takes −3 and +30 %,
 * double +5 and +5 %.
 */
export const STRETCH: i32 = 512;

/**
 * Nanoseconds of a multiplication of an elimination, by which its steps are planned: a count for a full matrix of order 2048, 2.9e9 of
 * them, takes 2.3 s (AMD EPYC, Zen 4).
 */
export const MULTIPLICATION: f64 = 0.8;

/**
 * Nanoseconds by which steps are planned in symmetry sectors and tables: for an image of a configuration under an element of the group,
 * to find the place of a configuration, for a low configuration in the lists of mixed terms, and for a term of the diagonal.
 * Measured (AMD EPYC, Zen 4, Node 20): a basis of 20 sites at half filling with 20 translations 2.5 ms, where 7.4 are planned because
 * most configurations are dropped after a few images; the matrix of 18 sites with 18 translations 3.8 ms, 4.9 planned; a low configuration in the
 * lists of one term 7 ns, of nineteen with four masks 100; a term of the diagonal 2.44 ns.
 */
export const IMAGE: f64 = 2;
export const PLACE: f64 = 60;
export const LISTED: f64 = 20;
export const DIAGONAL_TERM: f64 = 2.5;

/**
 * Parts into which rows are divided among threads, whatever their number: enough for as many threads as there may be. Not measured;
 * decides no bit.
 */
export const ROW_PARTS: i32 = 64;

/** Least configurations and rows of a step: they take microseconds, like the step itself. Not numbers to be tuned. */
export const LEAST_STATES: i32 = 64;
export const LEAST_ROWS: i32 = 8;

/**
 * Nanoseconds of a row of a quantum sun, for each element of the dot's row and for each spin: with them rows of 3 spins in the dot and 16
 * around it take 138 ns, of 6 and 11 it is 171, of 8 and 8 397, and of 3 and 17 with 9 of them up 146; measured 159, 153, 387 and 168 (AMD
 * EPYC, Zen 4, Node 20).
 */
export const SUN_ELEMENT: f64 = 1.3;
export const SUN_SPIN: f64 = 8;

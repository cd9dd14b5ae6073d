// Numbers of speed in this room, each with what it was measured by. None of them decides whether a result is right.

/** Steps of the Lanczos run that bounds a spectrum. */
export const BOUND_STEPS = 60;
/** Chebyshev moments and random vectors from which the density of states is estimated. */
export const MOMENTS = 256;
export const DENSITY_VECTORS = 4;

/** Columns of a block of the filtered solver: a fixed number, so that results do not depend on the number of threads. */
export const FILTER_BLOCK = 4;
/** Columns filtered at a time. */
export const TOGETHER = 16;
/**
 * States under the peak per state asked for. What counts is degree times vectors: a higher peak of fewer states takes a
 * degree that grows as they become fewer, while the vectors that it takes beside them to tell the last from the side lobes
 * do not. From 2.4 to 4 the products with H are fewest, to 5 %, and three quarters of those at 1.5.
 */
export const MARGIN = 2.4;
/** Krylov vectors that there is room for, per state asked for and beside. */
export const [VECTORS, BESIDE] = [7.5, 160];
/**
 * Vectors at the first look at what has converged, per state asked for, and those added between two looks, at least and as a
 * share of those there are.
 */
export const [FIRST_LOOK, LOOK, LOOK_SHARE] = [4, 4 * FILTER_BLOCK, 0.05];
/** Larger blocks that there is room for at least. */
export const DEPTH = 16;
/** Rounds with another degree. */
export const ROUNDS = 8;
/** Blocks grow by this where a level has more copies than they have columns. */
export const GROWTH = 4;

/**
 * Argument of the Bessel functions in one step of time evolution: at 256 a unit of it takes 1.3 products, and a longer one is
 * no more than a quarter cheaper. Of imaginary time, whose factors decay as e^{−k²/2z}.
 */
export const [REAL_STEP, IMAGINARY_STEP] = [256, 32];
/** Vectors of a Krylov space of time evolution. */
export const KRYLOV_VECTORS = 30;

// Numbers of speed in this room: nominal nanoseconds, of one core of 3 GHz, by which the length of a step is planned. No bit
// depends on them.

/**
 * An element of a vector in a Lanczos step, and a row of T in a QL sweep: those of the cost models of src/lattice/tuning.ts,
 * fitted to whole calls on one core, a step 2.5 ns an element; m eigenvalues take some 1.7 sweeps each over m/2 rows, 16 ns m².
 */
export const LANCZOS_COST: f64 = 2.5;
export const QL_COST: f64 = 20;

/** A multiplication and addition of a band factorization: short vectors, half of it waiting for the last pivot. Counted. */
export const ELIMINATION_COST: f64 = 0.4;
/** Factorizations of the window around a site, and of the one to the origin, that an orbital takes: counted in examples. */
export const NEAR_SOLUTIONS: f64 = 7;
export const PATH_SOLUTIONS: f64 = 2;

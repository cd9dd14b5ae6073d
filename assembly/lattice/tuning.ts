// Numbers of speed in this room: nominal nanoseconds, on one core of 3 GHz, by which the length of a step is
// planned. No bit depends on them.

/**
 * Cost of an element of a vector in a Lanczos step, and of a row of T in a QL sweep: as in the cost models of
 * src/lattice/tuning.ts, fitted to whole calls on one core. A step takes 2.5 ns an element; m eigenvalues take some 1.7
 * sweeps each over m/2 rows, 16 ns m².
 */
export const LANCZOS_COST: f64 = 2.5;
export const QL_COST: f64 = 20;

/**
 * A multiplication and addition of a band factorization: short vectors, and half of the time waits
 * for the last pivot. Counted.
 */
export const ELIMINATION_COST: f64 = 0.4;
/**
 * Number of factorizations that an orbital takes on average: of the window around its site, and of the window to the
 * origin. Measured (AMD EPYC, Zen 4, a busy machine; processor time of whole calls of `local` over N), in µs an
 * orbital, in brackets the prediction of these two numbers: W/t = 25, R = 10, 20, 30, 40: 115 (61), 217 (271), 174
 * (325), 167 (421); W/t = 60: 80 (57), 92 (162), 87 (205), 83 (285); W/t = 16, R = 40: 1280 (704). Most windows to the
 * origin are far smaller than the largest one: the numbers 7 and 2, which were counted in examples, predicted 17 times
 * too much at R = 40, and steps were too short by that factor. Twice the numbers below would be 7 times too much there,
 * half of them 4 times too little at R = 10.
 */
export const NEAR_SOLUTIONS: f64 = 5;
export const PATH_SOLUTIONS: f64 = 0.25;

/**
 * Looking at an element of a row for an assignment. Measured (AMD EPYC, Zen 4, Node 20, a busy machine): 124 ms of processor time for 1200
 * orbitals that extend over all sites, which look at some 25 million.
 */
export const ASSIGNMENT_COST: f64 = 5;

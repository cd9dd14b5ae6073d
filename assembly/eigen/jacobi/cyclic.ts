// What the cyclic Jacobi iterations share: the cap on sweeps, which entries early sweeps leave alone, and how far an iteration is.

import { Job } from '../../job';

/**
 * The cap on sweeps. Convergence is quadratic and six to ten are usual; as many as this are made only where rounding keeps a matrix from
 * converging, which then is reported. A bound on the wait, not a number to be tuned.
 */
export const MOST_SWEEPS: i32 = 60;

/**
 * In the first three sweeps entries up to 0.2 Σ|a_ij|/n², i < j, are left for later: they are cheaper once the large ones are gone.
 * Both numbers are H. Rutishauser's (Numer. Math. 9 (1966) 1); they decide bits.
 */
export const EARLY_SWEEPS: i32 = 3;
const EARLY_SHARE: f64 = 0.2;

/** The size up to which an early sweep leaves entries alone; `sum`: of |a_ij|, i < j. */
@inline
export function earlyThreshold(n: i32, sum: f64): f64 {
  return (EARLY_SHARE * sum) / (<f64>n * <f64>n);
}

/** The first fields of the records of two-sided and of one-sided rotations. */
@unmanaged
export class Rotations extends Job {
  /** Result: sweeps made. */
  sweeps: i32;
  n: i32;
}

/** Sweeps that an iteration of either kind has made so far, the current one included. */
export function sweepsOf(work: usize): i32 {
  return changetype<Rotations>(work).sweeps;
}

/** Share of the work done after x sweeps: their number is not known in advance; six to ten are usual. */
export function sweepProgress(x: f64): f64 {
  return x < 8 ? x / 10 : 1 - 1.6 / x;
}

// What steps of statistics cost, by which they are cut; they decide no bit. Estimates, not measured.

/** Nominal nanoseconds of a weight in the sum, in a sum of logarithms, and in one of powers; weights of a step at least. */
export const SUMMED: f64 = 1.5;
export const LOGARITHM: f64 = 12;
export const POWER: f64 = 60;
export const LEAST_WEIGHTS: i32 = 4096;

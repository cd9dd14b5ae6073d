// Numbers of speed in this room.

/**
 * Nominal nanoseconds, on one core of 3 GHz, of ψ and its slope at one coupling, from the table with a two-sum: some
 * forty dependent operations. Measured (AMD EPYC, Zen 4, Node 20, a busy machine; least processor time of `solveMeanField`
 * by iteration, 300 and 3000 couplings): 10 and 11 ns a coupling and iteration where all are equal, 6 and 8 where they
 * differ. It decides how long a step lasts and changes no bit.
 */
export const EVALUATION_COST: f64 = 12;

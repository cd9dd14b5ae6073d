// Numbers of speed in this room.

/**
 * Nominal nanoseconds, on one core of 3 GHz, of ψ and its slope at one coupling, from the table with a two-sum: some
 * forty dependent operations. Counted, not measured; it decides how long a step lasts and changes no bit.
 */
export const EVALUATION_COST: f64 = 12;

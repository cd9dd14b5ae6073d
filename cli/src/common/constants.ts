// Numbers that the command and the page share.

/** The decay of couplings per site at which an avalanche of a long chain fails ([CC22] Sec. V): 1/√2. */
export const ALPHA_CRITICAL = Math.SQRT1_2;

/** A whole turn of a phase. */
export const TURN = 2 * Math.PI;

/** Relative accuracy of small couplings of a lattice: on large lattices they decide the verdict, and lists have every orbital. */
export const RELATIVE = 1e-6;

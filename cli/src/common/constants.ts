// Numbers that the command and the page share.

/** The decay of couplings per site at which an avalanche of a long chain fails ([CC22] Sec. V): 1/√2. */
export const ALPHA_CRITICAL = Math.SQRT1_2;

/** A whole turn of a phase. */
export const TURN = 2 * Math.PI;

/** Relative accuracy of small couplings of a lattice: on large lattices they decide the verdict, and lists have every orbital. */
export const RELATIVE = 1e-6;

/** The mean gap ratios of large random matrices, and of independent levels. */
export const MEAN_RATIOS = { poisson: 2 * Math.LN2 - 1, goe: 0.5307, gue: 0.5996 } as const;

/** The latest time at which an autocorrelator is wanted: beyond it phases lose too many digits. */
export const LATEST_TIME = 1e9;

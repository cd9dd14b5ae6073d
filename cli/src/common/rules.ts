// What decides whether a statement of the paper agrees with what was measured, where both the command and the page measure it; and
// the numbers of the paper that are judged against.

/** n* of Fig. 3(a), and how many l-bits off it may be. */
export const FRONT = { stated: 30, off: 1 } as const;
/** The coefficient of g that (7b) prints for [S], and how much off it may be, relatively. */
export const SLOPE = { stated: 2 * Math.PI * Math.LN2, off: 1e-3 } as const;
/** How much the ratios g_c · 4 N log N of (22) may differ for it to be a scaling: the largest over the least. */
export const SCALING = { ratio: 1.5 } as const;
/** W_th of Fig. 5(a), and how much off it may be, relatively. */
export const THRESHOLD = { stated: 45, off: 0.05 } as const;
/** The middle of the g₁₀ that the pairs printed with Fig. 2(b) need, and how far a fit may lie from it, relatively. */
export const FIRST_COUPLING = { stated: 0.85, off: 0.2 } as const;

interface Stated {
  stated: number;
  off: number;
}

/** Whether x is within the relative tolerance of what is stated. */
const near = (x: number, { stated, off }: Stated): boolean => Math.abs(x / stated - 1) < off;

export const agrees = {
  front: (n: number): boolean => Math.abs(n - FRONT.stated) <= FRONT.off,
  slope: (x: number): boolean => near(x, SLOPE),
  scaling: (ratios: readonly number[]): boolean => Math.max(...ratios) / Math.min(...ratios) < SCALING.ratio,
  /** Of a realization of Fig. 4, whose avalanche fails or takes the lattice as the paper says. */
  outcome: (avalanche: boolean, fails: boolean): boolean => avalanche !== fails,
  threshold: (w: number): boolean => near(w, THRESHOLD),
  firstCoupling: (g: number): boolean => near(g, FIRST_COUPLING),
};

/** Agrees as printed; agrees in a named reading; differs. */
export type Group = 'printed' | 'reading' | 'differs';

/** The group of a statement that does or does not agree as printed, and in another reading. */
export const groupOf = (printed: boolean, reading: boolean): Group =>
  printed ? 'printed' : reading ? 'reading' : 'differs';

// The readings of [CC22]'s Sec. V under which its Fig. 2 can be compared: the dimension of the grain, and
// how strongly it couples. The reduced coupling of the first l-bit grows as J_1 √d_g, and d_g = 8 leaves at
// most 1.7 grain levels within h.

/** Name of a reading of the grain, see `grainReadings`. */
export type GrainReadingName = 'printed' | 'dg256' | 'dg64';

/** The parameters that a reading sets; the others are as printed (h = 1, δh = 0.1, rms of H_g 1.5). */
export interface GrainReading {
  /** d_g. */
  grainDimension: number;
  /** J_1. */
  j1: number;
}

/**
 * `printed`: d_g = 8 and J_1 = 0.41, as Sec. V prints; [S_end] at α_c then falls with N. `dg256`: a grain of eight
 * two-level systems, d_g = 2⁸, J_1 = 0.41; the curves of different N cross at α_c, as the paper's do. `dg64`: d_g = 64
 * and J_1 = 0.82, with the same J_1 √d_g as `dg256`, so that N = 10 is within reach.
 */
export const grainReadings: Readonly<Record<GrainReadingName, GrainReading>> = {
  printed: { grainDimension: 8, j1: 0.41 },
  dg256: { grainDimension: 256, j1: 0.41 },
  dg64: { grainDimension: 64, j1: 0.82 },
};

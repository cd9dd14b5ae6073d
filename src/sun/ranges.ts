// The ranges of the arguments of quantum suns, each defined once: for the checks, and for programs that read them from people.
import type { Ranges } from '../wasm/check.js';
import type { SunSymmetry } from './types.js';

/** Beyond, sums of squares of fields and couplings would leave the doubles. */
const MOST = 1e100;

/** Ranges of the options of random suns. */
export const sunRanges: Ranges<never, 'spins' | 'dotSpins' | 'alpha' | 'g0' | 'gamma' | 'zeta' | 'field'> = {
  spins: { min: 1, max: 20 },
  /** Each row of the matrix has a row of the dot's. */
  dotSpins: { min: 1, max: 8 },
  alpha: { above: 0, max: 10 },
  g0: { min: -MOST, max: MOST },
  gamma: { min: 0, max: MOST },
  zeta: { min: 0, max: 10 },
  field: { min: -MOST, max: MOST },
};

/** What a sun may conserve. */
export const sunSymmetries: readonly SunSymmetry[] = ['none', 'u1'];

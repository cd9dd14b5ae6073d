// The ranges of the arguments of central-grain models, each defined once: for the checks, and for
// programs that read them from people.
import type { Ranges } from '../wasm/check.js';

/** Ranges of the options of random models. */
export const grainRanges: Ranges<'alpha' | 'deltaH', 'n' | 'grainDimension' | 'grainScale'> = {
  alpha: { min: 0 },
  /** With more l-bits a single vector outgrows memory. */
  n: { min: 0, max: 24 },
  /** A power of two; the next larger random grain would take 8 GiB. */
  grainDimension: { min: 2, max: 2 ** 14 },
  deltaH: { min: 0 },
  /** The entries of a random grain, times its dimension, leave room for squares of differences. */
  grainScale: { min: 0, max: 1e296 },
};

/** How eigenstates are found. */
export const grainMethods = ['auto', 'dense', 'filtered'] as const;

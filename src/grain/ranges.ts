// What the arguments of central-grain models may be, each once: for the checks, and for programs that take them from people.
import type { Ranges } from '../wasm/check.js';

/** Ranges of the options of random models. */
export const grainRanges: Ranges<'alpha' | 'deltaH', 'n' | 'grainDimension' | 'grainScale'> = {
  alpha: { min: 0 },
  /** Past this many l-bits a single vector outgrows memory. */
  n: { min: 0, max: 24 },
  /** A power of two; of a larger grain that is drawn the next would be 8 GiB. */
  grainDimension: { min: 2, max: 2 ** 14 },
  deltaH: { min: 0 },
  /** Elements of a drawn grain, times its dimension, leave room for squares of differences. */
  grainScale: { min: 0, max: 1e296 },
};

/** How eigenstates are found. */
export const grainMethods = ['auto', 'dense', 'filtered'] as const;

// The ranges of the arguments of lattices, each defined once: for the checks, and for
// programs that read them from people.
import type { Ranges } from '../wasm/check.js';
import type { LatticeMethod } from './couplings.js';
import { TURN } from './model.js';

/** Ranges of the options of lattices; the range of `strengths` is that of their number. */
export const latticeRanges: Ranges<
  never,
  | 'radius'
  | 'denseRadius'
  | 'strength'
  | 'strengths'
  | 'theta0'
  | 'hopping'
  | 'amplitude'
  | 'breakpoint'
  | 'q'
  | 'g0'
  | 'threshold'
> = {
  radius: { min: 1, max: 120 },
  /** Largest radius for `dense`. N = 1861: the assignment of labels and two N×N matrices stay moderate. */
  denseRadius: { min: 1, max: 30 },
  strength: { above: 0, max: 1e9 },
  strengths: { min: 2, max: 10_000 },
  theta0: { min: -1e6, max: 1e6 },
  hopping: { min: 1e-9, max: 1e9 },
  amplitude: { min: 1e-3, max: 1e3 },
  breakpoint: { min: 1e-6, max: TURN - 1e-6 },
  /** Range of each of the two components. */
  q: { min: -1e3, max: 1e3 },
  g0: { above: 0, max: 1e12 },
  threshold: { above: 0, max: 0.999 },
};

/** How orbitals are found. */
export const latticeMethods: readonly LatticeMethod[] = ['auto', 'local', 'band', 'lanczos', 'dense'];

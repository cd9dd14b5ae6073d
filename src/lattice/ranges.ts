// What the arguments of lattices may be, each once: for the checks, and for programs that take them from people.
import type { Ranges } from '../wasm/check.js';
import type { LatticeMethod } from './couplings.js';
import { TURN } from './model.js';

/** Ranges of the options of lattices; of `strengths`, of how many there are. */
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
  /** By method 'dense'. N = 1861: the assignment of labels and two N×N matrices stay moderate. */
  denseRadius: { min: 1, max: 30 },
  strength: { above: 0, max: 1e9 },
  strengths: { min: 2, max: 10_000 },
  theta0: { min: -1e6, max: 1e6 },
  hopping: { min: 1e-9, max: 1e9 },
  amplitude: { min: 1e-3, max: 1e3 },
  breakpoint: { min: 1e-6, max: TURN - 1e-6 },
  /** Of each of the two. */
  q: { min: -1e3, max: 1e3 },
  g0: { above: 0, max: 1e12 },
  threshold: { above: 0, max: 0.999 },
};

/** How orbitals are found. */
export const latticeMethods: readonly LatticeMethod[] = ['auto', 'local', 'band', 'lanczos', 'dense'];

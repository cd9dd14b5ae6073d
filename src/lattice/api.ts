// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';
import type { RandomKey } from '../random/api.js';
import { findCouplings, type LatticeCouplings, type LatticeOptions } from './couplings.js';

/** What this room uses of the others. */
export interface LatticeNeeds {
  uniforms(key: RandomKey, count: number): Float64Array;
}

export function latticeApi(runtime: Runtime, needs: LatticeNeeds) {
  return {
    /**
     * Orbitals of one particle on the lattice of [CC22] (15) and their components at the origin, the couplings of
     * (18) in units of g0. Only the spectral measure of the origin is computed, no eigenvector. Throws
     * ConvergenceError when method `lanczos` does not resolve the orbitals (extended at weak disorder).
     */
    latticeCouplings: (options: LatticeOptions): LatticeCouplings =>
      findCouplings(runtime, 'options', options, needs.uniforms),
  };
}

// Vectors of decompositions are known to be real or in pairs by whatever takes states.
import { LANES_TO } from '../wasm/constants.js';
import { knownAs } from '../wasm/written.js';

/** Hands out vectors of order n; those of small matrices as they are: to note them takes as long as decomposing the matrix. */
export function handedOut(vectors: Float64Array, n: number, complex: boolean): Float64Array {
  if (n <= LANES_TO || vectors.length === 0) return vectors;
  return knownAs(vectors, { length: n, width: complex ? 2 : 1 });
}

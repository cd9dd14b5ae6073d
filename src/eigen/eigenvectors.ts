// Vectors of decompositions are known to be real or in pairs by whatever takes states.
import { LANES_TO } from '../wasm/constants.js';
import { knownAs } from '../wasm/written.js';

/** Notes how vectors of order n are written, but not those of small matrices: that would take as long as decomposing one. */
export function eigenvectorsAs(vectors: Float64Array, n: number, complex: boolean): Float64Array {
  if (n <= LANES_TO || vectors.length === 0) return vectors;
  return knownAs(vectors, { length: n, width: complex ? 2 : 1 });
}

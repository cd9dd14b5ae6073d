// Block Lanczos on p(H) until every state under the peak of p has converged, then H itself in what was found.
// A block of b columns finds b copies of a level and no more. Where as many are found there may be others: when these
// could be nearer to the energy than a state that is kept, that is said, for another run with a larger block.

import { eighOf } from '../eigen/eigh.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { krylovSpace } from './krylovSpace.js';
import type { CheckedModel } from './model.js';
import { mostCopies, PEAK } from './peak.js';
import { type RitzStates, rayleighRitz, type Task } from './rayleighRitz.js';

/** Columns of a block: a fixed number, so that results do not depend on the number of threads. */
export const BLOCK = 4;
/** States under the peak per state asked for. */
export const MARGIN = 1.5;
/** Residuals of p at which the H residual is at rounding level, in dimension 1024 or more. */
const RITZ_TOLERANCE = 1e-12;
/** Larger blocks that there is room for at least. */
const DEPTH = 16;

/** Most Krylov vectors for `count` states in dimension d. */
export function krylovLimit(d: number, count: number, block = BLOCK): number {
  const least = block > BLOCK ? DEPTH * block : 0;
  return Math.min(d, Math.max(least, Math.ceil((5 * MARGIN * count + 160) / block) * block));
}

export interface Attempt {
  states: RitzStates | null;
  /** There may be more copies of a level than this block finds, and they matter. */
  copies: boolean;
  /** States under the peak. */
  found: number;
  products: number;
  subspace: number;
}

/**
 * The states go to address `z`. A finite `allowance` is the number of products after which it ends, as it does then when
 * it comes upon levels with many copies.
 */
export function blockLanczos(
  runtime: Runtime,
  scratch: Arena,
  model: CheckedModel,
  task: Task,
  block: number,
  allowance: number,
  z: number,
): Attempt {
  const d = model.dimension;
  const limit = krylovLimit(d, task.count, block);
  const space = krylovSpace(runtime, scratch, model, task, block, limit);
  const tolerance = RITZ_TOLERANCE * Math.min(1, d / 1024);
  let products = 0;
  for (let size = block; size <= limit; size += block) {
    const extended = space.extend(size);
    const exhausted = extended === 'replaced';
    products += block * (task.degree + 1);
    const givenUp = { states: null, copies: true, found: 0, products, subspace: size };
    if (products > allowance || extended === 'none') return givenUp;
    const last = size + block > limit;
    if (!(last || exhausted) && (size < 1.5 * task.count || size % (4 * BLOCK) !== 0)) continue;
    const { values, vectors, convergence } = eighOf(runtime, space.projection(size), size);
    if (!convergence.converged) return givenUp;
    let found = 0;
    while (found < size && values[size - 1 - found] > PEAK) found++;
    let unconverged = 0;
    for (let k = size - found; k < size; ++k) {
      if (!(space.residual(vectors.subarray(k * size, (k + 1) * size)) <= tolerance)) unconverged++;
    }
    if (unconverged === 0 && found > 0) {
      // In the whole space nothing is missing.
      const copies = size < d && mostCopies(values.subarray(size - found)) >= block;
      if (found < task.count) return { states: null, copies, found, products, subspace: size };
      const krylov = { q: space.q, columns: limit + block, size };
      const kept = vectors.subarray((size - found) * size);
      const states = rayleighRitz(runtime, model, task, krylov, kept, found, copies ? block : d + 1, z);
      return {
        states,
        copies: copies && !states,
        // Fewer than asked for: some of those nearest are not under the peak.
        found: states ? found : Math.floor(0.8 * task.count),
        products: products + found + (states ? task.count : 0),
        subspace: size,
      };
    }
    if (last) break;
    if (exhausted && allowance < Number.POSITIVE_INFINITY) return givenUp;
  }
  // The space was too small for what lies under the peak: say so, so that the peak is made narrower.
  return { states: null, copies: false, found: 2 * task.count, products, subspace: limit };
}

// Block Lanczos on p(H) until every state under the peak of p has converged, then H itself in what was found.
// A block of b columns finds b copies of a level and no more. Where as many are found there may be others: when these
// could be nearer to the energy than a state that is kept, that is said, for another run with a larger block.

import { eighOf } from '../eigen/eigh.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { krylovSpace } from './krylovSpace.js';
import type { CheckedModel } from './model.js';
import { certainty, mostCopies, PEAK } from './peak.js';
import { type RitzStates, rayleighRitz, type Task } from './rayleighRitz.js';

/** Columns of a block: a fixed number, so that results do not depend on the number of threads. */
export const BLOCK = 4;
/**
 * States under the peak per state asked for. What counts is degree times vectors: a higher peak of fewer states takes a
 * degree that grows as they become fewer, while the vectors that it takes beside them to tell the last from the side lobes
 * do not. From 2.4 to 4 the products with H are fewest, to 5 %, and three quarters of those at 1.5.
 */
export const MARGIN = 2.4;
/** Krylov vectors that there is room for, per state asked for and beside. */
const [VECTORS, BESIDE] = [7.5, 160];
/** Vectors at the first look at what has converged, per state asked for, and those added between two looks, at least and as a
 * share of those there are. */
const [FIRST_LOOK, LOOK, LOOK_SHARE] = [4, 4 * BLOCK, 0.05];
/** Residuals of p at which the H residual is at rounding level, in dimension 1024 or more. */
const RITZ_TOLERANCE = 1e-12;
/** Larger blocks that there is room for at least. */
const DEPTH = 16;

/** Most Krylov vectors for `count` states in dimension d. */
export function krylovLimit(d: number, count: number, block = BLOCK): number {
  const least = block > BLOCK ? DEPTH * block : 0;
  return Math.min(d, Math.max(least, Math.ceil((VECTORS * count + BESIDE) / block) * block));
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
  const within = certainty(task);
  let [products, look] = [0, FIRST_LOOK * task.count];
  for (let size = block; size <= limit; size += block) {
    const extended = space.extend(size);
    const exhausted = extended === 'replaced';
    products += block * (task.degree + 1);
    const givenUp = { states: null, copies: true, found: 0, products, subspace: size };
    if (products > allowance || extended === 'none') return givenUp;
    const last = size + block > limit;
    if (!(last || exhausted) && size < look) continue;
    look = size + Math.max(LOOK, LOOK_SHARE * size);
    const { values, vectors, convergence } = eighOf(runtime, space.projection(size), size);
    if (!convergence.converged) return givenUp;
    const least = size < task.count ? PEAK : within(values[size - task.count]);
    let found = 0;
    while (found < size && values[size - 1 - found] > least) found++;
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
      const known = { found, least, most: copies ? block : d + 1 };
      const states = rayleighRitz(runtime, model, task, krylov, kept, known, z);
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

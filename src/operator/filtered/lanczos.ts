// Block Lanczos on p(H) until every state under the peak of p has converged, then H itself in what was found.
// A block of b columns finds b copies of a level and no more. Where as many are found there may be others: when these
// could be nearer to the goal than a state that is kept, that is said, for another run with a larger block.

import type { Arena, Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import {
  BESIDE,
  DEPTH,
  FILTER_BLOCK,
  FIRST_LOOK,
  LOOK,
  LOOK_SHARE,
  LOOK_TIME,
  LOOKS,
  OPERATION,
  VECTORS,
} from '../tuning.js';
import { type Effort, isInterval, thresholdFor } from './goal.js';
import { coefficients, mostCopies } from './peak.js';
import { type RitzStates, rayleighRitz, type Store, type Task } from './rayleighRitz.js';
import { FilteredSpace } from './space.js';

/** Residuals of p at which the H residual is at rounding level, in dimension 1024 or more. */
const RITZ_TOLERANCE = 1e-12;
/** If nothing was found under the peak after this many blocks, nothing is there: a state would have appeared long before. */
const EMPTY_AFTER = 40;
/** Beyond the ends of the spectrum p is larger than it ever is within. */
const BEYOND = 2;

/** Most Krylov vectors for `count` states in dimension n. */
export function krylovLimit(n: number, count: number, block = FILTER_BLOCK): number {
  const least = block > FILTER_BLOCK ? DEPTH * block : 0;
  return Math.min(n, Math.max(least, Math.ceil((VECTORS * count + BESIDE) / block) * block));
}

export interface Attempt {
  states: RitzStates | null;
  /** Without these, and where they are wanted, those that came nearest to them. */
  nearest?: RitzStates;
  /** There may be more copies of a level than this block finds, and they matter. */
  copies: boolean;
  /** States under the peak. */
  found: number;
  /** Room for `limit` vectors was too little for what is under the peak. */
  full: boolean;
  /** The spectrum reaches beyond its bounds. */
  beyond: boolean;
  /** No more products were allowed. */
  spent: boolean;
  products: number;
  subspace: number;
  /** Vectors of the space that are still what they were. */
  intact: number;
}

export function* blockLanczos(
  runtime: Runtime,
  scratch: Arena,
  computed: Computed,
  task: Task,
  block: number,
  effort: Effort,
  store: Store,
  budget: number,
): Steps<Attempt> {
  const { goal } = task;
  const limit = krylovLimit(computed.n, goal.count, block);
  const c = coefficients(task.x0, task.degree);
  const space = new FilteredSpace(runtime, scratch, computed, task, c, block, limit);
  const attempt = yield* search(space, { runtime, computed, task, block, limit, effort, store, budget });
  const { intact } = attempt;
  if (intact === 0 || !effort.nearest || isInterval(goal)) return attempt;
  const pairs = yield* space.ritz(intact, budget);
  if (!pairs) return attempt;
  const found = Math.min(intact, goal.count);
  const known = { found, least: Number.POSITIVE_INFINITY, most: computed.n + 1 };
  const krylov = { columns: space.columns, q: space.q, size: intact };
  const extracted = yield* rayleighRitz(runtime, computed, task, krylov, pairs.vectors, known, store, budget);
  return { ...attempt, nearest: extracted?.states, products: attempt.products + 2 * found };
}

interface SpaceSearch {
  runtime: Runtime;
  computed: Computed;
  task: Task;
  block: number;
  limit: number;
  effort: Effort;
  store: Store;
  budget: number;
}

function* search(
  space: FilteredSpace,
  { runtime, computed, task, block, limit, effort, store, budget }: SpaceSearch,
): Steps<Attempt> {
  const { n } = computed;
  const { goal } = task;
  // Some products are reserved for the states that come nearest.
  const allowance = effort.allowance - (effort.nearest && !isInterval(goal) ? 2 * goal.count : 0);
  const tolerance = RITZ_TOLERANCE * task.loose * Math.min(1, n / 1024);
  const threshold = thresholdFor(goal, task);
  let [products, look, empty, intact] = [0, FIRST_LOOK * goal.count, true, 0];
  const none = { states: null, copies: false, found: 0, full: false, beyond: false, spent: false, intact: 0 };
  for (let size = block; size <= limit; size += block) {
    if (products + block * (task.degree + 1) > allowance)
      return { ...none, spent: true, products, subspace: size - block, intact: size - block };
    const extended = yield* share(space.extend(size, budget), (size - block) / limit, size / limit);
    const exhausted = extended === 'replaced';
    products += block * (task.degree + 1);
    if (extended === 'beyond') return { ...none, beyond: true, products, subspace: size };
    const givenUp = { ...none, copies: true, products, subspace: size, intact: size };
    if (extended === 'none') return givenUp;
    const last = size + block > limit;
    if (!(last || exhausted) && size < look) continue;
    look = size + betweenLooks(computed, task.degree, size, block);
    const pairs = yield* share(space.ritz(size, budget), size / limit, size / limit);
    if (!pairs) return givenUp;
    const { values, vectors } = pairs;
    if (values[size - 1] > BEYOND) return { ...none, beyond: true, products, subspace: size };
    const least = threshold(values);
    let found = 0;
    while (found < size && values[size - 1 - found] > least) found++;
    empty = found === 0;
    let unconverged = 0;
    for (let k = size - found; k < size; ++k) if (!(space.residual(vectors, k) <= tolerance)) unconverged++;
    const settled = unconverged === 0 && (found > 0 || size >= EMPTY_AFTER * block);
    if (settled) {
      // In the whole space nothing is missing.
      const copies = size < n && mostCopies(values.subarray(size - found), task.loose) >= block;
      if (!isInterval(goal) && found < goal.count)
        return { ...none, copies, found, products, subspace: size, intact: size };
      const krylov = { columns: space.columns, q: space.q, size };
      const known = { found, least, most: copies ? block : n + 1 };
      const extracted = yield* rayleighRitz(runtime, computed, task, krylov, vectors, known, store, budget);
      const states = extracted?.certain ? extracted.states : null;
      return {
        ...none,
        states,
        nearest: extracted?.states,
        copies: copies && !states,
        // Fewer than asked for: some of those nearest are not under the peak.
        found: states ? found : Math.max(1, Math.floor(0.8 * goal.count)),
        products: products + found + (extracted?.states.eigenvalues.length ?? 0),
        subspace: size,
      };
    }
    intact = size;
    if (last) break;
    if (exhausted && effort.hasty) return givenUp;
  }
  // With nothing under it, the peak lies in a gap: it has to be wider.
  if (empty && !isInterval(goal)) return { ...none, products, subspace: limit, intact };
  // The space was too small for what lies under the peak: say so, so that the peak is made narrower.
  return { ...none, found: 2 * goal.count, full: true, products, subspace: limit, intact };
}

/** Vectors between two looks at what has converged, of a space of `size` vectors with polynomials of this degree. */
function betweenLooks({ cost }: Computed, degree: number, size: number, block: number): number {
  const vector = degree * cost * OPERATION;
  const soon = Math.max(block, (LOOKS * size * size * size) / (LOOK_TIME * vector));
  return Math.min(Math.max(LOOK, LOOK_SHARE * size), soon);
}

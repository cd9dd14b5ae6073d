// A search for states goes on in rounds, each with a polynomial of its own, until everything is found, no more products may be made, or
// levels have more copies than the largest blocks that are worth it have columns.
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import { DENSITY_VECTORS, FILTER_BLOCK, FILTERED_COLUMNS, GROWTH, MOMENTS, tooLong } from '../tuning.js';
import { type Bounds, scaleOf } from './bounds.js';
import type { Effort, Goal, Tolerances } from './goal.js';
import { type Attempt, blockLanczos } from './lanczos.js';
import type { RitzStates, Store } from './rayleighRitz.js';

/** An operator of size about 1, the ends of whose spectrum are known. */
export interface Problem {
  runtime: Runtime;
  computed: Computed;
  bounds: Bounds;
  /** Makes room for a search for `count` states with blocks of `block` columns, and for those kept; false where that is more than was stated. */
  reserve(count: number, block: number, kept?: number): boolean;
  accuracy: Tolerances;
  /** Columns of the first blocks, where they are others than FILTER_BLOCK. */
  block?: number;
  /** Looks whether levels are few, before blocks grow, and adds what that took: few levels are found in less memory than larger blocks need. */
  areFew?: (so: Spent) => Steps<boolean>;
}

/** What it took. */
export interface Spent {
  products: number;
  /** Of the last polynomial, and vectors of the last space. */
  degree: number;
  subspace: number;
  /** Vectors that were made orthogonal to all others. */
  orthogonalizations: number;
}

export interface Solved extends RitzStates, Spent {}

/** Not all of the states were found. */
export interface Stopped extends Spent {
  /** Whether that is because no more products were allowed. */
  spent: boolean;
  /** Whether that is because levels have more copies than the largest blocks had columns. */
  copies?: boolean;
  /** The states that came nearest to the goal, perhaps fewer than were asked for. */
  nearest?: RitzStates;
}

export function isSolved(end: Solved | Stopped): end is Solved {
  return 'eigenvalues' in end;
}

/** The rounds of one search, and what they took. */
export class Rounds {
  readonly so: Stopped;
  /** Columns of a block. */
  block: number;
  readonly #problem: Problem;
  readonly #effort: Effort;
  readonly #budget: number;
  #looked = false;

  constructor(problem: Problem, effort: Effort, budget: number) {
    this.#problem = problem;
    this.#effort = effort;
    this.#budget = budget;
    this.block = problem.block ?? FILTER_BLOCK;
    const { products, orthogonalizations } = problem.bounds;
    // What knowing the ends and the density of the spectrum took.
    const all = products + DENSITY_VECTORS * MOMENTS;
    this.so = { products: all, degree: 0, subspace: 0, orthogonalizations, spent: false };
  }

  /** Looks for the goal with the polynomial of this degree that has its peak at x0; `store` is that of `blockLanczos`. */
  *run(goal: Goal, x0: number, degree: number, store: Store): Steps<Attempt> {
    const { runtime, computed, bounds, accuracy } = this.#problem;
    const { so, block } = this;
    const task = { ...accuracy, goal, bounds, ...scaleOf(bounds), x0, degree };
    const left = { ...this.#effort, allowance: this.#effort.allowance - so.products };
    const attempt = yield* runtime.steps((scratch) =>
      blockLanczos(runtime, scratch, computed, task, block, left, store, this.#budget),
    );
    so.products += attempt.products;
    so.orthogonalizations += attempt.subspace;
    // A run that was not allowed its first block had no polynomial.
    if (attempt.subspace > 0) Object.assign(so, { degree, subspace: attempt.subspace });
    so.spent = attempt.spent;
    if (attempt.nearest) so.nearest = attempt.nearest;
    return attempt;
  }

  /** After a round that did not find the goal: whether the search is over, or goes on with larger blocks or with another polynomial. */
  *next(attempt: Attempt): Steps<'over' | 'larger' | 'other'> {
    if (attempt.spent) return 'over';
    if (!attempt.copies) return 'other';
    if (this.#effort.hasty) return 'over';
    const { areFew } = this.#problem;
    if (!this.#looked && areFew && (yield* areFew(this.so))) return 'over';
    this.#looked = true;
    this.block = larger(this.#problem.computed, attempt, this.block);
    this.so.copies = this.block === 0;
    return this.block === 0 ? 'over' : 'larger';
  }
}

/** The sizes of blocks of a search that meets levels of so many copies: they grow as long as a level fills them. */
export function blocksFor(computed: Computed, copies: number): number[] {
  const blocks = [FILTER_BLOCK];
  for (let block = FILTER_BLOCK; block > 0 && block <= copies; ) {
    block = larger(computed, { subspace: 0 }, block);
    if (block > 0) blocks.push(block);
  }
  return blocks;
}

/** The next size of blocks, a number of columns that is filtered in whole parts; 0 where none is larger, or it takes too long. */
function larger(computed: Computed, { subspace }: Pick<Attempt, 'subspace'>, block: number): number {
  const most = Math.min(GROWTH * block, Math.floor(computed.n / 2));
  const next = most > FILTERED_COLUMNS ? most - (most % FILTERED_COLUMNS) : most;
  return next <= block || tooLong(computed, subspace, next) ? 0 : next;
}

// The search for states of few levels, of many copies each perhaps, in the closed spaces of single vectors: what it takes, and whether another
// is better.
import { InputError } from '../wasm/errors.js';
import { HOLDS, MAX_BYTES, mebibytes } from '../wasm/heap.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Arena } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { type Bounds, scaleOf } from './filtered/bounds.js';
import { fewBytes, fewCapacity, fewLevels } from './filtered/fewLevels.js';
import type { Near } from './filtered/goal.js';
import type { Problem, Solved, Spent, Stopped } from './filtered/rounds.js';
import { fitsDense, heldBytes, type InnerTask } from './innerMemory.js';
import { ROUNDED_RESIDUAL } from './residuals.js';
import { denseCost, fewCost, LONGEST_SEARCH } from './tuning.js';

/** The problem after a search that did not end it. */
export function after(problem: Problem, { products, orthogonalizations }: Spent): Problem {
  return { ...problem, bounds: { ...problem.bounds, products, orthogonalizations } };
}

/** What became of the search for states of few levels. */
export interface Few {
  end: Solved | Stopped;
  bytes: number;
}

/** A search for states of few levels, and what it takes. */
interface FewPlan {
  goal: Near | { from: number; to: number; count: number };
  norm: number;
  bytes: number;
}

/**
 * Null where the dense solver is faster, and of the `last` search also where there are too many levels or states, or it does not fit.
 */
export function planFew(
  problem: Problem,
  task: InnerTask,
  unit: number,
  last?: { fits(bytes: number): boolean },
): FewPlan | null {
  const { runtime, computed, bounds } = problem;
  const { inner } = task;
  const { centre, half } = scaleOf(bounds);
  const [from, to] = 'near' in inner ? [0, 0] : inner.interval.map((e) => timesPowerOfTwo(e, unit));
  const goal = 'near' in inner ? near(inner, unit, bounds) : { from, to, count: 0 };
  const capacity = fewCapacity(goal, bounds.levels, computed.n);
  const held = last ? heldBytes(task) : 0;
  const bytes = held + fewBytes(runtime, computed, capacity, bounds.space);
  const cost = fewCost(computed, capacity, bounds.space);
  const dense = task.method === 'auto' && fitsDense(runtime, task);
  if (dense && denseCost(computed) < cost) return null;
  if (last && (bounds.levels.length === 0 || cost > LONGEST_SEARCH || !last.fits(bytes))) return null;
  if (bytes > MAX_BYTES) throw tooMuch(task, capacity, bytes);
  return { goal, norm: Math.abs(centre) + half, bytes };
}

/** The states of an operator with few levels, by its plan; null without one. */
export function* ofFewLevels(
  problem: Problem,
  arena: Arena,
  { tolerance, most }: InnerTask,
  plan: FewPlan | null,
): Steps<Few | null> {
  if (!plan) return null;
  const { runtime, computed } = problem;
  const { goal, norm, bytes } = plan;
  runtime.heap.reserve(bytes);
  const rounding = ROUNDED_RESIDUAL * Math.sqrt(computed.n) * norm;
  const loose = Math.max(rounding, tolerance * norm);
  return { end: yield* fewLevels(problem, arena, goal, loose, rounding, most), bytes };
}

/** The energy, or if it is so far outside the spectrum that its distance does not matter, one nearer to it. */
export function near(
  { near: energy, k }: { near: number; k: number },
  unit: number,
  { low, high }: Bounds,
): Near {
  const width = high - low;
  return { energy: Math.min(Math.max(timesPowerOfTwo(energy, unit), low - width), high + width), count: k };
}

/** The error of a search that does not fit. */
export function tooMuch({ computed: { n }, inner }: InnerTask, count: number, bytes: number): InputError {
  const name = 'near' in inner ? ['options', 'k'] : ['options', 'which'];
  const states = 'near' in inner ? `${count} states` : `an interval with some ${count} states`;
  return new InputError(name, `${states} of order ${n} need ${mebibytes(bytes)} MiB, ${HOLDS}`);
}

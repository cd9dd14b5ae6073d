// What a search inside a spectrum is asked, whether a dense solver is better, and how much memory it takes.
import { MAX_BYTES } from '../wasm/heap.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, type Steps } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { type Bounds, moments } from './filtered/bounds.js';
import { fewBytes, fewCapacity } from './filtered/fewLevels.js';
import { keptStates, type Plan, planInterval } from './filtered/interval.js';
import { krylovLimit } from './filtered/lanczos.js';
import { LONGEST } from './filtered/longLook.js';
import { filteredBytes, spaceBytes } from './filtered/memory.js';
import { blocksFor } from './filtered/rounds.js';
import { sized } from './filtered/sized.js';
import { denseEigshBytes } from './residuals.js';
import {
  CROWDED,
  DENSE_BELOW,
  DENSE_ORDER,
  denseCost,
  FILTER_BLOCK,
  filteredCost,
  ROOM_GROWTH,
} from './tuning.js';

/** What is asked for. */
export type Inner = { near: number; k: number } | { interval: readonly [number, number] };

export interface InnerTask {
  computed: Computed;
  inner: Inner;
  vectors: boolean;
  tolerance: number;
  method: 'auto' | 'filtered' | 'dense';
  /** Products that may be made. */
  most: number;
  /** Levels may have so many copies: the search takes no more memory than these need; infinite where nothing is said. */
  copies: number;
  /** Whether eigenvalues are counted in another way besides. */
  count: boolean;
}

/** Whether a dense solver is the faster one, or the filtered one has no room in so small a space. */
export function prefersDense({ computed, method }: InnerTask, count: number): boolean {
  const { n } = computed;
  if (method !== 'auto') return method === 'dense' || krylovLimit(n, count) >= n;
  if (n <= DENSE_BELOW) return true;
  if (n > DENSE_ORDER) return false;
  return krylovLimit(n, count) > 2 * CROWDED * n || denseCost(computed) < filteredCost(computed, count);
}

/** Whether a search ends where the dense solver is faster, and blocks do not grow. */
export function isHasty({ computed, method }: InnerTask): boolean {
  return method === 'auto' && computed.n <= DENSE_ORDER;
}

export function fitsDense(runtime: Runtime, { computed }: InnerTask): boolean {
  return computed.n <= DENSE_ORDER && denseEigshBytes(runtime, computed) <= MAX_BYTES;
}

/** Bytes of WebAssembly memory that a call takes at most, and about how many states it finds. */
export interface Stated {
  bytes: number;
  states: number;
}

/** That of a search which may end with the dense solver; the states of an interval are estimated as the search itself does. */
export function innerBytes(runtime: Runtime, task: InnerTask): Stated {
  const { computed, inner } = task;
  const count = 'near' in inner ? inner.k : 1;
  if (prefersDense(task, count)) return { bytes: denseEigshBytes(runtime, computed), states: count };
  return 'near' in inner
    ? { bytes: nearBytes(runtime, task, count), states: count }
    : atOnce(plannedSteps(runtime, task, inner.interval));
}

/** Of the `count` states nearest to an energy. */
export function nearBytes(runtime: Runtime, task: InnerTask, count: number): number {
  const search = searchBytes(runtime, task, task.computed, count, count, task.copies);
  return Math.max(search, afterwards(runtime, task, count + 1));
}

/** Of what follows where a search finds nothing: the dense solver, or a long look for few levels and the search for `room` states of them. */
function afterwards(runtime: Runtime, task: InnerTask, room: number): number {
  const either = task.method === 'auto' && fitsDense(runtime, task);
  return either ? denseEigshBytes(runtime, task.computed) : lastBytes(runtime, task, room);
}

/** Room for the nearest states that a search found, which is taken while another one goes on. */
export function heldBytes({ computed: { n, complex }, inner }: InnerTask): number {
  return 'near' in inner ? 8 * (complex ? 2 : 1) * n * inner.k : 0;
}

/** Of the look for few levels that comes last, and of `capacity` states of them; what does not fit is not tried. */
function lastBytes(runtime: Runtime, task: InnerTask, capacity: number): number {
  const { computed } = task;
  const few = fewBytes(runtime, computed, Math.min(computed.n, capacity), Math.min(computed.n, LONGEST));
  return Math.min(MAX_BYTES, heldBytes(task) + Math.max(few, spaceBytes(runtime, computed, LONGEST)));
}

/**
 * Room for `count` states of levels of many copies, Σ (c + 8√c + 8), which is largest where all have as many: levels with fewer copies than
 * a block has columns are found before.
 */
function fewestCapacity(count: number): number {
  const levels = Math.min(LONGEST, Math.ceil(count / FILTER_BLOCK));
  return Math.ceil(count + 8 * Math.sqrt(count * levels) + 8 * levels);
}

/**
 * Of a search for `count` states, with the largest blocks that levels of so many copies need and that fit. Beside the `kept` states there
 * is room for a level that fills a block and was not estimated. Where the dense solver follows soon, blocks do not grow.
 */
function searchBytes(
  runtime: Runtime,
  task: InnerTask,
  of: Computed,
  count: number,
  kept: number,
  copies: number,
): number {
  const first = filteredBytes(runtime, of, count, FILTER_BLOCK, kept);
  if (isHasty(task)) return first;
  const held = heldBytes(task);
  const others = blocksFor(of, copies).map((block) => {
    const more = 'near' in task.inner || block === FILTER_BLOCK ? 0 : block;
    return held + filteredBytes(runtime, of, count, block, Math.min(of.n, kept + more));
  });
  return Math.max(first, ...others.filter((bytes) => bytes <= MAX_BYTES));
}

function* plannedSteps(
  runtime: Runtime,
  task: InnerTask,
  interval: readonly [number, number],
): Steps<Stated> {
  const given = task.computed;
  given.checkLinear?.();
  const { computed, unit, bounds, scale } = yield* sized(runtime, given);
  const [from, to] = interval.map((e) => timesPowerOfTwo(e, unit));
  const known = yield* moments(runtime, computed, scale, bounds.parts);
  return intervalBytes(runtime, task, computed, bounds, planInterval(bounds, known, [from, to]), [from, to]);
}

/** Of the states of an interval, by its plan; of what is brought to size 1, as the bounds and the interval are. */
export function intervalBytes(
  runtime: Runtime,
  task: InnerTask,
  computed: Computed,
  bounds: Bounds,
  plan: Plan | null,
  [from, to]: readonly [number, number],
): Stated {
  const { n } = computed;
  const { levels, space } = bounds;
  // No states and no room for them, where levels are not few.
  const capacity = fewCapacity({ from, to, count: 0 }, levels, n);
  const few = fewBytes(runtime, computed, capacity, space);
  const first = Math.max(few, filteredBytes(runtime, computed, 1));
  const stated = (bytes: number, states: number): Stated => ({
    bytes: Math.max(bytes, afterwards(runtime, task, fewestCapacity(states))),
    states,
  });
  if (!plan) return stated(first, capacity);
  // Where few levels are given up, the search by polynomials follows, in which blocks grow beyond the copies of a level.
  const most = levels.reduce((top, level) => Math.max(top, Math.ceil(level.copies)), task.copies);
  // More than are estimated may be there: the search has room for them in its second round.
  const count = Math.min(n, Math.ceil(ROOM_GROWTH * plan.count));
  const states = keptStates(count, n);
  const bytes = Math.max(first, searchBytes(runtime, task, computed, count, states, most));
  return stated(bytes, levels.length > 0 ? capacity : states);
}

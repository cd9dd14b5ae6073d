// What a search inside a spectrum is asked, whether a dense solver is better, and how much memory it takes.
import { MAX_BYTES } from '../wasm/heap.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, type Steps } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { moments } from './filtered/bounds.js';
import { fewBytes, fewCapacity } from './filtered/fewLevels.js';
import { keptStates, planInterval } from './filtered/interval.js';
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

export function fitsDense(runtime: Runtime, { computed }: InnerTask): boolean {
  return computed.n <= DENSE_ORDER && denseEigshBytes(runtime, computed) <= MAX_BYTES;
}

/** Bytes of WebAssembly memory that a call takes at most, levels of many copies apart, and about how many states it finds. */
export interface Stated {
  bytes: number;
  states: number;
}

/** That of a search which may end with the dense solver; the states of an interval are estimated as the search itself does. */
export function innerBytes(runtime: Runtime, task: InnerTask, copies: number): Stated {
  const { computed, inner, method } = task;
  const count = 'near' in inner ? inner.k : 1;
  const dense = () => denseEigshBytes(runtime, computed);
  if (prefersDense(task, count)) return { bytes: dense(), states: count };
  const stated =
    'near' in inner
      ? { bytes: searchBytes(runtime, computed, copies, count, count), states: count }
      : atOnce(plannedSteps(runtime, computed, inner.interval, copies));
  // Where it finds nothing, the dense solver follows, or a long look for few levels.
  const either = method === 'auto' && fitsDense(runtime, task);
  const room = 'near' in inner ? inner.k + 1 : fewestCapacity(stated.states);
  const last = either ? dense() : lastBytes(runtime, task, room);
  return { ...stated, bytes: Math.max(stated.bytes, last) };
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

/** Of a search for `count` states, with the largest blocks that levels of so many copies need. */
function searchBytes(runtime: Runtime, of: Computed, copies: number, count: number, kept: number): number {
  return Math.max(...blocksFor(of, copies).map((block) => filteredBytes(runtime, of, count, block, kept)));
}

function* plannedSteps(
  runtime: Runtime,
  given: Computed,
  interval: readonly [number, number],
  copies: number,
): Steps<Stated> {
  given.checkLinear?.();
  const { computed, unit, bounds, scale } = yield* sized(runtime, given);
  const { n } = computed;
  const [from, to] = interval.map((e) => timesPowerOfTwo(e, unit));
  const { levels, space } = bounds;
  // No states and no room for them, where levels are not few.
  const capacity = fewCapacity({ from, to, count: 0 }, levels, n);
  const few = fewBytes(runtime, computed, capacity, space);
  const first = Math.max(few, filteredBytes(runtime, computed, 1));
  const known = yield* moments(runtime, computed, scale, bounds.parts);
  const plan = planInterval(bounds, known, [from, to]);
  if (!plan) return { bytes: first, states: capacity };
  // Where few levels are given up, the search by polynomials follows, in which blocks grow beyond the copies of a level.
  const most = levels.reduce((top, level) => Math.max(top, Math.ceil(level.copies)), copies);
  // More than are estimated may be there: the search has room for them in its second round.
  const count = Math.min(n, Math.ceil(ROOM_GROWTH * plan.count));
  const states = keptStates(count, n);
  const bytes = Math.max(first, searchBytes(runtime, computed, most, count, states));
  return { bytes, states: levels.length > 0 ? capacity : states };
}

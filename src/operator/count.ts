// Checks that no eigenpair was missed: the eigenvalues where they were looked for are counted independently, by Sylvester's inertia if
// elimination is fast, else by traces of a polynomial.
import { ULP } from '../wasm/constants.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import type { Found } from './eigshResult.js';
import type { EigshCount } from './eigshTypes.js';
import { type Inertia, inertiaMemory, inertiaOf } from './inertia.js';
import type { Inner } from './innerMemory.js';
import { ROUNDED_RESIDUAL } from './residuals.js';
import { missingSteps, stochasticBytes } from './stochastic.js';
import { PROGRESS } from './tuning.js';
import { unitOf } from './unit.js';

interface CountTask {
  computed: Computed;
  /** What was looked for. */
  goal: 'lowest' | 'highest' | Inner;
  /** Products that may be made. */
  most: number;
}

/** Ends of the interval are moved by these multiples of their uncertainty, one after another. */
const MOVES = [1, 2, 4];
/** An energy this many times larger than those nearest to it lies beyond all levels. */
const OUTLYING = 1e8;
/** The uncertainty of energies of an H of subnormal size. */
const LEAST_UNCERTAINTY = 2 ** -1070;
/** No level is as far out as this times |H|. */
const FARTHER = 1.01;

/** Bytes of WebAssembly memory that a count takes, with `count` states found. */
export function countBytes(runtime: Runtime, computed: Computed, count: number): number {
  return inertiaMemory(runtime, computed) || stochasticBytes(runtime, computed, count);
}

/** The interval in which no other eigenvalue may lie beside those found, except copies of the last level. */
function windowOf({ goal }: CountTask, values: Float64Array, normOf: () => number): [number, number] | null {
  if (typeof goal === 'object' && 'interval' in goal) return [goal.interval[0], goal.interval[1]];
  if (values.length === 0) return null;
  const [first, last] = [values[0], values[values.length - 1]];
  if (goal === 'lowest') return [Number.NEGATIVE_INFINITY, last];
  if (goal === 'highest') return [first, Number.POSITIVE_INFINITY];
  // Beyond all levels the nearest states are those at an end of the spectrum.
  const norm = normOf();
  if (goal.near > norm) return [first, Number.POSITIVE_INFINITY];
  if (goal.near < -norm) return [Number.NEGATIVE_INFINITY, last];
  const reach = Math.max(goal.near - first, last - goal.near);
  return [goal.near - reach, goal.near + reach];
}

/** Energies beyond this are beyond all levels: as far from those found, which may all be near 0, and from the size of H. */
function farFrom(runtime: Runtime, computed: Computed, values: Float64Array): number {
  const size = timesPowerOfTwo(1, -unitOf(runtime, computed));
  return OUTLYING * values.reduce((most, x) => Math.max(most, Math.abs(x)), size);
}

/** What was found, with the count in its report; not converged where the inertia says that values are missing. */
export function* countedSteps(runtime: Runtime, task: CountTask, found: Found, budget: number): Steps<Found> {
  const { values } = found;
  // What is no number is nothing to count.
  if (values.some(Number.isNaN)) return found;
  const inertia = yield* share(inertiaOf(runtime, task.computed, budget), 0, PROGRESS.inertia);
  const window = windowOf(task, values, () => inertia?.norm ?? farFrom(runtime, task.computed, values));
  if (!window) return found;
  if (inertia) {
    const { count, cut, missing } = yield* share(
      byInertia(inertia, task, found, window),
      PROGRESS.inertia,
      1,
    );
    const bytes = Math.max(found.report.bytes, inertia.bytes);
    return {
      ...found,
      cut: found.cut || cut,
      converged: found.converged && !missing,
      report: { ...found.report, count, bytes },
    };
  }
  const [from, to] = window;
  const question = { values, vectors: found.vectors, from, to, most: task.most };
  const seen = yield* share(missingSteps(runtime, task.computed, question, budget), PROGRESS.inertia, 1);
  if (!seen) return found;
  const inside = values.filter((x) => x >= seen.from && x <= seen.to).length;
  const count: EigshCount = {
    by: 'stochastic',
    interval: [seen.from, seen.to],
    found: inside,
    counted: inside + seen.missing,
    error: seen.error,
  };
  const products = found.report.products + seen.products;
  return {
    ...found,
    report: { ...found.report, count, products, bytes: Math.max(found.report.bytes, seen.bytes) },
  };
}

/** Pairs of moves of the lower and the upper end, tried in this order, in multiples of their uncertainty: outwards, inwards where negative. */
const TRIED: readonly (readonly [number, number])[] = [
  ...MOVES.map((move) => [move, move] as const),
  // One end alone goes inwards first, because its level may have further copies, or neighbours within rounding; last both do.
  ...MOVES.map((move) => [MOVES[0], -move] as const),
  ...MOVES.map((move) => [-move, MOVES[0]] as const),
  ...MOVES.map((move) => [-move, -move] as const),
];

/**
 * Counts the levels by inertia. At first the interval is wider than the ends by their uncertainty; if it holds more levels than were
 * found, narrower ones are tried, for an extra level may lie on an end.
 */
function* byInertia(
  { below, norm, rounding }: Inertia,
  { computed: { n }, goal }: CountTask,
  { values, residuals }: Found,
  [from, to]: [number, number],
): Steps<{ count: EigshCount; cut: boolean; missing: boolean }> {
  const known = residuals.reduce((most, x) => Math.max(most, Number.isNaN(x) ? 0 : x), 0);
  // Of H = 0 there is no size; what is nearer than rounding to an end is there.
  const least = Math.max(
    rounding,
    ROUNDED_RESIDUAL * Math.sqrt(n) * norm,
    2 * known,
    norm > 0 ? LEAST_UNCERTAINTY : 1e-300,
  );
  const [before, after] = [from, to].map((e) =>
    Math.max(least, Number.isFinite(e) ? 2 * ULP * Math.abs(e) : 0),
  );
  // Beyond the norm there is no level: an end that is far out is not moved to the other side of all.
  const beyond = FARTHER * (norm + least);
  const first = (move: number) => (from <= -beyond ? from : from - move * before);
  const last = (move: number) => (to >= beyond ? to : to + move * after);
  const counts = new Map<number, number>();
  const lower = function* (e: number): Steps<number> {
    if (e >= beyond) return n;
    if (e <= -beyond) return 0;
    const count = counts.get(e) ?? (yield* below(e));
    counts.set(e, count);
    return count;
  };
  const found = values.length;
  const whole = typeof goal === 'object' && 'interval' in goal;
  /** With both ends outside: no fewer than there are. */
  let all = found;
  for (const [before, after] of TRIED) {
    const [a, b] = [first(before), last(after)];
    if (!(a < b)) continue;
    const outside = before > 0 && after > 0;
    const inside = outside ? found : values.filter((x) => x > a && x < b).length;
    const counted = (yield* lower(b)) - (yield* lower(a));
    if (outside) all = counted;
    if (counted !== inside) continue;
    const count: EigshCount = { by: 'inertia', interval: [a, b], found: inside, counted, error: 0 };
    return { count, cut: !whole && all > found, missing: all < found };
  }
  // All are copies of one level, and some of its copies were left out: nothing lies inside.
  const one = !(to - from > 2 * least) && all > found && typeof goal === 'object' && 'near' in goal;
  const interval: [number, number] = [first(1), last(1)];
  return { count: { by: 'inertia', interval, found, counted: all, error: 0 }, cut: one, missing: !one };
}

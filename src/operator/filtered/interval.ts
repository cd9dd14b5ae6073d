// All eigenstates of an operator in an interval: the peak of p is made so wide that p is well above its side lobes on all of
// it, and everything under the peak is found. In θ = arccos x a peak has the same width wherever it is, so that its middle is
// that of the interval in θ.
import type { Arena } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { LEAST_UNDER, MARGIN, PEAK_OVER, ROOM_GROWTH, ROUNDS, SPARE_ROOM } from '../tuning.js';
import {
  type Bounds,
  levelDensity,
  levelsBetween,
  type Moments,
  middleOf,
  scaleOf,
  slopeAt,
} from './bounds.js';
import type { Effort } from './goal.js';
import { krylovLimit } from './lanczos.js';
import { leastBetween, PEAK, PEAK_WIDTH } from './peak.js';
import { type Problem, Rounds, type Solved, type Stopped } from './rounds.js';

/** By how much p in the interval exceeds the value above which every state has to be known: a factor. */
const CLEAR = 1.25;

/** The peak for an interval, and about how many states are under it. */
export interface Plan {
  from: number;
  to: number;
  x0: number;
  degree: number;
  /** The memory of a search for that many states near an energy. */
  count: number;
}

/** The part of an interval within the bounds, null if there is none, and the peak over it. */
export function planInterval(
  bounds: Bounds,
  known: Moments,
  [lowest, highest]: readonly [number, number],
): Plan | null {
  const { centre, half } = scaleOf(bounds);
  const [from, to] = [Math.max(lowest, bounds.low), Math.min(highest, bounds.high)];
  if (from > to) return null;
  const [a, b] = [from, to].map((e) => Math.min(1, Math.max(-1, (e - centre) / half)));
  const x0 = middleOf(a, b);
  // The sine of half the angle between the ends.
  const sine = Math.abs(x0 * Math.sqrt(1 - a * a) - a * Math.sqrt(Math.max(0, 1 - x0 * x0)));
  const inTheta = levelDensity(known, x0, half) * half * slopeAt(x0);
  const width = Math.max(PEAK_OVER * sine, LEAST_UNDER / (2 * inTheta));
  let degree = Math.max(1, Math.floor(PEAK_WIDTH / width));
  const least = () => leastBetween({ bounds, centre, half, x0, degree }, from, to, true);
  while (degree > 1 && !(least() >= CLEAR * PEAK)) degree = Math.min(degree - 1, Math.floor(0.95 * degree));
  // As far beyond the ends as the peak is wide.
  const reach = (PEAK_WIDTH / degree) * slopeAt(x0);
  const [left, right] = [Math.max(-1, Math.min(a, x0 - reach)), Math.min(1, Math.max(b, x0 + reach))];
  const states = Math.max(LEAST_UNDER, levelsBetween(known, left, right, half));
  return { from, to, x0, degree, count: Math.ceil((SPARE_ROOM * states) / MARGIN) };
}

/** States of an interval that there is room for beside the search for `count`: all under the peak. */
export function keptStates(count: number, n: number): number {
  return Math.min(n, Math.ceil(MARGIN * count));
}

/** All states of the plan, if they are found. */
export function* intervalStates(
  problem: Problem,
  arena: Arena,
  { from, to, x0, degree, count: estimate }: Plan,
  effort: Effort,
  budget: number,
): Steps<Solved | Stopped> {
  const { computed, reserve } = problem;
  const { n, complex } = computed;
  const rounds = new Rounds(problem, effort, budget);
  let count = Math.min(estimate, n);
  let larger = false;
  const store = (states: number) => {
    const fits = states <= keptStates(count, n) || reserve(count, rounds.block, states);
    return fits ? arena.f64((complex ? 2 * n : n) * states) : null;
  };
  for (let round = 0; round < ROUNDS; ++round) {
    if (!reserve(count, rounds.block, keptStates(count, n))) {
      rounds.so.copies = larger;
      break;
    }
    const attempt = yield* rounds.run({ from, to, count }, x0, degree, store);
    if (attempt.states) return { ...rounds.so, ...attempt.states };
    const next = yield* rounds.next(attempt);
    if (next === 'over') break;
    larger = next === 'larger';
    if (larger) continue;
    // The polynomial stays; what may have been too little is the room.
    if (!attempt.full || krylovLimit(n, count, rounds.block) >= n) break;
    count = Math.min(n, Math.ceil(ROOM_GROWTH * count));
  }
  return rounds.so;
}

// Which states are looked for: the nearest to an energy, or all of an interval.
import { certainty, leastBetween, PEAK, type Peak } from './peak.js';

/** The `count` states nearest to an energy. */
export interface Near {
  energy: number;
  count: number;
}

/** All states from … to, about `count` of them. */
interface Interval {
  from: number;
  to: number;
  count: number;
}

export type Goal = Near | Interval;

export function isInterval(goal: Goal): goal is Interval {
  return 'from' in goal;
}

/** What a search may cost, and when it gives up. */
export interface Effort {
  /** Ends at the first sign of levels with many copies. */
  hasty: boolean;
  /** Products after which it ends. */
  allowance: number;
  /** Whether what comes nearest to the goal is wanted where it is not reached. */
  nearest?: boolean;
}

/** How accurate states have to be. */
export interface Tolerances {
  /** Residuals of H that are allowed, relative to |H|, where that is more than its rounding. */
  tolerance: number;
  /** Residuals of p may be larger by this factor than those that bring H to rounding level. */
  loose: number;
  /** Whether it has to be certain which states are as near as the farthest one. */
  exact: boolean;
}

/** Takes ascending values of p, and gives the value above which every state must be known before the goal is certain. */
export function thresholdFor(goal: Goal, peak: Peak): (values: Float64Array) => number {
  if (isInterval(goal)) return () => PEAK;
  const within = certainty(peak);
  return (values) => (values.length < goal.count ? PEAK : within(values[values.length - goal.count]));
}

/** The distance from the energy, or from the interval. */
export function distanceTo(goal: Goal): (e: number) => number {
  if (!isInterval(goal)) return (e) => Math.abs(e - goal.energy);
  return (e) => Math.max(0, goal.from - e, e - goal.to);
}

interface Chosen {
  /** Places first ≤ k < last. */
  first: number;
  last: number;
  /** The largest distance of a state that belongs to the goal. */
  reach: number;
}

/** Those of ascending energies that are asked for; `near`: energies this near each other are one. */
export function choose(goal: Goal, values: Float64Array, near: number): Chosen {
  if (isInterval(goal)) {
    let first = values.findIndex((e) => e >= goal.from - near);
    if (first < 0) first = values.length;
    const last = Math.max(first, values.findLastIndex((e) => e <= goal.to + near) + 1);
    return { first, last, reach: near };
  }
  const { energy, count } = goal;
  let last = values.findIndex((e) => e >= energy);
  if (last < 0) last = values.length;
  let first = last;
  while (last - first < count) {
    if (first > 0 && (last === values.length || energy - values[first - 1] <= values[last] - energy)) first--;
    else last++;
  }
  return { first, last, reach: Math.max(energy - values[first], values[last - 1] - energy) };
}

/** Whether every state that belongs to the goal has p of at least `least`. */
export function isCovered(goal: Goal, peak: Peak, reach: number, least: number): boolean {
  const { lowest, highest } = peak.bounds;
  const [from, to] = isInterval(goal) ? [goal.from, goal.to] : [goal.energy - reach, goal.energy + reach];
  return leastBetween(peak, Math.max(from, lowest), Math.min(to, highest), isInterval(goal)) >= least;
}

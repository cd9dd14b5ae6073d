// The polynomial of the filtered solver, p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P with p(x0) = 1: the delta function at x0
// cut off at its degree, in Chebyshev polynomials on [−1, 1].

import { type Bounds, slopeAt } from './bounds.js';

/** A polynomial p of this degree whose peak is at x0, of H on [lowest, highest] taken to x = (E − centre)/half. */
export interface Peak {
  bounds: Pick<Bounds, 'lowest' | 'highest'>;
  centre: number;
  half: number;
  x0: number;
  degree: number;
}

/** Ritz values of p above this belong to the peak: the highest side lobe has 0.22. */
export const PEAK = 0.3;

/** |x − x0|·degree at which the peak has fallen to PEAK, on the scale of θ = arccos x. */
export const PEAK_WIDTH = 2.36;

/** Coefficients c_k of p, halved because filters give 2 p, and p(x0) = 1. */
export function coefficients(x0: number, degree: number): Float64Array {
  const c = new Float64Array(degree + 1);
  let [t, next] = [1, x0];
  let peak = 0;
  for (let k = 0; k <= degree; ++k) {
    c[k] = (k === 0 ? 1 : 2) * t;
    peak += c[k] * t;
    [t, next] = [next, 2 * x0 * next - t];
  }
  return c.map((x) => x / (2 * peak));
}

/** p(x) by Clenshaw's recurrence. */
export function peakValue(c: Float64Array, x: number): number {
  let [b1, b2] = [0, 0];
  for (let k = c.length - 1; k >= 1; --k) [b1, b2] = [c[k] + 2 * x * b1 - b2, b1];
  return 2 * (c[0] + x * b1 - b2);
}

/** Steps to the side of the peak in which p is looked at. */
const STEPS = 16;
/** Halvings that find the distance from x0 at which p falls to a level. */
const REACH_HALVINGS = 30;

/**
 * Which states have to be known for the nearest to be among them. Given the least p of the states that were found, `level`, all of them
 * lie within d of x0, the farther of the two points where p falls to `level`. The value that is returned is one that p reaches
 * everywhere within d: states with p above it must be known.
 */
export function certainty({ bounds, centre, half, x0, degree }: Peak): (level: number) => number {
  const c = coefficients(x0, degree);
  const ends = [bounds.lowest, bounds.highest].map((e) => (e - centre) / half);
  const at = (x: number) => peakValue(c, Math.min(Math.max(x, ends[0]), ends[1]));
  const step = (PEAK_WIDTH * slopeAt(x0)) / degree / STEPS;
  /** The distance at which p falls to the level, or the spectrum ends. */
  const reach = (side: -1 | 1, level: number): number => {
    const whole = Math.abs((side < 0 ? ends[0] : ends[1]) - x0);
    let [from, to] = [0, Math.min(step, whole)];
    while (to < whole && at(x0 + side * to) >= level) [from, to] = [to, Math.min(to + step, whole)];
    for (let k = 0; k < REACH_HALVINGS; ++k) {
      const middle = (from + to) / 2;
      if (at(x0 + side * middle) >= level) from = middle;
      else to = middle;
    }
    return to;
  };
  return (level) => {
    if (level <= PEAK) return PEAK;
    const most = Math.max(reach(-1, level), reach(1, level));
    return Math.max(PEAK, Math.min(at(x0 - most), at(x0 + most)) - SAME_VALUE);
  };
}

/** The least of p at the ends of an interval, or with `inside` within it too, step by step. */
export function leastBetween(
  { centre, half, x0, degree }: Peak,
  from: number,
  to: number,
  inside: boolean,
): number {
  const c = coefficients(x0, degree);
  const [a, b] = [(from - centre) / half, (to - centre) / half];
  let least = Math.min(peakValue(c, a), peakValue(c, b));
  if (!inside) return least;
  // The steps are in θ = arccos x; cos and sin of θ go on by the rule for sums, as Math.cos has other bits in other engines.
  const sin = PEAK_WIDTH / (degree * STEPS);
  const cos = Math.sqrt((1 - sin) * (1 + sin));
  let x = Math.min(1, b);
  let y = Math.sqrt((1 - x) * (1 + x));
  for (;;) {
    [x, y] = [x * cos - y * sin, y * cos + x * sin];
    if (!(x > Math.max(-1, a) && y > 0)) break;
    least = Math.min(least, peakValue(c, x));
  }
  return least;
}

/** Levels of p this near each other, times how loose residuals may be, count as one: Lanczos on p(H) separates them late if at all. */
export const SAME_VALUE = 1e-9;

/** The most levels of ascending values of p, |p| ≤ 1, that count as one. */
export function mostCopies(values: ArrayLike<number>, loose: number): number {
  return Math.max(0, ...clusters(values, SAME_VALUE * loose).map(([from, to]) => to - from));
}

/** The places from ≤ k < to of ascending values of which each is this near to the one before it. */
export function clusters(values: ArrayLike<number>, near: number): [number, number][] {
  const list: [number, number][] = [];
  for (let from = 0, to = 1; to <= values.length; ++to) {
    if (to < values.length && values[to] - values[to - 1] <= near) continue;
    list.push([from, to]);
    from = to;
  }
  return list;
}

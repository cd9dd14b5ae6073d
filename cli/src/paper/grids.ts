// Grids and readings that several figures share. Grids use only exact or correctly rounded operations, so that
// the tables are the same bits on every host.
import { InputError } from 'emft/check';
import type { AxisRange } from '../sweeps/axis.js';

/** `count` points from `low` upwards, `perDecade` (a power of two) to each factor of ten. */
export function logGrid(low: number, perDecade: number, count: number): Float64Array {
  let ratio = 10;
  for (let p = 1; p < perDecade; p *= 2) ratio = Math.sqrt(ratio);
  const grid = new Float64Array(count);
  let decade = low;
  for (let i = 0; i < count; ++i) {
    if (i > 0 && i % perDecade === 0) decade *= 10;
    grid[i] = i % perDecade === 0 ? decade : grid[i - 1] * ratio;
  }
  return grid;
}

/** How many points a geometric range has to a factor of ten; `logGrid` needs a power of two. */
function pointsPerDecade({ from, to, points }: AxisRange): number {
  const given = (points - 1) / Math.log10(to / from);
  const perDecade = Math.round(given);
  if (!(Math.abs(given - perDecade) < 1e-9 * perDecade && Number.isInteger(Math.log2(perDecade)))) {
    throw new InputError('points', `expected a power of two to each factor of ten, got ${given}`);
  }
  return perDecade;
}

/** The distances from 0 of a geometric range, by exact decades: its values in a sweep differ by rounding at most. */
export function decadeGrid(range: AxisRange): Float64Array {
  return logGrid(Math.abs(range.from), pointsPerDecade(range), range.points);
}

/** Where y(x) first falls through `level`, by linear interpolation; NaN when it does not. */
export function crossing(x: ArrayLike<number>, y: ArrayLike<number>, level: number): number {
  for (let i = 1; i < x.length; ++i) {
    if (y[i - 1] >= level && y[i] < level) {
      return x[i - 1] + ((x[i] - x[i - 1]) * (y[i - 1] - level)) / (y[i - 1] - y[i]);
    }
  }
  return Number.NaN;
}

/** Least-squares slope of log y against log x, to the 12 digits on which hosts' logarithms agree. */
export function logLogSlope(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const u = Array.from(x, Math.log);
  const v = Array.from(y, Math.log);
  const [mu, mv] = [u, v].map((list) => list.reduce((s, t) => s + t, 0) / n);
  let [uv, uu] = [0, 0];
  for (let i = 0; i < n; ++i) {
    uv += (u[i] - mu) * (v[i] - mv);
    uu += (u[i] - mu) ** 2;
  }
  return Number((uv / uu).toPrecision(12));
}

// Where curves of neighbouring sizes cross, and the limit of the crossings as sizes grow. Errors are those of a jackknife over
// realizations; a realization is left out with all its α, which share their random numbers. Every pair of sizes has its straight line
// over the same α, those that all sizes have: another choice moves a crossing by as much as its error.

import { InputError } from 'emft/check';

/** The values of one quantity. */
export interface Curves {
  sizes: readonly number[];
  alphas: readonly number[];
  /** values[size][α][realization]. */
  values: readonly (readonly Float64Array[])[];
  /** The number of each realization: the same at every α. */
  samples: readonly (readonly Float64Array[])[];
}

/** A number with its error. */
interface Estimate {
  value: number;
  error: number;
}

export interface Crossings {
  /** Entry k is that of sizes k and k + 1. */
  crossings: Estimate[];
  /** The limit 1/size → 0, by the straight line through the crossings; absent where there are fewer than two. */
  limit?: Estimate;
}

/** The realizations are divided into this many parts, and one part at a time is left out. */
const PARTS = 20;
/** Around α_c, where differences of neighbouring curves are straight. */
const WINDOW = [0.655, 0.825];

/** Slope and value at 0 of the straight line through points, by least squares. */
function straight(x: readonly number[], y: readonly number[]): { slope: number; at0: number } {
  const mean = (list: readonly number[]) => list.reduce((sum, v) => sum + v, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  const slope = x.reduce((sum, v, k) => sum + (v - mx) * (y[k] - my), 0) / sxx;
  return { slope, at0: my - slope * mx };
}

/** Places of the α in the window that every size has. */
function sharedOf({ sizes, alphas, values }: Curves): number[] {
  const shared = alphas.flatMap((alpha, k) =>
    alpha > WINDOW[0] && alpha < WINDOW[1] && values.every((size) => size[k].length > 0) ? [k] : [],
  );
  if (shared.length >= 2) return shared;
  throw new InputError(
    'alpha',
    `L = ${sizes.join(', ')} have ${shared.length} values in common between ${WINDOW.join(' and ')}, expected 2 or more`,
  );
}

/** The crossings and, as the last number, their limit; part `left` of the realizations is left out. */
function once({ sizes, alphas, values, samples }: Curves, shared: readonly number[], left: number): number[] {
  const mean = (list: Float64Array, own: Float64Array) => {
    let [sum, count] = [0, 0];
    list.forEach((x, k) => {
      if (own[k] % PARTS === left) return;
      sum += x;
      count++;
    });
    return sum / count;
  };
  const means = values.map((size, s) => size.map((list, k) => mean(list, samples[s][k])));
  const found = means.slice(1).map((larger, s) => {
    const { slope, at0 } = straight(
      shared.map((k) => alphas[k]),
      shared.map((k) => larger[k] - means[s][k]),
    );
    return -at0 / slope;
  });
  if (found.length < 2) return found;
  const inverse = found.map((_, s) => 2 / (sizes[s] + sizes[s + 1]));
  return [...found, straight(inverse, found).at0];
}

export function crossingsOf(curves: Curves): Crossings {
  const shared = sharedOf(curves);
  const whole = once(curves, shared, -1);
  const parts = Array.from({ length: PARTS }, (_, left) => once(curves, shared, left));
  const all = whole.map((value, k): Estimate => {
    const mean = parts.reduce((sum, part) => sum + part[k], 0) / PARTS;
    const square = parts.reduce((sum, part) => sum + (part[k] - mean) ** 2, 0);
    return { value, error: Math.sqrt(((PARTS - 1) / PARTS) * square) };
  });
  const count = curves.sizes.length - 1;
  return { crossings: all.slice(0, count), limit: all[count] };
}

// How far measurements are from what they are held against, in their own standard errors.
import { show } from './claim.js';

/** Entropies in units of log 2, and Czz, count as equal where they differ by no more than this and two standard errors. */
export const CLOSE = 0.05;
export const isClose = (difference: number, error: number) => Math.abs(difference) <= CLOSE + 2 * error;

/** Fewer realizations than this decide nothing, whatever they say: the standard error of nine is itself uncertain by a quarter. */
export const FEW = 10;

export const rms = (list: readonly number[]) =>
  Math.sqrt(list.reduce((sum, x) => sum + x * x, 0) / list.length);

/** The largest |difference| / error of the pairs [difference, error], to two digits. */
export function largestDeviation(pairs: readonly (readonly [number, number])[]): string {
  return show(Math.max(...pairs.map(([difference, error]) => Math.abs(difference) / error)), 2);
}

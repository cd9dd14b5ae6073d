// How far measurements are from what they are held against, in their own standard errors.
import { show } from './claim.js';

export const rms = (list: readonly number[]) =>
  Math.sqrt(list.reduce((sum, x) => sum + x * x, 0) / list.length);

/** The largest |difference| / error of the pairs [difference, error], to two digits. */
export function largestDeviation(pairs: readonly (readonly [number, number])[]): string {
  return show(Math.max(...pairs.map(([difference, error]) => Math.abs(difference) / error)), 2);
}

// How far measurements are from what they are held against, in their own standard errors.
import { show } from './claim.js';

/** The largest |difference| / error of the pairs [difference, error], to two digits. */
export function largestDeviation(pairs: readonly (readonly [number, number])[]): string {
  return show(Math.max(...pairs.map(([difference, error]) => Math.abs(difference) / error)), 2);
}

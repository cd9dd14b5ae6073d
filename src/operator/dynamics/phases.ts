// Times at which phases are still known.
import { InputError } from '../../wasm/errors.js';

/** Latest time of an operator of size 1. */
const LATEST = 2 ** 40;

/** The place of the largest time. */
export function farthest(times: Float64Array): number {
  return times.reduce((best, t, j) => (Math.abs(t) > Math.abs(times[best]) ? j : best), 0);
}

/** Refuses times at which no digit of a phase is known; unit·H is of size 1. */
export function checkPhases(times: Float64Array, unit: number): void {
  const far = farthest(times);
  if (times.length === 0 || Math.abs(times[far]) / unit <= LATEST) return;
  throw new InputError(
    ['times', far],
    `is ${times[far]}, at which phases e^{−iEt} are lost to rounding: expected at most ${(LATEST * unit).toPrecision(2)}, 2^40 in units of 1/|H|`,
  );
}

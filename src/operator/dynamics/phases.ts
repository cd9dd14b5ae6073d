// Times at which phases are still known, or exponents of imaginary time within the doubles.
import { InputError } from '../../wasm/errors.js';
import { LATEST_EXPONENT } from '../../wasm/limits.js';
import { timesPowerOfTwo } from '../../wasm/magnitude.js';

/** Binary exponent of the latest imaginary time of an operator of size 1. */
const LATEST_IMAGINARY = 1000;

/** The place of the largest time. */
export function farthest(times: Float64Array): number {
  return times.reduce((best, t, j) => (Math.abs(t) > Math.abs(times[best]) ? j : best), 0);
}

/** Refuses times at which no digit of a phase, or of the logarithm of a length, is known; 2^unit·H is of size 1. */
export function checkTimes(times: Float64Array, unit: number, imaginary: boolean): void {
  const far = farthest(times);
  const exponent = imaginary ? LATEST_IMAGINARY : LATEST_EXPONENT;
  const latest = 2 ** exponent;
  if (times.length === 0 || timesPowerOfTwo(Math.abs(times[far]), -unit) <= latest) return;
  const why = imaginary ? 'exponents −Et are beyond the doubles' : 'phases e^{−iEt} are lost to rounding';
  const most = `expected at most ${timesPowerOfTwo(latest, unit).toPrecision(2)}, 2^${exponent} in units of 1/|H|`;
  throw new InputError(['times', far], `is ${times[far]}, at which ${why}: ${most}`);
}

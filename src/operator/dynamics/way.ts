// The length and the error of a vector as it evolves.
import { ConvergenceError } from '../../wasm/errors.js';
import { logarithms } from '../../wasm/exponentials.js';
import type { Flow } from './propagator.js';

export interface Way {
  time: number;
  /** The logarithm of the factor that its present length lacks, relative to where it began. */
  log: number;
  /** How far off it may be, relative to its length. */
  error: number;
}

/** Brings a vector of imaginary time back to length 1; `log` takes up the factor. */
export function settle(
  { runtime, length, imaginary }: Pick<Flow, 'runtime' | 'length' | 'imaginary'>,
  at: number,
  { time, log, error }: Way,
): Way {
  // Two vectors of one length are no farther apart than 2.
  if (!imaginary) return { time, log, error: Math.min(error, 2) };
  const { wasm } = runtime;
  const norm = Math.sqrt(wasm.dot(length, at, at));
  if (!(norm > 0)) throw new ConvergenceError('a state of imaginary time has decayed to nothing');
  wasm.combine(length, at, at, at, at, 1 / norm, 0, 0, 0);
  const [gain] = logarithms(runtime, Float64Array.of(norm));
  return { time, log: log + gain, error: Math.min(error / norm, 2) };
}

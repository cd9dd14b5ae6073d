// g_{1,0} of a chain from the entropies measured at its end: the one number that ties mean field to a model.
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { leastSolution } from './solve.js';
import { type DrhParameters, drhCouplings } from './special.js';

/** A measured [S_N] of the last l-bit of a chain of N with couplings J_n ∝ α^{n−1}. */
export interface EndEntropy extends Omit<DrhParameters, 'g0'> {
  /** `[S_N]`, nats, 0 … log 2. */
  mean: number;
  /** Its standard error, above 0. */
  error: number;
}

/** Couplings that are looked at. */
const LEAST = 1e-4;
export const MOST = 10;

/**
 * The g_{1,0} at which the mean field of g_{n,0} = g_{1,0} α^{n−1} meets the measured entropies: least squares weighted
 * by the errors, as the root of the weighted mean residual, in which mean field is monotone, by bisection to all digits.
 */
export function fitFirstCoupling(runtime: Runtime, ends: readonly EndEntropy[]): number {
  const residual = (g0: number) => {
    let sum = 0;
    for (const { alpha, n, mean, error } of ends) {
      const { entropy } = leastSolution(runtime, { values: drhCouplings({ g0, alpha, n }), log: false });
      sum += (entropy[n - 1] - mean) / (error * error);
    }
    return sum;
  };
  if (residual(LEAST) > 0 || residual(MOST) < 0) {
    throw new InputError('ends', `no first coupling from ${LEAST} to ${MOST} gives these entropies`);
  }
  let [low, high] = [LEAST, MOST];
  for (let step = 0; step < 60; ++step) {
    const middle = Math.sqrt(low * high);
    if (residual(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

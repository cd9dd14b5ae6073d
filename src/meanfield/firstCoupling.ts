// g_{1,0} of a chain from the entropies measured at its end: the one number that ties mean field to a model.
import { checkInteger, checkNumber, readList, readOptions } from '../core/check.js';
import { InputError } from '../core/errors.js';
import type { Runtime } from '../core/runtime.js';
import { MAX_SPINS, solveMeanField } from './solve.js';
import { type DrhParameters, drhCouplings } from './special.js';

/** A measured [S_N] of the last l-bit of a chain of N with couplings J_n ∝ α^{n−1}. */
export interface EndEntropy extends Omit<DrhParameters, 'g0'> {
  /** `[S_N]`, nats, 0 … log 2. */
  mean: number;
  /** Its standard error, above 0. */
  error: number;
}

/** Couplings that are looked at. */
const [LEAST, MOST] = [1e-4, 10];

/**
 * The g_{1,0} at which the mean field of g_{n,0} = g_{1,0} α^{n−1} meets the measured entropies: least squares weighted
 * by the errors, as the root of the weighted mean residual, in which mean field is monotone, by bisection to all digits.
 */
export function fitFirstCoupling(runtime: Runtime, ends: readonly EndEntropy[]): number {
  const given = readList('ends', ends);
  if (!given || given.length === 0) {
    throw new InputError('ends', 'expected at least one measured entropy { alpha, n, mean, error }');
  }
  const list = given.map((end, i) => {
    const name = `ends[${i}]`;
    const { alpha, n, mean, error } = readOptions<EndEntropy>(name, end, ['alpha', 'n', 'mean', 'error']);
    return {
      alpha: checkNumber(`${name}.alpha`, alpha, { above: 0 }),
      n: checkInteger(`${name}.n`, n, { min: 1, max: MAX_SPINS }),
      mean: checkNumber(`${name}.mean`, mean, { min: 0, max: 0.6931471805599454 }),
      error: checkNumber(`${name}.error`, error, { above: 0 }),
    };
  });
  const residual = (g0: number) => {
    let sum = 0;
    for (const { alpha, n, mean, error } of list) {
      const { entropy } = solveMeanField(runtime, drhCouplings({ g0, alpha, n }));
      sum += (entropy[n - 1] - mean) / error ** 2;
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

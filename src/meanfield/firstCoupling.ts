// g_{1,0} of a chain from the entropies measured at its end: the one parameter that relates the mean field to a model.
import { InputError } from '../wasm/errors.js';
import { unitFactor } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, UNBOUNDED } from '../wasm/steps.js';
import { leastSolution } from './solve.js';
import { type DrhParameters, drhCouplings } from './special.js';
import type { GrainStatistics } from './statistics.js';

/** A measured [S_N] of the last l-bit of a chain of N with couplings J_n ∝ α^{n−1}. */
export interface EndEntropy extends Omit<DrhParameters, 'g0'> {
  /** `[S_N]`, nats, 0 … log 2. */
  mean: number;
  /** Its standard error, above 0. */
  error: number;
}

/** Range in which the coupling is sought. */
const LEAST = 1e-4;
export const MOST = 10;

/**
 * The g_{1,0} at which the mean field of g_{n,0} = g_{1,0} α^{n−1} agrees on average with the measured entropies:
 * the root of Σ (mean field − measured)/error², by bisection to all digits. The mean field increases with
 * g_{1,0}, so that there is one root.
 */
export function fitFirstCoupling(
  runtime: Runtime,
  ends: readonly EndEntropy[],
  grain: GrainStatistics,
): number {
  // Only ratios of errors matter: a power of two, which rounds nothing, scales the least error so
  // that its square is in range.
  const unit = unitFactor(Math.min(...ends.map(({ error }) => error)));
  const weighted = ends.map(({ error, ...end }) => ({ ...end, square: error * unit * (error * unit) }));
  const residual = (g0: number) => {
    let sum = 0;
    for (const { alpha, n, mean, square } of weighted) {
      const bare = { values: drhCouplings({ g0, alpha, n }), log: false, grain };
      const { entropy } = atOnce(leastSolution(runtime, bare, UNBOUNDED));
      sum += (entropy[n - 1] - mean) / square;
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

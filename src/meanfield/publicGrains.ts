// The mean field of several grains as methods of a core.
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, takeWatch, UNBOUNDED } from '../wasm/steps.js';
import { checkGrains } from './grainsArguments.js';
import {
  type GrainsAsyncOptions,
  type GrainsOptions,
  type GrainsSolution,
  grainsSteps,
} from './manyGrains.js';

export type {
  Bubble,
  GrainsAsyncOptions,
  GrainsMerging,
  GrainsOptions,
  GrainsSolution,
  MergeRule,
} from './manyGrains.js';

export default function grainsApi(runtime: Runtime) {
  return {
    /**
     * The mean field of several grains that share their l-bits ([CC22] Sec. VIII): least fixed points of (11) for bubbles of grains,
     * which merge when their collars (20) meet, or by another rule. Grains of one bubble are one bath: squares of their couplings add up, times
     * the states of the others; bubbles apart add up in g_n. docs/many-grains.md has the assumptions. One grain gives the bits of `solveMeanField`.
     *
     * @param options - Couplings of every l-bit to every grain, up to 1024 grains and 2²² couplings; distances in any one unit.
     * @returns Bubbles, and couplings, entropies and Czz of each l-bit with all of them together.
     * @throws InputError for an option out of range, collars of several grains without distances; ConvergenceError when a fixed point is not found.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Eight l-bits in a row between two grains.
     * const from = [1, 2, 3, 4, 5, 6, 7, 8];
     * const near = from.map((r) => 0.1 * 0.3 ** (r - 1));
     * const couplings = [near, near.toReversed()];
     * const distances = [from, from.toReversed()];
     * const spacings = [[0, 9], [9, 0]];
     * const { bubbles, etaTot } = core.meanFieldGrains({ couplings, distances, spacings });
     * console.log(bubbles.length, (etaTot / Math.LN2).toFixed(2)); // 1 7.66
     * const apart = core.meanFieldGrains({ couplings, merge: 'never' });
     * console.log(apart.bubbles.length, (apart.etaTot / Math.LN2).toFixed(2)); // 2 4.90
     * core.dispose();
     * ```
     */
    meanFieldGrains: (options: GrainsOptions): GrainsSolution =>
      atOnce(grainsSteps(runtime, checkGrains(options), UNBOUNDED)),

    /**
     * `meanFieldGrains`, with the same options and the same bits, in slices, as `solveMeanFieldAsync`.
     *
     * @param options - As for `meanFieldGrains`, with the options that watch the call; copied before the event loop runs.
     * @returns A promise of what `meanFieldGrains` returns.
     * @throws As `meanFieldGrains`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async meanFieldGrainsAsync(options: GrainsAsyncOptions): Promise<GrainsSolution> {
      const { watch, rest } = takeWatch<GrainsOptions>('options', options);
      return inSlices(grainsSteps(runtime, checkGrains(rest), budgetOf(watch)), watch);
    },
  };
}

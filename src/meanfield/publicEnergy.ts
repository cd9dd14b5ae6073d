// The mean field at an energy as methods of a core.
import { checkFloat64Array, checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { asFloats, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, checkWatch, inSlices, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import {
  type EnergyResponse,
  type EnergySolution,
  type EnergySolveAsyncOptions,
  type EnergySolveOptions,
  energySteps,
  responseAtEnergy,
  type Unequal,
} from './energy.js';
import { checkGrain, readGrain, type StatisticsOptions } from './statistics.js';

export type {
  EnergyResponse,
  EnergySolution,
  EnergySolveAsyncOptions,
  EnergySolveOptions,
} from './energy.js';

/** A sweep over as many takes about a second. */
const MOST = 4096;

function checkSides(up: unknown, down: unknown): Omit<Unequal, 'grain'> {
  const checked = {
    up: checkFloat64Array('up', up, { min: 0 }),
    down: checkFloat64Array('down', down, { min: 0 }),
  };
  const [count, given] = [checked.up.length, checked.down.length];
  if (count > MOST) throw new InputError('up', `expected at most ${MOST} couplings, got ${count}`);
  if (given === count) return checked;
  throw new InputError('down', `expected ${count} couplings, one for each of 'up', got ${given}`);
}

/** Checks the arguments of `solveMeanFieldAtEnergy`; of its twin with the keys of a watch among the options. */
function checkSolve(
  up: unknown,
  down: unknown,
  options: EnergySolveAsyncOptions,
  keys: readonly string[] = WATCH_KEYS,
) {
  const given = readOptions<EnergySolveAsyncOptions>('options', options, [
    'grain',
    'maxIterations',
    'tolerance',
    ...keys,
  ]);
  const watch = checkWatch('options', given);
  const grain = checkGrain('options', given.grain);
  const limits = {
    maxIterations:
      given.maxIterations === undefined
        ? undefined
        : checkInteger(['options', 'maxIterations'], given.maxIterations, { min: 1 }),
    tolerance: checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-12, { min: 0 }),
  };
  const sides = checkSides(up, down);
  if (sides.up.length === 0) throw new InputError('up', 'expected at least 1 coupling, got 0');
  return { unequal: { ...sides, grain }, limits, watch };
}

export default function energyApi(runtime: Runtime) {
  return {
    /**
     * The response of l-bits that couple to densities of states which differ for their two states: η, `[S]` and Czz at
     * bare couplings g↑ = ρ(E + h)[|V|] seen by an l-bit that is up and g↓ = ρ(E − h)[|V|] seen by one that is down.
     * docs/energy.md has the formulas, which are those of `response` where g↑ = g↓. About 0.3 ms each.
     *
     * @param up - g↑ of each l-bit, ≥ 0; at most 4096.
     * @param down - g↓, as many.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `up`; η and `[S]` in nats.
     * @throws InputError for a coupling that is negative or not finite, and for arrays of unequal lengths.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const { entropy, polarization } = core.responseAtEnergy([30], [10]);
     * console.log(entropy[0].toFixed(3), polarization[0]); // 0.562 -0.5
     * core.dispose();
     * ```
     */
    responseAtEnergy(up: Numbers, down: Numbers, options: StatisticsOptions = {}): EnergyResponse {
      const grain = readGrain(options);
      return responseAtEnergy(runtime, { ...checkSides(asFloats('up', up), asFloats('down', down)), grain });
    },
    /**
     * The mean-field solution ([CC22] (11)) at an energy: the least fixed point for bare couplings g↑ and g↓ of each
     * l-bit, as `grainCouplings` has them. Where all g↑ = g↓, as at the centre of the spectrum, it is `solveMeanField`.
     *
     * @param up - 1 … 4096 bare couplings of l-bits that are up, ≥ 0.
     * @param down - The same of l-bits that are down.
     * @param options - `grain`, `maxIterations` and `tolerance`.
     * @returns Couplings, entropies and equilibrium polarizations of each l-bit, and η_tot.
     * @throws InputError for a coupling that is negative or not finite, arrays of unequal lengths, or an option out of
     *   range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const { up, down } = core.grainCouplings({
     *   grainDimension: 64,
     *   fields: [1, 1, 1],
     *   couplings: [0.8, 0.4, 0.2],
     *   energy: 2,
     * });
     * const { entropy, converged } = core.solveMeanFieldAtEnergy(up, down);
     * console.log(Array.from(entropy, (s) => s.toFixed(3)).join(' '), converged); // 0.662 0.655 0.631 true
     * core.dispose();
     * ```
     */
    solveMeanFieldAtEnergy(up: Numbers, down: Numbers, options: EnergySolveOptions = {}): EnergySolution {
      const { unequal, limits } = checkSolve(asFloats('up', up), asFloats('down', down), options, []);
      return atOnce(energySteps(runtime, unequal, limits, UNBOUNDED));
    },
    /**
     * `solveMeanFieldAtEnergy`, with the same options and the same bits, in slices, as `solveMeanFieldAsync`.
     *
     * @param up - As of `solveMeanFieldAtEnergy`; copied before the event loop runs.
     * @param down - Likewise.
     * @returns A promise of what `solveMeanFieldAtEnergy` returns.
     * @throws InputError as `solveMeanFieldAtEnergy`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async solveMeanFieldAtEnergyAsync(
      up: Numbers,
      down: Numbers,
      options: EnergySolveAsyncOptions = {},
    ): Promise<EnergySolution> {
      const task = checkSolve(asFloats('up', up), asFloats('down', down), options);
      const { watch, limits } = task;
      const copies = { up: task.unequal.up.slice(), down: task.unequal.down.slice() };
      return inSlices(energySteps(runtime, { ...task.unequal, ...copies }, limits, budgetOf(watch)), watch);
    },
  };
}

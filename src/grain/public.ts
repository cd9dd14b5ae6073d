// The methods this room adds to a core; src/index.ts joins the rooms.

import { publicOperator } from '../operator/operator.js';
import type { Operator } from '../operator/types.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, takeWatch, UNBOUNDED } from '../wasm/steps.js';
import { checkCoupling, checkModelAlone, checkRandom, checkStates } from './arguments.js';
import { reducedCoupling } from './coupling.js';
import { diagonalizeGrain } from './diagonalize.js';
import { type GrainCouplings, type GrainCouplingsOptions, grainCouplings } from './energy.js';
import { checkGrainCouplings } from './energyArguments.js';
import { grainComputed } from './operator.js';
import { randomGrainModel } from './random.js';
import type {
  DiagonalizeAsyncOptions,
  DiagonalizeOptions,
  GrainEigenstates,
  GrainModel,
  MeanAndError,
  RandomGrainModel,
  RandomGrainOptions,
  ReducedCoupling,
  ReducedCouplingAsyncOptions,
  ReducedCouplingOptions,
  StatesAsyncOptions,
  StatesOptions,
} from './types.js';

export type { GrainCouplings, GrainCouplingsOptions } from './energy.js';
export type { GrainReading, GrainReadingName } from './readings.js';
export type * from './types.js';

export default function grainApi(runtime: Runtime) {
  return {
    /**
     * Eigenvalues of a central-grain model ([CC22] (1), (2)), the entropy (nats) of every l-bit in every
     * eigenstate, and the averages [S_n] and Czz_n, over all states or a window. Dense up to D = d_g
     * 2^N = 8192, of a complex grain up to 4096 or so. A window { energy, count } is found without forming H, for any D at which a few hundred
     * vectors fit into memory (2^16 and more).
     *
     * @param options - The model, and here or in `more` the states wanted and the method.
     * @param more - window, method, vectors and verify, where `options` is a model alone.
     * @returns Energies ascending, and for each measured quantity one array for each l-bit.
     * @throws InputError for a grain that is not symmetric, wrong lengths, a window outside the spectrum, and a D too
     *   large for the method; ConvergenceError when an iteration reaches its cap.
     */
    diagonalizeGrain: (options: DiagonalizeOptions, more?: StatesOptions): GrainEigenstates =>
      atOnce(diagonalizeGrain(runtime, checkStates(options, more), UNBOUNDED)),

    /**
     * `diagonalizeGrain`, with the same arguments and the same bits, in slices, as `eighAsync`.
     *
     * @param options - As for `diagonalizeGrain`; if `more` is not given, also the options that watch the call.
     * @param more - As for `diagonalizeGrain`, with the options that watch the call.
     * @returns A promise of what `diagonalizeGrain` returns.
     * @throws As `diagonalizeGrain`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const model = core.randomGrainModel({ alpha: 0.7, n: 6, seed: 1 });
     * const states = await core.diagonalizeGrainAsync(model, {
     *   window: { energy: 0, count: 10 },
     *   onProgress: (fraction) => {
     *     if (fraction === 1) console.log('done'); // done
     *   },
     * });
     * console.log(states.eigenvalues.length); // 10
     * core.dispose();
     * ```
     */
    async diagonalizeGrainAsync(
      options: DiagonalizeAsyncOptions,
      more?: StatesAsyncOptions,
    ): Promise<GrainEigenstates> {
      const last =
        more === undefined
          ? takeWatch<DiagonalizeOptions>('options', options)
          : takeWatch<StatesOptions>('more', more);
      const task =
        more === undefined
          ? checkStates(last.rest as DiagonalizeOptions, undefined)
          : checkStates(options, last.rest);
      return inSlices(diagonalizeGrain(runtime, task, budgetOf(last.watch)), last.watch);
    },

    /**
     * A random model { grain, fields, couplings } keyed by (seed, sample): H_g from the GOE with off-diagonal variance
     * grainScale²/(d_g + 1), h_n uniform on [h − deltaH, h + deltaH], J_n = j1 α^{n−1} ([CC22] (12)). `reading` chooses
     * the grain and the coupling: those that reproduce Fig. 2 of [CC22], or those printed in it.
     *
     * @returns d_g² numbers of H_g, N fields, N couplings.
     * @throws InputError for an option out of range.
     */
    randomGrainModel: (options: RandomGrainOptions): RandomGrainModel =>
      randomGrainModel(runtime, checkRandom(options)),
    /**
     * Reduced coupling g_n = ρ[|V_n,ab|] ([CC22] (3)) of one l-bit and the perturbative norms g_na (5), from the dense
     * eigenstates of the grain and the other l-bits (the rest).
     *
     * @returns g_n, its factors ρ and [|V_n,ab|], and the norms.
     * @throws InputError for a model that `diagonalizeGrain` refuses, a spin it does not have, no pair within the
     *   shell, a rest too large for memory; ConvergenceError when the eigensolver reaches its cap.
     */
    reducedCoupling: (options: ReducedCouplingOptions): ReducedCoupling =>
      atOnce(reducedCoupling(runtime, checkCoupling(options), UNBOUNDED)),

    /**
     * `reducedCoupling`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param options - As for `reducedCoupling`, with the options that watch the call.
     * @returns A promise of what `reducedCoupling` returns.
     * @throws As `reducedCoupling`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async reducedCouplingAsync(options: ReducedCouplingAsyncOptions): Promise<ReducedCoupling> {
      const { watch, rest } = takeWatch<ReducedCouplingOptions>('options', options);
      return inSlices(reducedCoupling(runtime, checkCoupling(rest), budgetOf(watch)), watch);
    },

    /**
     * Bare reduced couplings (3) of the l-bits of a central-grain model at an energy, from its parameters alone: those that an
     * l-bit sees which is up, and those of one which is down. They are for `solveMeanFieldAtEnergy`; at energy 0 they are equal.
     *
     * @param options - The grain by its dimension, size and level statistics, and h_n and J_n of 1 … 16 l-bits.
     * @returns g↑, g↓ and p↑ − p↓ of each l-bit, and the density of levels of the whole.
     * @throws InputError for an option out of range, and an energy at which neither grain nor l-bits have a state.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const model = { grainDimension: 64, fields: [1, 1.1], couplings: [0.2, 0.1] };
     * const { up, down, polarization } = core.grainCouplings({ ...model, energy: 1.5 });
     * console.log(up[0].toFixed(3), down[0].toFixed(3), polarization[0].toFixed(3)); // 0.182 0.374 0.346
     * core.dispose();
     * ```
     */
    grainCouplings(options: GrainCouplingsOptions): GrainCouplings {
      const task = checkGrainCouplings(options);
      const found = grainCouplings(task);
      if (found) return found;
      throw new InputError(
        ['options', 'energy'],
        `no state of the grain and the l-bits is near ${task.energy}: expected an energy within the spectrum`,
      );
    },

    /**
     * The central-grain Hamiltonian ([CC22] (1), (2)) as an operator of order d_g 2^N, without its matrix where the grain is real.
     *
     * @param model - As for `diagonalizeGrain`.
     * @returns An operator, real unless the grain is complex; then its matrix is in compressed rows.
     * @throws InputError for a model that `diagonalizeGrain` refuses.
     */
    grainOperator: (model: GrainModel): Operator =>
      publicOperator(runtime, grainComputed(checkModelAlone(model)), {}),

    /**
     * Mean of a sample and its standard error s/√count (0 for a single value).
     *
     * @param values - At least one finite number.
     * @returns Both, in the units of the values.
     * @throws InputError for no values, or a value that is not finite.
     */
    meanAndError(values: Numbers): MeanAndError {
      const sample = checkNumbers('values', values);
      if (sample.length === 0) throw new InputError('values', 'expected at least one element');
      return runtime.scope((arena) => {
        const out = arena.f64(2);
        runtime.wasm.meanAndError(sample.length, arena.put(sample), out);
        const [mean, error] = arena.take(out, 2);
        return { mean, error };
      });
    },
  };
}

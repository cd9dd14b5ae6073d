// The methods that this room adds to a core for states in time; src/index.ts joins the rooms.
import type { Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import { evolveSteps } from './dynamics/evolve.js';
import { exactSteps } from './dynamics/exact.js';
import { typicalitySteps } from './dynamics/typicality.js';
import { checkEvolve, checkEvolveExact, checkTypicality } from './dynamicsArguments.js';
import type {
  EvolveAsyncOptions,
  EvolveExactAsyncOptions,
  EvolveExactOptions,
  EvolveOptions,
  ExactEvolution,
  SeriesEvolution,
  Typicality,
  TypicalityAsyncOptions,
  TypicalityOptions,
} from './dynamicsTypes.js';
import type { AnyOperator } from './types.js';
import { kept } from './vectorArguments.js';

export type * from './dynamicsTypes.js';

export default function dynamicsApi(runtime: Runtime) {
  return {
    /**
     * ψ(t) = e^{−iHt} ψ at some times, or e^{−Ht} ψ of imaginary time, by Chebyshev polynomials (H. Tal-Ezer and R. Kosloff,
     * J. Chem. Phys. 81, 3967 (1984)) or in Krylov spaces. Units: ħ = 1, t in those of 1/H. Beside the results it takes some
     * ten vectors of memory by Chebyshev, some forty by Krylov; `report.bytes` says how much.
     *
     * @param operator - H, as for `eigsh`.
     * @param psi - n amplitudes, or 2n in pairs with `complex`; several vectors may follow one another.
     * @param times - In any order, of either sign, repeated or none at all.
     * @param options - What is measured on the way, whether states are given, by which method, how accurate.
     * @returns States, expectation values, lengths, errors. An error is a bound of what was left out and, for rounding, an ulp
     *   a product and 2|H||t| ulp, of sums whose parts cancel Σ|H_k| in place of |H|; of imaginary time it is an estimate.
     * @throws InputError for vectors that do not fit or are zero, times that take more than `maxProducts`, a function of the
     *   program that is not Hermitian or gives numbers that are not finite; MemoryError for more than fits.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // A spin ½ in a field along x turns from up to down in a time π.
     * const h = core.spins({ sites: 1, terms: [{ op: 'x', sites: [0] }] });
     * const z = core.spins({ sites: 1, terms: [{ op: 'z', sites: [0] }] });
     * const { expectations } = core.evolve(h, [1, 0], [0, Math.PI / 3, Math.PI], { observables: [z] });
     * console.log(Array.from(expectations[0], (x) => x.toFixed(6)).join(' ')); // 0.500000 0.250000 -0.500000
     * core.dispose();
     * ```
     */
    evolve(
      operator: AnyOperator,
      psi: Numbers,
      times: Numbers,
      options: EvolveOptions = {},
    ): SeriesEvolution {
      return atOnce(evolveSteps(runtime, checkEvolve(operator, psi, times, options).task));
    },

    /**
     * `evolve`, with the same options and the same bits, in slices, as `eighAsync`; a step is one product.
     *
     * @param operator - As for `evolve`.
     * @param psi - As for `evolve`.
     * @param times - As for `evolve`.
     * @returns A promise of what `evolve` returns.
     * @throws InputError as `evolve`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async evolveAsync(
      operator: AnyOperator,
      psi: Numbers,
      times: Numbers,
      options: EvolveAsyncOptions = {},
    ): Promise<SeriesEvolution> {
      const { task, watch } = checkEvolve(operator, psi, times, options, ...WATCH_KEYS);
      return inSlices(evolveSteps(runtime, kept(task)), watch);
    },

    /**
     * `evolve` by all eigenvectors of H, for orders of which `eigh` is a matter of seconds: any number of times costs n² each, and
     * `averages` are those over all times, Σ_E ⟨ψ|P_E A P_E|ψ⟩ with the projector P_E on each level, all states of a degenerate
     * one together.
     *
     * @param operator - As for `evolve`.
     * @param psi - As for `evolve`.
     * @param times - As for `evolve`.
     * @param options - What is measured, whether states are given, which energies are one level.
     * @returns States, expectation values and their averages, energies. Errors are estimates, (n + 4|H||t|) ulp.
     * @throws InputError for vectors that do not fit or are zero, times at which phases are lost to rounding; MemoryError for
     *   more than fits.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Two spins ½ of an S·S bond, up-down at first: up-up, down-down and their triplet are one level.
     * const terms = ['xx', 'yy', 'zz'].map((op) => ({ op, sites: [0, 1] }));
     * const bond = core.spins({ sites: 2, terms });
     * const z = core.spins({ sites: 2, terms: [{ op: 'z', sites: [0] }] });
     * const { averages, levels } = core.evolveExact(bond, [0, 0, 1, 0], [], { observables: [z] });
     * console.log(levels.length, Math.abs(averages[0][0]) < 1e-15); // 2 true
     * core.dispose();
     * ```
     */
    evolveExact(
      operator: AnyOperator,
      psi: Numbers,
      times: Numbers,
      options: EvolveExactOptions = {},
    ): ExactEvolution {
      return atOnce(exactSteps(runtime, checkEvolveExact(operator, psi, times, options).task, UNBOUNDED));
    },

    /**
     * `evolveExact`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param operator - As for `evolve`.
     * @param psi - As for `evolve`.
     * @param times - As for `evolve`.
     * @returns A promise of what `evolveExact` returns.
     * @throws InputError as `evolveExact`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async evolveExactAsync(
      operator: AnyOperator,
      psi: Numbers,
      times: Numbers,
      options: EvolveExactAsyncOptions = {},
    ): Promise<ExactEvolution> {
      const { task, watch } = checkEvolveExact(operator, psi, times, options, ...WATCH_KEYS);
      return inSlices(exactSteps(runtime, kept(task), budgetOf(watch)), watch);
    },

    /**
     * Traces and thermal averages from random vectors: tr f(H), and of e^{−βH} its trace, energy, heat capacity, entropy and
     * ⟨A⟩_β by the Lanczos method of finite temperatures in its symmetric form (J. Jaklič and P. Prelovšek, Phys. Rev. B 49, 5065
     * (1994); M. Aichhorn et al., Phys. Rev. B 67, 161103 (2003)). Of sectors it is the trace over the sector. It takes
     * vectors·samples products with H, and one with each A for each β and vector.
     *
     * @param operator - H, as for `eigsh`.
     * @param options - Temperatures, observables, functions, how many random vectors.
     * @returns Averages with standard errors, which are of sampling; `truncation` is what the Krylov spaces leave out. The same numbers for
     *   the same seed everywhere.
     * @throws InputError for an option out of range, a function that gives no finite number, an operator that is not Hermitian;
     *   MemoryError for more than fits.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // A spin ½ in a field: Z = 2 cosh(β/2).
     * const h = core.spins({ sites: 1, terms: [{ op: 'z', sites: [0] }] });
     * const { energies, logZ } = core.typicality(h, { betas: [0, 50] });
     * console.log(logZ[0].toFixed(6), energies[1].toFixed(6)); // 0.693147 -0.500000
     * core.dispose();
     * ```
     */
    typicality(operator: AnyOperator, options: TypicalityOptions = {}): Typicality {
      return atOnce(typicalitySteps(runtime, checkTypicality(operator, options).task));
    },

    /**
     * `typicality`, with the same options and the same bits, in slices, as `eighAsync`; a step is one product.
     *
     * @param operator - As for `typicality`.
     * @returns A promise of what `typicality` returns.
     * @throws InputError as `typicality`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async typicalityAsync(operator: AnyOperator, options: TypicalityAsyncOptions = {}): Promise<Typicality> {
      const { task, watch } = checkTypicality(operator, options, ...WATCH_KEYS);
      return inSlices(typicalitySteps(runtime, task), watch);
    },
  };
}

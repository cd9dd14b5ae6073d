// The methods this room adds to a core; src/index.ts joins the rooms.
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, takeWatch, UNBOUNDED } from '../wasm/steps.js';
import {
  checkBottleneck,
  checkBranches,
  checkCoupling,
  checkCouplings,
  checkHysteresis,
  checkMeanField,
  checkModel,
  checkSolution,
  checkSpacing,
} from './arguments.js';
import {
  type Bottleneck,
  type BottleneckAsyncOptions,
  type BottleneckOptions,
  bottleneck,
} from './bottleneck.js';
import {
  couplingSteps,
  type LatticeAsyncOptions,
  type LatticeCouplings,
  type LatticeOptions,
} from './couplings.js';
import { type GrainSpacing, type GrainSpacingOptions, grainSpacing } from './grainSpacing.js';
import { checkLatticeGrains } from './grainsArguments.js';
import {
  type Hysteresis,
  type HysteresisAsyncOptions,
  type HysteresisOptions,
  latticeHysteresis,
} from './hysteresis.js';
import {
  type LatticeGrains,
  type LatticeGrainsAsyncOptions,
  type LatticeGrainsOptions,
  latticeGrains,
} from './manyGrains.js';
import {
  type LatticeBranch,
  type LatticeBranchOptions,
  type LatticeMeanField,
  type LatticeMeanFieldOptions,
  latticeBranches,
  latticeMeanField,
} from './meanfield.js';
import { type LatticeModel, placeLattice } from './model.js';
import { type LatticeVerdict, type LatticeVerdictAsyncOptions, latticeVerdict } from './verdict.js';

export type { Bottleneck, BottleneckAsyncOptions, BottleneckOptions } from './bottleneck.js';
export type { LatticeAsyncOptions, LatticeCouplings, LatticeMethod, LatticeOptions } from './couplings.js';
export type { GrainSpacing, GrainSpacingOptions } from './grainSpacing.js';
export type { Hysteresis, HysteresisAsyncOptions, HysteresisOptions } from './hysteresis.js';
export type { LatticeGrains, LatticeGrainsAsyncOptions, LatticeGrainsOptions } from './manyGrains.js';
export type {
  LatticeBranch,
  LatticeBranchOptions,
  LatticeMeanField,
  LatticeMeanFieldOptions,
} from './meanfield.js';
export type { CheckedModel as CompleteLatticeModel, LatticeModel, LatticePotential } from './model.js';
export type { LatticeVerdict, LatticeVerdictAsyncOptions } from './verdict.js';

export default function latticeApi(runtime: Runtime) {
  function couplings(options: LatticeOptions, budget: number) {
    const { model, coupling } = checkCoupling('options', options);
    return couplingSteps(runtime, placeLattice(runtime, model), coupling, budget);
  }
  function hysteresis(options: HysteresisOptions, budget: number) {
    const { model, strengths, how } = checkHysteresis(options);
    return latticeHysteresis(runtime, model, strengths, how, budget);
  }
  function verdict(model: LatticeModel, options: LatticeMeanFieldOptions | undefined, budget: number) {
    return latticeVerdict(runtime, checkModel('model', model), checkMeanField(options), budget);
  }
  return {
    /**
     * Orbitals of one particle on the lattice of [CC22] (15) and their components at the origin, the couplings of (18)
     * in units of g0. Only `dense` forms the matrix of eigenvectors.
     *
     * @returns Orbitals by ascending energy, with bounds on each coupling.
     * @throws InputError for an option out of range; ConvergenceError when the method asked for needs localized
     *   orbitals and they are not localized. `auto` always succeeds.
     */
    latticeCouplings: (options: LatticeOptions): LatticeCouplings => atOnce(couplings(options, UNBOUNDED)),

    /**
     * `latticeCouplings`, with the same options and the same bits, in slices: about every 25 ms the event loop runs,
     * `onProgress` is called, and an AbortSignal is seen.
     *
     * @param options - As for `latticeCouplings`, with `onProgress`, `signal` and `slice` among them.
     * @returns A promise of what `latticeCouplings` returns.
     * @throws As `latticeCouplings`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async latticeCouplingsAsync(options: LatticeAsyncOptions): Promise<LatticeCouplings> {
      const { watch, rest } = takeWatch<LatticeOptions>('options', options);
      return inSlices(couplings(rest, budgetOf(watch)), watch);
    },

    /**
     * The least fixed point of the mean-field equations for these couplings, with bounds on η_tot that allow for
     * unresolved orbitals, and whether the avalanche runs: η_tot > threshold · N log 2.
     *
     * @param couplings - What `latticeCouplings` returned.
     * @returns Couplings and entropies of each orbital, η_tot with its bounds, the verdict and whether it is certain.
     * @throws InputError for anything but such couplings, or an option out of range.
     */
    latticeMeanField: (couplings: LatticeCouplings, options?: LatticeMeanFieldOptions): LatticeMeanField =>
      atOnce(latticeMeanField(runtime, checkCouplings(couplings), checkMeanField(options), UNBOUNDED)),

    /**
     * Every fixed point of the mean-field equations for these couplings, by ascending η_tot: the lattice is
     * hysteretic if two of them are stable.
     *
     * @param couplings - What `latticeCouplings` returned; orbitals not found count as couplings of 0.
     * @returns One entry for each fixed point, at least one.
     * @throws InputError as `latticeMeanField`; ConvergenceError when not all fixed points were found.
     */
    latticeBranches: (couplings: LatticeCouplings, options?: LatticeBranchOptions): LatticeBranch[] =>
      atOnce(latticeBranches(runtime, checkCouplings(couplings).phi0, checkBranches(options), UNBOUNDED)),

    /**
     * Sweeps of W at fixed phases, down from the least solution at the largest W and up from the thermal solution
     * at the least W. Each step starts from the state of the step before: between the two sweeps lies the
     * hysteresis of the avalanche.
     *
     * @returns Both sweeps, and the ranges of W in which they differ.
     * @throws InputError for an option out of range; ConvergenceError when not all fixed points were found.
     */
    latticeHysteresis: (options: HysteresisOptions): Hysteresis => atOnce(hysteresis(options, UNBOUNDED)),

    /**
     * `latticeHysteresis`, with the same options and the same bits, in slices, as `latticeCouplingsAsync`.
     *
     * @returns A promise of what `latticeHysteresis` returns.
     * @throws As `latticeHysteresis`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async latticeHysteresisAsync(options: HysteresisAsyncOptions): Promise<Hysteresis> {
      const { watch, rest } = takeWatch<HysteresisOptions>('options', options);
      return inSlices(hysteresis(rest, budgetOf(watch)), watch);
    },

    /**
     * The spacing of thermal grains that leaves the lattice between them localized ([CC22] (20)): the distance from the
     * origin beyond which renormalized couplings sum to less than `ratio` times 1/d, the level spacing of the grain
     * together with the l-bits that it has thermalized, d = dg·e^{η_tot}.
     *
     * @param couplings - What `latticeCouplings` returned by a method that knows the sites: `local` or `dense`.
     * @param solution - What `latticeMeanField` returned for them.
     * @returns The distance in steps on the lattice; null when even the last shell sums to more, as in an avalanche.
     * @throws InputError for couplings without sites, or an option out of range.
     */
    grainSpacing(
      couplings: LatticeCouplings,
      solution: LatticeMeanField,
      options?: GrainSpacingOptions,
    ): GrainSpacing | null {
      const checked = checkCouplings(couplings);
      const { site, phi0 } = checked;
      if (!site) throw new InputError('couplings', 'expected couplings with sites: method local or dense');
      const solved = checkSolution(solution, phi0.length);
      return grainSpacing(runtime, checked, site, solved, checkSpacing(options));
    },

    /**
     * The mean field of a lattice with grains at several sites ([CC22] Sec. VIII), as `meanFieldGrains` with couplings g0 |φ_n(a)| and
     * distances in steps on the lattice, from the sites that orbitals are assigned to. From whole orbitals: R ≤ 30. One grain at the origin gives
     * the bits of `latticeCouplings` by `dense` and `latticeMeanField`. docs/many-grains.md has the assumptions.
     *
     * @returns Orbitals, bubbles, η_tot with its bounds, the verdict and whether it is certain.
     * @throws InputError for an option out of range; ConvergenceError when a fixed point is not found.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const model = { radius: 8, strength: 90, hopping: 0.41, theta0: 1 };
     * const cross = (s) => [[0, 0], [s, 0], [-s, 0], [0, s], [0, -s]];
     * const near = core.latticeGrains({ ...model, grains: cross(3) });
     * console.log(near.bubbles.length, near.avalanche); // 1 true
     * const far = core.latticeGrains({ ...model, grains: cross(6) });
     * console.log(far.bubbles.length, far.avalanche); // 5 false
     * core.dispose();
     * ```
     */
    latticeGrains: (options: LatticeGrainsOptions): LatticeGrains =>
      atOnce(latticeGrains(runtime, checkLatticeGrains(options), UNBOUNDED)),

    /**
     * `latticeGrains`, with the same options and the same bits, in slices, as `latticeCouplingsAsync`.
     *
     * @returns A promise of what `latticeGrains` returns.
     * @throws As `latticeGrains`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async latticeGrainsAsync(options: LatticeGrainsAsyncOptions): Promise<LatticeGrains> {
      const { watch, rest } = takeWatch<LatticeGrainsOptions>('options', options);
      return inSlices(latticeGrains(runtime, checkLatticeGrains(rest), budgetOf(watch)), watch);
    },

    /**
     * Where an avalanche in two dimensions is weakest for couplings g0 e^{−r/ζ}, the subject of [CC22] (17): in the
     * continuum, and as the least g0 whose avalanche runs, from the mean-field equations on the sites of a disc.
     * docs/bottleneck.md derives the closed forms from (17).
     *
     * @returns The bottleneck in closed form, and the critical g0 that was found.
     * @throws InputError for an option out of range.
     */
    bottleneck: (options: BottleneckOptions): Bottleneck =>
      atOnce(bottleneck(runtime, checkBottleneck(options), UNBOUNDED)),

    /**
     * `bottleneck`, with the same options and the same bits, in slices, as `latticeCouplingsAsync`.
     *
     * @returns A promise of what `bottleneck` returns.
     * @throws As `bottleneck`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async bottleneckAsync(options: BottleneckAsyncOptions): Promise<Bottleneck> {
      const { watch, rest } = takeWatch<BottleneckOptions>('options', options);
      return inSlices(bottleneck(runtime, checkBottleneck(rest), budgetOf(watch)), watch);
    },

    /**
     * The verdict on the avalanche alone, by the fastest computation that makes it certain: a lower bound from
     * groups of orbitals, then the couplings of the origin's spectral measure, then as many of the
     * exponentially small couplings as it takes. If the avalanche runs, `etaTot` may be a lower bound; see
     * `stage`. Same bits for the same model.
     *
     * @param model - As in the options of `latticeCouplings`.
     * @returns The verdict, the bounds on η_tot behind it, and the stage that decided.
     * @throws InputError for a model or an option out of range.
     */
    latticeVerdict: (model: LatticeModel, options?: LatticeMeanFieldOptions): LatticeVerdict =>
      atOnce(verdict(model, options, UNBOUNDED)),

    /**
     * `latticeVerdict`, with the same options and the same bits, in slices, as `latticeCouplingsAsync`.
     *
     * @param model - As for `latticeVerdict`.
     * @returns A promise of what `latticeVerdict` returns.
     * @throws As `latticeVerdict`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async latticeVerdictAsync(
      model: LatticeModel,
      options?: LatticeVerdictAsyncOptions,
    ): Promise<LatticeVerdict> {
      const { watch, rest } = takeWatch<LatticeMeanFieldOptions | undefined>(
        'options',
        options as LatticeVerdictAsyncOptions,
      );
      return inSlices(verdict(model, rest, budgetOf(watch)), watch);
    },
  };
}

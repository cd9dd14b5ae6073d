// The methods this room adds to a core; src/index.ts joins the rooms.
import { readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, checkWatch, inSlices, WATCH_KEYS, type Watch } from '../wasm/steps.js';
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
import { type Bottleneck, type BottleneckOptions, bottleneck } from './bottleneck.js';
import { couplingSteps, type LatticeCouplings, type LatticeOptions } from './couplings.js';
import { type GrainSpacing, type GrainSpacingOptions, grainSpacing } from './grainSpacing.js';
import { type Hysteresis, type HysteresisOptions, latticeHysteresis } from './hysteresis.js';
import {
  type LatticeBranch,
  type LatticeBranchOptions,
  type LatticeMeanField,
  type LatticeMeanFieldOptions,
  latticeBranches,
  latticeMeanField,
} from './meanfield.js';
import { type LatticeModel, placeLattice } from './model.js';
import { type LatticeVerdict, latticeVerdict } from './verdict.js';

export function latticeApi(runtime: Runtime) {
  function steps(options: LatticeOptions) {
    const { model, coupling } = checkCoupling('options', options);
    return couplingSteps(runtime, placeLattice(runtime, model), coupling);
  }
  return {
    /**
     * Orbitals of one particle on the lattice of [CC22] (15) and their components at the origin, the couplings of
     * (18) in units of g0. No matrix of eigenvectors is formed, but by `dense`.
     *
     * @returns Orbitals by ascending energy, with bounds on each coupling.
     * @throws InputError for an option out of range; ConvergenceError when a method that needs localized orbitals is
     *   asked for and they are not. `auto` always succeeds.
     */
    latticeCouplings: (options: LatticeOptions): LatticeCouplings => atOnce(steps(options)),

    /**
     * `latticeCouplings`, the same bits, with the event loop running in between: every 25 ms or so by `local` and
     * `lanczos`; `band` and `dense` are one step.
     *
     * @param control - How the computation is watched and ended; with `onProgress` the last call is with 1.
     * @returns What `latticeCouplings` returns.
     * @throws As `latticeCouplings`, by a rejected promise; the signal's reason when it aborts.
     */
    async latticeCouplingsAsync(options: LatticeOptions, control: Watch = {}): Promise<LatticeCouplings> {
      const watch = checkWatch('control', readOptions<Watch>('control', control, WATCH_KEYS));
      return inSlices(steps(options), watch);
    },

    /**
     * The least fixed point of the mean-field equations for these couplings, with bounds on η_tot from what was not
     * resolved, and whether the avalanche runs: η_tot > threshold · N log 2.
     *
     * @param couplings - What `latticeCouplings` returned.
     * @returns Couplings and entropies orbital by orbital, η_tot with its bounds, the verdict and whether it is certain.
     * @throws InputError for anything else than such couplings, or an option out of range.
     */
    latticeMeanField: (couplings: LatticeCouplings, options?: LatticeMeanFieldOptions): LatticeMeanField =>
      latticeMeanField(runtime, checkCouplings(couplings), checkMeanField(options)),

    /**
     * Every fixed point of the mean-field equations for these couplings, by ascending η_tot: where two are stable the
     * lattice is hysteretic.
     *
     * @param couplings - What `latticeCouplings` returned; those not found count as 0.
     * @returns One entry a fixed point, at least one.
     * @throws InputError as `latticeMeanField`; ConvergenceError when not all fixed points were found.
     */
    latticeBranches: (couplings: LatticeCouplings, options?: LatticeBranchOptions): LatticeBranch[] =>
      latticeBranches(runtime, checkCouplings(couplings).phi0, checkBranches(options)),

    /**
     * Sweeps of W at fixed phases, down from the least solution at the largest W and up from the thermal one at the
     * least W, each step starting from the state of the one before: between them lies the hysteresis of the avalanche.
     *
     * @returns Both sweeps, and where they part.
     * @throws InputError for an option out of range; ConvergenceError when not all fixed points were found.
     */
    latticeHysteresis(options: HysteresisOptions): Hysteresis {
      const { model, strengths, g0 } = checkHysteresis(options);
      return latticeHysteresis(runtime, model, strengths, g0);
    },

    /**
     * The spacing of thermal grains that leaves the lattice between them localized ([CC22] (20)): the distance from the
     * origin beyond which renormalized couplings sum to less than `ratio` times the level spacing 1/d of the grain with
     * what it has thermalized, d = dg·e^{η_tot}.
     *
     * @param couplings - What `latticeCouplings` returned by a method that knows the sites: `local` or `dense`.
     * @param solution - What `latticeMeanField` returned for them.
     * @returns The distance in steps on the lattice; null when not even the last shell does, which an avalanche gives.
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
     * Where an avalanche in two dimensions is weakest for couplings g0 e^{−r/ζ}, what [CC22] (17) is about, in the
     * continuum and, as the least g0 whose avalanche runs, by the mean-field equations on the sites of a disc. How
     * the closed forms follow from (17): docs/bottleneck.md.
     *
     * @returns The bottleneck in closed form, and the critical g0 that was found.
     * @throws InputError for an option out of range.
     */
    bottleneck: (options: BottleneckOptions): Bottleneck => bottleneck(runtime, checkBottleneck(options)),

    /**
     * The avalanche's verdict alone, by the cheapest computation that makes it certain: a lower bound from groups of
     * orbitals, the couplings of the origin's spectral measure, the exponentially small ones as far as they are needed.
     * Where it runs, `etaTot` may be a lower bound; see `stage`. Same bits for the same model.
     *
     * @param model - As in the options of `latticeCouplings`.
     * @returns The verdict, the bounds on η_tot that it rests on, and which stage decided.
     * @throws InputError for a model or an option out of range.
     */
    latticeVerdict: (model: LatticeModel, options?: LatticeMeanFieldOptions): LatticeVerdict =>
      latticeVerdict(runtime, checkModel('model', model), checkMeanField(options)),
  };
}

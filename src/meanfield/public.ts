// The mean-field equations as methods of a core, and the couplings of a chain as a function of their own.
import {
  checkChoice,
  checkFloat64Array,
  checkInteger,
  checkNumber,
  type Name,
  readList,
  readOptions,
  within,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { asFloats, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, checkWatch, inSlices, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import { BARE_KEYS, checkBare, checkHow, checkIterates } from './arguments.js';
import { type EndEntropy, fitFirstCoupling, MOST } from './firstCoupling.js';
import { type IteratesOptions, type MeanFieldIterates, meanFieldIterates } from './iterates.js';
import { type MeanFieldMap, meanFieldMap } from './map.js';
import {
  type BareAsyncOptions,
  type BareOptions,
  type Branch,
  branchSteps,
  DEFAULT_SOLVE,
  MAX_SPINS,
  type MeanFieldSolution,
  type Solve,
  type SolveAsyncOptions,
  type SolveOptions,
  solveSteps,
} from './solve.js';
import * as special from './special.js';
import { readGrain, type StatisticsOptions } from './statistics.js';

export type { EndEntropy } from './firstCoupling.js';
export type { IteratesOptions, MeanFieldIterates } from './iterates.js';
export type { MeanFieldMap } from './map.js';
export type {
  BareAsyncOptions,
  BareOptions,
  Branch,
  MeanFieldSolution,
  SolveAsyncOptions,
  SolveOptions,
  Spins,
} from './solve.js';
export type { CriticalCoupling, DrhParameters, Fold, SymmetricSolution } from './special.js';

const METHODS = ['scalar', 'iteration'] as const;

const checkCap = ({ maxIterations = DEFAULT_SOLVE.maxIterations }: BareOptions) =>
  checkNumber(['options', 'maxIterations'], maxIterations, { min: 1 });

/** Checks the arguments of `solveMeanField`; of `solveMeanFieldAsync` with the keys of a watch among the options. */
function checkSolve(bare: unknown, options: SolveAsyncOptions, keys: readonly string[] = WATCH_KEYS) {
  const given = readOptions<SolveAsyncOptions>('options', options, [
    'method',
    ...BARE_KEYS,
    'tolerance',
    ...keys,
  ]);
  const watch = checkWatch('options', given);
  const how = checkHow(given);
  const method = checkChoice(['options', 'method'], given.method ?? DEFAULT_SOLVE.method, METHODS);
  const maxIterations = checkCap(given);
  const tolerance = checkNumber(['options', 'tolerance'], given.tolerance ?? DEFAULT_SOLVE.tolerance, {
    min: 0,
  });
  const solve: Solve = { method, maxIterations, tolerance };
  return { bare: checkBare(bare, how), how: solve, watch };
}

/** Checks the arguments of `meanFieldBranches` and `meanFieldBranchesAsync`. */
function checkBranches(bare: unknown, options: BareAsyncOptions, keys: readonly string[] = WATCH_KEYS) {
  const given = readOptions<BareAsyncOptions>('options', options, [...BARE_KEYS, ...keys]);
  const watch = checkWatch('options', given);
  const how = checkHow(given);
  const cap = checkCap(given);
  return { bare: checkBare(bare, how), cap, watch };
}

function checkDrh(parameters: special.DrhParameters): special.DrhParameters {
  if (parameters === undefined) throw new InputError('parameters', 'expected an object, got undefined');
  const given = readOptions<special.DrhParameters>('parameters', parameters, ['g0', 'alpha', 'n']);
  return {
    g0: checkNumber('g0', given.g0, { min: 0 }),
    alpha: checkNumber('alpha', given.alpha, { above: 0 }),
    n: checkInteger('n', given.n, { min: 1, max: MAX_SPINS }),
  };
}

function finiteCouplings(name: Name, parameters: special.DrhParameters): Float64Array {
  const couplings = special.drhCouplings(parameters);
  const beyond = couplings.findIndex((g) => !Number.isFinite(g));
  if (beyond < 0) return couplings;
  const { alpha } = parameters;
  throw new InputError(name, `g0 alpha^${beyond} is beyond the range of doubles for alpha = ${alpha}`);
}

function checkEnds(ends: readonly EndEntropy[]): EndEntropy[] {
  const given = readList('ends', ends);
  if (!given || given.length === 0) {
    throw new InputError('ends', 'expected at least one measured entropy { alpha, n, mean, error }');
  }
  return Array.from(given, (end, i) => {
    const name: Name = ['ends', i];
    const { alpha, n, mean, error } = readOptions<EndEntropy>(name, end, ['alpha', 'n', 'mean', 'error']);
    const checked = {
      alpha: checkNumber(within(name, 'alpha'), alpha, { above: 0 }),
      n: checkInteger(within(name, 'n'), n, { min: 1, max: MAX_SPINS }),
      mean: checkNumber(within(name, 'mean'), mean, { min: 0, max: 0.6931471805599454 }),
      error: checkNumber(within(name, 'error'), error, { above: 0 }),
    };
    finiteCouplings(within(name, 'alpha'), { g0: MOST, ...checked });
    return checked;
  });
}

function checkSymmetric(g0: number, n: number): void {
  checkNumber('g0', g0, { min: 0 });
  checkInteger('n', n, { min: 1 });
}

/**
 * Bare couplings g_{n,0} = g_{1,0} α^{n−1}, n = 1…N ([CC22] (12)).
 * A coupling of a long chain may underflow to 0 although an avalanche would make it large: see `drhLogCouplings` of the
 * core. Couplings that do not underflow have a relative error of at most 2e-14.
 *
 * @param parameters - First coupling g0 ≥ 0, ratio alpha > 0, number of spins n, 1 … 2²⁵.
 * @returns n couplings, the first spin's first.
 * @throws InputError for a value out of range, or a coupling beyond the range of doubles.
 */
export function drhCouplings(parameters: special.DrhParameters): Float64Array {
  return finiteCouplings('alpha', checkDrh(parameters));
}

export default function equationsApi(runtime: Runtime) {
  return {
    /**
     * The mean-field solution for bare couplings g_{n,0} ≥ 0 ([CC22] (11)): the least fixed point, certified.
     * `converged: false` reports that `maxIterations` were not enough.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @returns Couplings and entropies of each spin in the order of `bare`, and η_tot.
     * @throws InputError for a coupling that is negative or not finite, or an option out of range.
     */
    solveMeanField(bare: Numbers, options: SolveOptions = {}): MeanFieldSolution {
      const task = checkSolve(asFloats('bare', bare), options, []);
      return atOnce(solveSteps(runtime, task.bare, task.how, UNBOUNDED));
    },
    /**
     * `solveMeanField`, with the same options and the same bits, in slices: between them the event loop runs,
     * `onProgress` is called, and an AbortSignal is seen. A slice takes at least one pass over all couplings:
     * 25 ms for two million of them.
     *
     * @param bare - As of `solveMeanField`; copied before the event loop runs.
     * @returns A promise of what `solveMeanField` returns.
     * @throws InputError as `solveMeanField`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async solveMeanFieldAsync(bare: Numbers, options: SolveAsyncOptions = {}): Promise<MeanFieldSolution> {
      const { watch, ...task } = checkSolve(asFloats('bare', bare), options);
      return inSlices(solveSteps(runtime, task.bare, task.how, budgetOf(watch)), watch);
    },
    /**
     * Every fixed point of the mean-field equations ([CC22] (11)), by ascending η_tot: the first is `solveMeanField`.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @returns One entry for each fixed point, at least one.
     * @throws InputError as `solveMeanField`; ConvergenceError when `maxIterations` were not enough to find all.
     */
    meanFieldBranches(bare: Numbers, options: BareOptions = {}): Branch[] {
      const task = checkBranches(asFloats('bare', bare), options, []);
      return atOnce(branchSteps(runtime, task.bare, task.cap, UNBOUNDED));
    },
    /**
     * `meanFieldBranches`, with the same options and the same bits, in slices, as `solveMeanFieldAsync`.
     *
     * @param bare - As of `meanFieldBranches`; copied before the event loop runs.
     * @returns A promise of what `meanFieldBranches` returns.
     * @throws InputError as `meanFieldBranches`; ConvergenceError likewise; the signal's reason when it aborts; what
     *   `onProgress` throws.
     */
    async meanFieldBranchesAsync(bare: Numbers, options: BareAsyncOptions = {}): Promise<Branch[]> {
      const { watch, ...task } = checkBranches(asFloats('bare', bare), options);
      return inSlices(branchSteps(runtime, task.bare, task.cap, budgetOf(watch)), watch);
    },
    /**
     * The scalar map Φ whose fixed points T = Φ(T) the solutions are (T = η_tot, nats), and its slope, at each T: a
     * fixed point is stable where the slope is below 1.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @param t - Points T, nats, any finite numbers.
     * @returns Φ and its slope at each point.
     * @throws InputError for a coupling that is negative or not finite, or a point that is not finite.
     */
    meanFieldMap(
      bare: Float64Array,
      t: Float64Array,
      options: Pick<BareOptions, 'log' | 'grain'> = {},
    ): MeanFieldMap {
      const given = readOptions<Pick<BareOptions, 'log' | 'grain'>>('options', options, ['log', 'grain']);
      const checked = checkBare(bare, checkHow(given));
      return meanFieldMap(runtime, checked, checkFloat64Array('t', t));
    },
    /**
     * Every iterate of (13) from the bare couplings to the least fixed point, as `method: 'iteration'` of
     * `solveMeanField` goes through them: how the avalanche spreads, or stops.
     *
     * @param bare - 1 … 2²² bare reduced couplings; with `log: true` their logarithms.
     * @param options - `log` and `grain` as of `solveMeanField`; `maxIterations`, 1000 by default, and `tolerance`.
     * @returns Couplings and entropies of each iterate, row by row, and its η_tot; the last has converged if `converged`.
     * @throws InputError for a coupling that is negative or not finite, or more than 2²³ couplings in all iterates.
     * @example
     * ```js
     * import { createCore, drhCouplings } from 'emft';
     * const core = await createCore();
     * const bare = drhCouplings({ g0: 0.5, alpha: 0.5, n: 20 });
     * const { count, etaTot } = core.meanFieldIterates(bare, { tolerance: 1e-6 });
     * console.log(count, etaTot[0] < etaTot[count - 1]); // 22 true
     * core.dispose();
     * ```
     */
    meanFieldIterates(bare: Numbers, options: IteratesOptions = {}): MeanFieldIterates {
      const task = checkIterates(asFloats('bare', bare), options);
      return meanFieldIterates(runtime, task.bare, task.follow);
    },
    /**
     * The g_{1,0} at which the mean field of chains g_{n,0} = g_{1,0} α^{n−1} agrees on average with the measured
     * entropies of their last l-bits: the root of Σ (mean field − measured)/error². Only ratios of the errors matter.
     *
     * @param ends - At least one measured entropy.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns g_{1,0}, from 1e-4 to 10.
     * @throws InputError for a value out of range, and when no coupling from 1e-4 to 10 gives these entropies.
     */
    fitFirstCoupling: (ends: readonly EndEntropy[], options: StatisticsOptions = {}): number =>
      fitFirstCoupling(runtime, checkEnds(ends), readGrain(options)),
    /**
     * log g_{n,0} of a chain g_{n,0} = g_{1,0} α^{n−1} ([CC22] (12)), for `solveMeanField` with `log: true`: the
     * logarithms stay in range however long the chain is, where g_{n,0} itself underflows.
     *
     * @param parameters - First coupling g0 ≥ 0, ratio alpha > 0, number of spins n, 1 … 2²⁵.
     * @returns n logarithms, the first spin's first.
     * @throws InputError for a value out of range.
     */
    drhLogCouplings: (parameters: special.DrhParameters): Float64Array =>
      special.drhLogCouplings(runtime, checkDrh(parameters)),
    /**
     * Two spins, g1 = g_{1,0} e^{η(g2)/2} and g2 = g_{2,0} e^{η(g1)/2} ([CC22] (8), (9)): the least solution.
     *
     * @param g1 - g_{1,0} ≥ 0.
     * @param g2 - g_{2,0} ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays of two.
     * @throws InputError for a coupling that is negative or not finite.
     */
    twoSpin(g1: number, g2: number, options: StatisticsOptions = {}): MeanFieldSolution {
      checkNumber('g1', g1, { min: 0 });
      checkNumber('g2', g2, { min: 0 });
      return special.twoSpin(runtime, g1, g2, readGrain(options));
    },
    /**
     * The least root of g = g0 e^{Nη(g)/2} ([CC22] (21)).
     *
     * @param g0 - Bare reduced coupling, ≥ 0.
     * @param n - N, 1 and up.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns The mean-field solution of the symmetric model.
     * @throws InputError for a value out of range; ConvergenceError when 100 000 iterations were not enough.
     */
    symmetricMeanField(g0: number, n: number, options: StatisticsOptions = {}): special.SymmetricSolution {
      checkSymmetric(g0, n);
      return special.symmetricMeanField(runtime, g0, n, readGrain(options));
    },
    /**
     * Every root of g = g0 e^{Nη(g)/2} ([CC22] (21)), ascending; the first is the mean-field solution.
     *
     * @param g0 - Bare reduced coupling, ≥ 0.
     * @param n - N, 1 and up.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns One entry for each root, at least one.
     * @throws InputError for a value out of range; ConvergenceError when 100 000 iterations were not enough.
     */
    symmetricBranches(g0: number, n: number, options: StatisticsOptions = {}): special.SymmetricSolution[] {
      checkSymmetric(g0, n);
      return special.symmetricBranches(runtime, g0, n, readGrain(options));
    },
    /**
     * g_c(N) of the symmetric model, where the least root of [CC22] (21) ends in a fold and the solution jumps.
     *
     * @param n - N, 1 and up.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns The folds; null for N ≤ 10 (11 with `'poisson'`), where the solution is single-valued.
     * @throws InputError for an n that is not a whole number ≥ 1.
     */
    criticalCoupling: (n: number, options: StatisticsOptions = {}): special.CriticalCoupling | null =>
      special.criticalCoupling(runtime, checkInteger('n', n, { min: 1 }), readGrain(options)),
  };
}

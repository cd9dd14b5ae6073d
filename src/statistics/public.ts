// The methods that this room adds to a core for levels; src/index.ts joins the rooms.
import { copyOf } from '../wasm/arena.js';
import { checkChoice, checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, checkWatch, inSlices, WATCH_KEYS } from '../wasm/steps.js';
import { checkAscending, checkParts, checkSpectra } from './arguments.js';
import {
  ENSEMBLES,
  type FormFactorTask,
  formFactorSteps,
  gapRatios,
  levelReference,
  numberVariance,
  QUANTITIES,
  thoulessTime,
  unfold,
} from './levels.js';
import type {
  Ensemble,
  FormFactor,
  FormFactorAsyncOptions,
  FormFactorOptions,
  GapRatioOptions,
  LevelQuantity,
  SpectraOptions,
  ThoulessOptions,
  ThoulessTime,
  UnfoldOptions,
} from './types.js';

export type * from './types.js';

/** Phases are known to some 1e-7 of a turn where a time has that many turns. */
const MOST_TIME = 2 ** 20;
/** Beyond so many turns the kernel knows no digit of a phase; and squares of larger levels overflow. */
const [MOST_TURNS, MOST_LEVEL] = [2 ** 50, 2 ** 500];
/** What to do about levels that do not ascend, for messages. */
const FALLEN =
  "; where a polynomial that unfolded them falls, take the method 'ensemble' or 'local' of unfold, or a lower degree";
const ensembles = Object.keys(ENSEMBLES) as Ensemble[];
const quantities = Object.keys(QUANTITIES) as LevelQuantity[];

const checkCount = (spectra: unknown) =>
  checkInteger(['options', 'spectra'], spectra ?? 1, { min: 1, max: 2 ** 26 });

function checkGaps(levels: unknown, options: GapRatioOptions) {
  const given = readOptions<GapRatioOptions>('options', options, ['tolerance', 'spectra']);
  const spectra = checkCount(given.spectra);
  const hint = '; with several spectra in one array, options.spectra is their number';
  return {
    spectra,
    levels: checkSpectra('levels', levels, spectra, 3, spectra === 1 ? hint : ''),
    tolerance: checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-12, { min: 0, max: 1 }),
  };
}

function checkFormFactor(levels: unknown, times: unknown, given: FormFactorOptions): FormFactorTask {
  const spectra = checkCount(given.spectra);
  const checked = checkParts('levels', levels, spectra, 1);
  const tau = checkNumbers('times', times, { min: -MOST_TIME, max: MOST_TIME });
  checkPhases(checked, tau);
  return {
    spectra,
    levels: checked,
    times: tau,
    width: checkNumber(['options', 'width'], given.width ?? 0.5, { min: 0, max: 1e6 }),
  };
}

/** Refuses levels whose phases at the times, or whose squares, are beyond what is known of them. */
function checkPhases(levels: Float64Array, times: Float64Array): void {
  const largest = times.reduce((most, t) => Math.max(most, Math.abs(t)), 0);
  const bad = levels.findIndex((e) => Math.abs(e) > MOST_LEVEL || !(Math.abs(e) * largest < MOST_TURNS));
  if (bad < 0) return;
  const most = Math.min(MOST_LEVEL, MOST_TURNS / largest);
  throw new InputError(
    'levels',
    `element ${bad} is ${levels[bad]}, of which no phase is known at a time of ${largest}: expected less than ${most.toPrecision(2)} in size, as unfolded levels are`,
  );
}

export default function statisticsApi(runtime: Runtime) {
  return {
    /**
     * The mean ratio of consecutive gaps, [min(δ_i, δ_{i+1})/max(δ_i, δ_{i+1})], of ascending levels: 0.5307 of large GOE
     * matrices, 0.5996 of GUE, 2 log 2 − 1 = 0.3863 of Poisson levels. A pair of gaps that are 0 counts as 0, and copies of a level
     * that rounding tells apart are no gaps: to 1e-12 of the largest level, which sweeps take of all levels that they have.
     *
     * @param levels - Three or more of each spectrum, one spectrum after another, each ascending; they need no unfolding.
     * @param options - Which gaps are none, and how many spectra.
     * @returns The mean, 0 … 1; of several spectra that of the means of those whose gaps are not all 0. NaN where all gaps are 0.
     * @throws InputError for fewer than three levels, such that do not ascend or are not finite, or an option out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const { values } = core.eigh(core.goe(500, { seed: 1 }), 500, { vectors: false });
     * console.log(core.gapRatio(values).toFixed(2)); // 0.53
     * core.dispose();
     * ```
     */
    gapRatio: (levels: Numbers, options: GapRatioOptions = {}): number =>
      gapRatios(runtime, checkGaps(levels, options)).mean,

    /**
     * The ratio of consecutive gaps of each pair, of which `gapRatio` is the mean.
     *
     * @param levels - n ≥ 3 of each spectrum, one spectrum after another, each ascending.
     * @param options - As for `gapRatio`.
     * @returns n − 2 ratios of each spectrum, 0 … 1; all NaN of one where all gaps are 0.
     * @throws InputError as `gapRatio`.
     */
    gapRatios: (levels: Numbers, options: GapRatioOptions = {}): Float64Array =>
      gapRatios(runtime, checkGaps(levels, options)).ratios,

    /**
     * Levels on the scale of a smooth staircase N(E), so that their mean spacing is 1.
     *
     * @param levels - Of all spectra, one spectrum after another, each ascending.
     * @param options - Which staircase, and how many spectra. A polynomial may fall somewhere, most of all at the ends, and
     *   levels then do not ascend: 'ensemble' and 'local' staircases never fall.
     * @returns As many unfolded levels, in the same order.
     * @throws InputError for levels that do not ascend within a spectrum, or an option out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const unfolded = core.unfold([1, 2, 3, 4.5, 6, 7.5], { degree: 2 });
     * console.log(Array.from(unfolded, (x) => x.toFixed(2)).join(' ')); // 0.55 1.50 2.37 3.55 4.58 5.45
     * core.dispose();
     * ```
     */
    unfold(levels: Numbers, options: UnfoldOptions = {}): Float64Array {
      const given = readOptions<UnfoldOptions>('options', options, ['spectra', 'method', 'degree', 'window']);
      const spectra = checkCount(given.spectra);
      const methods = ['polynomial', 'ensemble', 'local'] as const;
      return unfold(runtime, {
        spectra,
        levels: checkSpectra('levels', levels, spectra, 0),
        method: checkChoice(['options', 'method'], given.method ?? 'polynomial', methods),
        degree: checkInteger(['options', 'degree'], given.degree ?? 9, { min: 1, max: 50 }),
        window: checkInteger(['options', 'window'], given.window ?? 10, { min: 1, max: 2 ** 30 }),
      });
    },

    /**
     * Σ²(L): the variance of the number of levels in a window of length L, over all places of the window within the
     * spectra, exactly.
     *
     * @param levels - Unfolded, of all spectra, one after another, each ascending.
     * @param lengths - L, ≥ 0, in units of the mean spacing.
     * @returns One variance a length; NaN where no spectrum is longer.
     * @throws InputError for levels that do not ascend, a length that is negative, or an option out of range.
     */
    numberVariance(levels: Numbers, lengths: Numbers, options: SpectraOptions = {}): Float64Array {
      const spectra = checkCount(readOptions<SpectraOptions>('options', options, ['spectra']).spectra);
      const checked = checkSpectra('levels', levels, spectra, 1, FALLEN);
      return numberVariance(runtime, checked, checkNumbers('lengths', lengths, { min: 0 }), spectra);
    },

    /**
     * The spectral form factor K(τ) = ⟨|Σ_j ρ_j e^{−2πi ε_j τ}|²⟩/⟨Σ_j ρ_j²⟩ of unfolded levels ε, over all spectra, with
     * Gaussian weights ρ that take away what the ends of a spectrum would add (Šuntajs et al., Phys. Rev. E 102, 062144
     * (2020)); τ = 1 is the Heisenberg time. Takes about 5 ns for each level, time and spectrum.
     *
     * @param levels - Unfolded, of all spectra, one after another, in any order within each.
     * @param times - τ, −2²⁰ … 2²⁰, in units of the Heisenberg time; ascending by decades as a rule.
     * @param options - Number of spectra, and the width of the weights.
     * @returns K, its errors, and its connected part, at each time.
     * @throws InputError for levels that are not finite or no whole number of spectra, such that |ε τ| reaches 2⁵⁰ or |ε| exceeds 2⁵⁰⁰, a
     *   time or an option out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Equal spacings: all levels come back together at τ = 1.
     * const levels = Float64Array.from({ length: 100 }, (_, j) => j);
     * const { values } = core.spectralFormFactor(levels, [0.5, 1], { width: 0 });
     * console.log(Array.from(values, (x) => x.toFixed(3)).join(' ')); // 0.000 100.000
     * core.dispose();
     * ```
     */
    spectralFormFactor: (levels: Numbers, times: Numbers, options: FormFactorOptions = {}): FormFactor =>
      atOnce(
        formFactorSteps(
          runtime,
          checkFormFactor(levels, times, readOptions('options', options, ['spectra', 'width'])),
        ),
      ),

    /**
     * `spectralFormFactor`, with the same options and the same bits, in slices, as `eighAsync`; a step is one spectrum.
     *
     * @param levels - As for `spectralFormFactor`.
     * @param times - As for `spectralFormFactor`.
     * @returns A promise of what `spectralFormFactor` returns.
     * @throws InputError as `spectralFormFactor`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async spectralFormFactorAsync(
      levels: Numbers,
      times: Numbers,
      options: FormFactorAsyncOptions = {},
    ): Promise<FormFactor> {
      const given = readOptions<FormFactorAsyncOptions>('options', options, [
        'spectra',
        'width',
        ...WATCH_KEYS,
      ]);
      const watch = checkWatch('options', given);
      const task = checkFormFactor(levels, times, given);
      // Arrays of the caller may change while it computes.
      return inSlices(
        formFactorSteps(runtime, { ...task, levels: copyOf(task.levels), times: copyOf(task.times) }),
        watch,
      );
    },

    /**
     * Where a form factor comes to that of random matrices: the last time up to 1 at which |log10(K/K_RMT)| falls below a
     * tolerance, between two points by a straight line in log τ, and g = log10(t_H/t_Th).
     *
     * @param times - τ ≥ 0, ascending, in units of the Heisenberg time.
     * @param formFactor - K at each of them, ≥ 0; smooth it before where it is noisy.
     * @param options - The ensemble and the tolerance.
     * @returns Time and g; NaN where K still differs at the last time up to 1.
     * @throws InputError for times that do not ascend, lengths that differ, or an option out of range.
     */
    thoulessTime(times: Numbers, formFactor: Numbers, options: ThoulessOptions = {}): ThoulessTime {
      const given = readOptions<ThoulessOptions>('options', options, ['ensemble', 'tolerance']);
      const tau = checkNumbers('times', checkAscending('times', times, 1), { min: 0 });
      const k = checkNumbers('formFactor', formFactor, { length: tau.length, min: 0 });
      const ensemble = checkChoice(['options', 'ensemble'], given.ensemble ?? 'goe', ['goe', 'gue']);
      const tolerance = checkNumber(['options', 'tolerance'], given.tolerance ?? 0.08, { above: 0 });
      return thoulessTime(runtime, tau, k, ensemble, tolerance);
    },

    /**
     * What levels of random spectra have: the density of gap ratios (surmise of Atas et al., Phys. Rev. Lett. 110, 084101
     * (2013)) or of spacings (Wigner's surmise), the number variance, or the form factor, the last two of infinite matrices.
     *
     * @param ensemble - `poisson`, `goe` or `gue`.
     * @param quantity - `gapRatio`, `spacing`, `numberVariance` or `formFactor`.
     * @param x - Ratios, spacings, lengths (both in mean spacings) or times (in Heisenberg times), ≥ 0.
     * @returns The quantity at each x.
     * @throws InputError for another word, or a number that is negative or not finite.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const k = core.levelReference('goe', 'formFactor', [0.1, 1, 10]);
     * console.log(Array.from(k, (x) => x.toFixed(4)).join(' ')); // 0.1818 0.9014 0.9992
     * core.dispose();
     * ```
     */
    levelReference(ensemble: Ensemble, quantity: LevelQuantity, x: Numbers): Float64Array {
      checkChoice('ensemble', ensemble, ensembles);
      checkChoice('quantity', quantity, quantities);
      return levelReference(runtime, ensemble, quantity, checkNumbers('x', x, { min: 0, max: 1e15 }));
    },
  };
}

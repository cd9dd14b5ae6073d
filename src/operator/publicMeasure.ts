// The methods that this room adds to a core for operators in given states; src/index.ts joins the rooms.
import type { Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, inSlices, WATCH_KEYS } from '../wasm/steps.js';
import { correlationSteps } from './correlations.js';
import { elementSteps, expectationSteps, varianceSteps } from './measure.js';
import { checkCorrelations, checkMeasure } from './measureArguments.js';
import type {
  AnyOperator,
  CorrelationAsyncOptions,
  CorrelationOptions,
  Correlations,
  SpinOperator,
  VectorAsyncOptions,
  VectorOptions,
} from './types.js';
import { kept } from './vectorArguments.js';

export default function measureApi(runtime: Runtime) {
  return {
    /**
     * Expectation values ⟨ψ|A|ψ⟩/⟨ψ|ψ⟩.
     *
     * @param operator - A, as H for `eigsh`.
     * @param states - Vectors of A one after another, none of them zero, of any length: n numbers each, or 2n in pairs.
     * @param options - Whether they are in pairs.
     * @returns ⟨A⟩ of each vector.
     * @throws InputError for vectors that do not fit or are zero, results beyond the largest double, a function of the
     *   program that throws.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const z = core.spins({ sites: 1, terms: [{ op: 'z', sites: [0] }] });
     * // Two real vectors: one complex one has as many numbers.
     * const [states, options] = [[1, 0, 1, 1], { complex: false }];
     * console.log(core.expectation(z, states, options).join(' ')); // 0.5 0
     * console.log(core.variance(z, states, options).map((x) => +x.toFixed(9)).join(' ')); // 0 0.25
     * core.dispose();
     * ```
     */
    expectation(operator: AnyOperator, states: Numbers, options: VectorOptions = {}): Float64Array {
      return atOnce(expectationSteps(runtime, checkMeasure(operator, states, options).task));
    },

    /**
     * `expectation`, with the same options and the same bits, in slices, as `eighAsync`; a step is some vectors.
     *
     * @param operator - As for `expectation`.
     * @param states - As for `expectation`.
     * @returns A promise of what `expectation` returns.
     * @throws InputError as `expectation`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async expectationAsync(
      operator: AnyOperator,
      states: Numbers,
      options: VectorAsyncOptions = {},
    ): Promise<Float64Array> {
      const { task, watch } = checkMeasure(operator, states, options, ...WATCH_KEYS);
      return inSlices(expectationSteps(runtime, kept(task)), watch);
    },

    /**
     * Variances ⟨A²⟩ − ⟨A⟩², as |(A − ⟨A⟩)ψ|²/⟨ψ|ψ⟩: of an eigenvector it is 0 up to the square of the rounding error of Aψ, not up to that error itself.
     *
     * @param operator - As for `expectation`.
     * @param states - As for `expectation`.
     * @param options - As for `expectation`.
     * @returns The variance of each vector.
     * @throws InputError as `expectation`.
     */
    variance(operator: AnyOperator, states: Numbers, options: VectorOptions = {}): Float64Array {
      return atOnce(varianceSteps(runtime, checkMeasure(operator, states, options).task));
    },

    /**
     * `variance`, with the same options and the same bits, in slices, as `eighAsync`; a step is some vectors.
     *
     * @param operator - As for `expectation`.
     * @param states - As for `expectation`.
     * @returns A promise of what `variance` returns.
     * @throws InputError as `expectation`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async varianceAsync(
      operator: AnyOperator,
      states: Numbers,
      options: VectorAsyncOptions = {},
    ): Promise<Float64Array> {
      const { task, watch } = checkMeasure(operator, states, options, ...WATCH_KEYS);
      return inSlices(varianceSteps(runtime, kept(task)), watch);
    },

    /**
     * Matrix elements ⟨i|A|j⟩ between vectors, of eigenvectors what `spectralFunction` and `fidelitySusceptibility` take.
     *
     * @param operator - As for `expectation`.
     * @param states - k vectors as for `expectation`, which are taken as they are, not with length 1.
     * @returns ⟨i|A|j⟩ at i·k + j, or in pairs at 2(i·k + j) where the operator or the vectors are complex.
     * @throws InputError as `expectation`; MemoryError for more than fits.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const x = core.spins({ sites: 1, terms: [{ op: 'x', sites: [0] }] });
     * console.log(core.matrixElements(x, [1, 0, 0, 1], { complex: false }).join(' ')); // 0 0.5 0.5 0
     * core.dispose();
     * ```
     */
    matrixElements(operator: AnyOperator, states: Numbers, options: VectorOptions = {}): Float64Array {
      return atOnce(elementSteps(runtime, checkMeasure(operator, states, options).task));
    },

    /**
     * `matrixElements`, with the same options and the same bits, in slices, as `eighAsync`; a step is some vectors.
     *
     * @param operator - As for `expectation`.
     * @param states - As for `matrixElements`.
     * @returns A promise of what `matrixElements` returns.
     * @throws InputError as `matrixElements`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async matrixElementsAsync(
      operator: AnyOperator,
      states: Numbers,
      options: VectorAsyncOptions = {},
    ): Promise<Float64Array> {
      const { task, watch } = checkMeasure(operator, states, options, ...WATCH_KEYS);
      return inSlices(elementSteps(runtime, kept(task)), watch);
    },

    /**
     * Correlations ⟨A_i B_j⟩ of spins ½ for all pairs of sites, i = j too, in states of the whole space or of a sector, whose
     * symmetries A_i B_j need not have. A state is brought into the whole space for it, 2^sites amplitudes.
     *
     * @param operator - Made by `spins`: the basis of the states. Its terms do not matter.
     * @param states - Vectors of it one after another, none of them zero: n numbers each, or 2n in pairs.
     * @param options - A and B, and whether the product of the means is taken off.
     * @returns Real and imaginary parts.
     * @throws InputError for another operator, vectors that do not fit or are zero, other letters; MemoryError for more sites
     *   than fit.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const sites = 4;
     * const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
     *   Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
     * );
     * const ring = core.spins({ sites, terms, sector: { up: 2 } });
     * const { vectors } = core.eigsh(ring, { k: 1 });
     * const { values } = core.correlations(ring, vectors, { op: 'zz' });
     * console.log(Array.from(values.subarray(0, 4), (x) => x.toFixed(6)).join(' ')); // 0.250000 -0.166667 0.083333 -0.166667
     * core.dispose();
     * ```
     */
    correlations(operator: SpinOperator, states: Numbers, options: CorrelationOptions = {}): Correlations {
      return atOnce(correlationSteps(runtime, checkCorrelations(operator, states, options).task));
    },

    /**
     * `correlations`, with the same options and the same bits, in slices, as `eighAsync`; a step is a pair of sites.
     *
     * @param operator - As for `correlations`.
     * @param states - As for `correlations`.
     * @returns A promise of what `correlations` returns.
     * @throws InputError as `correlations`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async correlationsAsync(
      operator: SpinOperator,
      states: Numbers,
      options: CorrelationAsyncOptions = {},
    ): Promise<Correlations> {
      const { task, watch } = checkCorrelations(operator, states, options, ...WATCH_KEYS);
      return inSlices(correlationSteps(runtime, kept(task)), watch);
    },
  };
}

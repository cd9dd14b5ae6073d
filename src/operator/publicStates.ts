// The methods that this room adds to a core for states of several parts; src/index.ts joins the rooms.
import { readOptions } from '../wasm/check.js';
import type { Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, checkWatch, inSlices, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import { entropySteps, participationSteps, reducedDensitySteps, schmidtSteps } from './schmidt.js';
import { inParts } from './sectorParts.js';
import { checkOrder, checkPlain, checkStates, KEYS, PLAIN_KEYS } from './stateArguments.js';
import type {
  EntropyAsyncOptions,
  EntropyOptions,
  ParticipationAsyncOptions,
  ParticipationOptions,
  SubsystemAsyncOptions,
  SubsystemOptions,
} from './types.js';
import { kept } from './vectorArguments.js';

export default function statesApi(runtime: Runtime) {
  return {
    /**
     * The entanglement entropy of pure states, between the parts in `subsystem` and all the others: von Neumann's, or Rényi's of
     * any order.
     *
     * @param states - Amplitudes of one state after another, of all configurations in order, real or in pairs; of any
     *   norm other than 0. Of vectors in a sector `options.operator` says in which: they are embedded a few at a time, 2²² amplitudes,
     *   or one state, at most.
     * @param options - The parts.
     * @returns S of each state, nats, right to about 1e-15 times the dimension of the smaller side.
     * @throws InputError for a number of amplitudes that does not fit, a state that is zero, an option out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Two spins: up-down minus down-up, and a product.
     * const states = [0, Math.SQRT1_2, -Math.SQRT1_2, 0, 0, 0, 1, 0];
     * const s = core.entanglementEntropy(states, { dimensions: [2, 2], subsystem: [0], complex: false });
     * console.log(Array.from(s, (x) => x.toFixed(6)).join(' ')); // 0.693147 0.000000
     * // Eigenstates in a sector.
     * const terms = ['xx', 'yy', 'zz'].flatMap((op) => [0, 1, 2, 3].map((i) => ({ op, sites: [i, (i + 1) % 4] })));
     * const ring = core.spins({ sites: 4, terms, sector: { up: 2 } });
     * const [ground] = core.entanglementEntropy(core.eigsh(ring, { k: 1 }).vectors, { subsystem: [0, 1], operator: ring });
     * console.log(ground.toFixed(6)); // 0.836988
     * core.dispose();
     * ```
     */
    entanglementEntropy(states: Numbers, options: EntropyOptions): Float64Array {
      const given = readOptions<EntropyOptions>('options', options, [...KEYS, 'order']);
      const order = checkOrder(given.order ?? 1);
      return atOnce(
        inParts(checkStates(states, given), (task) => entropySteps(runtime, task, order, UNBOUNDED)),
      );
    },

    /**
     * `entanglementEntropy`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param states - As for `entanglementEntropy`.
     * @returns A promise of what `entanglementEntropy` returns.
     * @throws InputError as `entanglementEntropy`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async entanglementEntropyAsync(states: Numbers, options: EntropyAsyncOptions): Promise<Float64Array> {
      const given = readOptions<EntropyAsyncOptions>('options', options, [...KEYS, 'order', ...WATCH_KEYS]);
      const watch = checkWatch('options', given);
      const task = kept(checkStates(states, given));
      const order = checkOrder(given.order ?? 1);
      return inSlices(
        inParts(task, (some) => entropySteps(runtime, some, order, budgetOf(watch))),
        watch,
      );
    },

    /**
     * The weights of the Schmidt decomposition of pure states: eigenvalues of the reduced density matrix of the parts in
     * `subsystem`, or of the others where these have fewer configurations; −log of them is the entanglement spectrum.
     *
     * @param states - As for `entanglementEntropy`.
     * @param options - The parts.
     * @returns For each state as many weights as the smaller side has configurations, descending, of sum 1; right to about
     *   1e-16 of the largest.
     * @throws InputError as `entanglementEntropy`.
     */
    schmidtWeights(states: Numbers, options: SubsystemOptions): Float64Array {
      const given = readOptions<SubsystemOptions>('options', options, KEYS);
      return atOnce(inParts(checkStates(states, given), (task) => schmidtSteps(runtime, task, UNBOUNDED)));
    },

    /**
     * `schmidtWeights`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param states - As for `entanglementEntropy`.
     * @returns A promise of what `schmidtWeights` returns.
     * @throws InputError as `entanglementEntropy`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async schmidtWeightsAsync(states: Numbers, options: SubsystemAsyncOptions): Promise<Float64Array> {
      const given = readOptions<SubsystemAsyncOptions>('options', options, [...KEYS, ...WATCH_KEYS]);
      const watch = checkWatch('options', given);
      return inSlices(
        inParts(kept(checkStates(states, given)), (task) => schmidtSteps(runtime, task, budgetOf(watch))),
        watch,
      );
    },

    /**
     * The reduced density matrix of the parts in `subsystem` in pure states: ρ = tr |ψ⟩⟨ψ|/⟨ψ|ψ⟩ over all other parts.
     *
     * @param states - As for `entanglementEntropy`.
     * @param options - The parts.
     * @returns d² numbers for each state, or 2d² with `complex`, d the dimension of the parts inside: entry (i, j) at i·d + j,
     *   or in pairs, what `eigh` and `eighComplex` take; the first of the parts inside, in their order among all, is the lowest
     *   digit of i.
     * @throws InputError as `entanglementEntropy`; MemoryError for more than fits.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Up-down minus down-up: either spin alone is up or down.
     * const singlet = [0, Math.SQRT1_2, -Math.SQRT1_2, 0];
     * const rho = core.reducedDensityMatrix(singlet, { dimensions: [2, 2], subsystem: [0] });
     * console.log(Array.from(rho, (x) => x.toFixed(3)).join(' ')); // 0.500 0.000 0.000 0.500
     * core.dispose();
     * ```
     */
    reducedDensityMatrix(states: Numbers, options: SubsystemOptions): Float64Array {
      const given = readOptions<SubsystemOptions>('options', options, KEYS);
      return atOnce(inParts(checkStates(states, given), (task) => reducedDensitySteps(runtime, task)));
    },

    /**
     * `reducedDensityMatrix`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param states - As for `entanglementEntropy`.
     * @returns A promise of what `reducedDensityMatrix` returns.
     * @throws InputError as `reducedDensityMatrix`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async reducedDensityMatrixAsync(states: Numbers, options: SubsystemAsyncOptions): Promise<Float64Array> {
      const given = readOptions<SubsystemAsyncOptions>('options', options, [...KEYS, ...WATCH_KEYS]);
      const watch = checkWatch('options', given);
      return inSlices(
        inParts(kept(checkStates(states, given)), (task) => reducedDensitySteps(runtime, task)),
        watch,
      );
    },

    /**
     * Participation entropies of states in the basis that they are written in: S = −Σ p log p, p = |ψ|²/⟨ψ|ψ⟩, or of other orders
     * log Σ p^q/(1 − q). e^S of order 2 is the participation number.
     *
     * @param states - Amplitudes of one state after another, real or in pairs, none of them zero.
     * @param options - The order, and how long a state is.
     * @returns S of each state, nats.
     * @throws InputError for a number of amplitudes that does not fit, a state that is zero, an option out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const [s] = core.participationEntropy([1, 1, 1, 1, 0, 0], { order: 2, complex: false });
     * console.log(Math.exp(s).toFixed(6)); // 4.000000
     * core.dispose();
     * ```
     */
    participationEntropy(states: Numbers, options: ParticipationOptions = {}): Float64Array {
      const given = readOptions<ParticipationOptions>('options', options, PLAIN_KEYS);
      const order = checkOrder(given.order ?? 1);
      return atOnce(participationSteps(runtime, checkPlain(states, given), order, UNBOUNDED));
    },

    /**
     * `participationEntropy`, with the same options and the same bits, in slices, as `eighAsync`; a step is one state.
     *
     * @param states - As for `participationEntropy`.
     * @returns A promise of what `participationEntropy` returns.
     * @throws InputError as `participationEntropy`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async participationEntropyAsync(
      states: Numbers,
      options: ParticipationAsyncOptions = {},
    ): Promise<Float64Array> {
      const keys = [...PLAIN_KEYS, ...WATCH_KEYS];
      const given = readOptions<ParticipationAsyncOptions>('options', options, keys);
      const watch = checkWatch('options', given);
      const order = checkOrder(given.order ?? 1);
      const task = kept(checkPlain(states, given));
      return inSlices(participationSteps(runtime, task, order, budgetOf(watch)), watch);
    },
  };
}

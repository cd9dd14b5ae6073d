// The methods that this room adds to a core for states of several parts; src/index.ts joins the rooms.
import { checkBoolean, checkInteger, readList, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { binaryExponent } from '../wasm/magnitude.js';
import { checkNumbers, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, checkWatch, inSlices, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import type { PartsTask } from './density.js';
import { entropySteps, participationSteps, reducedDensitySteps, schmidtSteps } from './schmidt.js';
import type {
  EntropyAsyncOptions,
  EntropyOptions,
  ParticipationAsyncOptions,
  ParticipationOptions,
  SubsystemAsyncOptions,
  SubsystemOptions,
} from './types.js';
import { kept } from './vectorArguments.js';
import { ambiguous, writtenAs } from './written.js';

/** Most configurations of a state. */
const MOST_CONFIGURATIONS = 2 ** 28;
const KEYS = ['dimensions', 'subsystem', 'complex'] as const;
const PLAIN_KEYS = ['order', 'length', 'complex'] as const;

/**
 * The dimensions that are given; by default L twos for 2^L amplitudes of a state. How many a state has is known of vectors that this library
 * returned; any other list counts as one state.
 */
function readDimensions(value: unknown, amplitudes: number): number[] {
  if (value === undefined) {
    const sites = binaryExponent(amplitudes);
    if (sites >= 0 && amplitudes === 2 ** sites) return Array(sites).fill(2);
    throw new InputError(
      ['options', 'dimensions'],
      `expected the dimension of each part: ${amplitudes} amplitudes are no power of two; of copies say also whether they are complex`,
    );
  }
  const list = readList(['options', 'dimensions'], value);
  if (!list) throw new InputError(['options', 'dimensions'], `expected numbers, got ${show(value)}`);
  const dimensions = Array.from(list, (d, p) =>
    checkInteger(['options', 'dimensions', p], d, { min: 1, max: MOST_CONFIGURATIONS }),
  );
  const product = dimensions.reduce((a, d) => a * d, 1);
  if (product > MOST_CONFIGURATIONS) {
    throw new InputError(
      ['options', 'dimensions'],
      `expected a product of at most ${MOST_CONFIGURATIONS}, got ${product}`,
    );
  }
  return dimensions;
}

function readInside(value: unknown, parts: number): boolean[] {
  const list = readList(['options', 'subsystem'], value);
  if (!list)
    throw new InputError(
      ['options', 'subsystem'],
      `expected a list of the places of parts, got ${show(value)}${typeof value === 'number' ? `: [${value}] is that part alone` : ''}`,
    );
  const inside: boolean[] = Array(parts).fill(false);
  list.forEach((item, k) => {
    const name = ['options', 'subsystem', k] as const;
    const place = checkInteger(name, item, { min: 0, max: parts - 1 });
    if (inside[place]) throw new InputError(name, `${place} is there twice`);
    inside[place] = true;
  });
  return inside;
}

/** Counts the states in a list of amplitudes, and refuses a state that is zero. */
function countOf(amplitudes: Float64Array, numbers: number): number {
  const count = amplitudes.length / numbers;
  if (!Number.isInteger(count)) {
    throw new InputError(
      'states',
      `expected a whole number of states of ${numbers} numbers, got ${amplitudes.length} numbers`,
    );
  }
  for (let k = 0; k < count; ++k) {
    const state = amplitudes.subarray(numbers * k, numbers * (k + 1));
    if (state.every((x) => x === 0)) throw new InputError('states', `state ${k} is zero`);
  }
  return count;
}

/** How states are written: as is said, as they were handed out, or real if they cannot be anything else. */
function readWritten(states: unknown, complex: unknown) {
  const said = complex === undefined ? undefined : checkBoolean(['options', 'complex'], complex);
  const written = writtenAs(states, said, false);
  return { ...written, open: said === undefined && written.length === undefined };
}

/** Refuses an array that could be real states of `length` numbers or, with complex amplitudes, half as many or half as long. */
function checkReal(amplitudes: Float64Array, length: number, whole: boolean): void {
  const count = amplitudes.length / length;
  const said = (states: number, long: number) =>
    `${states} ${states === 1 ? 'state' : 'states'} of ${long} amplitudes`;
  if (whole && count === 1 && length % 2 === 0)
    throw ambiguous('states', amplitudes, [said(1, length), said(1, length / 2)]);
  if (!whole && count > 0 && count % 2 === 0)
    throw ambiguous('states', amplitudes, [said(count, length), said(count / 2, length)]);
}

function checkStates(states: unknown, given: SubsystemOptions): PartsTask {
  const { width, length: known, basis, open } = readWritten(states, given.complex);
  if (basis && known !== 2 ** basis.sites && given.dimensions === undefined) {
    throw new InputError(
      'states',
      `are those of a sector of ${basis.sites} sites, got ${known} amplitudes of 2^${basis.sites}: embed of its operator makes whole states of them`,
    );
  }
  const amplitudes = checkNumbers('states', states);
  const dimensions = readDimensions(given.dimensions, known ?? amplitudes.length / width);
  const length = dimensions.reduce((a, d) => a * d, 1);
  if (open) checkReal(amplitudes, length, given.dimensions === undefined);
  const count = countOf(amplitudes, width * length);
  return {
    amplitudes,
    length,
    width,
    count,
    dimensions,
    inside: readInside(given.subsystem, dimensions.length),
  };
}

function checkOrder(order: unknown): number {
  if (typeof order === 'number' && order >= 0) return order;
  throw new InputError(['options', 'order'], `expected a number ≥ 0, Infinity too, got ${show(order)}`);
}

/** States of `length` amplitudes, all one state by default. */
function checkPlain(states: unknown, given: ParticipationOptions) {
  const { width, length: known, open } = readWritten(states, given.complex);
  const amplitudes = checkNumbers('states', states);
  const whole = known ?? Math.max(1, Math.floor(amplitudes.length / width));
  const length = checkInteger(['options', 'length'], given.length ?? whole, {
    min: 1,
    max: MOST_CONFIGURATIONS,
  });
  if (open) checkReal(amplitudes, length, given.length === undefined);
  return { width, amplitudes, length, count: countOf(amplitudes, width * length) };
}

export default function statesApi(runtime: Runtime) {
  return {
    /**
     * The entanglement entropy of pure states, between the parts in `subsystem` and all the others: von Neumann's, or Rényi's of
     * any order.
     *
     * @param states - Amplitudes of one state after another, of all configurations in order, real or in pairs; of any
     *   norm other than 0. `SpinOperator.embed` makes them of vectors in a sector.
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
     * core.dispose();
     * ```
     */
    entanglementEntropy(states: Numbers, options: EntropyOptions): Float64Array {
      const given = readOptions<EntropyOptions>('options', options, [...KEYS, 'order']);
      const order = checkOrder(given.order ?? 1);
      return atOnce(entropySteps(runtime, checkStates(states, given), order, UNBOUNDED));
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
      return inSlices(entropySteps(runtime, task, checkOrder(given.order ?? 1), budgetOf(watch)), watch);
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
      return atOnce(schmidtSteps(runtime, checkStates(states, given), UNBOUNDED));
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
      return inSlices(schmidtSteps(runtime, kept(checkStates(states, given)), budgetOf(watch)), watch);
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
      return atOnce(reducedDensitySteps(runtime, checkStates(states, given)));
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
      return inSlices(reducedDensitySteps(runtime, kept(checkStates(states, given))), watch);
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

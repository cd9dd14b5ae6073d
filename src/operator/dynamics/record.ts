// What is kept of states as they evolve: the states themselves, or expectation values in them.
import { floats } from '../../wasm/arena.js';
import { InputError } from '../../wasm/errors.js';
import { logarithms } from '../../wasm/exponentials.js';
import type { Apply, Computed } from '../compute.js';
import type { Evolution } from '../dynamicsTypes.js';
import { handedOut } from '../written.js';
import type { Flow } from './propagator.js';

/** States that are evolved, and what is asked of them, checked. */
export interface StateTask {
  computed: Computed;
  /** `columns` vectors, none of them 0, of `width` numbers an amplitude. */
  psi: Float64Array;
  width: 1 | 2;
  columns: number;
  times: Float64Array;
  imaginary: boolean;
  observables: readonly Computed[];
  states: boolean;
}

/** Of `evolve`. */
export interface EvolveTask extends StateTask {
  method: 'auto' | 'chebyshev' | 'krylov';
  tolerance: number;
  most: number;
}

/** Of `evolveExact`: energies no farther apart than this, relative to |H|, are one level. */
export interface ExactTask extends StateTask {
  tolerance: number;
}

/** What is known here of a call under way. */
export type RecordedFlow = Pick<Flow, 'runtime' | 'arena' | 'length' | 'pairs' | 'imaginary'>;

/** Room for the results, made before anything is computed. */
export function records(
  { computed, times, columns, observables, states }: StateTask,
  length: number,
): Evolution {
  const count = times.length * columns;
  return {
    times: times.slice(),
    columns,
    states: handedOut(
      floats(states ? count * length : 0),
      computed.n,
      length === 2 * computed.n,
      computed.basis,
    ),
    expectations: observables.map(() => floats(count)),
    logNorms: floats(count),
    errors: floats(count),
    drift: 0,
  };
}

/** Column c of vectors to x, in pairs if these are, with length 1; returns its length. */
export function loadUnit(
  { runtime, arena, length, pairs }: Omit<RecordedFlow, 'imaginary'>,
  { psi, width }: Pick<StateTask, 'psi' | 'width'>,
  c: number,
  x: number,
): number {
  const count = pairs ? length / 2 : length;
  const from = psi.subarray(c * count * width, (c + 1) * count * width);
  const most = from.reduce((m, a) => Math.max(m, Math.abs(a)), 0);
  const to = arena.view(x, length);
  if (!pairs || width === 2) for (let i = 0; i < length; ++i) to[i] = from[i] / most;
  else {
    for (let i = 0; i < count; ++i) {
      to[2 * i] = from[i] / most;
      to[2 * i + 1] = 0;
    }
  }
  const { wasm } = runtime;
  const norm = Math.sqrt(wasm.dot(length, x, x));
  wasm.combine(length, x, x, x, x, 1 / norm, 0, 0, 0);
  return most * norm;
}

/** The expectation value of observable k in a state; one that overflows is refused. */
export function measuredNumber(value: number, k: number): number {
  if (Number.isFinite(value)) return value;
  throw new InputError(
    ['options', 'observables', k],
    'multiplies a state into numbers beyond the largest double',
  );
}

/** Throws for an observable that is not linear; to be called before anything that takes long. */
export function checkObservables({ observables }: Pick<StateTask, 'observables'>): void {
  for (const one of observables) one.checkLinear?.();
}

/** Writes states as they are reached. */
export class Recorder {
  readonly #flow: RecordedFlow;
  readonly #task: StateTask;
  readonly #result: Evolution;
  readonly #observables: Apply[];
  readonly #work: number;
  #norm = 1;

  constructor(flow: RecordedFlow, task: StateTask, result: Evolution) {
    this.#flow = flow;
    this.#task = task;
    this.#result = result;
    this.#observables = task.observables.map((one) => one.place(flow.runtime, flow.arena, flow.pairs));
    this.#work = flow.arena.f64(flow.length);
  }

  /** Vector c as it was given, with length 1, to x. */
  load(c: number, x: number): void {
    this.#norm = loadUnit(this.#flow, this.#task, c, x);
  }

  /** ⟨x|A|x⟩ of the vector at an address and each observable. */
  measured(at: number): number[] {
    const { runtime, length } = this.#flow;
    return this.#observables.map((apply, k) => {
      apply(at, this.#work);
      return measuredNumber(runtime.wasm.dot(length, at, this.#work), k);
    });
  }

  /** The state at an address, of time j and vector c. */
  write(at: number, j: number, c: number, { log, error }: { log: number; error: number }): void {
    const { runtime, arena, length, imaginary } = this.#flow;
    const result = this.#result;
    const place = j * this.#task.columns + c;
    if (imaginary) result.logNorms[place] = log;
    else {
      const norm = Math.sqrt(runtime.wasm.dot(length, at, at));
      result.logNorms[place] = logarithms(runtime, Float64Array.of(norm))[0];
      result.drift = Math.max(result.drift, Math.abs(norm - 1));
    }
    result.errors[place] = error;
    const norm = runtime.wasm.dot(length, at, at);
    this.measured(at).forEach((value, k) => {
      result.expectations[k][place] = value / norm;
    });
    if (!this.#task.states) return;
    const view = arena.view(at, length);
    const first = place * length;
    for (let i = 0; i < length; ++i) result.states[first + i] = this.#norm * view[i];
  }
}

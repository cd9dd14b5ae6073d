// States in time by all eigenvectors of H: ψ(t) = Σ_k v_k e^{−iE_k t} ⟨v_k|ψ⟩, and averages over all times,
//     lim T→∞ (1/T) ∫₀ᵀ ⟨ψ(t)|A|ψ(t)⟩ dt = Σ_E ⟨ψ|P_E A P_E|ψ⟩ ,
// P_E the projector on a level: of a degenerate one on all its states, in which A may have elements between them.
import { eighOfSteps } from '../../eigen/eighOf.js';
import { eighBytes, eighComplexBytes, fastestMethod } from '../../eigen/memory.js';
import { floats } from '../../wasm/arena.js';
import { ULP } from '../../wasm/constants.js';
import { ConvergenceError } from '../../wasm/errors.js';
import { logarithms } from '../../wasm/exponentials.js';
import { exponentOf, timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import { denseOf } from '../dense.js';
import type { Evolution } from '../dynamicsTypes.js';
import { PROGRESS, timesTogether } from '../tuning.js';
import { type Small, small, VectorBlocks } from '../vectorBlocks.js';
import { decays, turns } from './exponentials.js';
import { checkTimes } from './phases.js';
import { checkObservables, type ExactTask, type RecordedFlow, Recorder, records } from './record.js';
import { settle } from './way.js';

const DONE = PROGRESS.evolution;

/**
 * Sizes of coefficients, for a vector of length 1: those below the first are left out beside larger ones; a vector has vanished where none
 * is above the second.
 */
const [NEGLIGIBLE, VANISHED] = [2 ** -960, 2 ** -480];

/** The results for states that evolve by eigenvectors. */
interface ExactRecords extends Evolution {
  energies: Float64Array;
  levels: Float64Array;
  averages: Float64Array[];
}

/** First states of the levels: no two neighbours within one are farther apart than `near`. */
function levelStarts(values: Float64Array, near: number): number[] {
  return Array.from(values.keys()).filter((k) => k === 0 || !(values[k] - values[k - 1] <= near));
}

export function* exactSteps(runtime: Runtime, task: ExactTask, budget: number): Steps<ExactRecords> {
  const { computed, imaginary, observables, times, columns, width } = task;
  const { n, complex } = computed;
  // Refuses what does not fit into memory before products that may take long.
  const solver = (complex ? eighComplexBytes : eighBytes)(runtime, n, fastestMethod(n), true);
  runtime.heap.reserve(computed.bytes + solver);
  const a = yield* share(denseOf(runtime, computed), 0, DONE.dense);
  checkObservables(task);
  const steps = eighOfSteps(runtime, a, n, { complex, vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(steps, DONE.dense, DONE.solved);
  if (!convergence.converged) throw new ConvergenceError('eigh did not converge');
  const size = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const unit = size > 0 ? -exponentOf(size) : 0;
  // In H = 0 a state stays as it is, however long.
  const passed = size > 0 ? times : times.map(() => 0);
  checkTimes(passed, unit, imaginary);
  const energies = values.map((e) => timesPowerOfTwo(e, unit));
  const starts = levelStarts(energies, task.tolerance * timesPowerOfTwo(size, unit));
  const pairs = !imaginary || width === 2 || complex || observables.some((one) => one.complex);
  const length = pairs ? 2 * n : n;
  const evolution = runtime.steps(function* (arena) {
    const result: ExactRecords = {
      ...records(task, length),
      energies: values,
      levels: Float64Array.from(starts),
      averages: observables.map(() => floats(columns)),
    };
    const together = Math.min(timesTogether(n), Math.max(times.length, 1));
    const basis = new EigenBasis(runtime, n, complex, pairs, arena.put(vectors), arena, together);
    const flow: RecordedFlow = { runtime, arena, length, pairs, imaginary };
    const recorder = new Recorder(flow, task, result);
    const x = arena.f64(length);
    const averaged = observables.length > 0 ? starts.length : 0;
    const whole = columns * times.length + (1 + columns) * averaged || 1;
    let done = 0;
    const terms = new LevelTerms(basis, recorder, starts, x);
    for (let l = 0; l < averaged; ++l) {
      terms.prepare(l);
      yield ++done / whole;
    }
    for (let c = 0; c < columns; ++c) {
      recorder.load(c, x);
      const parts = basis.coefficients(x);
      for (let first = 0; first < times.length; first += together) {
        const moved = Array.from(passed.subarray(first, first + together), (t) => {
          const time = timesPowerOfTwo(t, -unit);
          return { time, ...(imaginary ? decayed : turned)(runtime, energies, parts, time) };
        });
        basis.combine(
          moved.map(({ at }) => at),
          0,
          n,
        );
        yield done / whole;
        for (const [i, { time, log, error }] of moved.entries()) {
          basis.take(i, x);
          recorder.write(x, first + i, c, settle(flow, x, { time, log, error }));
          yield ++done / whole;
        }
      }
      for (let l = 0; l < averaged; ++l) {
        const added = terms.of(l, parts);
        for (const [k, average] of result.averages.entries()) average[c] += added[k];
        yield ++done / whole;
      }
    }
    return result;
  });
  return yield* share(evolution, DONE.solved, 1);
}

/** Coefficients at a time; the error of a vector of them, and the logarithm of a factor that it lacks. */
interface Evolved {
  at: Small;
  error: number;
  log: number;
}

function turned(runtime: Runtime, energies: Float64Array, parts: Small, time: number): Evolved {
  const at = multiplied(parts, turns(runtime, energies, time));
  return { at, error: ULP * (energies.length + 4 * Math.abs(time)), log: 0 };
}

/**
 * Coefficients at an imaginary time, in the scale of the extreme level; where next to nothing would be left in it, in that of the level
 * that counts most.
 */
function decayed(runtime: Runtime, energies: Float64Array, parts: Small, time: number): Evolved {
  const n = energies.length;
  const end = time < 0 ? energies[n - 1] : energies[0];
  const usual = multiplied(parts, decays(runtime, energies, time, end));
  if (sizesOf(usual).some((c) => c > VANISHED))
    return { at: usual, error: ULP * (n + 4 * Math.abs(time)), log: -end * time };
  const sizes = sizesOf(parts).map((c) => (c > NEGLIGIBLE ? c : 0));
  const logs = logarithms(runtime, sizes).map((log, k) => log - energies[k] * time);
  const most = logs.reduce((place, log, k) => (log > logs[place] ? k : place), 0);
  const zero = energies[most];
  // Only factors of coefficients that are left out overflow.
  const factors = decays(runtime, energies, time, zero).map((f, k) => (sizes[k >> 1] > 0 ? f : 0));
  // The largest error that there is, 2: coefficients that are left out are within rounding of 0, and would have outgrown the rest.
  return { at: multiplied(parts, factors), error: 2, log: -zero * time };
}

/** The larger part of each coefficient. */
function sizesOf({ re, im }: Small): Float64Array {
  return re.map((c, k) => Math.max(Math.abs(c), Math.abs(im?.[k] ?? 0)));
}

/** |c_k|². */
const squared = ({ re, im }: Small, k: number) => re[k] * re[k] + (im ? im[k] * im[k] : 0);

/** Each coefficient times its factor. */
function multiplied({ re, im, rows, columns }: Small, factors: Float64Array): Small {
  const out = small(rows, columns, true);
  for (let k = 0; k < rows; ++k) {
    const [a, b, c, d] = [re[k], im?.[k] ?? 0, factors[2 * k], factors[2 * k + 1]];
    out.re[k] = a * c - b * d;
    out.im![k] = a * d + b * c;
  }
  return out;
}

/** Eigenvectors at an address, real or complex, and vectors in their terms, which may be in pairs. */
class EigenBasis {
  readonly #columns: VectorBlocks;
  /** Vectors that were combined; of real eigenvectors the two parts of each, one after the other. */
  readonly #combined: number;

  constructor(
    readonly runtime: Runtime,
    readonly n: number,
    readonly complex: boolean,
    readonly pairs: boolean,
    readonly address: number,
    readonly arena: ConstructorParameters<typeof VectorBlocks>[1],
    most: number,
  ) {
    this.#columns = new VectorBlocks(runtime, arena, n, complex, n, 2 * most);
    this.#combined = arena.f64(2 * n * most);
  }

  /** V* x, with imaginary parts. */
  coefficients(x: number): Small {
    const { n, arena, address, pairs } = this;
    if (this.complex) return this.#columns.overlap(n, address, 1, x);
    const [from, to] = [arena.view(x, pairs ? 2 * n : n), arena.view(this.#combined, 2 * n)];
    for (let i = 0; i < n; ++i) {
      to[i] = pairs ? from[2 * i] : from[i];
      to[n + i] = pairs ? from[2 * i + 1] : 0;
    }
    const { re } = this.#columns.overlap(n, address, 2, this.#combined);
    return { rows: n, columns: 1, re: re.slice(0, n), im: re.slice(n) };
  }

  /** x ← v_k. */
  eigenvector(k: number, x: number): void {
    const { n, arena, address, complex, pairs } = this;
    const from = arena.view(this.#columns.column(address, k), complex ? 2 * n : n);
    const to = arena.view(x, pairs ? 2 * n : n);
    if (complex || !pairs) to.set(from);
    else {
      for (let i = 0; i < n; ++i) {
        to[2 * i] = from[i];
        to[2 * i + 1] = 0;
      }
    }
  }

  /** Σ c_k v_k over eigenvectors `first` to before `last`, of each of some coefficients, to be taken. */
  combine(all: readonly Small[], first: number, last: number): void {
    const { n, arena, address, complex } = this;
    const size = last - first;
    const columns = all.length;
    const parts = complex ? all.map(({ re }) => re) : all.flatMap(({ re, im }) => [re, im!]);
    const re = negated(parts, first, last);
    const im = complex
      ? negated(
          all.map(({ im }) => im!),
          first,
          last,
        )
      : null;
    arena.view(this.#combined, 2 * n * columns).fill(0);
    const minus = { rows: size, columns: parts.length, re, im };
    this.#columns.subtract(size, this.#columns.column(address, first), minus, this.#combined);
  }

  /** x ← the i-th vector that was combined. */
  take(i: number, x: number): void {
    const { n, arena, pairs, complex } = this;
    const [to, from] = [arena.view(x, pairs ? 2 * n : n), arena.view(this.#combined + 16 * n * i, 2 * n)];
    if (complex) to.set(from);
    else if (!pairs) to.set(from.subarray(0, n));
    else {
      for (let k = 0; k < n; ++k) {
        to[2 * k] = from[k];
        to[2 * k + 1] = from[n + k];
      }
    }
  }
}

/** What levels add to averages. Of one state v it is |⟨v|ψ⟩|² ⟨v|A|v⟩, whose last factor is measured once, whatever ψ. */
class LevelTerms {
  readonly #own = new Map<number, number[]>();

  /** `x`: the address of room for a vector. */
  constructor(
    readonly basis: EigenBasis,
    readonly recorder: Recorder,
    readonly starts: readonly number[],
    readonly x: number,
  ) {}

  #end(level: number): number {
    return this.starts[level + 1] ?? this.basis.n;
  }

  /** Measures the state of a level that has one alone; to be called before `of`. */
  prepare(level: number): void {
    const { basis, recorder, starts, x } = this;
    if (this.#end(level) - starts[level] > 1) return;
    basis.eigenvector(starts[level], x);
    this.#own.set(level, recorder.measured(x));
  }

  /** For each observable, what a level adds for the vector of these coefficients. */
  of(level: number, parts: Small): number[] {
    const { basis, recorder, starts, x } = this;
    const own = this.#own.get(level);
    if (own) return own.map((value) => squared(parts, starts[level]) * value);
    basis.combine([parts], starts[level], this.#end(level));
    basis.take(0, x);
    return recorder.measured(x);
  }
}

/** Numbers `first` to before `last` of each part, one part after the other, with the other sign. */
function negated(parts: readonly Float64Array[], first: number, last: number): Float64Array {
  const out = new Float64Array(parts.length * (last - first));
  for (const [k, part] of parts.entries()) {
    for (let i = first; i < last; ++i) out[k * (last - first) + i - first] = -part[i];
  }
  return out;
}

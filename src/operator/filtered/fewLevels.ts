// States of an operator with few levels of many copies each. The Krylov space of one random vector is complete after as many products as
// there are levels, and holds one state of each. A vector orthogonal to all that was found gives another copy of every level that has
// more, and nothing of the others.
import { magnitude } from '../../wasm/magnitude.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import { type Ritz, ritz, ritzBytes } from '../ritz.js';
import { type Small, small, VectorBlocks } from '../vectorBlocks.js';
import { fillRandom, type Level } from './bounds.js';
import { choose, distanceTo, type Goal, isInterval } from './goal.js';
import { SLACK } from './memory.js';
import { oneVector } from './oneVector.js';
import type { RitzStates } from './rayleighRitz.js';
import type { Problem, Solved, Stopped } from './rounds.js';

/** A space is complete when β falls below this: the rest is rounding. */
const LAST_BETA = 1e-13;
/** Spare vectors beside those of the space in which the levels were found, in case rounding is taken for another level. */
const SPARE = 4;
/** Ritz values this near to the energy of a level belong to it. */
const SAME_LEVEL = 1e-10;
/** A random vector whose part along a level is below this has none: rounding leaves some 1e-16. */
export const ABSENT = 1e-9;
/** Most times that a state is made more accurate in the Krylov space that begins with it. A cap, not tuned: once is enough as a rule. */
const REFINED = 3;
/** A state must keep at least this share of its length when it is made orthogonal to the others; a new one keeps all but rounding. */
const INDEPENDENT = 0.5;

/** States for which room is needed: one more than asked for, which shows whether the farthest level is complete. */
export function fewCapacity(goal: Goal, levels: readonly Level[], n: number): number {
  if (!isInterval(goal)) return Math.min(n, goal.count + 1);
  const distance = distanceTo(goal);
  // The number of copies of a level, c, is known to about √(2c).
  const most = ({ copies }: Level) => Math.ceil(copies + 8 * Math.sqrt(copies) + 8);
  const sum = levels
    .filter(({ energy }) => distance(energy) <= SAME_LEVEL)
    .reduce((total, level) => total + most(level), 0);
  return Math.min(n, sum);
}

/** Bytes for `capacity` states, twice, and for a space like the one of `vectors` vectors in which the levels were found. */
export function fewBytes(runtime: Runtime, of: Computed, capacity: number, vectors: number): number {
  const { n, complex, bytes } = of;
  const length = complex ? 2 * n : n;
  const space = vectors + SPARE + 2;
  return (
    bytes +
    8 * length * (2 * capacity + space) +
    VectorBlocks.bytes(runtime, n, complex, capacity + space, 1) +
    ritzBytes(runtime, Math.min(n, vectors + SPARE), complex) +
    SLACK
  );
}

/**
 * The states of the goal, if residuals are within the tolerance, which is not below rounding, no more products are made than are
 * allowed, and there are as many states as are asked for: an operator that is not the same in every product has too few.
 */
export function fewLevels(
  { runtime, computed, bounds }: Problem,
  arena: Arena,
  goal: Goal,
  tolerance: number,
  rounding: number,
  allowance: number,
): Steps<Solved | Stopped> {
  const { n, complex } = computed;
  const { levels, space } = bounds;
  const distance = distanceTo(goal);
  const order = levels
    .map(({ energy }) => energy)
    .filter((energy) => !isInterval(goal) || distance(energy) <= SAME_LEVEL)
    .sort((a, b) => distance(a) - distance(b));
  const capacity = fewCapacity(goal, levels, n);
  const length = complex ? 2 * n : n;
  const room = arena.f64(length * capacity);
  return runtime.steps(function* (scratch) {
    const copies = new Copies(runtime, scratch, computed, space, capacity, bounds.parts);
    const spent = () => ({
      products: bounds.products + copies.products,
      orthogonalizations: bounds.orthogonalizations + copies.orthogonalizations,
      degree: 0,
      subspace: space,
    });
    const kept = (): RitzStates => {
      const places = copies.values.map((_, k) => k).sort((a, b) => copies.values[a] - copies.values[b]);
      const values = Float64Array.from(places, (k) => copies.values[k]);
      const there = isInterval(goal) ? goal : { ...goal, count: Math.min(goal.count, values.length) };
      const { first, last, reach } = choose(there, values, rounding);
      const chosen = places.slice(first, last);
      // An energy is known to within its residual.
      const doubt = Math.max(rounding, 2 * Math.max(0, ...chosen.map((k) => copies.residuals[k])));
      for (const [to, from] of chosen.entries()) {
        scratch.view(room + 8 * length * to, length).set(scratch.view(copies.column(from), length));
      }
      return {
        eigenvalues: values.slice(first, last),
        vectors: room,
        residuals: Float64Array.from(chosen, (k) => copies.residuals[k]),
        cut:
          !isInterval(goal) &&
          [first - 1, last].some((k) => k >= 0 && k < values.length && distance(values[k]) <= reach + doubt),
      };
    };
    const isKnown = (value: number) => levels.some(({ energy }) => Math.abs(energy - value) <= SAME_LEVEL);
    for (const energy of order) {
      const gap = gapAround(energy, levels);
      const isMissing = (value: number) =>
        distance(value) <= (isInterval(goal) ? 0 : distance(energy)) && !isKnown(value);
      while (copies.values.length < capacity) {
        const residual = yield* copies.another({ energy, gap, isMissing }, tolerance);
        if (residual === null) break;
        if (bounds.products + copies.products > allowance)
          return { ...spent(), spent: true, nearest: isInterval(goal) ? undefined : kept() };
        if (!(residual <= tolerance)) return { ...spent(), spent: false };
      }
    }
    if (copies.missing) return { ...spent(), spent: false };
    // There is room for all states of an interval, and for more.
    const full = isInterval(goal) && copies.values.length === capacity && capacity > 0 && capacity < n;
    if (full || (!isInterval(goal) && copies.values.length < goal.count)) return { ...spent(), spent: false };
    return { ...kept(), ...spent() };
  });
}

/** The distance of the level next to this one. */
function gapAround(energy: number, levels: readonly Level[]): number {
  const distances = levels.map((level) => Math.abs(level.energy - energy)).filter((x) => x > 0);
  return Math.min(...distances, Number.POSITIVE_INFINITY);
}

/** A level of which a state is looked for. */
interface Wanted {
  energy: number;
  /** No other level is within this. */
  gap: number;
  /** Whether a level here belongs to the goal and is none of those that are known. */
  isMissing(value: number): boolean;
}

/** A state that was measured. */
interface State {
  energy: number;
  residual: number;
}

/** States that were found, and the space for the next one behind them. */
class Copies {
  readonly values: number[] = [];
  readonly residuals: number[] = [];
  products = 0;
  /** Vectors that were made orthogonal to all others of a space, or to the states. */
  orthogonalizations = 0;
  /** Whether the goal has a level that is not known: one so near to another, with so many more copies, that it was taken for that one. */
  missing = false;
  readonly #runtime: Runtime;
  readonly #columns: VectorBlocks;
  readonly #q: number;
  readonly #steps: number;
  readonly #apply: ReturnType<Computed['place']>;
  readonly #at: { energy: number; norm: number };
  readonly #scratch: Arena;
  readonly #parts: number;
  #drawn = 0;

  constructor(
    runtime: Runtime,
    scratch: Arena,
    computed: Computed,
    space: number,
    capacity: number,
    parts: number,
  ) {
    const { n, complex } = computed;
    this.#runtime = runtime;
    this.#scratch = scratch;
    this.#parts = parts;
    this.#steps = Math.min(n, space + SPARE);
    this.#apply = computed.place(runtime, scratch, complex);
    this.#columns = new VectorBlocks(runtime, scratch, n, complex, capacity + this.#steps + 1, 1);
    this.#q = scratch.f64(this.#columns.length * (capacity + this.#steps + 2));
    this.#at = { energy: scratch.f64(1), norm: scratch.f64(1) };
  }

  column(k: number): number {
    return this.#columns.column(this.#q, k);
  }

  /**
   * Finds another state of this level, keeps it behind the others, and returns its residual, which is above the tolerance only where that
   * cannot be reached; null if there is none.
   */
  *another({ energy, gap, isMissing }: Wanted, tolerance: number): Steps<number | null> {
    const columns = this.#columns;
    const known = this.values.length;
    const q = this.column(known);
    fillRandom(this.#runtime, q, columns.length, this.#drawn++);
    // Once is enough, because the resulting state is made orthogonal twice.
    columns.subtract(known, this.#q, columns.overlap(known, this.#q, 1, q), q);
    columns.clear();
    if (columns.orthonormalize(0, 1, ABSENT, q) >= 0) return null;
    let state = yield* this.#extract(q, (pairs, rest) => {
      const y = stateOf(pairs, energy);
      this.missing ||= !y && hasLevel(pairs, rest, isMissing);
      return y;
    });
    // The space of a vector that has next to nothing of the levels found before is not quite closed when it has as many vectors as there
    // are levels: the state has parts along others.
    for (let again = 0; again < REFINED && state && !(state.residual <= tolerance); ++again)
      state = yield* this.#extract(q, (pairs) => partOf(pairs, energy, gap / 2));
    if (!state) return null;
    this.values.push(state.energy);
    this.residuals.push(state.residual);
    return state.residual;
  }

  /** Replaces the vector at q by one of its Krylov space, made orthogonal to the states; null if none is chosen. */
  *#extract(q: number, choice: (pairs: Ritz, rest: number) => Small | null): Steps<State | null> {
    const columns = this.#columns;
    const known = this.values.length;
    const { t, size, rest } = yield* oneVector(columns, this.#apply, q, this.#steps, LAST_BETA, this.#parts);
    this.products += size;
    this.orthogonalizations += size;
    const pairs = ritz(this.#runtime, t, 0, size);
    if (!pairs) return { energy: Number.NaN, residual: Number.POSITIVE_INFINITY };
    const y = choice(pairs, rest);
    if (!y) return null;
    columns.rotate(q, y);
    columns.project(known, this.#q, 1, q);
    this.orthogonalizations++;
    columns.clear();
    if (columns.orthonormalize(0, 1, INDEPENDENT, q) >= 0) return null;
    return this.#measured(q);
  }

  /** The energy of the state at q, and its residual. */
  #measured(q: number): State {
    const columns = this.#columns;
    const product = this.column(this.values.length + 1);
    this.#apply(q, product);
    this.products++;
    const energy = columns.overlap(1, q, 1, product).re[0];
    const { energy: at, norm } = this.#at;
    this.#scratch.view(at, 1)[0] = energy;
    this.#runtime.wasm.residualNorms(columns.length, 1, product, q, at, norm);
    return { energy, residual: this.#scratch.view(norm, 1)[0] };
  }
}

/** How much of Ritz vector k the vector has with which the space begins. */
function shareOf({ vectors: { re, im, rows } }: Ritz, k: number): number {
  return magnitude(re[k * rows], im?.[k * rows] ?? 0);
}

/** The Ritz vector of this energy that has most of the vector with which the space begins; null if none has any. */
function stateOf(pairs: Ritz, energy: number): Small | null {
  const { re, im, rows } = pairs.vectors;
  const { values } = pairs;
  let best = -1;
  let most = ABSENT;
  for (let k = 0; k < values.length; ++k) {
    const share = shareOf(pairs, k);
    if (Math.abs(values[k] - energy) <= SAME_LEVEL && share > most) [best, most] = [k, share];
  }
  if (best < 0) return null;
  const y = small(rows, 1, im !== null);
  y.re.set(re.subarray(best * rows, (best + 1) * rows));
  y.im?.set(im?.subarray(best * rows, (best + 1) * rows) ?? []);
  return y;
}

/** Whether a Ritz value that has converged, and that the first vector has a part along, is such a level. */
function hasLevel(pairs: Ritz, rest: number, isLevel: (value: number) => boolean): boolean {
  const { re, im, rows } = pairs.vectors;
  return pairs.values.some((value, k) => {
    const last = (k + 1) * rows - 1;
    const residual = rest * magnitude(re[last], im?.[last] ?? 0);
    return shareOf(pairs, k) > ABSENT && residual <= SAME_LEVEL && isLevel(value);
  });
}

/**
 * The vector with which the space begins less its parts along Ritz vectors that are farther than this from the energy. Those nearer than
 * that stay as they are: they are copies of one level, of which the small eigenproblem gives any mixture, with others that have
 * not converged.
 */
function partOf({ values, vectors: { re, im, rows } }: Ritz, energy: number, reach: number): Small {
  const y = small(rows, 1, im !== null);
  for (let k = 0; k < values.length; ++k) {
    if (Math.abs(values[k] - energy) > reach) continue;
    const [a, b] = [re[k * rows], im?.[k * rows] ?? 0];
    for (let i = 0; i < rows; ++i) {
      const [c, d] = [re[k * rows + i], im?.[k * rows + i] ?? 0];
      y.re[i] += a * c + b * d;
      if (y.im) y.im[i] += a * d - b * c;
    }
  }
  return y;
}

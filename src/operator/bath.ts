// The slowest rate at which a system comes to rest with an infinite bath at a contact, to first order in the coupling γ of
// dρ/dt = −i[H, ρ] + γ Σ_μ (L_μ ρ L_μ − ½ {L_μ², ρ}), L_μ Hermitian (A. Morningstar et al., Phys. Rev. B 105, 174205 (2022);
// D. Sels, Phys. Rev. B 106, L020202 (2022)). What H does not turn are X_ab = ⟨a|ρ|b⟩ with E_a = E_b, and among these
//     dX_ab/dt = −γ Σ_cd M_ab,cd X_cd ,   M_ab,cd = ½ (Q_ac δ_bd + δ_ac Q_db) − Σ_μ ⟨a|L_μ|c⟩ ⟨d|L_μ|b⟩ ,   Q = Σ_μ L_μ² ,
// M Hermitian, with 0 for ρ = 1. Without degenerate levels these are the populations, M_aa,cc = δ_ac Σ_b W_ab − W_ac, with
// W_ab = Σ_μ |⟨a|L_μ|b⟩|²; a level of m copies has m² unknowns in place of m, so that nothing depends on the choice of its states.
// The error of a rate is about the order of M times ulp |M|: a smaller rate cannot be distinguished from 0.
import { eighOfSteps } from '../eigen/eighOf.js';
import { floats } from '../wasm/arena.js';
import { ULP } from '../wasm/constants.js';
import { ConvergenceError, InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { BathRate } from './bathTypes.js';
import type { Computed } from './compute.js';
import { denseOf } from './dense.js';
import { elementSteps } from './measure.js';
import { checkHermitian } from './span.js';
import { PROGRESS } from './tuning.js';

const DONE = PROGRESS.bath;

/** Largest order of the generator: its matrix, and that of H, are decomposed whole. */
export const LARGEST_ORDER = 8192;

export interface BathTask {
  computed: Computed;
  contact: readonly Computed[];
  tolerance: number;
}

/** Rows between two pauses where matrices are gone through. */
const ROWS_A_STEP = 16;

/** L_μ between eigenstates: entry (a, b) at a·n + b, or in pairs. */
interface Elements {
  data: Float64Array;
  complex: boolean;
  /** Whether all entries are real, or all imaginary: products of two of them are then real. */
  onePart: boolean;
}

/** The unknowns X_ab: all pairs of states of one level, level after level. */
interface Unknowns {
  a: Uint32Array;
  b: Uint32Array;
  /** For each level: its first state, how many states it has, and its first unknown. */
  levels: readonly { from: number; count: number; at: number }[];
}

export function* bathSteps(runtime: Runtime, task: BathTask, budget: number): Steps<BathRate> {
  const { computed, contact, tolerance } = task;
  const { n, complex } = computed;
  const h = yield* share(denseOf(runtime, computed), 0, DONE.dense);
  const solver = eighOfSteps(runtime, h, n, { complex, vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, DONE.dense, DONE.solved);
  if (!convergence.converged) throw new ConvergenceError('bathRate: eigh did not converge');
  const elements: Elements[] = [];
  for (const [k, jump] of contact.entries()) {
    const vectorsOf = { psi: vectors, columns: n, width: complex ? 2 : 1 } as const;
    const place = (part: number) =>
      DONE.solved + ((DONE.elements - DONE.solved) * (k + part)) / contact.length;
    const data = yield* share(
      elementSteps(runtime, { computed: jump, ...vectorsOf }),
      place(0),
      place(DONE.product),
    );
    const pairs = complex || jump.complex;
    const onePart = yield* share(checkElements(data, pairs, n), place(DONE.product), place(1));
    elements.push({ data, complex: pairs, onePart });
  }
  const near = tolerance * Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const unknowns = unknownsOf(values, near);
  const order = unknowns.a.length;
  const pairs = order > n && elements.some((one) => !one.onePart);
  const m = yield* share(generator(runtime, elements, n, unknowns, pairs), DONE.elements, DONE.generator);
  const largest = yield* share(largestRow(m, order, pairs), DONE.generator, DONE.bound);
  const wanted = { complex: pairs, vectors: false, selection: { byValue: false, lo: 0, hi: 1 } };
  const found = yield* share(eighOfSteps(runtime, m, order, wanted, budget), DONE.bound, 1);
  if (!found.convergence.converged) throw new ConvergenceError('bathRate: eigh did not converge');
  return { rate: found.values[1], error: order * ULP * largest, order };
}

/** Refuses an L that is not Hermitian: an operator given as a function can be anything. Returns whether it has one part. */
function* checkElements(data: Float64Array, complex: boolean, n: number): Steps<boolean> {
  const width = complex ? 2 : 1;
  let [size, apart] = [0, 0];
  let [real, imaginary] = [true, complex];
  for (let i = 0; i < n; ++i) {
    if (i % ROWS_A_STEP === 0) yield (i * i) / (n * n);
    for (let j = 0; j <= i; ++j) {
      const [p, q] = [width * (i * n + j), width * (j * n + i)];
      size = Math.max(size, Math.abs(data[p]));
      apart = Math.max(apart, Math.abs(data[p] - data[q]));
      if (complex) {
        size = Math.max(size, Math.abs(data[p + 1]));
        apart = Math.max(apart, Math.abs(data[p + 1] + data[q + 1]));
        if (data[p] !== 0 || data[q] !== 0) imaginary = false;
        if (data[p + 1] !== 0 || data[q + 1] !== 0) real = false;
      }
    }
  }
  checkHermitian(apart, size);
  return real || imaginary;
}

function unknownsOf(values: Float64Array, near: number): Unknowns {
  const [a, b]: [number[], number[]] = [[], []];
  const levels: { from: number; count: number; at: number }[] = [];
  for (let from = 0, to = 0; from < values.length; from = to) {
    while (to < values.length && (to === from || values[to] - values[to - 1] <= near)) to++;
    const count = to - from;
    levels.push({ from, count, at: a.length });
    if (a.length + count * count > LARGEST_ORDER) {
      throw new InputError(
        'operator',
        `has levels of so many copies (${count} at ${values[from]}) that the generator has an order beyond ${LARGEST_ORDER}: a sector of its symmetries has fewer`,
      );
    }
    for (let k = 0; k < count * count; ++k) {
      a.push(from + Math.floor(k / count));
      b.push(from + (k % count));
    }
  }
  return { a: Uint32Array.from(a), b: Uint32Array.from(b), levels };
}

/** M, entry (p, q) at p·order + q, or in pairs. */
function generator(
  runtime: Runtime,
  elements: readonly Elements[],
  n: number,
  { a, b, levels }: Unknowns,
  pairs: boolean,
): Steps<Float64Array> {
  const order = a.length;
  const width = pairs ? 2 : 1;
  return runtime.steps(function* (arena) {
    const m = floats(width * order * order);
    const [left, right, row] = [arena.f64(2 * n), arena.f64(2 * n), arena.f64(width * order + 2)];
    const [c, d] = [arena.putWords(a), arena.putWords(b)];
    for (const [k, { data, complex }] of elements.entries()) {
      const rowOf = (i: number) => data.subarray((complex ? 2 : 1) * i * n, (complex ? 2 : 1) * (i + 1) * n);
      for (let p = 0; p < order; ++p) {
        if (p % ROWS_A_STEP === 0) yield (k + (DONE.rows * p) / order) / elements.length;
        const own = m.subarray(p * width * order, (p + 1) * width * order);
        arena.copy(rowOf(a[p]), left);
        arena.copy(rowOf(b[p]), right);
        arena.copy(own, row);
        runtime.wasm.bathRow(order, complex, pairs, left, right, c, d, row);
        arena.take(row, own.length, own);
      }
      const decay = (i: number, j: number) => {
        arena.copy(rowOf(i), left);
        arena.copy(rowOf(j), right);
        runtime.wasm.bathDecay(n, complex, left, right, row);
        return arena.take(row, 2);
      };
      for (const [l, level] of levels.entries()) {
        if (l % ROWS_A_STEP === 0)
          yield (k + DONE.rows + ((1 - DONE.rows) * l) / levels.length) / elements.length;
        yield* addDecay(decay, level, m, order, width);
      }
    }
    return m;
  });
}

/** Adds ½ (Q_ac δ_bd + δ_ac Q_db) of one L and one level to M, with `decay` for Q. */
function* addDecay(
  decay: (a: number, c: number) => ArrayLike<number>,
  { from, count, at }: Unknowns['levels'][number],
  m: Float64Array,
  order: number,
  width: number,
): Generator<undefined, void> {
  const add = (p: number, q: number, re: number, im: number) => {
    const place = width * ((at + p) * order + at + q);
    m[place] += 0.5 * re;
    if (width === 2) m[place + 1] += 0.5 * im;
  };
  for (let i = 0; i < count; ++i) {
    if (i > 0) yield undefined;
    for (let k = 0; k < count; ++k) {
      const [re, im] = Array.from(decay(from + i, from + k));
      for (let j = 0; j < count; ++j) {
        add(i * count + j, k * count + j, re, im);
        add(j * count + k, j * count + i, re, im);
      }
    }
  }
}

/** |M| by its largest row; refuses what is not finite. */
function* largestRow(m: Float64Array, order: number, pairs: boolean): Steps<number> {
  const width = (pairs ? 2 : 1) * order;
  let largest = 0;
  for (let p = 0; p < order; ++p) {
    if (p % ROWS_A_STEP === 0) yield p / order;
    const row = m.subarray(p * width, (p + 1) * width);
    if (!allFinite(row))
      throw new InputError('contact', 'has elements whose squares are beyond the largest double');
    let sum = 0;
    for (const x of row) sum += Math.abs(x);
    largest = Math.max(largest, sum);
  }
  return largest;
}

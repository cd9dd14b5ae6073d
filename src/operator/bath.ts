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

/** Largest order of the generator: its matrix, and that of H, are decomposed whole. */
export const LARGEST_ORDER = 8192;

export interface BathTask {
  computed: Computed;
  contact: readonly Computed[];
  tolerance: number;
}

/** L_μ between eigenstates: entry (a, b) at a·n + b, or in pairs. */
interface Elements {
  data: Float64Array;
  complex: boolean;
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
  const h = yield* share(denseOf(runtime, computed), 0, 0.05);
  const solver = eighOfSteps(runtime, h, n, { complex, vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, 0.05, 0.45);
  if (!convergence.converged) throw new ConvergenceError('bathRate: eigh did not converge');
  const elements: Elements[] = [];
  for (const [k, jump] of contact.entries()) {
    const vectorsOf = { psi: vectors, columns: n, width: complex ? 2 : 1 } as const;
    const [from, to] = [0.45 + (0.3 * k) / contact.length, 0.45 + (0.3 * (k + 1)) / contact.length];
    const data = yield* share(elementSteps(runtime, { computed: jump, ...vectorsOf }), from, to);
    const one = { data, complex: complex || jump.complex };
    checkElements(one, n);
    elements.push(one);
  }
  const near = tolerance * Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const unknowns = unknownsOf(values, near);
  const order = unknowns.a.length;
  const pairs = order > n && elements.some((one) => one.complex && !isOnePart(one.data));
  const m = generator(elements, n, unknowns, pairs);
  if (!allFinite(m))
    throw new InputError('contact', 'has elements whose squares are beyond the largest double');
  yield 0.8;
  const wanted = { complex: pairs, vectors: false, selection: { byValue: false, lo: 0, hi: 1 } };
  const found = yield* share(eighOfSteps(runtime, m, order, wanted, budget), 0.8, 1);
  if (!found.convergence.converged) throw new ConvergenceError('bathRate: eigh did not converge');
  return { rate: found.values[1], error: order * ULP * largestRow(m, order, pairs), order };
}

/** Refuses an L that is not Hermitian: an operator given as a function can be anything. */
function checkElements({ data, complex }: Elements, n: number): void {
  const width = complex ? 2 : 1;
  let [size, apart] = [0, 0];
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j <= i; ++j) {
      const [p, q] = [width * (i * n + j), width * (j * n + i)];
      size = Math.max(size, Math.abs(data[p]));
      apart = Math.max(apart, Math.abs(data[p] - data[q]));
      if (complex) {
        size = Math.max(size, Math.abs(data[p + 1]));
        apart = Math.max(apart, Math.abs(data[p + 1] + data[q + 1]));
      }
    }
  }
  checkHermitian(apart, size);
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

/** Whether all entries are real, or all imaginary: products of two of them are then real. */
function isOnePart(data: Float64Array): boolean {
  const none = (part: number) => data.every((x, p) => p % 2 !== part || x === 0);
  return none(0) || none(1);
}

/** ⟨a|L|c⟩ ⟨b|L|d⟩* with places a·n + c and b·n + d, and its imaginary part. */
function product({ data, complex }: Elements, ac: number, bd: number): [re: number, im: number] {
  if (!complex) return [data[ac] * data[bd], 0];
  const [x, y, u, v] = [data[2 * ac], data[2 * ac + 1], data[2 * bd], data[2 * bd + 1]];
  return [x * u + y * v, y * u - x * v];
}

/** M, entry (p, q) at p·order + q, or in pairs. */
function generator(
  elements: readonly Elements[],
  n: number,
  unknowns: Unknowns,
  pairs: boolean,
): Float64Array {
  const { a, b } = unknowns;
  const order = a.length;
  const width = pairs ? 2 : 1;
  const m = floats(width * order * order);
  for (const one of elements) {
    for (let p = 0; p < order; ++p) {
      for (let q = 0; q < order; ++q) {
        const [re, im] = product(one, a[p] * n + a[q], b[p] * n + b[q]);
        const at = width * (p * order + q);
        m[at] -= re;
        if (pairs) m[at + 1] -= im;
      }
    }
    for (const level of unknowns.levels) addDecay(one, n, level, m, order, width);
  }
  return m;
}

/** Adds ½ (Q_ac δ_bd + δ_ac Q_db) of one L and one level to M; Q_ac = Σ_e ⟨a|L|e⟩ ⟨c|L|e⟩*. */
function addDecay(
  one: Elements,
  n: number,
  { from, count, at }: Unknowns['levels'][number],
  m: Float64Array,
  order: number,
  width: number,
): void {
  const add = (p: number, q: number, re: number, im: number) => {
    const place = width * ((at + p) * order + at + q);
    m[place] += 0.5 * re;
    if (width === 2) m[place + 1] += 0.5 * im;
  };
  for (let i = 0; i < count; ++i) {
    for (let k = 0; k < count; ++k) {
      let [re, im] = [0, 0];
      for (let e = 0; e < n; ++e) {
        const [x, y] = product(one, (from + i) * n + e, (from + k) * n + e);
        re += x;
        im += y;
      }
      for (let j = 0; j < count; ++j) {
        add(i * count + j, k * count + j, re, im);
        add(j * count + k, j * count + i, re, im);
      }
    }
  }
}

/** |M| by its largest row. */
function largestRow(m: Float64Array, order: number, pairs: boolean): number {
  const width = (pairs ? 2 : 1) * order;
  let largest = 0;
  for (let p = 0; p < order; ++p) {
    let sum = 0;
    for (let q = 0; q < width; ++q) sum += Math.abs(m[p * width + q]);
    largest = Math.max(largest, sum);
  }
  return largest;
}

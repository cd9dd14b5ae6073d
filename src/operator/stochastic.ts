// Estimates from products alone how many states of an interval were not found: the trace of a polynomial that is 1 on the interval and 0
// outside of it (E. Di Napoli, E. Polizzi and Y. Saad, Numer. Linear Algebra Appl. 23 (2016) 674), over the space orthogonal to the
// states found,
//     missing = (n − k) ⟨v|p(H)|v⟩/⟨v|v⟩,   v random, orthogonal to the k states,
// whose only noise comes from missing states. p is a step in Chebyshev polynomials, smoothed by Jackson's kernel (A. Weiße
// et al., Rev. Mod. Phys. 78 (2006) 275), moved inside the interval by the width of its slope, so that states outside
// do not count.
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { fillRandom, middleOf, type SpectrumScale, slopeAt } from './filtered/bounds.js';
import { filterBytes, filterOf } from './filtered/chebyshev.js';
import { sized } from './filtered/sized.js';
import { rootOfUnity } from './rootOfUnity.js';
import { meanAndError } from './sample.js';
import { BOUND_STEPS, COUNT_BLOCK, COUNT_BLOCKS, PROGRESS } from './tuning.js';
import { VectorBlocks } from './vectorBlocks.js';

/** Width of the slope of a smoothed step, as a share of the interval. */
const STEP = 0.25;
/** The slope of a step is this many times π √(1 − x²)/degree wide. */
const SMOOTH = 4;
/** Width of the interval, half the width of the spectrum being 1, where a single level was found at an end: the step slopes over STEP of it, 0.01. */
const ALONE = 0.04;
/** The index of the first random vector here. */
const DRAWN = 0xffff0000;

interface Missing {
  /** Between these p is above 1/2. */
  from: number;
  to: number;
  missing: number;
  /** Standard error. */
  error: number;
  products: number;
  bytes: number;
}

/** The states of H that were found, the energies between which they were looked for, and the products that may be made. */
interface Question {
  values: Float64Array;
  vectors: Float64Array;
  from: number;
  to: number;
  most: number;
}

/** Bytes that are needed beside the operator, for this number of states. */
export function stochasticBytes(runtime: Runtime, computed: Computed, count: number): number {
  const { n, complex, bytes } = computed;
  const length = complex ? 2 * n : n;
  const columns = VectorBlocks.bytes(runtime, n, complex, count + COUNT_BLOCK, COUNT_BLOCK);
  const bounds = 8 * length * (BOUND_STEPS + 2) + VectorBlocks.bytes(runtime, n, complex, BOUND_STEPS + 1, 1);
  const filter =
    8 * length * (count + 2 * COUNT_BLOCK) + columns + filterBytes(runtime, computed, COUNT_BLOCK);
  return 2 * bytes + Math.max(bounds, filter) + (1 << 20);
}

/** The angle of this cosine and sine, 0 … π: halved until its sine is small, whose inverse has a series. */
function angle(cos: number, sin: number): number {
  let [x, y, factor] = [cos, sin, 1];
  while (x < 0 || y > 0.1) {
    const half = Math.sqrt((1 + x) / 2);
    y = x < 0 ? Math.sqrt((1 - x) / 2) : y / (2 * half);
    x = half;
    factor *= 2;
  }
  let [sum, term] = [y, y];
  for (let k = 1; k < 9; ++k) {
    term *= (y * y * (2 * k - 1)) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return factor * sum;
}

/**
 * c_0 … c_degree of the step that is 1 between cosines a < b. Sines and cosines of multiples by rotation, with the same bits in every
 * engine.
 */
function stepCoefficients(a: number, b: number, degree: number): Float64Array {
  const c = new Float64Array(degree + 1);
  const [cos, sin] = rootOfUnity(1, 2 * (degree + 2));
  const turn = (x: number) => ({ x, y: Math.sqrt(Math.max(0, 1 - x * x)), re: 1, im: 0 });
  const [upper, lower, jackson] = [turn(a), turn(b), { x: cos, y: sin, re: 1, im: 0 }];
  const next = (of: ReturnType<typeof turn>) => {
    [of.re, of.im] = [of.re * of.x - of.im * of.y, of.re * of.y + of.im * of.x];
  };
  c[0] = angle(a * b + upper.y * lower.y, upper.y * b - a * lower.y) / Math.PI;
  for (let k = 1; k <= degree; ++k) {
    for (const of of [upper, lower, jackson]) next(of);
    const damped = ((degree + 2 - k) * jackson.re + jackson.im * (cos / sin)) / (degree + 2);
    c[k] = (damped * 2 * (upper.im - lower.im)) / (k * Math.PI);
  }
  return c;
}

/** The interval in units of the half width, and the polynomial for it; null where it is too narrow for the products allowed. */
function planStep(low: number, high: number, span: number, most: number) {
  const [first, last] = [low <= -1, high >= 1];
  const centre = first ? high : last ? low : middleOf(low, high);
  const width = Math.min(high - low, span);
  const slope = slopeAt(centre) * Math.PI * SMOOTH;
  const degree = Math.ceil(slope / (STEP * width));
  if (!(degree <= most / (COUNT_BLOCK * COUNT_BLOCKS)) || !(width > 0)) return null;
  const step = slope / degree;
  const [from, to] = [first ? -1 : low + step, last ? 1 : high - step];
  return { from, to, first, last, degree, coefficients: stepCoefficients(from, to, degree) };
}

/** Null where the interval is too narrow. */
export function missingSteps(
  runtime: Runtime,
  given: Computed,
  question: Question,
  budget: number,
): Steps<Missing | null> {
  const { n } = given;
  const { values, vectors, most } = question;
  return runtime.steps(function* (arena) {
    const bytes = stochasticBytes(runtime, given, values.length);
    runtime.heap.reserve(bytes);
    const { computed, unit, bounds, scale } = yield* share(sized(runtime, given), 0, PROGRESS.sized);
    const { centre, half } = scale;
    const inside = (e: number) => Math.min(1, Math.max(-1, (timesPowerOfTwo(e, unit) - centre) / half));
    // Of an end of the spectrum the scale is that of the levels that were found there.
    const span = values.length > 0 ? inside(values[values.length - 1]) - inside(values[0]) : 2;
    const open = question.from === Number.NEGATIVE_INFINITY || question.to === Number.POSITIVE_INFINITY;
    // A level alone has no scale: what lies farther out is counted then.
    const width = !open ? 2 : values.length === 1 ? ALONE : span;
    const plan = planStep(inside(question.from), inside(question.to), width, most);
    if (!plan) return null;
    const samples = yield* share(
      sampleSteps(runtime, arena, computed, scale, plan.coefficients, vectors, budget),
      PROGRESS.sized,
      1,
    );
    const rest = n - values.length;
    const { mean, error } = meanAndError(samples);
    const outside = (x: number) => timesPowerOfTwo(x * half + centre, -unit);
    return {
      from: plan.first ? question.from : outside(plan.from),
      to: plan.last ? question.to : outside(plan.to),
      missing: rest * mean,
      error: rest * error,
      products: bounds.products + samples.length * (plan.degree + 1),
      bytes,
    };
  });
}

/** ⟨v|p|v⟩/⟨v|v⟩ of random vectors that are orthogonal to those given. */
function* sampleSteps(
  runtime: Runtime,
  arena: Arena,
  computed: Computed,
  { centre, half }: SpectrumScale,
  coefficients: Float64Array,
  vectors: Float64Array,
  budget: number,
): Steps<number[]> {
  const { n, complex } = computed;
  const length = complex ? 2 * n : n;
  const count = vectors.length / length;
  const [alpha, columns] = [2 / half, COUNT_BLOCK];
  const filter = filterOf(runtime, arena, computed, { alpha, sigma: -alpha * centre, coefficients, columns });
  const tools = new VectorBlocks(runtime, arena, n, complex, count + columns, columns);
  const [q, v, w] = [arena.put(vectors), arena.f64(length * columns), arena.f64(length * columns)];
  const samples: number[] = [];
  for (let block = 0; block < COUNT_BLOCKS; ++block) {
    fillRandom(runtime, v, length * columns, DRAWN + block);
    tools.project(count, q, columns, v);
    arena.view(w, length * columns).set(arena.view(v, length * columns));
    yield* share(filter(w, budget), block / COUNT_BLOCKS, (block + 1) / COUNT_BLOCKS);
    for (let k = 0; k < columns; ++k) {
      const [x, y] = [tools.column(v, k), tools.column(w, k)];
      const norm = runtime.wasm.dot(length, x, x);
      samples.push(norm > 0 ? runtime.wasm.dot(length, x, y) / (2 * norm) : 0);
    }
  }
  return samples;
}

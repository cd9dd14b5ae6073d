// The k lowest eigenpairs, multiplicities complete. A block of b vectors finds at most b copies of a level; so the space that
// is orthogonal to what was found is searched again, from a random block, until its lowest level is above the k-th of those
// found. Random vectors make it certain but for a set of measure zero.
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { Columns, small } from './columns.js';
import type { Computed } from './compute.js';
import { extend, type Found, type Krylov, keepRitz } from './krylov.js';
import { ritz } from './ritz.js';
import { unitOf, withoutUnit } from './unit.js';

/** Vectors that are multiplied and made orthogonal together: fixed, so that bits depend on nothing else. */
export const BLOCK = 4;

/**
 * Residuals, relative to the largest Ritz value, at which a search beside what was found counts as at its end, whatever the
 * tolerance: where one is only smaller than the distance to a band of levels, a vector in that band can hide a lower level.
 */
const COMPLETE = 1e-12;

/** Residuals as they are may exceed what the recurrence says of them by this factor. */
const MEASURED = 4;

/** Vectors of the space for k eigenpairs, those found before and a block for more apart. */
export function spaceSize(k: number): number {
  return BLOCK * Math.ceil((2 * k + 24) / BLOCK);
}

export interface LowestTask {
  k: number;
  tolerance: number;
  most: number;
  /** −1: the lowest of −H. */
  sign: 1 | -1;
}

export interface Lowest {
  /** Of H times `sign`, ascending. */
  values: Float64Array;
  /** Address of the vectors. */
  vectors: number;
  residuals: Float64Array;
  converged: boolean;
  /** The k-th level has more copies than those that are among the k. */
  cut: boolean;
  products: number;
  restarts: number;
}

export function* lowestSteps(
  runtime: Runtime,
  arena: Arena,
  computed: Computed,
  { k, tolerance, most, sign }: LowestTask,
): Steps<Lowest> {
  const { n, complex } = computed;
  const space = spaceSize(k);
  const limit = k + BLOCK + space;
  const placed = computed.place(runtime, arena, complex);
  const columns = new Columns(runtime, arena, n, complex, limit + BLOCK, Math.max(BLOCK, k));
  const q = arena.f64(columns.length * (limit + BLOCK));
  const unit = unitOf(runtime, arena, columns.length, placed, q, columns.column(q, 1));
  const of: Krylov = {
    runtime,
    arena,
    apply: (x, w) => placed(x, w, { alpha: sign * unit }),
    columns,
    q,
    locked: 0,
    limit: space,
    block: BLOCK,
    tolerance,
    products: 0,
    most,
    restarts: 0,
    drawn: 0,
    norm: 0,
    progress: 0,
  };
  const isSmall = (residual: number) => residual <= tolerance * of.norm;
  const first = yield* extend(of, k, ({ residuals }) => residuals.subarray(0, k).every(isSmall));
  if (!first) return failed(of, k);
  keepRitz(of, first, k);
  let values: Float64Array = first.values.slice(0, k);
  let converged = first.residuals.subarray(0, k).every(isSmall);
  let cut = false;
  while (converged) {
    of.locked = k;
    of.limit = k + space;
    const top = values.reduce((a, b) => Math.max(a, b));
    const near = tolerance * of.norm;
    const known = (residual: number) => residual <= Math.min(tolerance, COMPLETE) * of.norm;
    const others = yield* extend(of, BLOCK, (found) => settled(found, top, near, known));
    if (!others || !known(others.residuals[0])) {
      converged = false;
      break;
    }
    if (others.values[0] > top + near) break;
    // Copies of the k-th level itself are not needed, but it is said that there are more.
    if (others.values[0] >= top - near) {
      cut = true;
      break;
    }
    values = join(of, values, others, isSmall);
  }
  const measured = measure(of, k);
  converged &&= measured.residuals.every((x) => x <= MEASURED * tolerance * of.norm);
  return {
    ...measured,
    values: withoutUnit(measured.values, unit),
    residuals: measured.residuals.map((x) => x / unit),
    converged,
    cut,
    products: of.products,
    restarts: of.restarts,
  };
}

/** Whether a search beside what was found has come to an end: its lowest level is known, and all that it found below. */
function settled(
  { values, residuals }: Found,
  top: number,
  near: number,
  small: (residual: number) => boolean,
): boolean {
  // All copies that a block finds, as far as they are below.
  for (let j = 0; j < Math.min(BLOCK, values.length) && values[j] < top - near; ++j) {
    if (!small(residuals[j])) return false;
  }
  return small(residuals[0]);
}

/** The k lowest of those found before and of those found beside them become the locked ones. */
function join(
  of: Krylov,
  values: Float64Array,
  others: Found,
  small: (residual: number) => boolean,
): Float64Array {
  const k = values.length;
  let more = 0;
  while (more < others.values.length && more < BLOCK && small(others.residuals[more])) more++;
  keepRitz(of, others, more);
  const all = [
    ...Array.from(values, (value, at) => ({ value, at })),
    ...Array.from(others.values.subarray(0, more), (value, j) => ({ value, at: k + j })),
  ].sort((a, b) => a.value - b.value);
  const kept = all.slice(0, k);
  // Newcomers take the places of those that are pushed out.
  const free = Array.from({ length: k }, (_, at) => at).filter((at) => !kept.some((one) => one.at === at));
  const { columns } = of;
  const view = of.arena.view(of.q, columns.length * (k + more));
  for (const one of kept) {
    if (one.at < k) continue;
    const to = free.shift()!;
    view.copyWithin(columns.length * to, columns.length * one.at, columns.length * (one.at + 1));
    one.at = to;
  }
  // In the order of the vectors.
  const joined = new Float64Array(k);
  for (const { value, at } of kept) joined[at] = value;
  return joined;
}

/** The last Rayleigh–Ritz step with H itself, and residuals as they are. */
function measure(of: Krylov, k: number): Pick<Lowest, 'values' | 'vectors' | 'residuals'> {
  const { columns, runtime, arena, apply, q } = of;
  const product = columns.column(q, k);
  const t = small(k, k, columns.pairs);
  for (let j = 0; j < k; ++j) {
    apply(columns.column(q, j), product);
    const c = columns.overlap(k, q, 1, product);
    t.re.set(c.re, j * k);
    if (c.im) t.im?.set(c.im, j * k);
  }
  const pairs = ritz(runtime, t, 0, k);
  if (!pairs) return failed(of, k);
  columns.rotate(q, pairs.vectors);
  const energies = arena.put(pairs.values);
  const norms = arena.f64(k);
  for (let j = 0; j < k; ++j) {
    apply(columns.column(q, j), product);
    const vector = columns.column(q, j);
    runtime.wasm.residualNorms(columns.length, 1, product, vector, energies + 8 * j, norms + 8 * j);
  }
  of.products += 2 * k;
  return { values: pairs.values, vectors: q, residuals: arena.take(norms, k) };
}

function failed(of: Krylov, k: number): Lowest {
  return {
    values: new Float64Array(k).fill(Number.NaN),
    vectors: of.q,
    residuals: new Float64Array(k).fill(Number.POSITIVE_INFINITY),
    converged: false,
    cut: false,
    products: of.products,
    restarts: of.restarts,
  };
}

// The k lowest eigenpairs with all their copies. Up to rounding, the Krylov space of one random vector has one copy of each level. So the
// space orthogonal to what was found is searched again, from another random vector, until its lowest level lies above the k-th of those
// found. It fails only for random vectors in a set of measure zero.
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { inUnit } from './compose.js';
import type { Computed } from './compute.js';
import { extend, type Krylov, keepRitz, type RitzPairs, UNSPENT } from './krylov.js';
import { allowedResidual, columnResiduals } from './residuals.js';
import { projection, ritz, ritzBytes } from './ritz.js';
import { Single } from './single.js';
import { cancellingSteps } from './size.js';
import { LANCZOS_BYTES } from './tuning.js';
import { unitOf, withoutUnit } from './unit.js';
import { VectorBlocks } from './vectorBlocks.js';

/**
 * Residuals, relative to the largest Ritz value, at which a search beside what was found counts as complete, whatever the tolerance. A
 * residual that is merely smaller than the distance to a band of levels is not enough: a vector in that band can hide a lower level.
 */
const COMPLETE = 1e-12;

/** Bytes that are lost because some ten blocks are aligned. */
const BLOCKS = 1024;

/** A new eigenvector is orthogonal to the others up to rounding. One of which less than this share lies outside of their span is not new. */
const NEW_SHARE = 0.5;

/** The least number of vectors of the space for k eigenpairs, beside those found before. */
export function leastSpace(k: number): number {
  return 4 * Math.ceil((2 * k + 24) / 4);
}

/** The same for vectors of `length` doubles: as many as help, within the memory that is set aside for them. */
export function spaceSize(k: number, length: number): number {
  const spared = Math.floor(LANCZOS_BYTES / (8 * length));
  return Math.max(leastSpace(k), Math.min(8 * k + 200, spared));
}

/** Vectors in memory during the whole search. */
function lowestVectors(k: number, length: number): number {
  return k + spaceSize(k, length) + 1;
}

/** Bytes that the search takes from an arena beside the operator. */
export function lowestBytes(runtime: Runtime, { n, complex }: Computed, k: number): number {
  const length = complex ? 2 * n : n;
  const columns = lowestVectors(k, length);
  const beside =
    VectorBlocks.bytes(runtime, n, complex, columns, Math.max(1, k)) + Single.bytes(runtime, columns);
  // The projection on the space, which is never larger than the whole one, is real; that on what was found is not.
  const small = Math.max(
    ritzBytes(runtime, Math.min(n, columns - 1), false),
    complex ? ritzBytes(runtime, k, true) : 0,
  );
  const most = Math.max(small, VectorBlocks.rotationBytes(n, complex, columns));
  return 8 * length * columns + beside + most + BLOCKS;
}

interface LowestTask {
  k: number;
  tolerance: number;
  most: number;
  /** −1: the lowest of −H. */
  sign: 1 | -1;
}

interface Lowest {
  /** Eigenvalues of H times `sign`, ascending. */
  values: Float64Array;
  /** Address of the vectors. */
  vectors: number;
  residuals: Float64Array;
  converged: boolean;
  /** Whether the k-th level has more copies than those among the k. */
  cut: boolean;
  products: number;
  restarts: number;
  /** Vectors that were made orthogonal to all others. */
  orthogonalizations: number;
}

export function* lowestSteps(
  runtime: Runtime,
  arena: Arena,
  computed: Computed,
  { k, tolerance, most, sign }: LowestTask,
): Steps<Lowest> {
  const { n, complex } = computed;
  const length = complex ? 2 * n : n;
  const vectors = lowestVectors(k, length);
  const unit = unitOf(runtime, computed);
  const parts = yield* cancellingSteps(runtime, computed, unit, complex);
  const placed = inUnit(computed, unit).place(runtime, arena, complex);
  const columns = new VectorBlocks(runtime, arena, n, complex, vectors, Math.max(1, k));
  const q = arena.f64(length * vectors);
  const of: Krylov = {
    runtime,
    arena,
    apply: (x, w, factors, y) => placed(x, w, { ...factors, alpha: sign }, y),
    columns,
    single: new Single(runtime, arena, columns, vectors),
    q,
    locked: 0,
    limit: vectors - 1,
    known: new Float64Array(k),
    tolerance,
    most,
    ...UNSPENT,
    parts,
  };
  const { converged, cut } = yield* search(of, k);
  // There are fewer than k if the search ended before.
  const measured = yield* measure(of);
  const small = measured.residuals.every((x) => x <= allowedResidual(computed.n, tolerance) * of.norm);
  return {
    ...measured,
    values: withoutUnit(measured.values, unit),
    residuals: measured.residuals.map((x) => timesPowerOfTwo(x, -unit)),
    converged: converged && small,
    cut,
    products: of.products,
    restarts: of.restarts,
    orthogonalizations: of.orthogonalizations,
  };
}

/** Searches again and again, until nothing is found below the k-th level; the locked vectors are then the k lowest. */
function* search(of: Krylov, k: number): Steps<{ converged: boolean; cut: boolean }> {
  for (;;) {
    const goal = goalOf(of, k);
    const found = yield* extend(of, Math.max(1, k - of.locked), (now) => goal.reached(now));
    // The whole space has been found.
    if (!found && of.locked === of.columns.n) return { converged: true, cut: false };
    if (!found || !(found.closed || goal.reached(found))) {
      if (found && of.locked === 0) join(of, found, Math.min(k, found.size), k);
      return { converged: false, cut: false };
    }
    const more = goal.newcomers(found);
    if (more === 0) return { converged: true, cut: found.values[0] <= goal.top + goal.near() };
    if (!join(of, found, more, k)) return { converged: false, cut: false };
  }
}

/** The goal of a search beside the locked vectors. */
function goalOf(of: Krylov, k: number) {
  const locked = of.known.slice(0, of.locked);
  // As long as there are fewer than k, every level counts.
  const top = of.locked < k ? Number.POSITIVE_INFINITY : locked.reduce((a, b) => Math.max(a, b));
  const near = () => of.tolerance * of.norm;
  const newcomers = ({ values }: RitzPairs) => {
    let count = 0;
    while (count < Math.min(k, values.length)) {
      // A value counts if it is one of the k lowest of all.
      const value = values[count];
      const before = locked.filter((x) => x <= value).length;
      if (!(value < top - near()) || before + count >= k) break;
      count++;
    }
    return count;
  };
  const reached = (found: RitzPairs): boolean => {
    const { residuals, values } = found;
    const count = newcomers(found);
    if (of.locked < k && of.locked + count < k) return false;
    const enough = of.locked === 0 ? of.tolerance : Math.min(of.tolerance, COMPLETE);
    const known = residuals.subarray(0, Math.max(count, 1));
    return values.length > 0 && known.every((x) => x <= enough * of.norm);
  };
  return { top, near, newcomers, reached };
}

/**
 * Locks the k lowest of the locked vectors and the first `more` Ritz vectors beside them; false if a Ritz vector lies in the span of the
 * locked ones.
 */
function join(of: Krylov, found: RitzPairs, more: number, k: number): boolean {
  const { columns, locked, q } = of;
  const length = columns.length;
  keepRitz(of, found, more);
  // What is left is compared with the length 1 that Ritz vectors have.
  columns.project(locked, q, more, columns.column(q, locked));
  columns.clear();
  if (columns.orthonormalize(0, more, NEW_SHARE, columns.column(q, locked)) >= 0) return false;
  const all = [
    ...Array.from(of.known.subarray(0, locked), (value, at) => ({ value, at })),
    ...Array.from(found.values.subarray(0, more), (value, j) => ({ value, at: locked + j })),
  ].sort((a, b) => a.value - b.value || a.at - b.at);
  const kept = all.slice(0, k);
  // New vectors take the places of those that are dropped.
  const free = Array.from({ length: kept.length }, (_, at) => at).filter(
    (at) => !kept.some((one) => one.at === at),
  );
  const view = of.arena.view(q, length * (locked + more));
  for (const one of kept) {
    if (one.at < kept.length) continue;
    const to = free.shift()!;
    view.copyWithin(length * to, length * one.at, length * (one.at + 1));
    one.at = to;
  }
  of.locked = kept.length;
  // `known` is in the order of the vectors.
  for (const { value, at } of kept) of.known[at] = value;
  return true;
}

/** The last Rayleigh–Ritz step, with H itself, and measured residuals. */
function* measure(of: Krylov): Steps<Pick<Lowest, 'values' | 'vectors' | 'residuals'>> {
  const { columns, runtime, apply, q, locked: k } = of;
  const product = columns.column(q, k);
  const t = yield* projection(columns, apply, q, k, product, false);
  const pairs = ritz(runtime, t, 0, k);
  if (!pairs) return { values: new Float64Array(0), vectors: q, residuals: new Float64Array(0) };
  yield* columns.rotateSteps(q, pairs.vectors);
  const residuals = yield* columnResiduals(runtime, columns, apply, q, pairs.values, product);
  of.products += 2 * k;
  return { values: pairs.values, vectors: q, residuals };
}

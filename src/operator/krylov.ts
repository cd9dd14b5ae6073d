// The lowest eigenpairs by thick-restart Lanczos (K. Wu and H. Simon, SIAM J. Matrix Anal. Appl. 22 (2000) 602):
//     H V = V T + β q e*,   V* V = 1,   V* q = 0,
// with T tridiagonal, or an arrow of kept Ritz vectors and a tridiagonal tail; when V is full it is replaced by its lowest Ritz
// vectors. Two at a time are made orthogonal to all others when the recurrence of the overlaps (overlaps.ts) calls for it, so that no spurious
// copy of a level appears. A space that H does not lead out of is complete: its Ritz pairs are eigenpairs, one for each level met.
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Apply } from './compute.js';
import { type Arrow, Overlaps } from './overlaps.js';
import { fillNormal } from './randomVectors.js';
import { leading, type Ritz, ritz } from './ritz.js';
import type { Single } from './single.js';
import { checkFinite, checkHermitian } from './span.js';
import { END_LOOK, END_LOOK_SHARE, PROGRESS } from './tuning.js';
import { type Small, small, type VectorBlocks } from './vectorBlocks.js';

/** The part of a product outside of the space counts as nothing up to this length, relative to the largest Ritz value. */
const CLOSED_TO_RITZ = 1e-13;
/** A product that keeps less than this share of its length when it is made orthogonal is made orthogonal once more. */
const ONCE_MORE = 0.7;
/** The ends of the first space are near those of the spectrum. Ritz values this many times larger show that the recurrence has failed. */
const DIVERGED = 16;
/** The first steps of a space, in which elements of H are compared with their conjugates. */
const CHECKED = 4;

/** A space that is being built, and what was spent on it. */
export interface Krylov {
  runtime: Runtime;
  arena: Arena;
  apply: Apply;
  columns: VectorBlocks;
  single: Single;
  /** Room for `limit` + 1 vectors; those before `locked` are eigenvectors, to which all others stay orthogonal. */
  q: number;
  locked: number;
  limit: number;
  /** Eigenvalues of the locked vectors. */
  known: Float64Array;
  /** Residuals allowed, relative to the largest Ritz value. */
  tolerance: number;
  /** Products with one vector: how many were made, and how many may be made. */
  products: number;
  most: number;
  restarts: number;
  /** Vectors that were made orthogonal to all others. */
  orthogonalizations: number;
  /** Random vectors that were drawn. */
  drawn: number;
  /** The largest modulus of a Ritz value. */
  norm: number;
  /** The same at the first look at the first space. */
  first: number;
  /** What the parts of a sum come to where they cancel, whose rounding is no sign of a fault; else 0. */
  parts: number;
  /** An estimate of how much is done, 0 … 1, from the residuals of the pairs that are wanted first. */
  progress: number;
}

/** What was spent on a space, and what is known of it, before it begins. */
const NO_WORK = { products: 0, restarts: 0, orthogonalizations: 0 };
export const UNSPENT = { ...NO_WORK, drawn: 0, norm: 0, first: 0, progress: 0, parts: 0 };

/** What a run has found: Ritz values of the space beside the locked vectors, ascending, with their residuals. */
export interface RitzPairs {
  values: Float64Array;
  residuals: Float64Array;
  vectors: Small;
  size: number;
  /** Whether H does not lead out of the space. */
  closed: boolean;
}

/**
 * Extends a space that begins with a random vector until `enough` accepts its Ritz pairs, H does not lead out of it, or `most` products are
 * made; about `wanted` pairs are looked for. The vectors stay in place: those of the pairs are V Y. Null if nothing is left beside the
 * locked vectors, or if the recurrence has failed.
 */
export function* extend(
  of: Krylov,
  wanted: number,
  enough: (found: RitzPairs) => boolean,
): Steps<RitzPairs | null> {
  const run = new KrylovSpace(of);
  if (!run.begin()) return null;
  let last: RitzPairs | null = null;
  for (let look = Math.min(wanted + END_LOOK, of.limit - of.locked); ; ) {
    run.step();
    yield of.progress;
    const { size, closed } = run;
    const full = of.locked + size + 1 > of.limit;
    const spent = of.products >= of.most;
    if (!(full || spent || closed) && size < look) continue;
    look = size + Math.max(END_LOOK, END_LOOK_SHARE * size);
    const found = run.look();
    if (!found) return of.norm > DIVERGED * of.first ? null : last;
    last = found;
    if (of.locked === 0) of.progress = PROGRESS.unlocked * settledPart(of, found, wanted);
    if (enough(found) || spent || closed) return found;
    if (!full) continue;
    run.restart(found, wanted);
    look = run.size + END_LOOK;
  }
}

/** How near the residuals of the first `wanted` pairs have come to the tolerance, on a logarithmic scale from 0 to 1. */
function settledPart({ norm, tolerance }: Krylov, { residuals }: RitzPairs, wanted: number): number {
  let sum = 0;
  for (const x of residuals.subarray(0, wanted)) {
    sum += Math.min(1, Math.max(0, Math.log(x / norm) / Math.log(tolerance)) || 0);
  }
  return sum / wanted;
}

/** The first `count` vectors after the locked ones become Ritz vectors. */
export function keepRitz(of: Krylov, { vectors }: Pick<Ritz, 'vectors'>, count: number): void {
  of.columns.rotate(of.columns.column(of.q, of.locked), leading(vectors, count));
}

/** One space, from its first vector on. */
class KrylovSpace {
  size = 0;
  closed = false;
  readonly #of: Krylov;
  readonly #t: Arrow;
  readonly #overlaps: Overlaps;
  /** Whether the next vector is the first one, or the first after a restart: its product has parts along all others. */
  #first = true;

  constructor(of: Krylov) {
    const most = of.limit - of.locked + 1;
    this.#of = of;
    this.#t = {
      diagonal: new Float64Array(most),
      beside: new Float64Array(most),
      arrow: new Float64Array(0),
    };
    this.#overlaps = new Overlaps(most, of.tolerance);
  }

  #address(k: number): number {
    return this.#of.columns.column(this.#of.q, this.#of.locked + k);
  }

  /** Makes a random vector that is orthogonal to the locked ones; false if there is none. */
  begin(): boolean {
    const { runtime, columns, locked, q } = this.#of;
    const at = this.#address(0);
    if (locked >= columns.n) return false;
    fillNormal(runtime, 'krylov', this.#of.drawn++, columns.length, at);
    columns.project(locked, q, 1, at);
    columns.clear();
    return columns.orthonormalize(0, 1, 0, at) < 0;
  }

  /** Adds the vector behind the space to it: finds its elements of T, and the next vector. */
  step(): void {
    const of = this.#of;
    const { single } = of;
    const { diagonal, beside, arrow } = this.#t;
    const j = this.size++;
    const [x, w] = [this.#address(j), this.#address(j + 1)];
    of.products++;
    if (this.#first) {
      this.#firstStep(j, x, w);
      return;
    }
    const before = this.#address(j - 1);
    of.apply(x, w, { gamma: -beside[j - 1] }, before);
    const { alpha, rest: whole } = single.step(x, w);
    const rest = this.#besideLocked(w, whole);
    checkFinite(alpha, rest);
    diagonal[j] = alpha;
    of.norm = Math.max(of.norm, Math.abs(alpha), rest);
    // After a restart vectors have overlaps anyway, as large as they were allowed to grow.
    if (arrow.length === 0 && j < CHECKED)
      checkHermitian(single.overlap(before, w), Math.max(of.norm, of.parts));
    const doubtful = this.#overlaps.next(this.#t, j, rest, Math.max(of.norm, of.parts));
    this.#end(j, w, doubtful ? this.#orthogonalize(j, rest) : rest);
  }

  #firstStep(j: number, x: number, w: number): void {
    const of = this.#of;
    const { columns, locked, q, single } = of;
    of.apply(x, w);
    const c = columns.project(locked + j + 1, q, 1, w);
    const rest = single.length(w);
    checkFinite(rest, ...c.re);
    this.#t.diagonal[j] = c.re[locked + j];
    of.norm = Math.max(of.norm, Math.abs(c.re[locked + j]), rest);
    checkHermitian(c.im?.[locked + j] ?? 0, Math.max(of.norm, of.parts));
    of.orthogonalizations++;
    this.#first = false;
    this.#overlaps.clean(j);
    this.#end(j, w, rest);
  }

  /**
   * The recurrence is that of H on the space orthogonal to the locked vectors. These are eigenvectors only to within their residuals, so
   * that every product has parts along them, which are removed; returns the length that is left.
   */
  #besideLocked(w: number, rest: number): number {
    const { single, q, locked } = this.#of;
    if (locked === 0) return rest;
    single.project(locked, q, 1, w);
    return single.length(w);
  }

  /** Makes vector j and the rest of its product orthogonal to all vectors before them; returns the length that is left. */
  #orthogonalize(j: number, rest: number): number {
    const { single, q, locked, norm, columns } = this.#of;
    const [x, w] = [this.#address(j), this.#address(j + 1)];
    single.project(locked + j, q, 2, x);
    let left = single.step(x, w).rest;
    if (columns.pairs) {
      // A step removes only the real part of x*w.
      single.project(locked + j + 1, q, 1, w);
      left = single.length(w);
    }
    this.#of.orthogonalizations += 2;
    for (let before = rest; left < ONCE_MORE * before && left > CLOSED_TO_RITZ * norm; ) {
      before = left;
      single.project(locked + j + 1, q, 1, w);
      left = single.length(w);
      this.#of.orthogonalizations++;
    }
    this.#overlaps.clean(j);
    return left;
  }

  #end(j: number, w: number, rest: number): void {
    const { locked, norm, columns, single } = this.#of;
    this.closed = !(rest > CLOSED_TO_RITZ * norm) || locked + j + 1 >= columns.n;
    this.#t.beside[j] = this.closed ? 0 : rest;
    if (!this.closed) single.divide(rest, w);
  }

  /** T; only its upper triangle counts. */
  #matrix(): Small {
    const { size } = this;
    const { diagonal, beside, arrow } = this.#t;
    const t = small(size, size, false);
    for (let k = 0; k < size; ++k) {
      t.re[k * (size + 1)] = diagonal[k];
      if (k < arrow.length) t.re[k + arrow.length * size] = arrow[k];
      else if (k + 1 < size) t.re[k + (k + 1) * size] = beside[k];
    }
    return t;
  }

  /** Ritz pairs and the lengths of their residuals, β times the end of each. */
  look(): RitzPairs | null {
    const of = this.#of;
    const { size, closed } = this;
    const pairs = ritz(of.runtime, this.#matrix(), 0, size);
    if (!pairs) return null;
    const { values, vectors } = pairs;
    of.norm = Math.max(of.norm, Math.abs(values[0]), Math.abs(values[size - 1]));
    of.first ||= of.norm;
    if (of.norm > DIVERGED * of.first) return null;
    return { values, residuals: this.#ends(vectors, size).map(Math.abs), vectors, size, closed };
  }

  /** β times the last elements of the first `count` Ritz vectors. */
  #ends(vectors: Small, count: number): Float64Array {
    const rest = this.#t.beside[this.size - 1];
    return Float64Array.from({ length: count }, (_, k) => rest * vectors.re[(k + 1) * this.size - 1]);
  }

  /** Keeps the lowest Ritz vectors and the vector behind the space. */
  restart(found: RitzPairs, wanted: number): void {
    const of = this.#of;
    const { columns } = of;
    const { size } = this;
    of.restarts++;
    const kept = Math.max(1, Math.min(size - 3, wanted + Math.floor((size - wanted) / 2)));
    keepRitz(of, found, kept);
    const all = of.arena.view(of.q, columns.length * (of.limit + 1));
    const from = columns.length * (of.locked + size);
    all.copyWithin(columns.length * (of.locked + kept), from, from + columns.length);
    this.#t.arrow = this.#ends(found.vectors, kept);
    this.#t.diagonal.set(found.values.subarray(0, kept));
    this.#t.beside.fill(0);
    this.size = kept;
    this.#first = true;
    this.#settle(kept);
  }

  /**
   * Makes the vector behind the kept ones orthogonal to them. Otherwise the overlaps that it has would count as none from here on, and
   * grow further with every restart.
   */
  #settle(kept: number): void {
    const { single, q, locked } = this.#of;
    const at = this.#address(kept);
    for (let pass = 0; pass < 2; ++pass) single.project(locked + kept, q, 1, at);
    single.divide(single.length(at), at);
    this.#of.orthogonalizations++;
  }
}

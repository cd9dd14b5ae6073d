// The lowest eigenpairs by thick-restart Lanczos with blocks (K. Wu and H. Simon, SIAM J. Matrix Anal. Appl. 22 (2000) 602):
//     H V = V T + Q R E* ,   V* V = 1,   V* Q = 0,
// with T measured, V*(H V), rather than assumed to be a band; when V is full it is replaced by its lowest Ritz vectors.
// All vectors are made orthogonal to all others, twice, so that no copy of a level is found that is not there; a column that
// depends on those before it, as there are where H has few levels, is replaced by a random one.
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { nextBlock, residualOf } from './block.js';
import { type Columns, checkProducts, type Small, small } from './columns.js';
import type { Apply } from './compute.js';
import { fillNormal } from './randomVectors.js';
import { leading, type Ritz, ritz } from './ritz.js';

/** Of what H makes of a vector, relative to the largest Ritz value: no more than this left outside of the space is nothing. */
const NOTHING = 1e-13;
/** Of the random vectors of this room. */
const STREAM = 8;
/** Blocks between two looks at the Ritz values. */
const LOOK = 4;

/** A space under way, and what was spent on it. */
export interface Krylov {
  runtime: Runtime;
  arena: Arena;
  apply: Apply;
  columns: Columns;
  /** Room for `limit + block` vectors; those before `locked` are eigenvectors, to which all others stay orthogonal. */
  q: number;
  locked: number;
  limit: number;
  block: number;
  /** Residuals allowed, relative to the largest Ritz value. */
  tolerance: number;
  /** Products with one vector that were made, and that may be made. */
  products: number;
  most: number;
  restarts: number;
  /** Random vectors that were drawn. */
  drawn: number;
  /** The largest modulus of a Ritz value. */
  norm: number;
  /** An estimate of how much is done, 0 … 1: how small the residuals of those wanted first have become. */
  progress: number;
}

/** What a run has found: Ritz values of the space beside the locked vectors, ascending, with their residuals. */
export interface Found {
  values: Float64Array;
  residuals: Float64Array;
  vectors: Small;
  size: number;
}

/**
 * Extends a space that begins with a random block until `enough` says so of its Ritz pairs, or `most` products are made;
 * `wanted` of them are looked for. The vectors stay in place: those of the pairs are V Y.
 */
export function* extend(of: Krylov, wanted: number, enough: (found: Found) => boolean): Steps<Found | null> {
  const { block, locked, limit, columns } = of;
  const t = small(limit + block, limit + block, columns.pairs);
  let size = 0;
  let last: Found | null = null;
  drawBlock(of, of.locked, 0, block);
  for (let since = 1; ; ++since) {
    const rest = next(of, t, size);
    if (!rest) return last;
    size += block;
    yield of.progress;
    const full = locked + size + block > limit;
    const spent = of.products >= of.most;
    if (!(full || spent) && (size < wanted + block || since % LOOK !== 0)) continue;
    const found = look(of, t, size, rest);
    if (!found) return last;
    last = found;
    if (locked === 0) of.progress = 0.9 * settledPart(of, found, wanted);
    if (enough(found) || spent) return found;
    if (!full) continue;
    size = restart(of, t, found, size, wanted);
  }
}

/** How far the residuals of the first `wanted` have come to the tolerance, on a logarithmic scale. */
function settledPart({ norm, tolerance }: Krylov, { residuals }: Found, wanted: number): number {
  let sum = 0;
  for (const x of residuals.subarray(0, wanted)) {
    sum += Math.min(1, Math.max(0, Math.log(x / norm) / Math.log(tolerance)) || 0);
  }
  return sum / wanted;
}

function addressOf({ columns, q, locked }: Krylov, k: number): number {
  return columns.column(q, locked + k);
}

/** Fills `count` vectors from `k` on with random numbers that are orthogonal to the `before` ones at q. */
function drawBlock(of: Krylov, before: number, k: number, count: number): boolean {
  const { columns } = of;
  const at = addressOf(of, k);
  for (let j = 0; j < count; ++j) draw(of, columns.column(at, j));
  columns.project(before, of.q, count, at);
  columns.clear();
  return columns.orthonormalize(0, count, 0, at) < 0;
}

function draw(of: Krylov, address: number): void {
  fillNormal(of.runtime, STREAM, of.drawn++, of.columns.length, address);
}

/** The block at `size` is brought into the space: T of it, and the next block behind it. Returns R, or null. */
function next(of: Krylov, t: Small, size: number): Small | null {
  const { columns, block, apply, locked } = of;
  const [x, w] = [addressOf(of, size), addressOf(of, size + block)];
  for (let j = 0; j < block; ++j) apply(columns.column(x, j), columns.column(w, j));
  of.products += block;
  const c = columns.project(locked + size + block, of.q, block, w);
  checkProducts(c);
  for (let j = 0; j < block; ++j) {
    for (let i = 0; i < size + block; ++i) {
      const [to, from] = [i + (size + j) * t.rows, locked + i + j * c.rows];
      t.re[to] = c.re[from];
      if (t.im && c.im) t.im[to] = c.im[from];
    }
  }
  let scale = 0;
  for (let j = 0; j < block; ++j) scale = Math.max(scale, Math.abs(t.re[size + j + (size + j) * t.rows]));
  of.norm = Math.max(of.norm, scale);
  return orthonormalize(of, size, w);
}

/** The block at w becomes one of orthonormal vectors; what H made of the last block outside of the space is Q R. */
function orthonormalize(of: Krylov, size: number, w: number): Small | null {
  const { columns, block, locked, norm, q } = of;
  const before = locked + size + block;
  const draws = (j: number) => draw(of, columns.column(w, j));
  const next = nextBlock({ columns, q, before, w, block, norm, nothing: NOTHING * norm, draw: draws });
  return next?.rest ?? null;
}

/** Ritz pairs of the first `size` vectors and the lengths of their residuals, |R y| for the end y of each. */
function look(of: Krylov, t: Small, size: number, rest: Small): Found | null {
  const pairs = ritz(of.runtime, t, 0, size);
  if (!pairs) return null;
  const { values, vectors } = pairs;
  of.norm = Math.max(of.norm, Math.abs(values[0]), Math.abs(values[size - 1]));
  const residuals = Float64Array.from(values, (_, k) => residualOf(vectors, k, rest));
  return { values, residuals, vectors, size };
}

/** Keeps the lowest Ritz vectors and the block behind the space; returns how many are kept. */
function restart(of: Krylov, t: Small, found: Found, size: number, wanted: number): number {
  const { columns, block } = of;
  of.restarts++;
  const kept = Math.min(size - block, wanted + Math.floor((size - wanted) / 2));
  keepRitz(of, found, kept);
  const all = of.arena.view(of.q, columns.length * (of.limit + block));
  const from = columns.length * (of.locked + size);
  all.copyWithin(columns.length * (of.locked + kept), from, from + columns.length * block);
  t.re.fill(0);
  t.im?.fill(0);
  for (let k = 0; k < kept; ++k) t.re[k * (t.rows + 1)] = found.values[k];
  return kept;
}

/** The first `count` vectors after the locked ones become Ritz vectors. */
export function keepRitz(of: Krylov, { vectors }: Pick<Ritz, 'vectors'>, count: number): void {
  of.columns.rotate(addressOf(of, 0), leading(vectors, count));
}

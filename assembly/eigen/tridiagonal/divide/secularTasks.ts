// The parts of a merge that are not gemm, shared out among the threads: roots, weights and vectors of the secular
// equation, and the copies of the columns that take part. Every number comes out of one call of the same function on
// whatever thread, so the bits do not depend on their count.
// Range: as of secularEquation.ts.

import { parallelFor, teamSize } from '../../../kernel/team';
import { copy } from '../../../kernel/vectors';
import { LOWER, UPPER } from './deflation';
import { secularRoots } from './secularEquation';
import { secularVectors, secularWeights } from './secularVectors';

/** Bytes of a `Secular`. */
export const SECULAR_BYTES: usize = 128;
/** Roots or columns below which the work stays on one thread. */
const SHARED: i32 = 96;
/** Bytes between the words that two tasks write. */
const LINE: usize = 64;

/** What the tasks read. Vectors of k doubles, in the order of the poles or of the columns' shapes. */
@unmanaged
export class Secular {
  poles: usize;
  signs: usize;
  squares: usize;
  origin: usize;
  tau: usize;
  weights: usize;
  polesByShape: usize;
  weightsByShape: usize;
  /** A vector of the merge for the tasks: scratch and status of each on a line of its own. */
  scratch: usize;
  /** Vector `from`. */
  panel: usize;
  /** Roots, weights, vectors or columns at work. */
  from: i32;
  to: i32;
  k: i32;
  parts: i32;
  rho: f64;
  /** Columns of z, their lists, and where they go. */
  z: usize;
  kept: usize;
  shape: usize;
  place: usize;
  above: usize;
  below: usize;
  ldz: i32;
  n1: i32;
  n2: i32;
  upper: i32;
}

function share(s: Secular, task: u32): void {
  const count = s.to - s.from;
  s.parts = count < SHARED ? 1 : min(teamSize(), count >> 5);
  parallelFor(s.parts, task, changetype<usize>(s));
}

/** Origin and tau of the roots from … to − 1; false when one was not found. */
export function findRoots(s: Secular): bool {
  share(s, rootsTask.index);
  for (let t = 0; t < s.parts; ++t) if (load<i32>(s.scratch + <usize>t * LINE, 16) < 0) return false;
  return true;
}

function rootsTask(t: i32, args: usize): void {
  const s = changetype<Secular>(args);
  const scratch = s.scratch + <usize>t * LINE;
  const status = secularRoots(
    part(s, t),
    part(s, t + 1),
    s.k,
    s.poles,
    s.squares,
    s.rho,
    s.origin,
    s.tau,
    scratch,
  );
  store<i32>(scratch, status, 16);
}

/** The corrected weights from … to − 1. */
export function findWeights(s: Secular): void {
  share(s, weightsTask.index);
}

function weightsTask(t: i32, args: usize): void {
  const s = changetype<Secular>(args);
  secularWeights(part(s, t), part(s, t + 1), s.k, s.poles, s.signs, s.origin, s.tau, s.weights);
}

/** The vectors of the roots from … to − 1, rows in the order of the shapes, into the panel. */
export function formVectors(s: Secular): void {
  share(s, vectorsTask.index);
}

function vectorsTask(t: i32, args: usize): void {
  const s = changetype<Secular>(args);
  const from = part(s, t);
  const panel = s.panel + ((<usize>(from - s.from) * <usize>s.k) << 3);
  secularVectors(from, part(s, t + 1), s.k, s.polesByShape, s.weightsByShape, s.origin, s.tau, panel);
}

/** Copies the upper rows of column kept[j] to column place[j] of `above` and the lower ones to `below`, from ≤ j < to. */
export function copyColumns(s: Secular): void {
  share(s, copyTask.index);
}

function copyTask(t: i32, args: usize): void {
  const s = changetype<Secular>(args);
  const to = part(s, t + 1);
  for (let j = part(s, t); j < to; ++j) {
    const at = (<usize>j) << 2;
    const column = <usize>load<i32>(s.kept + at);
    const place = load<i32>(s.place + at);
    const from = s.z + ((column * <usize>s.ldz) << 3);
    const shape = load<i32>(s.shape + (column << 2));
    if (shape != LOWER) copy(s.n1, from, s.above + ((<usize>s.n1 * <usize>place) << 3));
    if (shape != UPPER) {
      copy(s.n2, from + ((<usize>s.n1) << 3), s.below + ((<usize>s.n2 * <usize>(place - s.upper)) << 3));
    }
  }
}

/** Where part t of from … to − 1 begins. */
@inline
function part(s: Secular, t: i32): i32 {
  return s.from + <i32>((<i64>(s.to - s.from) * t) / s.parts);
}

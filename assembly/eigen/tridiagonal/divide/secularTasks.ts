// The parts of a merge other than gemm, divided among the threads: roots, weights and vectors of the secular equation,
// and the copies of the columns that take part. The same function computes every number on any thread, so that the bits
// do not depend on the number of threads.
// Range: as for secularEquation.ts.

import { recordBytes } from '../../../job';
import { parallelFor, teamSize } from '../../../kernel/team';
import { copy } from '../../../kernel/vectors';
import { SHARED_ROOTS } from '../../tuning';
import { LOWER, UPPER } from './deflation';
import { PoleSums, secularRoots } from './secularEquation';
import { secularVectors, secularWeights } from './secularVectors';

/** The result of a task that computes roots: on a cache line of its own. */
@unmanaged
class RootsTask extends PoleSums {
  status: i32;
}

/** The arguments of the tasks. Vectors of k doubles, in the order of the poles or of the shapes of the columns. */
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
  /** A vector of the merge that holds a RootsTask for each task. */
  scratch: usize;
  /** The vector for root `from`. */
  panel: usize;
  /** The current roots, weights, vectors or columns. */
  from: i32;
  to: i32;
  k: i32;
  parts: i32;
  rho: f64;
  /** Columns of z, lists of them, and the addresses of their copies. */
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

function share(secular: Secular, task: u32): void {
  const count = secular.to - secular.from;
  secular.parts = count < SHARED_ROOTS ? 1 : min(teamSize(), count >> 5);
  parallelFor(secular.parts, task, changetype<usize>(secular));
}

/** Origin and tau of the roots from … to − 1; false when one was not found. */
export function findRoots(secular: Secular): bool {
  share(secular, rootsTask.index);
  for (let t = 0; t < secular.parts; ++t) if (rootsTaskOf(secular, t).status < 0) return false;
  return true;
}

@inline
function rootsTaskOf(secular: Secular, t: i32): RootsTask {
  return changetype<RootsTask>(secular.scratch + <usize>t * recordBytes<RootsTask>());
}

function rootsTask(t: i32, args: usize): void {
  const secular = changetype<Secular>(args);
  const task = rootsTaskOf(secular, t);
  task.status = secularRoots(
    part(secular, t),
    part(secular, t + 1),
    secular.k,
    secular.poles,
    secular.squares,
    secular.rho,
    secular.origin,
    secular.tau,
    changetype<usize>(task),
  );
}

/** The corrected weights from … to − 1. */
export function findWeights(secular: Secular): void {
  share(secular, weightsTask.index);
}

function weightsTask(t: i32, args: usize): void {
  const secular = changetype<Secular>(args);
  secularWeights(
    part(secular, t),
    part(secular, t + 1),
    secular.k,
    secular.poles,
    secular.signs,
    secular.origin,
    secular.tau,
    secular.weights,
  );
}

/** The vectors of the roots from … to − 1, rows in the order of the shapes, into the panel. */
export function formVectors(secular: Secular): void {
  share(secular, vectorsTask.index);
}

function vectorsTask(t: i32, args: usize): void {
  const secular = changetype<Secular>(args);
  const from = part(secular, t);
  const panel = secular.panel + ((<usize>(from - secular.from) * <usize>secular.k) << 3);
  secularVectors(
    from,
    part(secular, t + 1),
    secular.k,
    secular.polesByShape,
    secular.weightsByShape,
    secular.origin,
    secular.tau,
    panel,
  );
}

/** Copies the upper rows of column kept[j] to column place[j] of `above` and the lower ones to `below`, from ≤ j < to. */
export function copyColumns(secular: Secular): void {
  share(secular, copyTask.index);
}

function copyTask(t: i32, args: usize): void {
  const secular = changetype<Secular>(args);
  const to = part(secular, t + 1);
  for (let j = part(secular, t); j < to; ++j) {
    const at = (<usize>j) << 2;
    const column = <usize>load<i32>(secular.kept + at);
    const place = load<i32>(secular.place + at);
    const from = secular.z + ((column * <usize>secular.ldz) << 3);
    const shape = load<i32>(secular.shape + (column << 2));
    if (shape != LOWER) copy(secular.n1, from, secular.above + ((<usize>secular.n1 * <usize>place) << 3));
    if (shape != UPPER) {
      copy(
        secular.n2,
        from + ((<usize>secular.n1) << 3),
        secular.below + ((<usize>secular.n2 * <usize>(place - secular.upper)) << 3),
      );
    }
  }
}

/** Start of part t of from … to − 1. */
@inline
function part(secular: Secular, t: i32): i32 {
  return secular.from + <i32>((<i64>(secular.to - secular.from) * t) / secular.parts);
}

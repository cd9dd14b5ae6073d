// The parts of a merge other than gemm, divided among the threads: roots, weights and vectors of the secular equation,
// and the copies of the columns that take part. Their argument is the record of the merge. The same function computes
// every number on any thread, so that the bits do not depend on the number of threads.
// Range: as for secularEquation.ts.

import { recordBytes } from '../../../job';
import { parallelFor, teamSize } from '../../../kernel/team';
import { copy } from '../../../kernel/vectors';
import { SHARED_ROOTS } from '../../tuning';
import { LOWER, UPPER } from './deflation';
import { belowOf, Merge, panelStart } from './mergeRecord';
import { PoleSums, secularRoots } from './secularEquation';
import { secularVectors, secularWeights } from './secularVectors';

/** The result of a task that computes roots: on a cache line of its own. */
@unmanaged
class RootsTask extends PoleSums {
  status: i32;
}

function share(merge: Merge, task: u32): void {
  const count = merge.partTo - merge.partFrom;
  merge.parts = count < SHARED_ROOTS ? 1 : min(teamSize(), count >> 5);
  parallelFor(merge.parts, task, changetype<usize>(merge));
}

/** Origin and tau of the roots of the part; false when one was not found. */
export function findRoots(merge: Merge): bool {
  share(merge, rootsTask.index);
  for (let t = 0; t < merge.parts; ++t) if (rootsTaskOf(merge, t).status < 0) return false;
  return true;
}

@inline
function rootsTaskOf(merge: Merge, t: i32): RootsTask {
  return changetype<RootsTask>(merge.values + <usize>t * recordBytes<RootsTask>());
}

function rootsTask(t: i32, args: usize): void {
  const merge = changetype<Merge>(args);
  const task = rootsTaskOf(merge, t);
  task.status = secularRoots(
    part(merge, t),
    part(merge, t + 1),
    merge.k,
    merge.poles,
    merge.squares,
    merge.rho,
    merge.origin,
    merge.tau,
    changetype<usize>(task),
  );
}

/** The corrected weights of the part. */
export function findWeights(merge: Merge): void {
  share(merge, weightsTask.index);
}

function weightsTask(t: i32, args: usize): void {
  const merge = changetype<Merge>(args);
  secularWeights(
    part(merge, t),
    part(merge, t + 1),
    merge.k,
    merge.poles,
    merge.signs,
    merge.origin,
    merge.tau,
    merge.weights,
  );
}

/** The vectors of the roots of the part, rows in the order of the shapes, into the panel. */
export function formVectors(merge: Merge): void {
  share(merge, vectorsTask.index);
}

function vectorsTask(t: i32, args: usize): void {
  const merge = changetype<Merge>(args);
  const from = part(merge, t);
  const panel = merge.panel + ((<usize>(from - panelStart(merge)) * <usize>merge.k) << 3);
  secularVectors(
    from,
    part(merge, t + 1),
    merge.k,
    merge.polesByShape,
    merge.weightsByShape,
    merge.origin,
    merge.tau,
    panel,
  );
}

/** Copies the upper rows of column kept[j] to column place[j] of `above` and the lower ones below them, for the columns j of the part. */
export function copyColumns(merge: Merge): void {
  share(merge, copyTask.index);
}

function copyTask(t: i32, args: usize): void {
  const merge = changetype<Merge>(args);
  const to = part(merge, t + 1);
  const n1 = merge.n1;
  const n2 = merge.n - n1;
  const below = belowOf(merge);
  for (let j = part(merge, t); j < to; ++j) {
    const at = (<usize>j) << 2;
    const column = <usize>load<i32>(merge.kept + at);
    const place = load<i32>(merge.place + at);
    const from = merge.z + ((column * <usize>merge.ldz) << 3);
    const shape = load<i32>(merge.shape + (column << 2));
    if (shape != LOWER) copy(n1, from, merge.above + ((<usize>n1 * <usize>place) << 3));
    if (shape != UPPER) {
      copy(n2, from + ((<usize>n1) << 3), below + ((<usize>n2 * <usize>(place - merge.upper)) << 3));
    }
  }
}

/** Start of share t of the part. */
@inline
function part(merge: Merge, t: i32): i32 {
  return merge.partFrom + <i32>((<i64>(merge.partTo - merge.partFrom) * t) / merge.parts);
}

// A_k = Z_k diag(d_k) Z_kᵀ for many small matrices in one job, which crosses the border to JavaScript once. Small ones go
// two at a time (lanes/); tasks of some matrices are shared out among the threads of the team, each with its own workspace.
// Larger matrices, and those that do not fit into a step, have the whole team for themselves, one after another.
// Range: as for symmetric.ts, each matrix by itself; its bits depend neither on the others nor on who computes it.
import { end, finish, Job, portion, progress, recordBytes, start, step } from '../job';
import { parallelFor, teamRank, teamSize } from '../kernel/team';
import { align } from '../numeric/align';
import { MORE, OK } from '../status';
import { decomposeLanes, lanesOf, sweepsOfLane } from './lanes/decomposeLanes';
import { goesInLanes } from './lanes/route';
import { costOver } from './methods';
import { startDecomposition, symmetricEigenStart, symmetricEigenWorkspace } from './symmetric';
import { Decomposition } from './symmetricRecord';
import { BATCH_TASK, LANE_COST, matrixCost, SHARED_BATCH } from './tuning';

/** State of a batch: `position` matrices are decomposed. */
@unmanaged
export class Batch extends Job {
  /** Result: the sweeps of all matrices. */
  sweeps: i32;
  n: i32;
  count: i32;
  method: i32;
  upper: i32;
  /** Whether the job of the matrix at `position` has started. */
  begun: i32;
  /** OK, or the status of the last matrix that failed. */
  worst: i32;
  /** Matrices of this step, and of a task. */
  some: i32;
  chunk: i32;
  a: usize;
  d: usize;
  z: usize;
  statuses: usize;
  /** Bytes between the workspaces of two threads. */
  share: usize;
}

/** What a thread counts: the sweeps of the matrices of its tasks. Its workspace follows. */
@unmanaged
class Tally {
  sweeps: i32;
}

/** Bytes of the workspace of a thread. */
@inline
function shareBytes(n: i32, method: i32, vectors: bool): usize {
  return align(recordBytes<Tally>() + symmetricEigenWorkspace(n, method, vectors));
}

@inline
function tallyOf(batch: Batch, rank: i32): Tally {
  return changetype<Tally>(changetype<usize>(batch) + recordBytes<Batch>() + <usize>rank * batch.share);
}

@inline
function inner(tally: Tally): usize {
  return changetype<usize>(tally) + recordBytes<Tally>();
}

/** Nominal nanoseconds of a matrix, on one thread. */
function costOf(n: i32, method: i32): f64 {
  return matrixCost(n) * (goesInLanes(n, method) ? LANE_COST : costOver(method));
}

/** Whether matrices are shared out, rather than each of them among all threads. */
function isShared(n: i32, method: i32): bool {
  return costOf(n, method) <= SHARED_BATCH;
}

/** Bytes of workspace: the record, and the workspace of one matrix for each thread. */
export function symmetricEigenBatchWorkspace(n: i32, method: i32, vectors: bool): usize {
  const shares = isShared(n, method) ? teamSize() : 1;
  return recordBytes<Batch>() + <usize>shares * shareBytes(n, method, vectors);
}

/**
 * Starts the decomposition (symmetric.ts) of `count` ≥ 1 matrices stored one after another at a, with their values at d
 * and, unless z = 0, vectors at z. statuses (count × i32) receives the status of each, the record the number of sweeps
 * of all. The job ends with OK or the status of the last matrix that failed.
 */
export function symmetricEigenBatchStart(
  n: i32,
  count: i32,
  a: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  statuses: usize,
  work: usize,
): void {
  const batch = changetype<Batch>(work);
  batch.sweeps = 0;
  batch.n = n;
  batch.count = count;
  batch.method = method;
  batch.upper = upper;
  batch.begun = false;
  batch.worst = OK;
  batch.a = a;
  batch.d = d;
  batch.z = z;
  batch.statuses = statuses;
  batch.share = shareBytes(n, method, z != 0);
  // So many that only the last task has lanes without a matrix.
  const lanes = lanesOf(n);
  batch.chunk = lanes * max(1, <i32>(BATCH_TASK / (<f64>lanes * costOf(n, method))));
  start(batch, decomposeSome.index);
}

/** Step: as many matrices as fit into the budget, or a part of a matrix that does not. */
function decomposeSome(work: usize, budget: f64): void {
  const batch = changetype<Batch>(work);
  const cost = costOf(batch.n, batch.method);
  if (!batch.begun && cost <= budget && isShared(batch.n, batch.method)) {
    batch.some = portion(budget * <f64>teamSize(), cost, 1, batch.count - batch.position);
    shareOut(batch);
  } else decomposeInTurn(batch, cost, budget);
  const done = <f64>batch.position + (batch.begun ? progress(inner(tallyOf(batch, 0))) : 0);
  batch.progress = done / <f64>batch.count;
  if (batch.position == batch.count) end(batch, batch.worst);
}

/** The next `some` matrices, by all threads. */
function shareOut(batch: Batch): void {
  const threads = teamSize();
  for (let rank = 0; rank < threads; ++rank) tallyOf(batch, rank).sweeps = 0;
  parallelFor((batch.some + batch.chunk - 1) / batch.chunk, chunkTask.index, changetype<usize>(batch));
  for (let rank = 0; rank < threads; ++rank) batch.sweeps += tallyOf(batch, rank).sweeps;
  for (let k = 0; k < batch.some; ++k) {
    const status = load<i32>(batch.statuses + ((<usize>batch.position) << 2));
    if (status != OK) batch.worst = status;
    ++batch.position;
  }
}

/** Task t of a step. */
function chunkTask(t: i32, args: usize): void {
  const batch = changetype<Batch>(args);
  const tally = tallyOf(batch, teamRank());
  const lanes = goesInLanes(batch.n, batch.method) ? lanesOf(batch.n) : 0;
  const to = batch.position + min(batch.some, (t + 1) * batch.chunk);
  for (let k = batch.position + t * batch.chunk; k < to; ) {
    if (lanes == 0) decomposeWhole(batch, k++, tally);
    else {
      const some = min(lanes, to - k);
      decomposeSmall(batch, k, some, tally);
      k += some;
    }
  }
}

/** Matrices k … k + some − 1 in lanes; those that fail there go the other way. */
function decomposeSmall(batch: Batch, k: i32, some: i32, tally: Tally): void {
  const n = batch.n;
  const work = inner(tally);
  const a = batch.a + <usize>k * matrixBytes(batch);
  const d = batch.d + ((<usize>k * <usize>n) << 3);
  const left = decomposeLanes(n, some, a, batch.upper != 0, d, vectorsOf(batch, k), work);
  for (let lane = 0; lane < some; ++lane) {
    if ((left >> lane) & 1) continue;
    tally.sweeps += sweepsOfLane(n, lane, work);
    store<i32>(batch.statuses + ((<usize>(k + lane)) << 2), OK);
  }
  for (let lane = 0; left >> lane != 0; ++lane) {
    if ((left >> lane) & 1) decomposeWhole(batch, k + lane, tally);
  }
}

/** Matrix k alone, which does not go in lanes, or has been there. */
function decomposeWhole(batch: Batch, k: i32, tally: Tally): void {
  startMatrix(batch, k, false, inner(tally));
  const status = finish(inner(tally));
  tally.sweeps += changetype<Decomposition>(inner(tally)).sweeps;
  store<i32>(batch.statuses + ((<usize>k) << 2), status);
}

/** One matrix after another, by all threads together, and of one that does not fit into a step a part. */
function decomposeInTurn(batch: Batch, cost: f64, budget: f64): void {
  const tally = tallyOf(batch, 0);
  let left = portion(budget, cost, 1, batch.count - batch.position);
  for (; left > 0; --left) {
    if (!batch.begun) startMatrix(batch, batch.position, true, inner(tally));
    batch.begun = true;
    const status = step(inner(tally), cost > budget ? budget : Infinity);
    if (status == MORE) {
      // Stops between two parts of a matrix, or at the end of the budget.
      if (cost > budget) break;
      ++left;
    } else finishOne(batch, status);
  }
}

@inline
function matrixBytes(batch: Batch): usize {
  return (<usize>batch.n * <usize>batch.n) << 3;
}

@inline
function vectorsOf(batch: Batch, k: i32): usize {
  return batch.z == 0 ? <usize>0 : batch.z + <usize>k * matrixBytes(batch);
}

/** `fresh`: whether it may go in lanes, where it has not been. */
function startMatrix(batch: Batch, k: i32, fresh: bool, work: usize): void {
  const n = batch.n;
  const a = batch.a + <usize>k * matrixBytes(batch);
  const d = batch.d + ((<usize>k * <usize>n) << 3);
  const z = vectorsOf(batch, k);
  if (fresh) symmetricEigenStart(n, a, batch.upper != 0, batch.method, d, z, work);
  else startDecomposition(n, a, 0, batch.upper != 0, batch.method, d, z, work);
}

function finishOne(batch: Batch, status: i32): void {
  batch.sweeps += changetype<Decomposition>(inner(tallyOf(batch, 0))).sweeps;
  store<i32>(batch.statuses + ((<usize>batch.position) << 2), status);
  if (status != OK) batch.worst = status;
  ++batch.position;
  batch.begun = false;
}

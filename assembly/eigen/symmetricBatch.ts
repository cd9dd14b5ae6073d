// A_k = Z_k diag(d_k) Z_kᵀ for many small matrices in one job, which crosses the border to JavaScript once.
// Range: as for symmetric.ts, each matrix by itself.
import { end, Job, portion, progress, recordBytes, start, step } from '../job';
import { MORE, OK } from '../status';
import { costOver } from './methods';
import { symmetricEigenStart, symmetricEigenWorkspace } from './symmetric';
import { Decomposition } from './symmetricRecord';
import { matrixCost } from './tuning';

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
  a: usize;
  d: usize;
  z: usize;
  statuses: usize;
}

@inline
function inner(work: usize): usize {
  return work + recordBytes<Batch>();
}

/** Bytes of workspace: the record, and the workspace of one matrix. */
export function symmetricEigenBatchWorkspace(n: i32, method: i32, vectors: bool): usize {
  return recordBytes<Batch>() + symmetricEigenWorkspace(n, method, vectors);
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
  start(batch, decomposeSome.index);
}

/** Step: as many matrices as fit into the budget, or a part of a matrix that does not. */
function decomposeSome(work: usize, budget: f64): void {
  const batch = changetype<Batch>(work);
  const cost = matrixCost(batch.n) * costOver(batch.method);
  let left = portion(budget, cost, 1, batch.count - batch.position);
  for (; left > 0; --left) {
    if (!batch.begun) startNext(batch);
    const status = step(inner(work), cost > budget ? budget : Infinity);
    if (status == MORE) {
      // Stops between two parts of a matrix, or at the end of the budget.
      if (cost > budget) break;
      ++left;
    } else finishOne(batch, status);
  }
  const done = <f64>batch.position + (batch.begun ? progress(inner(work)) : 0);
  batch.progress = done / <f64>batch.count;
  if (batch.position == batch.count) end(batch, batch.worst);
}

function startNext(batch: Batch): void {
  const n = batch.n;
  const before = <usize>batch.position * <usize>n;
  const z: usize = batch.z == 0 ? <usize>0 : batch.z + ((before * <usize>n) << 3);
  symmetricEigenStart(
    n,
    batch.a + ((before * <usize>n) << 3),
    batch.upper != 0,
    batch.method,
    batch.d + (before << 3),
    z,
    inner(changetype<usize>(batch)),
  );
  batch.begun = true;
}

function finishOne(batch: Batch, status: i32): void {
  batch.sweeps += changetype<Decomposition>(inner(changetype<usize>(batch))).sweeps;
  store<i32>(batch.statuses + ((<usize>batch.position) << 2), status);
  if (status != OK) batch.worst = status;
  ++batch.position;
  batch.begun = false;
}

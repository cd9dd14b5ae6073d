// T = Z diag(d) Zᵀ by implicitly shifted QL and QR: block by block, sweeps (qrSweeps.ts) until every off-diagonal is
// negligible. The rotations of many sweeps are collected and applied to Z together, see rotationSweeps.ts.
// Range: any finite T; each block is scaled by a power of two so that its largest element is between ½ and 1: S is
// orthogonal to some ulp, d accurate to some ulp of the norm of its block, whatever the sizes of the elements. An
// eigenvalue beyond the range of doubles becomes ±∞.

import { end, enter, finish, portion, recordBytes, start } from '../../job';
import { teamSize } from '../../kernel/team';
import { NOT_CONVERGED, OK } from '../../status';
import { selectEigenpairs, selectionCost } from '../eigenpairs';
import { APPLICATION_COST } from '../tuning';
import { openBlock, prepare, settledRows } from './blockIteration';
import { isFull, QrIteration, recordsOf, rotationsOf, sweep } from './qrSweeps';
import { applySweeps, applySweepsWorkspace, sweepRecordsBytes, sweepRotationsBytes } from './rotationSweeps';
import { rescale } from './tridiagonalBlock';

/** Bytes of workspace of `tridiagonalQr`. */
export function tridiagonalQrWorkspace(n: i32, vectors: bool): usize {
  const iteration = recordBytes<QrIteration>();
  return vectors
    ? iteration + sweepRotationsBytes(n) + sweepRecordsBytes(n) + applySweepsWorkspace(n)
    : iteration;
}

/**
 * Eigenvalues of the symmetric tridiagonal T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed.
 * With vectors, Z (nrows × n, leading dimension ldz) is multiplied from the right by the eigenvectors of T: Z = 1 gives
 * the vectors of T, Z = Q those of Q T Qᵀ. At most maxIterations sweeps in all (LAPACK allows 30 n). NOT_CONVERGED
 * leaves d unsorted, and the block that failed still coupled.
 */
export function tridiagonalQr(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  nrows: i32,
  vectors: bool,
  work: usize,
  maxIterations: i32,
): i32 {
  tridiagonalQrStart(n, d, e, z, ldz, nrows, vectors, work, maxIterations);
  return finish(work);
}

/** Starts `tridiagonalQr` as a job. */
export function tridiagonalQrStart(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  nrows: i32,
  vectors: bool,
  work: usize,
  maxIterations: i32,
): void {
  const iteration = changetype<QrIteration>(work);
  prepare(iteration, n, d, e, maxIterations);
  iteration.count = 0;
  iteration.used = 0;
  iteration.z = z;
  iteration.ldz = ldz;
  iteration.nrows = nrows;
  iteration.vectors = vectors;
  start(iteration, findBlock.index);
}

/** Result of the job: sweeps made. */
export function tridiagonalQrSweeps(work: usize): i32 {
  return changetype<QrIteration>(work).sweeps;
}

/** Progress: sweeps grow shorter as eigenvalues converge; `settled` of n have converged. */
function note(iteration: QrIteration, settled: i32): void {
  const left = 1 - <f64>settled / <f64>iteration.n;
  iteration.progress = 0.98 * (1 - left * left);
}

/** Step: finds the next block; after the last one, the remaining sweeps are applied. */
function findBlock(work: usize, _budget: f64): void {
  const iteration = changetype<QrIteration>(work);
  if (iteration.left >= 0 && openBlock(iteration)) {
    note(iteration, iteration.begin);
    enter(iteration, sweepBlock.index);
    return;
  }
  iteration.begin = iteration.n;
  iteration.sweeps = iteration.allowed - max(iteration.left, 0);
  if (iteration.count > 0) enter(iteration, applyLast.index);
  else settle(iteration);
}

/** Step: some sweeps over the block. */
function sweepBlock(work: usize, budget: f64): void {
  const iteration = changetype<QrIteration>(work);
  const done = iteration.down
    ? sweep(iteration, -1, iteration.begin, work, budget)
    : sweep(iteration, 1, iteration.end, work, budget);
  note(iteration, settledRows(iteration));
  if (!done) {
    if (isFull(iteration)) enter(iteration, applySome.index);
    return;
  }
  if (iteration.scale != 1)
    rescale(iteration.begin, iteration.end, iteration.d, iteration.e, 1 / iteration.scale);
  iteration.begin = iteration.end + 1;
  enter(iteration, findBlock.index);
}

/** Step: applies the collected sweeps to some rows of Z; then more sweeps follow. */
function applySome(work: usize, budget: f64): void {
  const iteration = changetype<QrIteration>(work);
  if (apply(iteration, work, budget)) enter(iteration, sweepBlock.index);
}

/** The same after the last sweep. */
function applyLast(work: usize, budget: f64): void {
  const iteration = changetype<QrIteration>(work);
  if (apply(iteration, work, budget)) settle(iteration);
}

/** Ends the sweeps: the eigenpairs have to be sorted, or did not converge. */
function settle(iteration: QrIteration): void {
  iteration.progress = 0.99;
  if (iteration.left < 0) end(iteration, NOT_CONVERGED);
  else enter(iteration, sortSome.index);
}

/** Step: some positions in ascending order. */
function sortSome(work: usize, budget: f64): void {
  const iteration = changetype<QrIteration>(work);
  const rows = iteration.vectors ? iteration.nrows : 0;
  const to =
    iteration.position +
    portion(budget, selectionCost(iteration.n, rows), 1, max(0, iteration.n - 1 - iteration.position));
  selectEigenpairs(iteration.n, iteration.position, to, iteration.d, iteration.z, iteration.ldz, rows);
  iteration.position = to;
  if (to >= iteration.n - 1) end(iteration, OK);
}

/** Applies the collected sweeps to some rows of Z; returns whether every row is done. */
function apply(iteration: QrIteration, work: usize, budget: f64): bool {
  const records = recordsOf(iteration.n, work);
  const panel = records + sweepRecordsBytes(iteration.n);
  const left = iteration.nrows - iteration.position;
  let rows = portion(budget, APPLICATION_COST * <f64>iteration.used, 16 * teamSize(), left);
  if (rows < left) rows &= ~15;
  applySweeps(
    rows,
    iteration.n,
    iteration.z + ((<usize>iteration.position) << 3),
    iteration.ldz,
    iteration.count,
    records,
    rotationsOf(work),
    panel,
  );
  iteration.position += rows;
  if (iteration.position < iteration.nrows) return false;
  iteration.count = 0;
  iteration.used = 0;
  return true;
}

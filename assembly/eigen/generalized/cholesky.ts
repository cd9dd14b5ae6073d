// B = L Lᴴ of a positive definite B, and the lower triangle of X := X L⁻ᴴ if that is Hermitian, as one job.
// Both take a block of columns, multiply it by L_kk⁻ᴴ from the right, and subtract its product with the block
// of L from the later columns,
//
//     X_k := X_k L_kk⁻ᴴ,   X_j := X_j − X_k L_jkᴴ  (j > k, rows from j on),
//
// which for X = B, with L_kk from B_kk, is Cholesky's factorization (LAPACK's dpotrf and zpotrf, lower triangle). The factor
// is that of a matrix within n ulp of |L||L|ᴴ of B (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 10.1).
// Range: diagonal of B between 1 and 4; the drivers scale it so. The imaginary parts of the diagonals are 0.
import { end, enter, Job, portion, recordBytes, start } from '../../job';
import { packingBytes } from '../../kernel/gemm/blocked';
import { gemmWorkspace } from '../../kernel/gemm/gemm';
import { Operands, operands } from '../../kernel/gemm/operands';
import { partStart } from '../../kernel/parts';
import { parallelFor, teamSize } from '../../kernel/team';
import { NOT_DEFINITE, OK } from '../../status';
import { FACTOR_BLOCK, LEAST_OF_PRODUCT, PRODUCT_COST } from '../tuning';
import { subtractLower } from './planeProduct';
import { half, LEAST_HALVED, solveRight, subtractColumn } from './triangular';

/** State of a factorization, or of a solution, between two steps. */
@unmanaged
export class Elimination extends Job {
  /** The pivot that is not positive, when the status is NOT_DEFINITE: its index and its value. */
  failed: i32;
  n: i32;
  pivot: f64;
  l: usize;
  x: usize;
  plane: usize;
  /** First column of the current block, rows of it that are solved, columns after it that are updated. */
  k: i32;
  solved: i32;
  updated: i32;
  /** First of the rows that are being solved. */
  from: i32;
  count: i32;
  parts: i32;
}

@inline
function threadBytes(n: i32): usize {
  return recordBytes<Operands>() + packingBytes(n, FACTOR_BLOCK, FACTOR_BLOCK);
}

/** Bytes of workspace of the job. */
export function eliminationWorkspace(n: i32): usize {
  const solving = <usize>teamSize() * threadBytes(n);
  return recordBytes<Elimination>() + max(solving, gemmWorkspace(n, n, FACTOR_BLOCK));
}

/**
 * Starts to overwrite the lower triangle of B (n×n, contiguous; planes `plane` bytes apart, 0 for real) by L. The job
 * ends with NOT_DEFINITE at the first pivot that is not positive.
 */
export function choleskyStart(n: i32, b: usize, plane: usize, work: usize): void {
  eliminationStart(n, b, b, plane, work);
}

/**
 * Starts X := X L⁻ᴴ; its lower triangle is right if the result is Hermitian. The diagonal blocks of X are read in full.
 */
export function solveRightLowerStart(n: i32, l: usize, x: usize, plane: usize, work: usize): void {
  eliminationStart(n, l, x, plane, work);
}

function eliminationStart(n: i32, l: usize, x: usize, plane: usize, work: usize): void {
  const job = changetype<Elimination>(work);
  job.failed = -1;
  job.pivot = 0;
  job.n = n;
  job.l = l;
  job.x = x;
  job.plane = plane;
  job.k = 0;
  job.solved = 0;
  job.updated = 0;
  job.parts = teamSize();
  start(job, blockSome.index);
  if (n <= 0) end(job, OK);
}

/** Step: some rows of a block of columns, or some columns of the update of the later columns. */
function blockSome(work: usize, budget: f64): void {
  const job = changetype<Elimination>(work);
  const width = min(FACTOR_BLOCK, job.n - job.k);
  const rest = job.n - job.k - width;
  const factoring = job.x == job.l;
  const corner = job.x + ((<usize>job.k) << 3) * <usize>(job.n + 1);
  const products = work + recordBytes<Elimination>();
  if (factoring && job.solved == 0 && job.updated == 0) {
    const failed = factorBlock(width, corner, job.n, job.plane, products);
    if (failed >= 0) {
      job.failed = job.k + failed;
      job.pivot = load<f64>(corner + ((<usize>failed) << 3) * <usize>(job.n + 1));
      end(job, NOT_DEFINITE);
      return;
    }
  }
  const unit = (job.plane == 0 ? 1.0 : 4.0) * PRODUCT_COST * <f64>width;
  const rows = factoring ? rest : rest + width;
  if (job.solved < rows) {
    job.from = job.n - rows + job.solved;
    job.count = portion(budget, 0.5 * unit * <f64>width, LEAST_OF_PRODUCT, rows - job.solved);
    parallelFor(job.parts, rowsTask.index, work);
    job.solved += job.count;
    if (job.solved < rows || rest > 0) return;
  }
  if (job.updated < rest) {
    const from = job.updated;
    const to = from + portion(budget, unit * <f64>(rest - from), LEAST_OF_PRODUCT, rest - from);
    const below = (<usize>width) << 3;
    const l = job.l + ((<usize>job.k) << 3) * <usize>(job.n + 1) + below;
    const ab = operands(corner + below, 1, job.n, l, job.n, 1, products);
    subtractLower(rest, from, to, width, ab, job.plane, corner + below * <usize>(job.n + 1), job.n);
    job.updated = to;
    if (to < rest) return;
  }
  job.k += width;
  job.solved = 0;
  job.updated = 0;
  const left = 1 - <f64>job.k / <f64>job.n;
  job.progress = 1 - left * left;
  if (job.k >= job.n) end(job, OK);
  else enter(job, blockSome.index);
}

/** Part t of the rows of this step. */
function rowsTask(t: i32, args: usize): void {
  const job = changetype<Elimination>(args);
  const n = job.n;
  const from = partStart(job.count, t, job.parts);
  const to = partStart(job.count, t + 1, job.parts);
  const column = ((<usize>job.k) << 3) * <usize>n;
  const l = job.l + column + ((<usize>job.k) << 3);
  const x = job.x + column + ((<usize>(job.from + from)) << 3);
  const work = args + recordBytes<Elimination>() + <usize>t * threadBytes(n);
  solveRight(to - from, min(FACTOR_BLOCK, n - job.k), l, n, x, n, job.plane, work);
}

/** L of a block (n×n, ld), by halves. Returns the index of the first pivot that is not positive, or −1. */
function factorBlock(n: i32, b: usize, ld: i32, plane: usize, work: usize): i32 {
  if (n <= LEAST_HALVED) return factorSmall(n, b, ld, plane);
  const n1 = half(n);
  const failed = factorBlock(n1, b, ld, plane, work);
  if (failed >= 0) return failed;
  const below = b + ((<usize>n1) << 3);
  const corner = b + ((<usize>n1) << 3) * <usize>(ld + 1);
  solveRight(n - n1, n1, b, ld, below, ld, plane, work);
  subtractLower(n - n1, 0, n - n1, n1, operands(below, 1, ld, below, ld, 1, work), plane, corner, ld);
  const second = factorBlock(n - n1, corner, ld, plane, work);
  return second >= 0 ? n1 + second : -1;
}

/** The same column by column, for small blocks. */
function factorSmall(n: i32, b: usize, ld: i32, plane: usize): i32 {
  const column = (<usize>ld) << 3;
  for (let k = 0; k < n; ++k) {
    const row = b + ((<usize>k) << 3);
    const rows = n - k;
    const bk = row + <usize>k * column;
    for (let j = 0; j < k; ++j) {
      const lj = row + <usize>j * column;
      subtractColumn(rows, lj, lj, bk, plane);
    }
    const pivot = load<f64>(bk);
    if (!(pivot > 0)) return k;
    const root = sqrt(pivot);
    store<f64>(bk, root);
    for (let i: usize = 8; i < (<usize>rows) << 3; i += 8) {
      store<f64>(bk + i, load<f64>(bk + i) / root);
      if (plane != 0) store<f64>(bk + i + plane, load<f64>(bk + i + plane) / root);
    }
    if (plane != 0) store<f64>(bk + plane, 0);
  }
  return -1;
}

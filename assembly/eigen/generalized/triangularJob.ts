// X := op(L) X or op(L)⁻¹ X of triangular.ts as a job: a block of rows of L at a time, on some columns of X. Each
// thread works on columns of its own, which are independent.
// Range and bits: as for triangular.ts.
import { end, enter, Job, portion, recordBytes, start } from '../../job';
import { packingBytes } from '../../kernel/gemm/blocked';
import { Operands, operands } from '../../kernel/gemm/operands';
import { partStart } from '../../kernel/parts';
import { parallelFor, teamSize } from '../../kernel/team';
import { OK } from '../../status';
import { FACTOR_BLOCK, LEAST_OF_PRODUCT, PRODUCT_COST } from '../tuning';
import { addProduct } from './planeProduct';
import { triangularLeft } from './triangular';
import { ADJOINT, INVERSE, isAscending } from './triangularColumns';

/** State of a product or a solution between two steps. */
@unmanaged
class Triangular extends Job {
  kind: i32;
  n: i32;
  m: i32;
  /** First row of the current block, columns of X that it has been applied to, and the number it is now applied to. */
  k: i32;
  column: i32;
  count: i32;
  l: usize;
  x: usize;
  plane: usize;
  parts: i32;
}

/** Bytes of workspace of one thread's products. */
@inline
function threadBytes(n: i32): usize {
  return recordBytes<Operands>() + packingBytes(n, n, min(n, FACTOR_BLOCK));
}

/** Bytes of workspace of a job of order n on at most n columns. */
export function triangularWorkspace(n: i32): usize {
  return recordBytes<Triangular>() + <usize>teamSize() * threadBytes(n);
}

/** Starts X (n×m) := op(L) X, both with leading dimension n; kind and plane as for `triangularLeft`. */
export function triangularStart(
  kind: i32,
  n: i32,
  m: i32,
  l: usize,
  x: usize,
  plane: usize,
  work: usize,
): void {
  const job = changetype<Triangular>(work);
  job.kind = kind;
  job.n = n;
  job.m = m;
  job.l = l;
  job.x = x;
  job.plane = plane;
  job.column = 0;
  job.parts = teamSize();
  job.k = isAscending(kind) ? 0 : ((n - 1) / FACTOR_BLOCK) * FACTOR_BLOCK;
  start(job, blockSome.index);
  if (m <= 0 || n <= 0) end(job, OK);
}

/** Step: a block of rows, on some columns of X. */
function blockSome(work: usize, budget: f64): void {
  const job = changetype<Triangular>(work);
  const rest = (job.kind & ADJOINT) != 0 ? job.k : job.n - job.k;
  const parts = job.plane == 0 ? 1.0 : 4.0;
  const cost = parts * PRODUCT_COST * <f64>FACTOR_BLOCK * <f64>(rest + FACTOR_BLOCK);
  job.count = portion(budget, cost, LEAST_OF_PRODUCT, job.m - job.column);
  parallelFor(job.parts, columnsTask.index, work);
  job.column += job.count;
  if (job.column == job.m) {
    job.column = 0;
    job.k += isAscending(job.kind) ? FACTOR_BLOCK : -FACTOR_BLOCK;
  }
  const done = <f64>(isAscending(job.kind) ? job.k : job.n - job.k - FACTOR_BLOCK) / <f64>job.n;
  job.progress = min(1, max(0, done));
  if (job.k < 0 || job.k >= job.n) end(job, OK);
  else enter(job, blockSome.index);
}

/** Part t of the columns of this step: op(L_kk), and what the block adds to the rows before or after it. */
function columnsTask(t: i32, args: usize): void {
  const job = changetype<Triangular>(args);
  const n = job.n;
  const k = job.k;
  const from = partStart(job.count, t, job.parts);
  const to = partStart(job.count, t + 1, job.parts);
  const width = min(FACTOR_BLOCK, n - k);
  const work = args + recordBytes<Triangular>() + <usize>t * threadBytes(n);
  const x = job.x + ((<usize>(job.column + from) * <usize>n) << 3);
  const row = (<usize>k) << 3;
  const diagonal = job.l + row * <usize>(n + 1);
  const inverse = (job.kind & INVERSE) != 0;
  if (inverse) triangularLeft(job.kind, width, to - from, diagonal, n, x + row, n, job.plane, work);
  const alpha = inverse ? -1.0 : 1.0;
  if ((job.kind & ADJOINT) != 0) {
    const ab = operands(job.l + row, n, 1, x + row, 1, n, work);
    addProduct(k, to - from, width, alpha, ab, job.plane, -1, 1, x, n);
  } else {
    const below = (<usize>width) << 3;
    const ab = operands(diagonal + below, 1, n, x + row, 1, n, work);
    addProduct(n - k - width, to - from, width, alpha, ab, job.plane, 1, 1, x + row + below, n);
  }
  if (!inverse) triangularLeft(job.kind, width, to - from, diagonal, n, x + row, n, job.plane, work);
}

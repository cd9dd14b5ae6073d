// A = Z diag(d) Zᵀ for dense symmetric A, all of it or some eigenpairs: scaling, then one of the algorithms of this room,
// as a job. Tridiagonal routes: A = Q T Qᵀ, T = S diag(d) Sᵀ, Z = Q S. Where only some vectors are
// wanted, the last merge of divide and conquer forms only those columns of S and only those are transformed back; they
// come from the same orthogonal S as all the others, so the vectors of a cluster are orthogonal, which inverse
// iteration cannot promise.
// Range: any finite A. Outside 1e-100 < max|a_ij| < 1e100 it is scaled by a power of two; entries may be of any sizes within.
// ‖A − ZDZᵀ‖ / (‖A‖ n ulp) and ‖1 − ZZᵀ‖ / (n ulp) are below 10 in all tests; eigenvalues beyond the range of doubles
// become ±∞, those below it multiples of 2^-1074.
import { end, enter, portion, progress, start, step } from '../job';
import { powerOfTwoNear } from '../numeric/scaling';
import { MORE, OK } from '../status';
import { jacobiRouteStart, jacobiRouteWorkspace, jacobiScale, Route } from './jacobi/route';
import { mirrorColumns, mirrorCost } from './mirror';
import { backTransformStart, backTransformWorkspace } from './reduce/backTransform';
import { tridiagonalizeStart, tridiagonalizeWorkspace } from './reduce/tridiagonalize';
import { tridiagonalizeValuesStart, tridiagonalizeValuesWorkspace } from './reduce/tridiagonalizeValues';
import { Decomposition, decompositionBytes, layOut } from './symmetricRecord';
import { identityColumns, largest, scaleColumns, unscale } from './symmetricScaling';
import {
  countUpTo,
  divideAndConquerSelect,
  divideAndConquerStart,
  tridiagonalDivideAndConquerWorkspace,
} from './tridiagonal/divide/divideAndConquer';
import {
  tridiagonalEigenvaluesStart,
  tridiagonalEigenvaluesSweeps,
  tridiagonalEigenvaluesWorkspace,
} from './tridiagonal/pwk';
import { tridiagonalQrStart, tridiagonalQrSweeps, tridiagonalQrWorkspace } from './tridiagonal/qr';
import { refineEigenvaluesStart, refineEigenvaluesWorkspace } from './tridiagonal/refineEigenvalues';

// Methods.
export const METHOD_QR: i32 = 0;
export const METHOD_JACOBI: i32 = 1;
export const METHOD_DC: i32 = 2;

/** Sweeps a row of T, as in LAPACK. */
const SWEEPS_PER_ROW: i32 = 30;
/** Order below which divide and conquer leaves a block to QR. */
const CUTOFF: i32 = 20;

/** Bytes of workspace of a decomposition. */
export function symmetricEigenWorkspace(n: i32, method: i32, vectors: bool): usize {
  if (method == METHOD_JACOBI) return decompositionBytes(n) + jacobiRouteWorkspace(n);
  let rest = max(
    vectors ? tridiagonalizeWorkspace(n) : tridiagonalizeValuesWorkspace(n),
    refineEigenvaluesWorkspace(n),
  );
  if (!vectors) rest = max(rest, tridiagonalEigenvaluesWorkspace());
  else {
    rest = max(rest, backTransformWorkspace(n, n));
    rest = max(
      rest,
      method == METHOD_DC ? tridiagonalDivideAndConquerWorkspace(n, CUTOFF) : tridiagonalQrWorkspace(n, true),
    );
  }
  return decompositionBytes(n) + rest;
}

/**
 * Starts the decomposition as a job: eigenvalues of A ascending into d (n), with z ≠ 0 eigenvectors into the columns of z (n×n,
 * contiguous). A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower; destroyed.
 * A, d, z and the workspace belong to the decomposition until a step has returned something else than MORE. In the
 * record are then the number of sweeps, the first eigenpair and the one behind the last.
 */
export function symmetricEigenStart(
  n: i32,
  a: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): void {
  const x = changetype<Decomposition>(work);
  x.sweeps = 0;
  x.first = 0;
  x.last = n;
  x.size = 0;
  x.scale = 1;
  x.byValue = false;
  x.n = n;
  x.a = a;
  x.d = d;
  x.z = z;
  x.method = method;
  x.upper = upper;
  // Shares as they were measured at n = 1024.
  x.reduced = z == 0 ? 0.9 : method == METHOD_DC ? 0.5 : 0.15;
  x.solved = z == 0 ? 0.93 : method == METHOD_DC ? 0.75 : 0.9;
  layOut(x);
  start(x, upper || method == METHOD_JACOBI ? mirrorSome.index : measureSome.index);
  if (n == 1 && method == METHOD_JACOBI) {
    // Exact, where a Cholesky factor and its square would round.
    store<f64>(d, load<f64>(a));
    if (z != 0) store<f64>(z, 1);
    end(x, OK);
  } else if (n == 0) end(x, OK);
}

/**
 * Right after the start: only some eigenpairs are wanted, in their places of d and z; the others are undefined. By value:
 * those with lo < λ ≤ hi, as computed, where lo = −∞ is no bound; else lo and hi are the first and the last index. Not
 * with Jacobi.
 */
export function symmetricEigenSelect(byValue: bool, lo: f64, hi: f64, work: usize): void {
  const x = changetype<Decomposition>(work);
  x.byValue = byValue;
  x.lo = lo;
  x.hi = hi;
  if (byValue) return;
  x.first = <i32>lo;
  x.last = <i32>hi + 1;
}

/** How many of the n columns that are left fit into the budget. */
function columns(x: Decomposition, budget: f64, cost: f64, least: i32): i32 {
  return x.position + portion(budget, cost, least, x.n - x.position);
}

/** The other triangle. */
function mirrorSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const to = columns(x, budget, mirrorCost(x.n), 32);
  mirrorColumns(x.n, x.position, to, x.a, x.upper != 0);
  x.position = to;
  if (to == x.n) enter(x, measureSome.index);
}

/** The largest entry: products of three entries may neither over- nor underflow. */
function measureSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const to = columns(x, budget, <f64>x.n, 32);
  x.size = max(x.size, largest(x.n, x.position, to, x.a));
  x.position = to;
  if (to < x.n) return;
  const size = x.size;
  if (size != 0 && x.method == METHOD_JACOBI) x.scale = jacobiScale(size);
  else if (!(size == 0 || (size > 1e-100 && size < 1e100))) x.scale = powerOfTwoNear(1 / size);
  if (x.scale != 1) enter(x, scaleSome.index);
  else reduce(x);
}

function scaleSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const to = columns(x, budget, <f64>x.n, 32);
  scaleColumns(x.n, x.position, to, x.a, x.scale, x.method == METHOD_JACOBI);
  x.position = to;
  if (to == x.n) reduce(x);
}

/** Starts Jacobi's rotations or the reduction to T. */
function reduce(x: Decomposition): void {
  const n = x.n;
  if (x.method == METHOD_JACOBI) {
    jacobiRouteStart(n, x.a, x.d, x.z, x.inner);
    enter(x, rotateSome.index);
    return;
  }
  if (x.z != 0) tridiagonalizeStart(n, x.a, n, x.d, x.e, x.tau, x.inner);
  else tridiagonalizeValuesStart(n, x.a, n, x.d, x.e, x.inner);
  enter(x, reduceSome.index);
}

/** A step of the job of the part at work, which goes from one share of the work to another. */
function inside(x: Decomposition, budget: f64, from: f64, to: f64): i32 {
  const status = step(x.inner, budget);
  x.progress = from + (to - from) * progress(x.inner);
  return status;
}

function rotateSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const status = inside(x, budget, 0, 1);
  x.sweeps = changetype<Route>(x.inner).sweeps;
  if (status == MORE) return;
  unscale(x);
  end(x, status);
}

function reduceSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  if (inside(x, budget, 0, x.reduced) != MORE) solve(x);
}

/** Starts one of the three ways from T to its eigenpairs. */
function solve(x: Decomposition): void {
  const n = x.n;
  const sweeps = SWEEPS_PER_ROW * n;
  if (x.z != 0 && x.method == METHOD_DC) {
    divideAndConquerStart(n, x.d, x.e, x.z, n, x.first, x.last, x.inner, CUTOFF);
    if (x.byValue) divideAndConquerSelect(x.lo, x.hi, x.scale, x.inner);
    enter(x, divideSome.index);
    return;
  }
  memory.copy(x.d0, x.d, (<usize>n) << 3);
  memory.copy(x.e0, x.e, (<usize>n) << 3);
  if (x.z != 0) {
    // QR turns the identity into S.
    tridiagonalQrStart(n, x.d, x.e, x.z, n, n, true, x.inner, sweeps);
    enter(x, unitSome.index);
  } else {
    tridiagonalEigenvaluesStart(n, x.d, x.e, x.inner, sweeps);
    enter(x, valuesSome.index);
  }
}

function divideSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const status = inside(x, budget, x.reduced, x.solved);
  if (status != MORE) select(x, status);
}

/** The unit matrix in z. */
function unitSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const to = columns(x, budget, 4 * <f64>x.n, 1);
  identityColumns(x.n, x.position, to, x.z);
  x.position = to;
  if (to == x.n) enter(x, sweepSome.index);
}

function sweepSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const status = inside(x, budget, x.reduced, x.solved);
  if (status != MORE) refine(x, tridiagonalQrSweeps(x.inner), status);
}

function valuesSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  const status = inside(x, budget, x.reduced, x.solved);
  if (status != MORE) refine(x, tridiagonalEigenvaluesSweeps(x.inner), status);
}

/** After `sweeps` sweeps: the values are refined, if they are there. */
function refine(x: Decomposition, sweeps: i32, status: i32): void {
  x.sweeps = sweeps;
  if (status != OK) {
    select(x, status);
    return;
  }
  refineEigenvaluesStart(x.n, x.d0, x.e0, x.d, x.inner);
  enter(x, refineSome.index);
}

function refineSome(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  if (inside(x, budget, x.solved, x.z == 0 ? 1 : x.solved) != MORE) select(x, OK);
}

/** Which eigenpairs are wanted; their vectors are turned back, also when some of T's did not converge. */
function select(x: Decomposition, status: i32): void {
  const n = x.n;
  unscale(x);
  if (x.byValue) {
    x.first = countUpTo(n, x.d, 1, 1, x.lo);
    x.last = countUpTo(n, x.d, 1, 1, x.hi);
  }
  if (x.z == 0) {
    end(x, status);
    return;
  }
  x.outcome = status;
  const first = x.z + ((<usize>x.first * <usize>n) << 3);
  backTransformStart(n, x.last - x.first, x.a, n, x.tau, first, n, x.inner);
  x.progress = x.solved + (1 - x.solved) * progress(x.inner);
  enter(x, turnBack.index);
}

function turnBack(work: usize, budget: f64): void {
  const x = changetype<Decomposition>(work);
  if (inside(x, budget, x.solved, 1) != MORE) end(x, x.outcome);
}

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
import {
  COPY_COST,
  CUTOFF,
  LEAST_OF_PASS,
  READ_COST,
  REDUCED_DC,
  REDUCED_QR,
  REDUCED_VALUES,
  SOLVED_DC,
  SOLVED_QR,
  SOLVED_VALUES,
} from './tuning';

// Methods.
export const METHOD_QR: i32 = 0;
export const METHOD_JACOBI: i32 = 1;
export const METHOD_DC: i32 = 2;

/** Sweeps a row of T, as in LAPACK. */
const SWEEPS_PER_ROW: i32 = 30;

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
 * Starts the decomposition as a job: eigenvalues of A ascending into d (n), and with z ≠ 0 eigenvectors into the columns
 * of z (n×n, contiguous). A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower; destroyed.
 * A, d, z and the workspace must be left alone until a step returns something other than MORE. In the
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
  const whole = changetype<Decomposition>(work);
  whole.sweeps = 0;
  whole.first = 0;
  whole.last = n;
  whole.size = 0;
  whole.scale = 1;
  whole.byValue = false;
  whole.n = n;
  whole.a = a;
  whole.d = d;
  whole.z = z;
  whole.method = method;
  whole.upper = upper;
  const dc = method == METHOD_DC;
  whole.reduced = z == 0 ? REDUCED_VALUES : dc ? REDUCED_DC : REDUCED_QR;
  whole.solved = z == 0 ? SOLVED_VALUES : dc ? SOLVED_DC : SOLVED_QR;
  layOut(whole);
  start(whole, upper || method == METHOD_JACOBI ? mirrorSome.index : measureSome.index);
  if (n == 1 && method == METHOD_JACOBI) {
    // Exact, where a Cholesky factor and its square would round.
    store<f64>(d, load<f64>(a));
    if (z != 0) store<f64>(z, 1);
    end(whole, OK);
  } else if (n == 0) end(whole, OK);
}

/**
 * Right after the start: only some eigenpairs are wanted, in their places of d and z; the others are undefined. By value:
 * those with lo < λ ≤ hi, as computed, where lo = −∞ is no bound; else lo and hi are the first and the last index. Not
 * with Jacobi.
 */
export function symmetricEigenSelect(byValue: bool, lo: f64, hi: f64, work: usize): void {
  const whole = changetype<Decomposition>(work);
  whole.byValue = byValue;
  whole.lo = lo;
  whole.hi = hi;
  if (byValue) return;
  whole.first = <i32>lo;
  whole.last = <i32>hi + 1;
}

/** How many of the n columns that are left fit into the budget. */
function columns(whole: Decomposition, budget: f64, cost: f64, least: i32): i32 {
  return whole.position + portion(budget, cost, least, whole.n - whole.position);
}

/** The other triangle. */
function mirrorSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, mirrorCost(whole.n), LEAST_OF_PASS);
  mirrorColumns(whole.n, whole.position, to, whole.a, whole.upper != 0);
  whole.position = to;
  if (to == whole.n) enter(whole, measureSome.index);
}

/** The largest entry: products of three entries may neither over- nor underflow. */
function measureSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, READ_COST * <f64>whole.n, LEAST_OF_PASS);
  whole.size = max(whole.size, largest(whole.n, whole.position, to, whole.a));
  whole.position = to;
  if (to < whole.n) return;
  const size = whole.size;
  if (size != 0 && whole.method == METHOD_JACOBI) whole.scale = jacobiScale(size);
  else if (!(size == 0 || (size > 1e-100 && size < 1e100))) whole.scale = powerOfTwoNear(1 / size);
  if (whole.scale != 1) enter(whole, scaleSome.index);
  else reduce(whole);
}

function scaleSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, READ_COST * <f64>whole.n, LEAST_OF_PASS);
  scaleColumns(whole.n, whole.position, to, whole.a, whole.scale, whole.method == METHOD_JACOBI);
  whole.position = to;
  if (to == whole.n) reduce(whole);
}

/** Starts Jacobi's rotations or the reduction to T. */
function reduce(whole: Decomposition): void {
  const n = whole.n;
  if (whole.method == METHOD_JACOBI) {
    jacobiRouteStart(n, whole.a, whole.d, whole.z, whole.inner);
    enter(whole, rotateSome.index);
    return;
  }
  if (whole.z != 0) tridiagonalizeStart(n, whole.a, n, whole.d, whole.e, whole.tau, whole.inner);
  else tridiagonalizeValuesStart(n, whole.a, n, whole.d, whole.e, whole.inner);
  enter(whole, reduceSome.index);
}

/** A step of the job of the part at work, which goes from one share of the work to another. */
function inside(whole: Decomposition, budget: f64, from: f64, to: f64): i32 {
  const status = step(whole.inner, budget);
  whole.progress = from + (to - from) * progress(whole.inner);
  return status;
}

function rotateSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = inside(whole, budget, 0, 1);
  whole.sweeps = changetype<Route>(whole.inner).sweeps;
  if (status == MORE) return;
  unscale(whole);
  end(whole, status);
}

function reduceSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  if (inside(whole, budget, 0, whole.reduced) != MORE) solve(whole);
}

/** Starts one of the three ways from T to its eigenpairs. */
function solve(whole: Decomposition): void {
  const n = whole.n;
  const sweeps = SWEEPS_PER_ROW * n;
  if (whole.z != 0 && whole.method == METHOD_DC) {
    divideAndConquerStart(n, whole.d, whole.e, whole.z, n, whole.first, whole.last, whole.inner, CUTOFF);
    if (whole.byValue) divideAndConquerSelect(whole.lo, whole.hi, whole.scale, whole.inner);
    enter(whole, divideSome.index);
    return;
  }
  memory.copy(whole.d0, whole.d, (<usize>n) << 3);
  memory.copy(whole.e0, whole.e, (<usize>n) << 3);
  if (whole.z != 0) {
    // QR turns the identity into S.
    tridiagonalQrStart(n, whole.d, whole.e, whole.z, n, n, true, whole.inner, sweeps);
    enter(whole, unitSome.index);
  } else {
    tridiagonalEigenvaluesStart(n, whole.d, whole.e, whole.inner, sweeps);
    enter(whole, valuesSome.index);
  }
}

function divideSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = inside(whole, budget, whole.reduced, whole.solved);
  if (status != MORE) select(whole, status);
}

/** The unit matrix in z. */
function unitSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, 2 * COPY_COST * <f64>whole.n, 1);
  identityColumns(whole.n, whole.position, to, whole.z);
  whole.position = to;
  if (to == whole.n) enter(whole, sweepSome.index);
}

function sweepSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = inside(whole, budget, whole.reduced, whole.solved);
  if (status != MORE) refine(whole, tridiagonalQrSweeps(whole.inner), status);
}

function valuesSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = inside(whole, budget, whole.reduced, whole.solved);
  if (status != MORE) refine(whole, tridiagonalEigenvaluesSweeps(whole.inner), status);
}

/** After `sweeps` sweeps: the values are refined, if they are there. */
function refine(whole: Decomposition, sweeps: i32, status: i32): void {
  whole.sweeps = sweeps;
  if (status != OK) {
    select(whole, status);
    return;
  }
  refineEigenvaluesStart(whole.n, whole.d0, whole.e0, whole.d, whole.inner);
  enter(whole, refineSome.index);
}

function refineSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  if (inside(whole, budget, whole.solved, whole.z == 0 ? 1 : whole.solved) != MORE) select(whole, OK);
}

/** Which eigenpairs are wanted; their vectors are turned back, also when some of T's did not converge. */
function select(whole: Decomposition, status: i32): void {
  const n = whole.n;
  unscale(whole);
  if (whole.byValue) {
    whole.first = countUpTo(n, whole.d, 1, 1, whole.lo);
    whole.last = countUpTo(n, whole.d, 1, 1, whole.hi);
  }
  if (whole.z == 0) {
    end(whole, status);
    return;
  }
  whole.outcome = status;
  const first = whole.z + ((<usize>whole.first * <usize>n) << 3);
  backTransformStart(n, whole.last - whole.first, whole.a, n, whole.tau, first, n, whole.inner);
  whole.progress = whole.solved + (1 - whole.solved) * progress(whole.inner);
  enter(whole, turnBack.index);
}

function turnBack(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  if (inside(whole, budget, whole.solved, 1) != MORE) end(whole, whole.outcome);
}

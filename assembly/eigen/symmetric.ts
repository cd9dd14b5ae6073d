// A = Z diag(d) Zᴴ for dense symmetric or Hermitian A, all of it or some eigenpairs: scaling, then one of the
// algorithms of this room, as a job. Tridiagonal methods: A = Q T Qᴴ with a real T, T = S diag(d) Sᵀ, Z = Q S. If only
// some vectors are wanted, the last merge of divide and conquer forms only those columns of S, and only those are
// transformed back. They come from the same orthogonal S as all the others, so that the vectors of a cluster are
// orthogonal, which inverse iteration cannot promise.
// Range: any finite A. Unless max|a_ij| is moderate (numeric/scaling.ts) it is scaled by a power of two; the entries may differ in
// size by any factor. ‖A − ZDZᴴ‖ / (‖A‖ n ulp) and ‖1 − ZᴴZ‖ / (n ulp) are below 10 in all tests; eigenvalues beyond
// the range of doubles become ±∞, those below it multiples of 2^-1074.

import { end, enter, portion, progress, start, stepInner } from '../job';
import { isModerate, powerOfTwoNear } from '../numeric/scaling';
import { MORE, OK } from '../status';
import { pairColumns, pairCost } from './complexColumns';
import { decomposeLanes, lanesWorkspace, sweepsOfLane } from './lanes/decomposeLanes';
import { goesInLanes } from './lanes/route';
import {
  decomposeWhole,
  scaleOfWhole,
  shareOfReduction,
  shareOfSolution,
  sweepsOfWhole,
  worksOnWhole,
  workspaceOfWhole,
} from './methods';
import { mirrorColumns, mirrorCost } from './mirror';
import { backTransformStart, backTransformWorkspace } from './reduce/backTransform';
import { backTransformComplexStart, backTransformComplexWorkspace } from './reduce/backTransformComplex';
import { tridiagonalizeStart, tridiagonalizeWorkspace } from './reduce/tridiagonalize';
import { tridiagonalizeComplexStart, tridiagonalizeComplexWorkspace } from './reduce/tridiagonalizeComplex';
import { tridiagonalizeValuesStart, tridiagonalizeValuesWorkspace } from './reduce/tridiagonalizeValues';
import { spectrumWorkspace } from './spectrum';
import { conjugateUpper } from './square';
import { Decomposition, decompositionBytes, layOut, prepare } from './symmetricRecord';
import { largest, scaleColumns, unscale } from './symmetricScaling';
import { countUpTo } from './tridiagonal/divide/divideAndConquer';
import { enterTridiagonal, stepTridiagonal, turnVectors } from './tridiagonalPart';
import {
  complexReductionBlock,
  complexReflectorBlock,
  LEAST_OF_PASS,
  READ_COST,
  REDUCED_VALUES,
  reductionBlock,
} from './tuning';

/** Bytes of workspace of a decomposition of a symmetric matrix. */
export function symmetricEigenWorkspace(n: i32, method: i32, vectors: bool): usize {
  if (worksOnWhole(method)) return decompositionBytes(n) + workspaceOfWhole(method, n, false);
  const reduction = vectors
    ? max(tridiagonalizeWorkspace(n), backTransformWorkspace(n, n))
    : tridiagonalizeValuesWorkspace(n);
  const rest = max(reduction, spectrumWorkspace(n, method, vectors));
  return decompositionBytes(n) + (goesInLanes(n, method) ? max(rest, lanesWorkspace(n)) : rest);
}

/** Bytes of workspace of a decomposition of a Hermitian matrix. */
export function hermitianEigenWorkspace(n: i32, method: i32, vectors: bool): usize {
  if (worksOnWhole(method)) return decompositionBytes(n) + workspaceOfWhole(method, n, true);
  let rest = max(tridiagonalizeComplexWorkspace(n), spectrumWorkspace(n, method, vectors));
  if (vectors) rest = max(rest, backTransformComplexWorkspace(n));
  return decompositionBytes(n) + rest;
}

/**
 * Starts the decomposition as a job: eigenvalues of A ascending into d (n), and if z ≠ 0 eigenvectors into the columns
 * of z (n×n, contiguous). A is n×n column-major, contiguous; its upper triangle is read if `upper`, otherwise its lower
 * one; A is destroyed. A, d, z and the workspace must be left alone until a step returns a value other than MORE. The
 * record then holds the number of sweeps, the first eigenpair and the one after the last.
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
  startDecomposition(n, a, 0, upper, method, d, z, work);
  if (goesInLanes(n, method)) enter(changetype<Decomposition>(work), decomposeInLane.index);
}

/** Step: the whole of a small matrix, or, where that fails, nothing. */
function decomposeInLane(work: usize, _budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const n = whole.n;
  if (decomposeLanes(n, 1, whole.a, whole.upper != 0, whole.d, whole.z, whole.inner) != 0) {
    enter(whole, whole.upper ? mirrorSome.index : measureSome.index);
    return;
  }
  whole.sweeps = sweepsOfLane(n, 0, whole.inner);
  if (whole.byValue) {
    whole.first = countUpTo(n, whole.d, 1, 1, whole.lo);
    whole.last = countUpTo(n, whole.d, 1, 1, whole.hi);
  }
  end(whole, OK);
}

/**
 * The same for a Hermitian A: a plane of real parts (n×n column-major, contiguous) and after it one of imaginary parts,
 * zero on the diagonal. With `upper` the conjugate of A is read from its upper triangle, which is the lower triangle of
 * A when rows are read as columns. z: n columns of n complex numbers, pairs of real and imaginary part.
 */
export function hermitianEigenStart(
  n: i32,
  a: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): void {
  startDecomposition(n, a, a + ((<usize>n * <usize>n) << 3), upper, method, d, z, work);
}

/** Starts it otherwise than in lanes, which a small symmetric A (a2 = 0) may have been refused by. */
export function startDecomposition(
  n: i32,
  a: usize,
  a2: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): void {
  const whole = changetype<Decomposition>(work);
  prepare(whole, n, a, method, d, z);
  whole.a2 = a2;
  if (z != 0 && a2 != 0) whole.s += (<usize>n * <usize>n) << 3;
  whole.upper = upper;
  whole.reduced = z == 0 ? REDUCED_VALUES : shareOfReduction(method);
  whole.solved = z == 0 ? 1 : shareOfSolution(method);
  layOut(whole);
  start(whole, upper || worksOnWhole(method) ? mirrorSome.index : measureSome.index);
  if (n == 1 && a2 == 0 && worksOnWhole(method)) {
    // Exact, whereas a Cholesky factor and its square would round.
    store<f64>(d, load<f64>(a));
    if (z != 0) store<f64>(z, 1);
    end(whole, OK);
  }
  if (n == 0) end(whole, OK);
}

/**
 * Right after the start: selects the eigenpairs that are wanted; they come to their places in d and z, and the others
 * are undefined. By value: those with lo < λ ≤ hi, as computed, where lo = −∞ is no bound; otherwise lo and hi are the
 * first and the last index. Not for a method that works on A itself.
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

/** Number of the remaining columns that fit into the budget. */
function columns(whole: Decomposition, budget: f64, cost: f64, least: i32): i32 {
  return whole.position + portion(budget, cost, least, whole.n - whole.position);
}

/** Step: mirrors some columns of the given triangle to the other. */
function mirrorSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, mirrorCost(whole.n), LEAST_OF_PASS);
  mirrorColumns(whole.n, whole.position, to, whole.a, whole.upper != 0);
  if (whole.a2 != 0) mirrorColumns(whole.n, whole.position, to, whole.a2, whole.upper != 0);
  whole.position = to;
  if (to < whole.n) return;
  // Only methods that work on A itself read above the diagonal.
  if (whole.a2 != 0 && worksOnWhole(whole.method)) conjugateUpper(whole.n, 0, whole.n, whole.a2);
  enter(whole, measureSome.index);
}

/** Step: looks for the largest entry: products of three entries may neither over- nor underflow. */
function measureSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, READ_COST * <f64>whole.n, LEAST_OF_PASS);
  whole.size = max(whole.size, largest(whole.n, whole.position, to, whole.a));
  if (whole.a2 != 0) whole.size = max(whole.size, largest(whole.n, whole.position, to, whole.a2));
  whole.position = to;
  if (to < whole.n) return;
  const size = whole.size;
  if (size != 0 && worksOnWhole(whole.method)) whole.scale = scaleOfWhole(whole.method, size);
  else if (!isModerate(size)) whole.scale = powerOfTwoNear(1 / size);
  if (whole.scale != 1) enter(whole, scaleSome.index);
  else reduce(whole);
}

function scaleSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const to = columns(whole, budget, READ_COST * <f64>whole.n, LEAST_OF_PASS);
  scaleColumns(whole.n, whole.position, to, whole.a, whole.scale, worksOnWhole(whole.method));
  if (whole.a2 != 0)
    scaleColumns(whole.n, whole.position, to, whole.a2, whole.scale, worksOnWhole(whole.method));
  whole.position = to;
  if (to == whole.n) reduce(whole);
}

/** Starts the method on A itself, or the reduction to T. */
function reduce(whole: Decomposition): void {
  const n = whole.n;
  if (worksOnWhole(whole.method)) {
    decomposeWhole(whole);
    enter(whole, wholeSome.index);
    return;
  }
  if (whole.a2 != 0)
    tridiagonalizeComplexStart(
      n,
      whole.a,
      whole.a2,
      whole.d,
      whole.e,
      whole.tau,
      whole.tau2,
      complexReductionBlock(n),
      whole.inner,
    );
  else if (whole.z != 0)
    tridiagonalizeStart(n, whole.a, n, whole.d, whole.e, whole.tau, reductionBlock(n), whole.inner);
  else tridiagonalizeValuesStart(n, whole.a, n, whole.d, whole.e, whole.inner);
  enter(whole, reduceSome.index);
}

function wholeSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = stepInner(whole, whole.inner, budget, 0, 1);
  whole.sweeps = sweepsOfWhole(whole);
  if (status == MORE) return;
  unscale(whole.n, whole.d, whole.scale);
  end(whole, status);
}

function reduceSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  if (stepInner(whole, whole.inner, budget, 0, whole.reduced) == MORE) return;
  enterTridiagonal(whole, solveSome.index);
}

/** Step: the eigenpairs of T; their vectors are transformed back even when some did not converge. */
function solveSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const status = stepTridiagonal(whole, budget);
  if (status == MORE) return;
  if (whole.z == 0) end(whole, status);
  else if (whole.a2 == 0) transform(whole);
  else {
    enter(whole, pairSome.index);
    whole.position = whole.first;
  }
}

/** Step: converts the real vectors of T to complex ones. */
function pairSome(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  const from = whole.position;
  const to = from + portion(budget, pairCost(whole.n), LEAST_OF_PASS, whole.last - from);
  pairColumns(whole.n, from, to, whole.s, whole.z);
  whole.position = to;
  if (to >= whole.last) transform(whole);
}

/** Starts to transform the vectors of T back. */
function transform(whole: Decomposition): void {
  const n = whole.n;
  const first = <usize>whole.first * <usize>n;
  const count = whole.last - whole.first;
  if (whole.a2 == 0)
    backTransformStart(n, count, whole.a, n, whole.tau, whole.z + (first << 3), n, whole.inner);
  else
    backTransformComplexStart(
      n,
      count,
      whole.a,
      whole.a2,
      whole.tau,
      whole.tau2,
      whole.z + (first << 4),
      complexReflectorBlock(n),
      whole.inner,
    );
  whole.progress = whole.solved + (1 - whole.solved) * progress(whole.inner);
  enter(whole, turnVectors.index);
}

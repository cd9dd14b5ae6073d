// The methods of the drivers of this room: the number of each and the start of its algorithm. A method works
// either on A itself, which the driver has scaled and completed to both triangles, or on the tridiagonal T to
// which the driver reduces A. Of the methods on T, one kind forms only the vectors that are wanted; the other
// turns the unit matrix into all vectors.
// Range: as each algorithm states.
import { HermitianJacobi, hermitianJacobiStart, hermitianJacobiWorkspace } from './jacobi/hermitian';
import { jacobiRouteStart, jacobiRouteWorkspace, jacobiScale, Route } from './jacobi/route';
import { Decomposition } from './symmetricRecord';
import {
  divideAndConquerSelect,
  divideAndConquerStart,
  tridiagonalDivideAndConquerWorkspace,
} from './tridiagonal/divide/divideAndConquer';
import { tridiagonalQrStart, tridiagonalQrSweeps, tridiagonalQrWorkspace } from './tridiagonal/qr';
import { Spectrum } from './tridiagonal/record';
import {
  APPLICATION_COST,
  CUTOFF,
  DIVIDED_FROM,
  JACOBI_OVER,
  PRODUCT_COST,
  REDUCED_DC,
  REDUCED_QR,
  SOLVED_DC,
  SOLVED_QR,
} from './tuning';

export const METHOD_QR: i32 = 0;
export const METHOD_JACOBI: i32 = 1;
export const METHOD_DC: i32 = 2;

/** Cost of a decomposition relative to one by QR: a bound, for slices of a batch. */
export function costOver(method: i32): f64 {
  return method == METHOD_JACOBI ? JACOBI_OVER : 1;
}

// Methods that work on A itself.

export function worksOnWhole(method: i32): bool {
  return method == METHOD_JACOBI;
}

/** Bytes of workspace for a symmetric or a complex Hermitian A. */
export function workspaceOfWhole(_method: i32, n: i32, complex: bool): usize {
  return complex ? hermitianJacobiWorkspace() : jacobiRouteWorkspace(n);
}

/** The power of two by which A is multiplied before the decomposition, if `size` is its largest entry. */
export function scaleOfWhole(_method: i32, size: f64): f64 {
  return jacobiScale(size);
}

/** Starts the decomposition of A, scaled and with both triangles, as the job at `inner`: values ascending in d, vectors in z. */
export function decomposeWhole(whole: Decomposition): void {
  if (whole.a2 == 0) jacobiRouteStart(whole.n, whole.a, whole.d, whole.z, whole.inner);
  else hermitianJacobiStart(whole.n, whole.a, whole.a2, whole.d, whole.z, whole.inner);
}

/** Number of sweeps that this job has made. */
export function sweepsOfWhole(whole: Decomposition): i32 {
  if (whole.a2 == 0) return changetype<Route>(whole.inner).sweeps;
  return changetype<HermitianJacobi>(whole.inner).sweeps;
}

// Methods that work on T, when vectors are wanted: the iteration of Pal, Walker and Kahan (pwk.ts) finds
// values alone for every method.

/** Bytes of workspace when vectors are wanted. */
export function workspaceOfVectors(method: i32, n: i32): usize {
  if (decomposesWanted(method, n)) return tridiagonalDivideAndConquerWorkspace(n, CUTOFF);
  return tridiagonalQrWorkspace(n, true);
}

/** Nominal nanoseconds of all n vectors of T, divided by n². */
export function costOfVectors(method: i32): f64 {
  return method == METHOD_DC ? PRODUCT_COST : 3 * APPLICATION_COST;
}

/** Share of the work at the end of the reduction of A, when vectors are wanted. */
export function shareOfReduction(method: i32): f64 {
  return method == METHOD_DC ? REDUCED_DC : REDUCED_QR;
}

/** The same share at the end of the tridiagonal problem. */
export function shareOfSolution(method: i32): f64 {
  return method == METHOD_DC ? SOLVED_DC : SOLVED_QR;
}

/** Whether a method forms only the wanted vectors of T of order n, with values that need no refinement. */
export function decomposesWanted(method: i32, n: i32): bool {
  return method == METHOD_DC && n >= DIVIDED_FROM;
}

/** Starts such a method as the job at `inner`. */
export function decomposeWanted(whole: Spectrum): void {
  const n = whole.n;
  divideAndConquerStart(n, whole.d, whole.e, whole.z, n, whole.first, whole.last, whole.inner, CUTOFF);
  if (whole.byValue) divideAndConquerSelect(whole.lo, whole.hi, whole.scale, whole.inner);
}

/** Starts a method that turns the unit matrix, which z holds before its first step, into S. */
export function turnUnit(whole: Spectrum, maxSweeps: i32): void {
  const n = whole.n;
  tridiagonalQrStart(n, whole.d, whole.e, whole.z, n, n, true, whole.inner, maxSweeps);
}

/** Number of sweeps that this job has made. */
export function sweepsOfTurn(whole: Spectrum): i32 {
  return tridiagonalQrSweeps(whole.inner);
}

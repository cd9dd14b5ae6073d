// The methods of the drivers of this room: what each is called by and where its algorithm begins. A method works on A itself,
// which the driver has scaled and completed to both triangles, or on the tridiagonal T to which the driver reduces A. Of those on
// T one kind forms the vectors that are wanted and no others; the other turns the unit matrix into all of them.
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

/** What a decomposition costs beside one by QR: a bound for slices of a batch. */
export function costOver(method: i32): f64 {
  return method == METHOD_JACOBI ? JACOBI_OVER : 1;
}

// Methods that work on A itself.

export function worksOnWhole(method: i32): bool {
  return method == METHOD_JACOBI;
}

/** Bytes of workspace, of a symmetric or a complex Hermitian A. */
export function workspaceOfWhole(_method: i32, n: i32, complex: bool): usize {
  return complex ? hermitianJacobiWorkspace() : jacobiRouteWorkspace(n);
}

/** The power of two by which A, whose largest entry has this size, is multiplied before. */
export function scaleOfWhole(_method: i32, size: f64): f64 {
  return jacobiScale(size);
}

/** Starts the decomposition of A, scaled and with both triangles, as the job at `inner`: values ascending in d, vectors in z. */
export function decomposeWhole(whole: Decomposition): void {
  if (whole.a2 == 0) jacobiRouteStart(whole.n, whole.a, whole.d, whole.z, whole.inner);
  else hermitianJacobiStart(whole.n, whole.a, whole.a2, whole.d, whole.z, whole.inner);
}

/** Sweeps that this job has made. */
export function sweepsOfWhole(whole: Decomposition): i32 {
  if (whole.a2 == 0) return changetype<Route>(whole.inner).sweeps;
  return changetype<HermitianJacobi>(whole.inner).sweeps;
}

// Methods that work on T, asked for vectors: values alone are found by the iteration of Pal, Walker and Kahan (pwk.ts), whatever
// the method.

/** Bytes of workspace with vectors. */
export function workspaceOfVectors(method: i32, n: i32): usize {
  if (decomposesWanted(method, n)) return tridiagonalDivideAndConquerWorkspace(n, CUTOFF);
  return tridiagonalQrWorkspace(n, true);
}

/** Nominal nanoseconds of all n vectors of T over n². */
export function costOfVectors(method: i32): f64 {
  return method == METHOD_DC ? PRODUCT_COST : 3 * APPLICATION_COST;
}

/** Share of the work, with vectors, at the end of the reduction of A. */
export function shareOfReduction(method: i32): f64 {
  return method == METHOD_DC ? REDUCED_DC : REDUCED_QR;
}

/** The same at the end of the tridiagonal problem. */
export function shareOfSolution(method: i32): f64 {
  return method == METHOD_DC ? SOLVED_DC : SOLVED_QR;
}

/** Whether a method forms the wanted vectors from T of order n alone, with values that need no refinement. */
export function decomposesWanted(method: i32, n: i32): bool {
  return method == METHOD_DC && n >= DIVIDED_FROM;
}

/** Starts such a method as the job at `inner`. */
export function decomposeWanted(whole: Spectrum): void {
  const n = whole.n;
  divideAndConquerStart(n, whole.d, whole.e, whole.z, n, whole.first, whole.last, whole.inner, CUTOFF);
  if (whole.byValue) divideAndConquerSelect(whole.lo, whole.hi, whole.scale, whole.inner);
}

/** Starts one of the others, which turns the unit matrix, put into z before its first step, into S. */
export function turnUnit(whole: Spectrum, maxSweeps: i32): void {
  const n = whole.n;
  tridiagonalQrStart(n, whole.d, whole.e, whole.z, n, n, true, whole.inner, maxSweeps);
}

/** Sweeps that this job has made. */
export function sweepsOfTurn(whole: Spectrum): i32 {
  return tridiagonalQrSweeps(whole.inner);
}

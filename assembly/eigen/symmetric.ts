// A = Z diag(d) Zᵀ for dense symmetric A: scaling, then one of the algorithms of this room, all in one call.
// Tridiagonal routes: A = Q T Qᵀ, T = S diag(d) Sᵀ, Z = Q S.
import { OK } from "../status";
import { backTransform, backTransformWorkspace } from "./backTransform";
import { tridiagonalDivideAndConquer, tridiagonalDivideAndConquerWorkspace } from "./divideAndConquer";
import { jacobiRoute, jacobiRouteWorkspace } from "./jacobiRoute";
import { mirrorTriangle } from "./mirror";
import { tridiagonalEigenvalues } from "./pwk";
import { tridiagonalQr, tridiagonalQrWorkspace } from "./qr";
import { refineEigenvalues, refineEigenvaluesWorkspace } from "./refineEigenvalues";
import { powerOfTwoNear } from "./tridiagonalBlock";
import { tridiagonalize, tridiagonalizeWorkspace } from "./tridiagonalize";
import { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from "./tridiagonalizeValues";

// Methods, as numbered by src/eigen/eigh.ts.
export const METHOD_QR: i32 = 0;
export const METHOD_JACOBI: i32 = 1;
export const METHOD_DC: i32 = 2;

/** Sweeps a row of T, as in LAPACK. */
const SWEEPS_PER_ROW: i32 = 30;
/** Order below which divide and conquer leaves a block to QR. */
export const CUTOFF: i32 = 20;

/** Bytes of workspace of `symmetricEigen`. */
export function symmetricEigenWorkspace(n: i32, method: i32, vectors: bool): usize {
  if (method == METHOD_JACOBI) return jacobiRouteWorkspace(n);
  const rows = (<usize>n + 8) << 5;
  let rest = max(
    vectors ? tridiagonalizeWorkspace(n) : tridiagonalizeValuesWorkspace(n), refineEigenvaluesWorkspace(n),
  );
  if (vectors) {
    rest = max(rest, backTransformWorkspace(n, n));
    rest = max(
      rest,
      method == METHOD_DC ? tridiagonalDivideAndConquerWorkspace(n, CUTOFF) : tridiagonalQrWorkspace(n, true),
    );
  }
  return 64 + rows + rest;
}

/**
 * Eigenvalues of A ascending into d (n), eigenvectors into the columns of z (n×n, contiguous; unused without
 * vectors). A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower; destroyed.
 * The number of sweeps is left as i32 at work. Returns a status code.
 */
export function symmetricEigen(
  n: i32, a: usize, upper: bool, method: i32, vectors: bool, d: usize, z: usize, work: usize,
): i32 {
  store<i32>(work, 0);
  if (n == 0) return OK;
  if (n == 1) {
    // Exact, where a Cholesky factor and its square would round.
    store<f64>(d, load<f64>(a));
    if (vectors) store<f64>(z, 1);
    return OK;
  }
  if (upper || method == METHOD_JACOBI) mirrorTriangle(n, a, upper);
  const scale = matrixScale(n, a);
  if (scale != 1) scaleLower(n, a, scale, method == METHOD_JACOBI);
  const status =
    method == METHOD_JACOBI ? jacobiRoute(n, a, vectors, d, z, work) : tridiagonalRoute(n, a, method, vectors, d, z, work);
  if (scale != 1) for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(d + i, load<f64>(d + i) / scale);
  return status;
}

function tridiagonalRoute(n: i32, a: usize, method: i32, vectors: bool, d: usize, z: usize, work: usize): i32 {
  const row = (<usize>n + 8) << 3;
  const e = work + 64;
  const tau = e + row;
  // T itself, kept for the refinement of the values.
  const d0 = tau + row;
  const e0 = d0 + row;
  const rest = e0 + row;
  const sweeps = SWEEPS_PER_ROW * n;
  if (vectors) tridiagonalize(n, a, n, d, e, tau, rest);
  else tridiagonalizeValues(n, a, n, d, e, rest);
  memory.copy(d0, d, <usize>n << 3);
  memory.copy(e0, e, <usize>n << 3);
  let status: i32;
  if (vectors && method == METHOD_DC) status = tridiagonalDivideAndConquer(n, d, e, z, n, rest, CUTOFF);
  else {
    if (vectors) {
      identity(n, z);
      status = tridiagonalQr(n, d, e, z, n, n, true, rest, sweeps);
    } else status = tridiagonalEigenvalues(n, d, e, rest, sweeps);
    store<i32>(work, load<i32>(rest));
    if (status == OK) refineEigenvalues(n, d0, e0, d, rest);
  }
  if (vectors) backTransform(n, n, a, n, tau, z, n, rest);
  return status;
}

function identity(n: i32, z: usize): void {
  const column = <usize>n << 3;
  memory.fill(z, 0, <usize>n * column);
  for (let i = 0; i < n; ++i) store<f64>(z + <usize>i * (column + 8), 1);
}

/** A power of two that brings A near 1 when products of three of its entries could over- or underflow, else 1. */
export function matrixScale(n: i32, a: usize): f64 {
  let size = 0.0;
  for (let j = 0; j < n; ++j) {
    const column = a + ((<usize>j * <usize>n) << 3);
    for (let i = j; i < n; ++i) size = max(size, abs(load<f64>(column + (<usize>i << 3))));
  }
  if (size == 0 || (size > 1e-100 && size < 1e100)) return 1;
  return powerOfTwoNear(1 / size);
}

/** Multiplies the lower triangle of A, or all of it, by a power of two. */
export function scaleLower(n: i32, a: usize, factor: f64, all: bool): void {
  for (let j = 0; j < n; ++j) {
    const column = a + ((<usize>j * <usize>n) << 3);
    for (let i = all ? 0 : j; i < n; ++i) {
      const p = column + (<usize>i << 3);
      store<f64>(p, load<f64>(p) * factor);
    }
  }
}

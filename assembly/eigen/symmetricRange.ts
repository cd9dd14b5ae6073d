// Eigenpairs first ≤ j < last of dense symmetric A: A = Q T Qᵀ; the last merge of divide and conquer forms only the
// wanted columns of S, T S = S diag(d), and only those are transformed back, z_j = Q s_j. They come from the same
// orthogonal S as all the others, so the vectors of a cluster are orthogonal, which inverse iteration cannot promise.
import { OK } from "../status";
import { backTransform, backTransformWorkspace } from "./backTransform";
import { tridiagonalDivideAndConquerRange, tridiagonalDivideAndConquerWorkspace } from "./divideAndConquer";
import { mirrorTriangle } from "./mirror";
import { tridiagonalEigenvalues } from "./pwk";
import { refineEigenvalues, refineEigenvaluesWorkspace } from "./refineEigenvalues";
import { sturmCount } from "./sturmCount";
import { CUTOFF, matrixScale, scaleLower } from "./symmetric";
import { tridiagonalize, tridiagonalizeWorkspace } from "./tridiagonalize";
import { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from "./tridiagonalizeValues";

/** Sweeps a row of T, as in LAPACK. */
const SWEEPS_PER_ROW: i32 = 30;

// Offsets in the results at the start of the workspace.
const FIRST: usize = 4;
const LAST: usize = 8;

/** Bytes of workspace of `symmetricEigenRange`. */
export function symmetricEigenRangeWorkspace(n: i32, vectors: bool): usize {
  let rest = max(
    vectors ? tridiagonalizeWorkspace(n) : tridiagonalizeValuesWorkspace(n), refineEigenvaluesWorkspace(n),
  );
  if (vectors) {
    rest = max(rest, max(backTransformWorkspace(n, n), tridiagonalDivideAndConquerWorkspace(n, CUTOFF)));
  }
  return 64 + ((<usize>n + 8) << 5) + ((<usize>n + 8) << 3) + rest;
}

/**
 * Eigenvalues first … last − 1 of A, ascending, in those places of d (n), and with vectors the eigenvectors in those
 * columns of z (n×n, contiguous). By value: all eigenvalues in (lo, hi]; else lo and hi are the first and the last
 * index wanted. A as for `symmetricEigen`. At work: the number of QR sweeps, first and last, each i32. Returns a
 * status code.
 */
export function symmetricEigenRange(
  n: i32, a: usize, upper: bool, byValue: bool, lo: f64, hi: f64, vectors: bool, d: usize, z: usize, work: usize,
): i32 {
  const row = (<usize>n + 8) << 3;
  const e = work + 64;
  const tau = e + row;
  const d0 = tau + row;
  const e0 = d0 + row;
  const rest = e0 + row;
  store<i32>(work, 0);
  store<i32>(work, 0, FIRST);
  store<i32>(work, 0, LAST);
  if (n == 0) return OK;
  if (upper) mirrorTriangle(n, a, upper);
  const scale = matrixScale(n, a);
  if (scale != 1) scaleLower(n, a, scale, false);
  if (vectors) tridiagonalize(n, a, n, d, e, tau, rest);
  else tridiagonalizeValues(n, a, n, d, e, rest);
  const first = byValue ? sturmCount(n, d, e, lo * scale) : <i32>lo;
  const last = byValue ? sturmCount(n, d, e, hi * scale) : <i32>hi + 1;
  store<i32>(work, first, FIRST);
  store<i32>(work, last, LAST);
  if (first >= last) return OK;
  let status: i32;
  if (vectors) {
    status = tridiagonalDivideAndConquerRange(n, d, e, z, n, first, last, rest, CUTOFF);
    backTransform(n, last - first, a, n, tau, z + ((<usize>first * <usize>n) << 3), n, rest);
  } else {
    memory.copy(d0, d, <usize>n << 3);
    memory.copy(e0, e, <usize>(n - 1) << 3);
    status = tridiagonalEigenvalues(n, d, e, rest, SWEEPS_PER_ROW * n);
    store<i32>(work, load<i32>(rest));
    if (status == OK) refineEigenvalues(n, d0, e0, d, rest);
  }
  if (scale != 1) {
    for (let p = d + (<usize>first << 3); p < d + (<usize>last << 3); p += 8) store<f64>(p, load<f64>(p) / scale);
  }
  return status;
}

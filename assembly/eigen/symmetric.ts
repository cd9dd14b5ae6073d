// A = Z diag(d) Zᵀ for dense symmetric A, all of it or some eigenpairs: scaling, then one of the algorithms of this room,
// in steps (steps.ts). Tridiagonal routes: A = Q T Qᵀ, T = S diag(d) Sᵀ, Z = Q S. Where only some vectors are
// wanted, the last merge of divide and conquer forms only those columns of S and only those are transformed back; they
// come from the same orthogonal S as all the others, so the vectors of a cluster are orthogonal, which inverse
// iteration cannot promise.
// Range: any finite A. Outside 1e-100 < max|a_ij| < 1e100 it is scaled by a power of two; entries may be of any sizes within.
// ‖A − ZDZᵀ‖ / (‖A‖ n ulp) and ‖1 − ZZᵀ‖ / (n ulp) are below 10 in all tests; eigenvalues beyond the range of doubles become ±∞, those
// below it multiples of 2^-1074.
import { MORE, OK } from "../status";
import { backTransformProgress, backTransformStart, backTransformStep, backTransformWorkspace } from "./backTransform";
import {
  countUpTo, divideAndConquerProgress, divideAndConquerSelect, divideAndConquerStart, divideAndConquerStep,
  tridiagonalDivideAndConquerWorkspace,
} from "./divideAndConquer";
import {
  jacobiRouteProgress, jacobiRouteStart, jacobiRouteStep, jacobiRouteWorkspace, jacobiScale,
} from "./jacobiRoute";
import { mirrorColumns, mirrorCost } from "./mirror";
import {
  tridiagonalEigenvaluesProgress, tridiagonalEigenvaluesStart, tridiagonalEigenvaluesStep,
  tridiagonalEigenvaluesWorkspace,
} from "./pwk";
import { tridiagonalQrProgress, tridiagonalQrStart, tridiagonalQrStep, tridiagonalQrWorkspace } from "./qr";
import {
  refineEigenvaluesProgress, refineEigenvaluesStart, refineEigenvaluesStep, refineEigenvaluesWorkspace,
} from "./refineEigenvalues";
import { portion } from "./steps";
import {
  BACK, Decomposition, DONE, IDENTITY, JACOBI, MEASURE, MIRROR, QR, RECORD, REDUCE, REFINE, rowBytes, SCALE, SELECT, TREE,
  VALUES,
} from "./symmetricRecord";
import { identityColumns, largest, scaleColumns, unscale } from "./symmetricScaling";
import { powerOfTwoNear } from "./tridiagonalBlock";
import {
  tridiagonalizeProgress, tridiagonalizeStart, tridiagonalizeStep, tridiagonalizeWorkspace,
} from "./tridiagonalize";
import {
  tridiagonalizeValuesProgress, tridiagonalizeValuesStart, tridiagonalizeValuesStep, tridiagonalizeValuesWorkspace,
} from "./tridiagonalizeValues";

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
  if (method == METHOD_JACOBI) return RECORD + jacobiRouteWorkspace(n);
  let rest = max(vectors ? tridiagonalizeWorkspace(n) : tridiagonalizeValuesWorkspace(n), refineEigenvaluesWorkspace(n));
  if (!vectors) rest = max(rest, tridiagonalEigenvaluesWorkspace());
  else {
    rest = max(rest, backTransformWorkspace(n, n));
    rest = max(
      rest,
      method == METHOD_DC ? tridiagonalDivideAndConquerWorkspace(n, CUTOFF) : tridiagonalQrWorkspace(n, true),
    );
  }
  return RECORD + 4 * rowBytes(n) + rest;
}

/**
 * Starts the decomposition: eigenvalues of A ascending into d (n), with z ≠ 0 eigenvectors into the columns of z (n×n,
 * contiguous). A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower; destroyed.
 * A, d, z and the workspace belong to the decomposition until a step has returned something else than MORE. At work
 * are then, as i32: the number of sweeps, the first eigenpair and the one behind the last.
 */
export function symmetricEigenStart(n: i32, a: usize, upper: bool, method: i32, d: usize, z: usize, work: usize): void {
  const x = changetype<Decomposition>(work);
  x.sweeps = 0;
  x.first = 0;
  x.last = n;
  x.status = OK;
  x.size = 0;
  x.scale = 1;
  x.byValue = false;
  x.n = n;
  x.a = a;
  x.d = d;
  x.z = z;
  x.method = method;
  x.upper = upper;
  x.position = 0;
  x.next = n == 0 ? DONE : upper || method == METHOD_JACOBI ? MIRROR : MEASURE;
  if (n == 1 && method == METHOD_JACOBI) {
    // Exact, where a Cholesky factor and its square would round.
    store<f64>(d, load<f64>(a));
    if (z != 0) store<f64>(z, 1);
    x.next = DONE;
  }
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

/** All that is left to do. Returns a status code. */
export function symmetricEigenFinish(work: usize): i32 {
  let status = MORE;
  while (status == MORE) status = symmetricEigenStep(work, Infinity);
  return status;
}

/** A step of the part that comes next. */
export function symmetricEigenStep(work: usize, budget: f64): i32 {
  const x = changetype<Decomposition>(work);
  const n = x.n;
  const d = x.d;
  const e = work + RECORD;
  const tau = e + rowBytes(n);
  // T itself, kept for the refinement of the values.
  const d0 = tau + rowBytes(n);
  const e0 = d0 + rowBytes(n);
  const rest = e0 + rowBytes(n);
  if (x.next < JACOBI) prepare(x, e, tau, rest, budget);
  else if (x.next == JACOBI) {
    // Jacobi needs no T: its workspace follows the record.
    const status = jacobiRouteStep(e, budget);
    x.sweeps = load<i32>(e);
    if (status != MORE) {
      x.status = status;
      unscale(x);
      x.next = DONE;
    }
  } else if (x.next == REDUCE) {
    const status = x.z != 0 ? tridiagonalizeStep(rest, budget) : tridiagonalizeValuesStep(n, rest, budget);
    if (status != MORE) solve(x, e, d0, e0, rest);
  } else if (x.next == TREE) {
    x.status = divideAndConquerStep(rest, budget);
    if (x.status != MORE) x.next = SELECT;
  } else if (x.next == IDENTITY) {
    const to = x.position + portion(budget, 4 * <f64>n, 1, n - x.position);
    identityColumns(n, x.position, to, x.z);
    x.position = to;
    if (to == n) x.next = QR;
  } else if (x.next == QR || x.next == VALUES) {
    x.status = x.next == QR ? tridiagonalQrStep(rest, budget) : tridiagonalEigenvaluesStep(rest, budget);
    if (x.status != MORE) {
      x.sweeps = load<i32>(rest);
      x.next = SELECT;
      if (x.status == OK) {
        refineEigenvaluesStart(n, d0, e0, d, rest);
        x.next = REFINE;
      }
    }
  } else if (x.next == REFINE) {
    if (refineEigenvaluesStep(rest, budget) != MORE) x.next = SELECT;
  } else if (x.next == SELECT) {
    unscale(x);
    if (x.byValue) {
      x.first = countUpTo(n, d, 1, 1, x.lo);
      x.last = countUpTo(n, d, 1, 1, x.hi);
    }
    x.next = DONE;
    if (x.z != 0) {
      const first = x.z + ((<usize>x.first * <usize>n) << 3);
      backTransformStart(n, x.last - x.first, x.a, n, tau, first, n, rest);
      x.next = BACK;
    }
  } else if (x.next == BACK) {
    if (backTransformStep(rest, budget) != MORE) x.next = DONE;
  }
  return x.next == DONE ? x.status : MORE;
}

/** The other triangle, the largest entry, and where products of three entries could over- or underflow the scaling. */
function prepare(x: Decomposition, e: usize, tau: usize, rest: usize, budget: f64): void {
  const n = x.n;
  const from = x.position;
  const to = from + portion(budget, x.next == MIRROR ? mirrorCost(n) : <f64>n, 32, n - from);
  x.position = to;
  if (x.next == MIRROR) {
    mirrorColumns(n, from, to, x.a, x.upper != 0);
    if (to == n) enter(x, MEASURE);
    return;
  }
  if (x.next == MEASURE) {
    x.size = max(x.size, largest(n, from, to, x.a));
    if (to < n) return;
    const size = x.size;
    if (size != 0 && x.method == METHOD_JACOBI) x.scale = jacobiScale(size);
    else if (!(size == 0 || (size > 1e-100 && size < 1e100))) x.scale = powerOfTwoNear(1 / size);
    if (x.scale != 1) {
      enter(x, SCALE);
      return;
    }
  } else {
    scaleColumns(n, from, to, x.a, x.scale, x.method == METHOD_JACOBI);
    if (to < n) return;
  }
  if (x.method == METHOD_JACOBI) {
    jacobiRouteStart(n, x.a, x.d, x.z, e);
    x.next = JACOBI;
  } else {
    if (x.z != 0) tridiagonalizeStart(n, x.a, n, x.d, e, tau, rest);
    else tridiagonalizeValuesStart(n, x.a, n, x.d, e, rest);
    x.next = REDUCE;
  }
}

function enter(x: Decomposition, next: i32): void {
  x.next = next;
  x.position = 0;
}

/** Starts one of the three ways from T to its eigenpairs. */
function solve(x: Decomposition, e: usize, d0: usize, e0: usize, rest: usize): void {
  const n = x.n;
  const sweeps = SWEEPS_PER_ROW * n;
  if (x.z != 0 && x.method == METHOD_DC) {
    divideAndConquerStart(n, x.d, e, x.z, n, x.first, x.last, rest, CUTOFF);
    if (x.byValue) divideAndConquerSelect(x.lo, x.hi, x.scale, rest);
    x.next = TREE;
    return;
  }
  memory.copy(d0, x.d, <usize>n << 3);
  memory.copy(e0, e, <usize>n << 3);
  if (x.z != 0) {
    // QR turns the identity into S.
    tridiagonalQrStart(n, x.d, e, x.z, n, n, true, rest, sweeps);
    enter(x, IDENTITY);
  } else {
    tridiagonalEigenvaluesStart(n, x.d, e, rest, sweeps);
    x.next = VALUES;
  }
}

/** How much of the work is done, 0 … 1; the shares of the parts are those measured at n = 1024. */
export function symmetricEigenProgress(work: usize): f64 {
  const x = changetype<Decomposition>(work);
  const e = work + RECORD;
  const rest = e + 4 * rowBytes(x.n);
  if (x.next == DONE) return 1;
  if (x.next < JACOBI) return 0;
  if (x.next == JACOBI) return jacobiRouteProgress(e);
  if (x.z == 0) {
    if (x.next == REDUCE) return 0.9 * tridiagonalizeValuesProgress(x.n, rest);
    if (x.next == VALUES) return 0.9 + 0.03 * tridiagonalEigenvaluesProgress(rest);
    return x.next == REFINE ? 0.93 + 0.07 * refineEigenvaluesProgress(rest) : 1;
  }
  const dc = x.method == METHOD_DC;
  const reduced = dc ? 0.5 : 0.15;
  const solved = dc ? 0.75 : 0.9;
  if (x.next == REDUCE) return reduced * tridiagonalizeProgress(rest);
  if (x.next == IDENTITY) return reduced;
  if (x.next == TREE) return reduced + (solved - reduced) * divideAndConquerProgress(rest);
  if (x.next == QR) return reduced + (solved - reduced) * tridiagonalQrProgress(rest);
  return x.next == BACK ? solved + (1 - solved) * backTransformProgress(rest) : solved;
}

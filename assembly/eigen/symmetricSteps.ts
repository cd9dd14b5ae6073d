// A = Z diag(d) Zᵀ in steps, for callers that have to look up in between: A = Q T Qᵀ a block of columns at a time,
// T = S diag(d) Sᵀ by divide and conquer a panel of vectors at a time, Z = Q S a strip of columns at a time.
import { OK } from "../status";
import { backTransform, backTransformWorkspace } from "./backTransform";
import {
  divideAndConquerProgress, divideAndConquerStart, divideAndConquerStep, MORE, tridiagonalDivideAndConquerWorkspace,
} from "./divideAndConquer";
import { mirrorTriangle } from "./mirror";
import { tridiagonalEigenvalues } from "./pwk";
import { refineEigenvalues, refineEigenvaluesWorkspace } from "./refineEigenvalues";
import { CUTOFF, matrixScale, scaleLower } from "./symmetric";
import { tridiagonalizeStep, tridiagonalizeWorkspace } from "./tridiagonalize";

/** Sweeps a row of T, as in LAPACK. */
const SWEEPS_PER_ROW: i32 = 30;
/** Columns of Z transformed in a step: fewer would spend more on the reflectors than on Z. */
const STRIP: i32 = 512;
/** Shares of the three phases in the time, measured at n = 1024. */
const REDUCTION: f64 = 0.5;
const TRIDIAGONAL: f64 = 0.25;

// What the next step does.
const REDUCE: i32 = 0;
const VALUES: i32 = 1;
const TREE: i32 = 2;
const BACK: i32 = 3;
const DONE: i32 = 4;

/** Bytes of the record at the start of the workspace. */
const RECORD: usize = 64;

/** A decomposition between two of its steps. The first field is the number of QR sweeps. */
@unmanaged
class Steps {
  sweeps: i32;
  next: i32;
  n: i32;
  /** Columns reduced, or columns of Z transformed. */
  column: i32;
  a: usize;
  d: usize;
  z: usize;
  status: i32;
  scale: f64;
}

/** Bytes of workspace of the decomposition in steps. */
export function symmetricEigenStepsWorkspace(n: i32, vectors: bool): usize {
  let rest = max(tridiagonalizeWorkspace(n), refineEigenvaluesWorkspace(n));
  if (vectors) {
    rest = max(rest, max(backTransformWorkspace(n, n), tridiagonalDivideAndConquerWorkspace(n, CUTOFF)));
  }
  return RECORD + 4 * rowBytes(n) + rest;
}

// @ts-ignore: decorator
@inline
function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/**
 * Starts what `symmetricEigen` does by divide and conquer, with the same bits; z = 0: values only. A, d, z and the
 * workspace belong to the decomposition until `symmetricEigenStep` has returned something else than MORE.
 */
export function symmetricEigenStart(n: i32, a: usize, upper: bool, d: usize, z: usize, work: usize): void {
  const steps = changetype<Steps>(work);
  if (upper) mirrorTriangle(n, a, upper);
  const scale = matrixScale(n, a);
  if (scale != 1) scaleLower(n, a, scale, false);
  steps.sweeps = 0;
  steps.next = n > 0 ? REDUCE : DONE;
  steps.n = n;
  steps.column = 0;
  steps.a = a;
  steps.d = d;
  steps.z = z;
  steps.status = OK;
  steps.scale = scale;
}

/** Does the next step. Returns −1 (MORE) until everything is done, then a status code. */
export function symmetricEigenStep(work: usize): i32 {
  const steps = changetype<Steps>(work);
  const n = steps.n;
  const d = steps.d;
  const z = steps.z;
  const e = work + RECORD;
  const tau = e + rowBytes(n);
  const d0 = tau + rowBytes(n);
  const e0 = d0 + rowBytes(n);
  const rest = e0 + rowBytes(n);
  if (steps.next == REDUCE) {
    steps.column = tridiagonalizeStep(n, steps.column, steps.a, n, d, e, tau, rest);
    if (steps.column < n) return MORE;
    if (z == 0) steps.next = VALUES;
    else {
      divideAndConquerStart(n, d, e, z, n, 0, n, rest, CUTOFF);
      steps.next = TREE;
    }
    return MORE;
  }
  if (steps.next == VALUES) {
    memory.copy(d0, d, <usize>n << 3);
    memory.copy(e0, e, <usize>(n - 1) << 3);
    steps.status = tridiagonalEigenvalues(n, d, e, rest, SWEEPS_PER_ROW * n);
    steps.sweeps = load<i32>(rest);
    if (steps.status == OK) refineEigenvalues(n, d0, e0, d, rest);
    return finish(steps);
  }
  if (steps.next == TREE) {
    steps.status = divideAndConquerStep(rest);
    if (steps.status == MORE) return MORE;
    steps.next = BACK;
    steps.column = 0;
    return MORE;
  }
  if (steps.next == BACK) {
    const width = min(STRIP, n - steps.column);
    const strip = z + ((<usize>steps.column * <usize>n) << 3);
    backTransform(n, width, steps.a, n, tau, strip, n, rest);
    steps.column += width;
    return steps.column < n ? MORE : finish(steps);
  }
  return steps.status;
}

function finish(steps: Steps): i32 {
  steps.next = DONE;
  if (steps.scale != 1) {
    for (let p = steps.d; p < steps.d + (<usize>steps.n << 3); p += 8) store<f64>(p, load<f64>(p) / steps.scale);
  }
  return steps.status;
}

/** How much of the work is done, 0 … 1. */
export function symmetricEigenProgress(work: usize): f64 {
  const steps = changetype<Steps>(work);
  const n = steps.n;
  const done = <f64>min(steps.column, n) / <f64>max(n, 1);
  const rest = work + RECORD + 4 * rowBytes(n);
  if (steps.next == REDUCE) {
    const left = 1 - done;
    return (steps.z == 0 ? 0.9 : REDUCTION) * (1 - left * left * left);
  }
  if (steps.next == VALUES) return 0.9;
  if (steps.next == TREE) return REDUCTION + TRIDIAGONAL * divideAndConquerProgress(rest);
  if (steps.next == BACK) return REDUCTION + TRIDIAGONAL + (1 - REDUCTION - TRIDIAGONAL) * done;
  return 1;
}

// T = S diag(d) Sᵀ of a real symmetric tridiagonal T, all of it or some eigenpairs, as a job, by one of three methods:
// divide and conquer, implicit QR, and for values alone the square-root-free iteration of Pal, Walker and Kahan. Values
// of the latter two are refined by Sturm counts to an ulp of ‖T‖.
// Range: any finite T between 1e-140 and 1e140 in size. The caller scales others by a power of two and passes it, so
// that values are returned unscaled and the wanted values are chosen among the unscaled ones.

import { end, enter, portion, recordBytes, rowBytes, start, stepInner } from '../job';
import { MORE, OK } from '../status';
import { decomposesWanted, decomposeWanted, sweepsOfTurn, turnUnit, workspaceOfVectors } from './methods';
import { identityColumns, unscale } from './symmetricScaling';
import { SWEEPS_PER_ROW } from './tridiagonal/cap';
import { countUpTo } from './tridiagonal/divide/divideAndConquer';
import {
  tridiagonalEigenvaluesStart,
  tridiagonalEigenvaluesSweeps,
  tridiagonalEigenvaluesWorkspace,
} from './tridiagonal/pwk';
import { Spectrum } from './tridiagonal/record';
import { refineEigenvaluesStart, refineEigenvaluesWorkspace } from './tridiagonal/refineEigenvalues';
import { COPY_COST, SWEPT_VALUES } from './tuning';

/** Bytes of workspace of a decomposition of T. */
export function spectrumWorkspace(n: i32, method: i32, vectors: bool): usize {
  let rest = refineEigenvaluesWorkspace(n);
  if (!vectors) rest = max(rest, tridiagonalEigenvaluesWorkspace());
  else rest = max(rest, workspaceOfVectors(method, n));
  return recordBytes<Spectrum>() + 2 * rowBytes(n) + rest;
}

/**
 * Starts the decomposition: eigenvalues of T / `scale`, ascending into d (n, the diagonal of T on entry), and if z ≠ 0
 * eigenvectors into the columns of z (n×n, contiguous); e (n − 1) is destroyed. n ≥ 1.
 */
export function spectrumStart(
  n: i32,
  method: i32,
  scale: f64,
  d: usize,
  e: usize,
  z: usize,
  work: usize,
): void {
  const whole = changetype<Spectrum>(work);
  whole.sweeps = 0;
  whole.first = 0;
  whole.last = n;
  whole.byValue = false;
  whole.method = method;
  whole.n = n;
  whole.scale = scale;
  whole.d = d;
  whole.e = e;
  whole.z = z;
  whole.d0 = work + recordBytes<Spectrum>();
  whole.e0 = whole.d0 + rowBytes(n);
  whole.inner = whole.e0 + rowBytes(n);
  start(whole, solve.index);
}

/**
 * Right after the start: selects the eigenpairs that are wanted; they come to their places in d and z, and the others
 * are undefined. By value: those with lo < λ ≤ hi, where lo = −∞ is no bound; otherwise those with first ≤ k < last.
 */
export function spectrumSelect(first: i32, last: i32, byValue: bool, lo: f64, hi: f64, work: usize): void {
  const whole = changetype<Spectrum>(work);
  whole.first = first;
  whole.last = last;
  whole.byValue = byValue;
  whole.lo = lo;
  whole.hi = hi;
}

/** Step: starts the method, or the iteration for values alone. */
function solve(work: usize, _budget: f64): void {
  const whole = changetype<Spectrum>(work);
  const n = whole.n;
  const sweeps = SWEEPS_PER_ROW * n;
  if (whole.z != 0 && decomposesWanted(whole.method, n)) {
    decomposeWanted(whole);
    enter(whole, decomposeSome.index);
    return;
  }
  memory.copy(whole.d0, whole.d, (<usize>n) << 3);
  memory.copy(whole.e0, whole.e, (<usize>n) << 3);
  if (whole.z != 0) {
    // The method turns the identity into S.
    turnUnit(whole, sweeps);
    enter(whole, unitSome.index);
  } else {
    tridiagonalEigenvaluesStart(n, whole.d, whole.e, whole.inner, sweeps);
    enter(whole, valuesSome.index);
  }
}

function decomposeSome(work: usize, budget: f64): void {
  const whole = changetype<Spectrum>(work);
  const status = stepInner(whole, whole.inner, budget, 0, 1);
  if (status != MORE) select(whole, status);
}

/** Step: some columns of the unit matrix in z. */
function unitSome(work: usize, budget: f64): void {
  const whole = changetype<Spectrum>(work);
  const n = whole.n;
  const to = whole.position + portion(budget, 2 * COPY_COST * <f64>n, 1, n - whole.position);
  identityColumns(n, whole.position, to, whole.z);
  whole.position = to;
  if (to == n) enter(whole, sweepSome.index);
}

function sweepSome(work: usize, budget: f64): void {
  const whole = changetype<Spectrum>(work);
  const status = stepInner(whole, whole.inner, budget, 0, 1);
  if (status != MORE) refine(whole, sweepsOfTurn(whole), status);
}

function valuesSome(work: usize, budget: f64): void {
  const whole = changetype<Spectrum>(work);
  const status = stepInner(whole, whole.inner, budget, 0, SWEPT_VALUES);
  if (status != MORE) refine(whole, tridiagonalEigenvaluesSweeps(whole.inner), status);
}

/** After `sweeps` sweeps: starts the refinement of the values, if they were found. */
function refine(whole: Spectrum, sweeps: i32, status: i32): void {
  whole.sweeps = sweeps;
  if (status != OK) {
    select(whole, status);
    return;
  }
  refineEigenvaluesStart(whole.n, whole.d0, whole.e0, whole.d, whole.inner);
  enter(whole, refineSome.index);
}

function refineSome(work: usize, budget: f64): void {
  const whole = changetype<Spectrum>(work);
  if (stepInner(whole, whole.inner, budget, whole.z == 0 ? SWEPT_VALUES : 1, 1) != MORE) select(whole, OK);
}

/** Selects the wanted values, and removes the scale. */
function select(whole: Spectrum, status: i32): void {
  unscale(whole.n, whole.d, whole.scale);
  if (whole.byValue) {
    whole.first = countUpTo(whole.n, whole.d, 1, 1, whole.lo);
    whole.last = countUpTo(whole.n, whole.d, 1, 1, whole.hi);
  }
  end(whole, status);
}

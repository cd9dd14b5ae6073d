// A = Z diag(d) Zᵀ by Jacobi's rotations: one-sided on a Cholesky factor where A is positive definite; else two-sided at
// low orders, beyond them one-sided on a factor of A + shift.
// Range: all of it, A being scaled (jacobiScale). Eigenvalues of a positive definite A are accurate relative to
// themselves, as far as A determines them, down to 2^-1860 of the largest entry, however much smaller others are; those
// of others relative to ‖A‖.

import { end, enter, Job, portion, progress, recordBytes, start, step } from '../../job';
import { dot } from '../../kernel/vectors';
import { exponentOf, powerOfTwo } from '../../numeric/scaling';
import { MORE, NOT_CONVERGED, OK } from '../../status';
import { selectEigenpairs, selectionCost } from '../eigenpairs';
import { mirrorColumns, mirrorCost } from '../mirror';
import { jacobiOneSidedStart } from './oneSided';
import { deflateTail, pivotedCholeskyColumns, pivotedCholeskyCost, pivotedCholeskyStart } from './pivotedCholesky';
import { JACOBI_RECORD, jacobiStart, sweepsOf } from './twoSided';

/** Order up to which indefinite matrices are rotated on both sides: no shift, so nothing is lost to it. */
const TWO_SIDED: i32 = 32;
const SWEEPS: i32 = 60;
const POWER_STEPS: i32 = 12;
const SHIFTS: i32 = 40;
/** Exponent of the largest |a_ij|, 2^980 to 2^982: sums of n² of them stay finite. */
const TOP: i32 = 980;

/** A decomposition between two of its steps. */
@unmanaged
export class Route extends Job {
  /** Results: sweeps made, and how they ended. */
  sweeps: i32;
  outcome: i32;
  n: i32;
  /** Factorizations that failed. */
  failures: i32;
  /** Whether the end of the factor was cut off: `diagonal` then holds what L Lᵀ has too much. */
  deflated: bool;
  shift: f64;
  /** Estimate of ‖A‖₂. */
  norm: f64;
  a: usize;
  d: usize;
  z: usize;
  /** The job of the rotations; then vectors of n: the diagonal of A, squared norms, the permutation, scratch. */
  iteration: usize;
  diagonal: usize;
  squares: usize;
  perm: usize;
  scratch: usize;
}

/** Bytes of workspace of the decomposition. */
export function jacobiRouteWorkspace(n: i32): usize {
  return recordBytes<Route>() + JACOBI_RECORD + ((<usize>n + 8) << 3) * 4;
}

@inline
function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/**
 * The power of two by which an A whose largest entry has this size is to be multiplied: small entries come far above the
 * underflow of their squares. It is a power of four, of which roots are exact, so that ordinary bits do not depend on it.
 */
export function jacobiScale(size: f64): f64 {
  return powerOfTwo(min(1022, (TOP - exponentOf(size)) & ~1));
}

/**
 * Starts to find the eigenvalues of A (n×n, contiguous, both triangles, destroyed; times jacobiScale), ascending into d,
 * and with z ≠ 0 eigenvectors into z, as a job.
 */
export function jacobiRouteStart(n: i32, a: usize, d: usize, z: usize, work: usize): void {
  const x = changetype<Route>(work);
  x.iteration = work + recordBytes<Route>();
  x.diagonal = x.iteration + JACOBI_RECORD;
  x.squares = x.diagonal + rowBytes(n);
  x.perm = x.squares + rowBytes(n);
  x.scratch = x.perm + rowBytes(n);
  const stride = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i) store<f64>(x.diagonal + ((<usize>i) << 3), load<f64>(a + <usize>i * stride));
  x.sweeps = 0;
  x.n = n;
  x.a = a;
  x.d = d;
  x.z = z;
  x.failures = 0;
  x.deflated = false;
  x.outcome = OK;
  start(x, factorColumns.index);
  factor(x, 0);
}

/** Share of the factorizations, the first of which usually serves. */
const FACTOR_SHARE: f64 = 0.04;

/** Failed factorizations and a part of the one at work: ever smaller shares, as their number is not known before. */
function note(x: Route, part: f64): void {
  const tried = <f64>x.failures + part;
  x.progress = FACTOR_SHARE * (tried / (tried + 1));
}

/** A Cholesky factor of A + shift comes next. */
function factor(x: Route, shift: f64): void {
  x.shift = shift;
  pivotedCholeskyStart(x.n, x.a, shift, x.perm);
  enter(x, factorColumns.index);
}

function factorColumns(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  const n = x.n;
  const from = x.position;
  const to = from + portion(budget, pivotedCholeskyCost(n, from), 1, n - from);
  x.position = to;
  note(x, <f64>to / <f64>n);
  const stopped = pivotedCholeskyColumns(n, from, to, x.a, x.perm);
  if (stopped < to) endFactor(x, stopped);
  else if (to == n) rotateFactor(x);
}

/** A pivot was too small: the end of the factor is cut off, or A is to be had again. */
function endFactor(x: Route, stopped: i32): void {
  // Rotations on both sides do not need it.
  if (x.n > TWO_SIDED && x.shift == 0 && stopped > 0) {
    x.deflated = deflateTail(x.n, stopped, x.a, x.diagonal);
  }
  if (x.deflated) rotateFactor(x);
  else enter(x, restoreColumns.index);
}

/** A again, from its upper triangle and its diagonal. */
function restoreColumns(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  const n = x.n;
  const from = x.position;
  const to = from + portion(budget, mirrorCost(n), 1, n - from);
  mirrorColumns(n, from, to, x.a, true);
  x.position = to;
  if (to < n) return;
  const stride = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i) store<f64>(x.a + <usize>i * stride, load<f64>(x.diagonal + ((<usize>i) << 3)));
  afterFailure(x);
}

/** What to do when A + shift has no Cholesky factor. */
function afterFailure(x: Route): void {
  const n = x.n;
  if (++x.failures == 1) {
    if (n <= TWO_SIDED) {
      rotateBothSides(x);
      return;
    }
    // A vector of uneven entries.
    for (let i = 0; i < n; ++i)
      store<f64>(x.squares + ((<usize>i) << 3), 1 + (0.5 * <f64>((i * 7919) % 13)) / 13);
    x.norm = 0;
    enter(x, estimateNorm.index);
  } else if (x.failures > SHIFTS) rotateBothSides(x);
  else factor(x, 1.25 * x.shift);
}

/** An estimate of ‖A‖ for the shift, a power step at a time. */
function estimateNorm(work: usize, _budget: f64): void {
  const x = changetype<Route>(work);
  powerStep(x, x.squares, x.scratch);
  if (x.position < POWER_STEPS) return;
  const shift = 1.05 * x.norm;
  if (shift == 0) rotateBothSides(x);
  else factor(x, shift);
}

/** Zeros above the factor; then its columns are made orthogonal. */
function rotateFactor(x: Route): void {
  const n = x.n;
  for (let j = 1; j < n; ++j) memory.fill(x.a + ((<usize>j * <usize>n) << 3), 0, (<usize>j) << 3);
  jacobiOneSidedStart(n, x.a, x.squares, x.iteration, SWEEPS);
  enter(x, orthogonalize.index);
}

function rotateBothSides(x: Route): void {
  jacobiStart(x.n, x.a, x.z, x.iteration, SWEEPS);
  enter(x, diagonalize.index);
}

/** Some rotations; returns whether they have come to their end. */
function rotate(x: Route, budget: f64): bool {
  const status = step(x.iteration, budget);
  x.sweeps = sweepsOf(x.iteration);
  x.progress = FACTOR_SHARE + 0.94 * progress(x.iteration);
  if (status == MORE) return false;
  x.outcome = status;
  return true;
}

function orthogonalize(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  if (rotate(x, budget)) enter(x, formPairs.index);
}

/** Eigenpairs from the orthogonal columns. */
function formPairs(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  const n = x.n;
  const from = x.position;
  const to = from + portion(budget, 4 * <f64>n, 1, n - from);
  for (let j = from; j < to; ++j) form(x, j, x.perm);
  x.position = to;
  if (to == n) enter(x, sortPairs.index);
}

function diagonalize(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  if (!rotate(x, budget)) return;
  const stride = (<usize>x.n + 1) << 3;
  for (let i = 0; i < x.n; ++i) store<f64>(x.d + ((<usize>i) << 3), load<f64>(x.a + <usize>i * stride));
  enter(x, sortPairs.index);
}

function sortPairs(work: usize, budget: f64): void {
  const x = changetype<Route>(work);
  const n = x.n;
  const rows = x.z != 0 ? n : 0;
  const to = x.position + portion(budget, selectionCost(n, rows), 1, max(0, n - 1 - x.position));
  selectEigenpairs(n, x.position, to, x.d, x.z, n, rows);
  x.position = to;
  if (to >= n - 1) end(x, x.outcome);
}

/** One power step towards a lower estimate of ‖A‖₂, on A / 2^TOP, whose squares are finite; x.position counts them. */
function powerStep(r: Route, x: usize, y: usize): void {
  const n = r.n;
  const size = sqrt(dot(n, x, x));
  if (size == 0) {
    r.position = POWER_STEPS;
    return;
  }
  const top = powerOfTwo(TOP);
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(x + i, load<f64>(x + i) / size);
  for (let i = 0; i < n; ++i) {
    store<f64>(y + ((<usize>i) << 3), dot(n, r.a + ((<usize>i * <usize>n) << 3), x) / top);
  }
  r.norm = max(r.norm, sqrt(dot(n, y, y)) * top);
  memory.copy(x, y, (<usize>n) << 3);
  ++r.position;
}

/** Eigenpair j from column j of U Σ. */
function form(r: Route, j: i32, perm: usize): void {
  const n = r.n;
  const x = r.a + ((<usize>j * <usize>n) << 3);
  const square = dot(n, x, x);
  // A column of zeros has no direction.
  if (!(square > 0)) r.outcome = NOT_CONVERGED;
  store<f64>(r.d + ((<usize>j) << 3), square - (r.deflated ? excess(r, x, square) : r.shift));
  if (r.z == 0) return;
  const scale = 1 / sqrt(square);
  const target = r.z + ((<usize>j * <usize>n) << 3);
  for (let i = 0; i < n; ++i) {
    const to = load<i32>(perm + ((<usize>i) << 2));
    store<f64>(target + ((<usize>to) << 3), scale * load<f64>(x + ((<usize>i) << 3)));
  }
}

/** uᵀ E u for what L Lᵀ has too much, the diagonal matrix E, at u = x/‖x‖. */
function excess(r: Route, x: usize, square: f64): f64 {
  const norm = sqrt(square);
  let sum = 0.0;
  for (let i: usize = 0; i < (<usize>r.n) << 3; i += 8) {
    const u = load<f64>(x + i) / norm;
    sum += load<f64>(r.diagonal + i) * u * u;
  }
  return sum;
}

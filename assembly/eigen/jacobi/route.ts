// A = Z diag(d) Zᵀ by Jacobi's rotations: one-sided on a Cholesky factor of a positive definite A; for other matrices
// two-sided at low orders, and one-sided on a factor of A + shift at higher orders.
// Range: any A, which is scaled (jacobiScale). The eigenvalues of a positive definite A have small relative errors, as
// far as A determines them, down to 2^-1860 of the largest entry, however much smaller others are; those of other
// matrices have errors relative to ‖A‖.

import { end, enter, Job, portion, progress, recordBytes, rowBytes, start, step } from '../../job';
import { dot } from '../../kernel/vectors';
import { exponentOf, powerOfTwo } from '../../numeric/scaling';
import { MORE, NOT_CONVERGED, OK } from '../../status';
import { selectEigenpairs, selectionCost } from '../eigenpairs';
import { mirrorColumns, mirrorCost } from '../mirror';
import { COPY_COST, FACTOR_SHARE, TWO_SIDED } from '../tuning';
import { sweepsOf } from './cyclic';
import { jacobiOneSidedStart, jacobiOneSidedWorkspace } from './oneSided';
import {
  deflateTail,
  pivotedCholeskyColumns,
  pivotedCholeskyCost,
  pivotedCholeskyStart,
} from './pivotedCholesky';
import { jacobiStart, jacobiWorkspace } from './twoSided';

/**
 * Power iterations of the estimate of ‖A‖, from below, and the share by which it is exceeded. No numbers of speed: at order 100 they are some
 * half per cent of the work of eight sweeps. An estimate that is more than the share too low costs one factorization that fails.
 */
const POWER_STEPS: i32 = 12;
const ABOVE_NORM: f64 = 1.05;
/** The factor by which the shift grows after each factorization that failed, and how many may fail: 1.25^39 is 6000, beyond any estimate. */
const SHIFT_GROWTH: f64 = 1.25;
const MOST_FAILURES: i32 = 40;
/** Exponent of the largest |a_ij|, 2^980 to 2^982: sums of n² of them stay finite. */
const TOP: i32 = 980;

/** State of a decomposition between two steps. */
@unmanaged
export class Route extends Job {
  /** Results: sweeps made, and the final status. */
  sweeps: i32;
  outcome: i32;
  n: i32;
  /** Number of factorizations that failed. */
  failures: i32;
  /** Whether the end of the factor was cut off: `diagonal` then holds the excess of L Lᵀ over A. */
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
  return recordBytes<Route>() + iterationBytes() + 4 * rowBytes(n);
}

/** The record of the rotations, one-sided or two-sided. */
@inline
function iterationBytes(): usize {
  return max(jacobiWorkspace(), jacobiOneSidedWorkspace());
}

function layOut(route: Route, n: i32): void {
  route.iteration = changetype<usize>(route) + recordBytes<Route>();
  route.diagonal = route.iteration + iterationBytes();
  route.squares = route.diagonal + rowBytes(n);
  route.perm = route.squares + rowBytes(n);
  route.scratch = route.perm + rowBytes(n);
}

/**
 * The power of two by which A is multiplied if its largest entry has this size: small entries come far above the
 * underflow of their squares. It is a power of four, whose roots are exact, so that ordinary bits do not depend on it.
 */
export function jacobiScale(size: f64): f64 {
  return powerOfTwo(min(1022, (TOP - exponentOf(size)) & ~1));
}

/**
 * Starts to compute the eigenvalues of A (n×n, contiguous, both triangles, destroyed; times jacobiScale), ascending
 * into d, and if z ≠ 0 eigenvectors into z, as a job.
 */
export function jacobiRouteStart(n: i32, a: usize, d: usize, z: usize, work: usize): void {
  const route = changetype<Route>(work);
  layOut(route, n);
  const stride = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i)
    store<f64>(route.diagonal + ((<usize>i) << 3), load<f64>(a + <usize>i * stride));
  route.sweeps = 0;
  route.n = n;
  route.a = a;
  route.d = d;
  route.z = z;
  route.failures = 0;
  route.deflated = false;
  route.outcome = OK;
  start(route, factorColumns.index);
  factor(route, 0);
}

/** Progress: failed factorizations and a part of this one, in ever smaller shares, as their number is not known. */
function note(route: Route, part: f64): void {
  const tried = <f64>route.failures + part;
  route.progress = FACTOR_SHARE * (tried / (tried + 1));
}

/** Makes a Cholesky factor of A + shift the next part. */
function factor(route: Route, shift: f64): void {
  route.shift = shift;
  pivotedCholeskyStart(route.n, route.a, shift, route.perm);
  enter(route, factorColumns.index);
}

function factorColumns(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  const n = route.n;
  const from = route.position;
  const to = from + portion(budget, pivotedCholeskyCost(n, from), 1, n - from);
  route.position = to;
  note(route, <f64>to / <f64>n);
  const stopped = pivotedCholeskyColumns(n, from, to, route.a, route.perm);
  if (stopped < to) endFactor(route, stopped);
  else if (to == n) rotateFactor(route);
}

/** After a pivot that was too small: cuts off the end of the factor, or restores A. */
function endFactor(route: Route, stopped: i32): void {
  // Two-sided rotations need no factor.
  if (route.n > TWO_SIDED && route.shift == 0 && stopped > 0) {
    route.deflated = deflateTail(route.n, stopped, route.a, route.diagonal);
  }
  if (route.deflated) rotateFactor(route);
  else enter(route, restoreColumns.index);
}

/** Restores A from its upper triangle and the copy of its diagonal. */
function restoreColumns(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  const n = route.n;
  const from = route.position;
  const to = from + portion(budget, mirrorCost(n), 1, n - from);
  mirrorColumns(n, from, to, route.a, true);
  route.position = to;
  if (to < n) return;
  const stride = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i)
    store<f64>(route.a + <usize>i * stride, load<f64>(route.diagonal + ((<usize>i) << 3)));
  afterFailure(route);
}

/** The next part after A + shift was found to have no Cholesky factor. */
function afterFailure(route: Route): void {
  const n = route.n;
  if (++route.failures == 1) {
    if (n <= TWO_SIDED) {
      rotateBothSides(route);
      return;
    }
    // A start vector with uneven entries.
    for (let i = 0; i < n; ++i)
      store<f64>(route.squares + ((<usize>i) << 3), 1 + (0.5 * <f64>((i * 7919) % 13)) / 13);
    route.norm = 0;
    enter(route, estimateNorm.index);
  } else if (route.failures > MOST_FAILURES) rotateBothSides(route);
  else factor(route, SHIFT_GROWTH * route.shift);
}

/** Step: one power iteration of the estimate of ‖A‖ for the shift. */
function estimateNorm(work: usize, _budget: f64): void {
  const route = changetype<Route>(work);
  powerStep(route, route.squares, route.scratch);
  if (route.position < POWER_STEPS) return;
  const shift = ABOVE_NORM * route.norm;
  if (shift == 0) rotateBothSides(route);
  else factor(route, shift);
}

/** Sets the part above the factor to zero; then its columns are made orthogonal. */
function rotateFactor(route: Route): void {
  const n = route.n;
  for (let j = 1; j < n; ++j) memory.fill(route.a + ((<usize>j * <usize>n) << 3), 0, (<usize>j) << 3);
  jacobiOneSidedStart(n, route.a, route.squares, route.iteration);
  enter(route, orthogonalize.index);
}

function rotateBothSides(route: Route): void {
  jacobiStart(route.n, route.a, route.z, route.iteration);
  enter(route, diagonalize.index);
}

/** Some rotations; returns whether the iteration has ended. */
function rotate(route: Route, budget: f64): bool {
  const status = step(route.iteration, budget);
  route.sweeps = sweepsOf(route.iteration);
  route.progress = FACTOR_SHARE + 0.94 * progress(route.iteration);
  if (status == MORE) return false;
  route.outcome = status;
  return true;
}

function orthogonalize(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  if (rotate(route, budget)) enter(route, formPairs.index);
}

/** Step: forms eigenpairs from the orthogonal columns. */
function formPairs(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  const n = route.n;
  const from = route.position;
  const to = from + portion(budget, 2 * COPY_COST * <f64>n, 1, n - from);
  for (let j = from; j < to; ++j) form(route, j, route.perm);
  route.position = to;
  if (to == n) enter(route, sortPairs.index);
}

function diagonalize(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  if (!rotate(route, budget)) return;
  const stride = (<usize>route.n + 1) << 3;
  for (let i = 0; i < route.n; ++i)
    store<f64>(route.d + ((<usize>i) << 3), load<f64>(route.a + <usize>i * stride));
  enter(route, sortPairs.index);
}

function sortPairs(work: usize, budget: f64): void {
  const route = changetype<Route>(work);
  const n = route.n;
  const rows = route.z != 0 ? n : 0;
  const to = route.position + portion(budget, selectionCost(n, rows), 1, max(0, n - 1 - route.position));
  selectEigenpairs(n, route.position, to, route.d, route.z, n, rows);
  route.position = to;
  if (to >= n - 1) end(route, route.outcome);
}

/**
 * One power iteration towards a lower estimate of ‖A‖₂; route.position counts them. The largest entry of a matrix
 * of small numbers is far below 2^TOP, so each product is brought near 1 by a power of two, and its squares
 * neither vanish nor overflow.
 */
function powerStep(route: Route, x: usize, y: usize): void {
  const n = route.n;
  const size = sqrt(dot(n, x, x));
  if (size == 0) {
    route.position = POWER_STEPS;
    return;
  }
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(x + i, load<f64>(x + i) / size);
  let largest = 0.0;
  for (let i = 0; i < n; ++i) {
    const product = dot(n, route.a + ((<usize>i * <usize>n) << 3), x);
    largest = max(largest, abs(product));
    store<f64>(y + ((<usize>i) << 3), product);
  }
  if (largest > 0) {
    const exponent = exponentOf(largest);
    const unit = powerOfTwo(-exponent);
    for (let i: usize = 0; i < (<usize>n) << 3; i += 8) store<f64>(y + i, load<f64>(y + i) * unit);
    route.norm = max(route.norm, sqrt(dot(n, y, y)) * powerOfTwo(exponent));
  }
  memory.copy(x, y, (<usize>n) << 3);
  ++route.position;
}

/** Eigenpair j from column j of U Σ. */
function form(route: Route, j: i32, perm: usize): void {
  const n = route.n;
  const x = route.a + ((<usize>j * <usize>n) << 3);
  const square = dot(n, x, x);
  // A column of zeros has no direction.
  if (!(square > 0)) route.outcome = NOT_CONVERGED;
  store<f64>(route.d + ((<usize>j) << 3), square - (route.deflated ? excess(route, x, square) : route.shift));
  if (route.z == 0) return;
  const scale = 1 / sqrt(square);
  const target = route.z + ((<usize>j * <usize>n) << 3);
  for (let i = 0; i < n; ++i) {
    const to = load<i32>(perm + ((<usize>i) << 2));
    store<f64>(target + ((<usize>to) << 3), scale * load<f64>(x + ((<usize>i) << 3)));
  }
}

/** uᵀ E u for the excess E of L Lᵀ over A, a diagonal matrix, at u = x/‖x‖. */
function excess(route: Route, x: usize, square: f64): f64 {
  const norm = sqrt(square);
  let sum = 0.0;
  for (let i: usize = 0; i < (<usize>route.n) << 3; i += 8) {
    const u = load<f64>(x + i) / norm;
    sum += load<f64>(route.diagonal + i) * u * u;
  }
  return sum;
}

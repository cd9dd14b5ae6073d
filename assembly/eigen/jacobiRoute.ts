// A = Z diag(d) Zᵀ by Jacobi's rotations: one-sided on a Cholesky factor where A is positive definite; else two-sided at
// low orders, beyond them one-sided on a factor of A + shift.
// Range: all of it, A being scaled (jacobiScale). Eigenvalues of a positive definite A are accurate relative to
// themselves, as far as A determines them, down to 2^-1860 of the largest entry; those of others relative to ‖A‖.
import { dot } from "../kernel/dot";
import { MORE, NOT_CONVERGED, OK } from "../status";
import { JACOBI_RECORD, jacobiProgress, jacobiStart, jacobiStep } from "./jacobi";
import { jacobiOneSidedProgress, jacobiOneSidedStart, jacobiOneSidedStep } from "./jacobiOneSided";
import { mirrorColumns, mirrorCost } from "./mirror";
import { pivotedCholeskyColumns, pivotedCholeskyCost, pivotedCholeskyStart } from "./pivotedCholesky";
import { portion } from "./steps";
import { selectEigenpairs, selectionCost } from "./tridiagonalBlock";

/** Order up to which indefinite matrices are rotated on both sides: no shift, so nothing is lost to it. */
const TWO_SIDED: i32 = 32;
const SWEEPS: i32 = 60;
const POWER_STEPS: i32 = 12;
const SHIFTS: i32 = 40;
/** Exponent of the largest |a_ij|, 2^980 to 2^982: sums of n² of them stay finite. */
const TOP: i32 = 980;

/** Bytes of the record of a decomposition under way, at the start of its workspace. */
const RECORD: usize = 128;

// What the next step does: a Cholesky factor of A + shift; A again after a failure; an estimate of ‖A‖ for the shift;
// zeros above the factor, its columns made orthogonal, eigenpairs from them; or rotations on both sides; order.
const FACTOR: i32 = 0;
const RESTORE: i32 = 1;
const NORM: i32 = 2;
const CLEAR: i32 = 3;
const ONE_SIDED: i32 = 4;
const FORM: i32 = 5;
const BOTH_SIDES: i32 = 6;
const SORT: i32 = 7;
const DONE: i32 = 8;

/** A decomposition between two of its steps. */
@unmanaged
class Route {
  /** Sweeps made. */
  sweeps: i32;
  n: i32;
  shift: f64;
  /** Estimate of ‖A‖₂. */
  norm: f64;
  a: usize;
  d: usize;
  z: usize;
  next: i32;
  /** Columns, power steps or places done. */
  position: i32;
  /** Factorizations that failed. */
  failures: i32;
  status: i32;
}

/** Bytes of workspace of the decomposition. */
export function jacobiRouteWorkspace(n: i32): usize {
  return RECORD + JACOBI_RECORD + ((<usize>n + 8) << 3) * 4;
}

// @ts-ignore: decorator
@inline
function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/**
 * The power of two by which an A whose largest entry has this size is to be multiplied: small entries come far above the
 * underflow of their squares. It is a power of four, of which roots are exact, so that ordinary bits do not depend on it.
 */
export function jacobiScale(size: f64): f64 {
  const exponent = <i32>((reinterpret<u64>(size) >> 52) & 0x7ff) - 1023;
  return reinterpret<f64>(<u64>(1023 + min(1022, (TOP - exponent) & ~1)) << 52);
}

/**
 * Starts to find the eigenvalues of A (n×n, contiguous, both triangles, destroyed; times jacobiScale), ascending into d, and with z ≠ 0 eigenvectors into z, in steps (steps.ts). The number of sweeps is left as i32 at work.
 */
export function jacobiRouteStart(n: i32, a: usize, d: usize, z: usize, work: usize): void {
  const x = changetype<Route>(work);
  const diagonal = work + RECORD + JACOBI_RECORD;
  const step = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i) store<f64>(diagonal + (<usize>i << 3), load<f64>(a + <usize>i * step));
  x.sweeps = 0;
  x.n = n;
  x.a = a;
  x.d = d;
  x.z = z;
  x.failures = 0;
  x.status = OK;
  factor(x, 0, diagonal + 2 * rowBytes(n));
}

/** Some columns, a power step, some rotations, or some places in order. */
export function jacobiRouteStep(work: usize, budget: f64): i32 {
  const x = changetype<Route>(work);
  const n = x.n;
  const a = x.a;
  const column = <usize>n << 3;
  const iteration = work + RECORD;
  const diagonal = iteration + JACOBI_RECORD;
  const squares = diagonal + rowBytes(n);
  const perm = squares + rowBytes(n);
  const scratch = perm + rowBytes(n);
  const from = x.position;
  if (x.next == FACTOR) {
    const to = from + portion(budget, pivotedCholeskyCost(n, from), 1, n - from);
    x.position = to;
    if (!pivotedCholeskyColumns(n, from, to, a, perm)) enter(x, RESTORE);
    else if (to == n) enter(x, CLEAR);
  } else if (x.next == RESTORE) {
    // A again, from its upper triangle and its diagonal.
    const to = from + portion(budget, mirrorCost(n), 1, n - from);
    mirrorColumns(n, from, to, a, true);
    x.position = to;
    if (to == n) {
      for (let i = 0; i < n; ++i) store<f64>(a + <usize>i * (column + 8), load<f64>(diagonal + (<usize>i << 3)));
      afterFailure(x, squares, perm, iteration);
    }
  } else if (x.next == NORM) {
    powerStep(x, squares, scratch);
    if (x.position == POWER_STEPS) {
      const shift = 1.05 * x.norm;
      if (shift == 0) rotate(x, iteration);
      else factor(x, shift, perm);
    }
  } else if (x.next == CLEAR) {
    for (let j = 1; j < n; ++j) memory.fill(a + <usize>j * column, 0, <usize>j << 3);
    jacobiOneSidedStart(n, a, squares, iteration, SWEEPS);
    enter(x, ONE_SIDED);
  } else if (x.next == ONE_SIDED) {
    x.status = jacobiOneSidedStep(iteration, budget);
    x.sweeps = load<i32>(iteration);
    if (x.status != MORE) enter(x, FORM);
  } else if (x.next == FORM) {
    const to = from + portion(budget, 4 * <f64>n, 1, n - from);
    for (let j = from; j < to; ++j) form(x, j, perm);
    x.position = to;
    if (to == n) enter(x, SORT);
  } else if (x.next == BOTH_SIDES) {
    x.status = jacobiStep(iteration, budget);
    x.sweeps = load<i32>(iteration);
    if (x.status != MORE) {
      for (let i = 0; i < n; ++i) store<f64>(x.d + (<usize>i << 3), load<f64>(a + <usize>i * (column + 8)));
      enter(x, SORT);
    }
  } else if (x.next == SORT) {
    const rows = x.z != 0 ? n : 0;
    const to = from + portion(budget, selectionCost(n, rows), 1, max(0, n - 1 - from));
    selectEigenpairs(n, from, to, x.d, x.z, n, rows);
    x.position = to;
    if (to >= n - 1) enter(x, DONE);
  }
  return x.next == DONE ? x.status : MORE;
}

/** How much of the work is done, 0 … 1, as far as one can know: sweeps and shifts are not counted before. */
export function jacobiRouteProgress(work: usize): f64 {
  const x = changetype<Route>(work);
  if (x.next == DONE) return 1;
  if (x.next == SORT) return 0.99;
  if (x.next == FORM) return 0.98;
  if (x.next == ONE_SIDED) return 0.04 + 0.94 * jacobiOneSidedProgress(work + RECORD);
  if (x.next == BOTH_SIDES) return 0.04 + 0.94 * jacobiProgress(work + RECORD);
  // The first factorization, the norm and later ones: ever smaller shares.
  const part = x.next == FACTOR ? <f64>x.position / <f64>x.n : x.next == RESTORE ? 1 : 0;
  const tried = <f64>x.failures + part;
  return 0.04 * (tried / (tried + 1));
}

function enter(x: Route, next: i32): void {
  x.next = next;
  x.position = 0;
}

function factor(x: Route, shift: f64, perm: usize): void {
  x.shift = shift;
  pivotedCholeskyStart(x.n, x.a, shift, perm);
  enter(x, FACTOR);
}

function rotate(x: Route, iteration: usize): void {
  jacobiStart(x.n, x.a, x.z, iteration, SWEEPS);
  enter(x, BOTH_SIDES);
}

/** What to do when A + shift has no Cholesky factor. */
function afterFailure(x: Route, squares: usize, perm: usize, iteration: usize): void {
  const n = x.n;
  if (++x.failures == 1) {
    if (n <= TWO_SIDED) {
      rotate(x, iteration);
      return;
    }
    // A vector of uneven entries.
    for (let i = 0; i < n; ++i) store<f64>(squares + (<usize>i << 3), 1 + 0.5 * <f64>((i * 7919) % 13) / 13);
    x.norm = 0;
    enter(x, NORM);
  } else if (x.failures > SHIFTS) rotate(x, iteration);
  else factor(x, 1.25 * x.shift, perm);
}

/** One power step towards a lower estimate of ‖A‖₂, on A / 2^TOP, whose squares are finite; x.position counts them. */
function powerStep(r: Route, x: usize, y: usize): void {
  const n = r.n;
  const size = sqrt(dot(n, x, x));
  if (size == 0) {
    r.position = POWER_STEPS;
    return;
  }
  const top = reinterpret<f64>(<u64>(1023 + TOP) << 52);
  for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(x + i, load<f64>(x + i) / size);
  for (let i = 0; i < n; ++i) {
    store<f64>(y + (<usize>i << 3), dot(n, r.a + ((<usize>i * <usize>n) << 3), x) / top);
  }
  r.norm = max(r.norm, sqrt(dot(n, y, y)) * top);
  memory.copy(x, y, <usize>n << 3);
  ++r.position;
}

/** Eigenpair j from column j of U Σ. */
function form(r: Route, j: i32, perm: usize): void {
  const n = r.n;
  const x = r.a + ((<usize>j * <usize>n) << 3);
  const square = dot(n, x, x);
  // A column of zeros has no direction.
  if (!(square > 0)) r.status = NOT_CONVERGED;
  store<f64>(r.d + (<usize>j << 3), square - r.shift);
  if (r.z == 0) return;
  const scale = 1 / sqrt(square);
  const target = r.z + ((<usize>j * <usize>n) << 3);
  for (let i = 0; i < n; ++i) {
    const to = load<i32>(perm + (<usize>i << 2));
    store<f64>(target + (<usize>to << 3), scale * load<f64>(x + (<usize>i << 3)));
  }
}

// A x = λ B x (itype 1), A B x = λ x (2), B A x = λ x (3) with A symmetric or Hermitian and B positive definite, as a job:
//
//     B = L Lᴴ,   C = L⁻¹A L⁻ᴴ (1) or LᴴA L (2, 3),   C = Y diag(d) Yᴴ,   X = L⁻ᴴY (1, 2) or L Y (3),
//
// so that XᴴB X = 1 (1, 2) or XᴴB⁻¹X = 1 (3) (LAPACK's dsygvd and zhegvd). C is formed by products of triangles with
// the full matrix A, for itype 1 with the lower triangle alone in the second half: 4/3 n³ multiplications and additions
// against dsygst's n³, but no solution with few columns at a time.
// Range: all finite A and B: see equilibrate.ts. With B scaled to a unit diagonal, errors of eigenvalues are up to n
// ulp ‖A‖‖B⁻¹‖ for itype 1 and n ulp ‖A‖‖B‖ for 2 and 3; XᴴB X is 1 within n ulp κ(B) (P. I. Davies, N. J. Higham and
// F. Tisseur, SIAM J. Matrix Anal. Appl. 23 (2001) 472). Eigenvalues beyond the range of doubles become ±∞.
import { end, enter, portion, recordBytes, start, stepInner } from '../../job';
import { MORE, NOT_DEFINITE, OK } from '../../status';
import { mirrorColumns, mirrorCost, transposeColumns } from '../mirror';
import { conjugateUpper, splitColumns } from '../square';
import {
  hermitianEigenStart,
  hermitianEigenWorkspace,
  symmetricEigenSelect,
  symmetricEigenStart,
  symmetricEigenWorkspace,
} from '../symmetric';
import { EigenRecord } from '../symmetricRecord';
import { LEAST_OF_PASS, MIRROR_SIDE, REDUCED_GENERALIZED, SOLVED_GENERALIZED } from '../tuning';
import { choleskyStart, Elimination, eliminationWorkspace, solveRightLowerStart } from './cholesky';
import {
  diagonalExponents,
  equilibrateColumns,
  largestExponent,
  NO_EXPONENT,
  scaleByExponents,
  scaled,
  unscaleColumns,
} from './equilibrate';
import { Generalized, generalizedBytes } from './record';
import { ADJOINT, INVERSE } from './triangularColumns';
import { triangularStart, triangularWorkspace } from './triangularJob';

/** Bytes of workspace of a decomposition of real matrices, or if `complex` of Hermitian ones. */
export function generalizedEigenWorkspace(n: i32, method: i32, vectors: bool, complex: bool): usize {
  const standard = complex
    ? hermitianEigenWorkspace(n, method, vectors)
    : symmetricEigenWorkspace(n, method, vectors);
  return generalizedBytes(n) + max(standard, max(eliminationWorkspace(n), triangularWorkspace(n)));
}

/**
 * Starts the decomposition: eigenvalues ascending into d (n), and if z ≠ 0 eigenvectors into z. A and B are n×n
 * column-major, contiguous; if `complex`, each is a plane of real parts and after it one of imaginary parts. d and z
 * are as in symmetricEigenStart and hermitianEigenStart. Both matrices are read from their upper triangles or from
 * their lower ones, and destroyed. The record holds the number of sweeps, the first eigenpair and the one after the
 * last, and if B is not definite the pivot that shows it.
 */
export function generalizedEigenStart(
  n: i32,
  a: usize,
  b: usize,
  complex: bool,
  itype: i32,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): void {
  const whole = changetype<Generalized>(work);
  whole.sweeps = 0;
  whole.first = 0;
  whole.last = n;
  whole.failed = -1;
  whole.pivot = 0;
  whole.byValue = false;
  whole.selecting = false;
  whole.method = method;
  whole.upper = upper;
  whole.itype = itype;
  whole.n = n;
  whole.a = a;
  whole.b = b;
  whole.planes = complex ? 2 : 1;
  whole.plane = complex ? (<usize>n * <usize>n) << 3 : 0;
  whole.d = d;
  whole.z = z;
  whole.t = work + recordBytes<Generalized>();
  whole.g = NO_EXPONENT;
  whole.second = false;
  whole.inner = work + generalizedBytes(n);
  start(whole, mirrorSome.index);
  if (n == 0) end(whole, OK);
}

/** Right after the start: selects the eigenpairs that are wanted, as `symmetricEigenSelect` does. */
export function generalizedEigenSelect(byValue: bool, lo: f64, hi: f64, work: usize): void {
  const whole = changetype<Generalized>(work);
  whole.selecting = true;
  whole.byValue = byValue;
  whole.lo = lo;
  whole.hi = hi;
}

/** Number of the remaining columns that fit into the budget, in whole tiles of a mirror. */
function columns(whole: Generalized, budget: f64): i32 {
  const cost = 2 * <f64>whole.planes * mirrorCost(whole.n);
  const to = whole.position + portion(budget, cost, LEAST_OF_PASS, whole.n - whole.position);
  return to == whole.n ? to : to - (to % MIRROR_SIDE);
}

/** Step: mirrors the upper triangles of both matrices to the lower ones. */
function mirrorSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const to = whole.upper ? columns(whole, budget) : whole.n;
  for (let p = 0; whole.upper != 0 && p < whole.planes; ++p) {
    const plane = <usize>p * whole.plane;
    mirrorColumns(whole.n, whole.position, to, whole.a + plane, true);
    mirrorColumns(whole.n, whole.position, to, whole.b + plane, true);
  }
  whole.position = to;
  if (to < whole.n) return;
  diagonalExponents(whole.n, whole.b, whole.t);
  enter(whole, equilibrateSome.index);
}

/** Sign with which the exponents of B enter those of A. */
@inline
function signOf(whole: Generalized): i32 {
  return whole.itype == 1 ? -1 : 1;
}

/** Step: scales B, then measures and scales A. */
function equilibrateSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const n = whole.n;
  const from = whole.position;
  const to = columns(whole, budget);
  for (let p = 0; p < whole.planes; ++p) {
    const plane = <usize>p * whole.plane;
    equilibrateColumns(n, from, to, whole.b + plane, whole.t);
    whole.g = max(whole.g, largestExponent(n, from, to, whole.a + plane, whole.t, signOf(whole)));
  }
  whole.position = to;
  if (to < n) return;
  if (whole.g == NO_EXPONENT) whole.g = 0;
  enter(whole, scaleSome.index);
}

function scaleSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const to = columns(whole, budget);
  for (let p = 0; p < whole.planes; ++p) {
    const a = whole.a + <usize>p * whole.plane;
    scaleByExponents(whole.n, whole.position, to, a, whole.t, signOf(whole), whole.g);
  }
  whole.position = to;
  if (to < whole.n) return;
  choleskyStart(whole.n, whole.b, whole.plane, whole.inner);
  enter(whole, factorSome.index);
}

/** Step: B = L Lᴴ. */
function factorSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const status = stepInner(whole, whole.inner, budget, 0, 0.25 * REDUCED_GENERALIZED);
  if (status == MORE) return;
  if (status == NOT_DEFINITE) {
    const factor = changetype<Elimination>(whole.inner);
    whole.failed = factor.failed;
    whole.pivot = scaled(factor.pivot, 2 * load<i32>(whole.t + ((<usize>factor.failed) << 2)));
    end(whole, status);
  } else enter(whole, fillSome.index);
}

/** Step: fills the upper triangle of A. */
function fillSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const n = whole.n;
  const to = columns(whole, budget);
  for (let p = 0; p < whole.planes; ++p)
    mirrorColumns(n, whole.position, to, whole.a + <usize>p * whole.plane, false);
  whole.position = to;
  if (to < n) return;
  if (whole.planes == 2) conjugateUpper(n, 0, n, whole.a + whole.plane);
  multiply(whole, whole.itype == 1 ? INVERSE : ADJOINT);
}

/** Makes A := op(L) A the next part. */
function multiply(whole: Generalized, kind: i32): void {
  triangularStart(kind, whole.n, whole.n, whole.b, whole.a, whole.plane, whole.inner);
  enter(whole, multiplySome.index);
}

function multiplySome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const from = (whole.second ? 0.65 : 0.25) * REDUCED_GENERALIZED;
  if (stepInner(whole, whole.inner, budget, from, from + 0.35 * REDUCED_GENERALIZED) == MORE) return;
  if (whole.second) standard(whole);
  else if (whole.itype == 1) {
    solveRightLowerStart(whole.n, whole.b, whole.a, whole.plane, whole.inner);
    enter(whole, solveSome.index);
  } else enter(whole, transposeSome.index);
}

/** Step: C := (L⁻¹A) L⁻ᴴ. */
function solveSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  if (stepInner(whole, whole.inner, budget, 0.65 * REDUCED_GENERALIZED, REDUCED_GENERALIZED) != MORE)
    standard(whole);
}

/** Step: (LᴴA)ᴴ = A L. */
function transposeSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const to = columns(whole, budget);
  transposeColumns(whole.n, whole.position, to, whole.a, 1);
  if (whole.planes == 2) transposeColumns(whole.n, whole.position, to, whole.a + whole.plane, -1);
  whole.position = to;
  if (to < whole.n) return;
  whole.second = true;
  multiply(whole, ADJOINT);
}

/** Starts the decomposition of C, whose eigenvalues are 2^-g times the wanted ones. */
function standard(whole: Generalized): void {
  const n = whole.n;
  if (whole.planes == 1) symmetricEigenStart(n, whole.a, false, whole.method, whole.d, whole.z, whole.inner);
  else {
    const stride = (<usize>n + 1) << 3;
    for (let i = 0; i < n; ++i) store<f64>(whole.a + whole.plane + <usize>i * stride, 0);
    hermitianEigenStart(n, whole.a, false, whole.method, whole.d, whole.z, whole.inner);
  }
  if (whole.selecting) {
    const by = whole.byValue != 0;
    const lo = by ? scaled(whole.lo, -whole.g) : whole.lo;
    const hi = by ? scaled(whole.hi, -whole.g) : whole.hi;
    symmetricEigenSelect(by, lo, hi, whole.inner);
  }
  enter(whole, decomposeSome.index);
}

function decomposeSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const status = stepInner(whole, whole.inner, budget, REDUCED_GENERALIZED, SOLVED_GENERALIZED);
  const result = changetype<EigenRecord>(whole.inner);
  whole.sweeps = result.sweeps;
  if (status == MORE) return;
  whole.first = result.first;
  whole.last = result.last;
  whole.outcome = status;
  for (let k = whole.first; k < whole.last; ++k) {
    const p = whole.d + ((<usize>k) << 3);
    store<f64>(p, scaled(load<f64>(p), whole.g));
  }
  if (whole.z == 0 || whole.last <= whole.first) end(whole, status);
  else enter(whole, splitSome.index);
}

/** Step: splits complex vectors into the planes of A, which is no longer needed. */
function splitSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const n = whole.n;
  const count = whole.last - whole.first;
  const first = <usize>whole.first * <usize>n;
  if (whole.planes == 2) {
    const from = whole.position;
    const to = from + portion(budget, mirrorCost(n), LEAST_OF_PASS, count - from);
    splitColumns(n, from, to, whole.z + (first << 4), whole.a, whole.a + whole.plane);
    whole.position = to;
    if (to < count) return;
  }
  const x = whole.planes == 2 ? whole.a : whole.z + (first << 3);
  triangularStart(whole.itype == 3 ? 0 : INVERSE | ADJOINT, n, count, whole.b, x, whole.plane, whole.inner);
  enter(whole, divideByFactor.index);
}

function divideByFactor(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  if (stepInner(whole, whole.inner, budget, SOLVED_GENERALIZED, 1) != MORE) enter(whole, unscaleSome.index);
}

/** Step: scales the vectors back to the original problem, complex ones into pairs. */
function unscaleSome(work: usize, budget: f64): void {
  const whole = changetype<Generalized>(work);
  const n = whole.n;
  const count = whole.last - whole.first;
  const from = whole.position;
  const to = from + portion(budget, mirrorCost(n), LEAST_OF_PASS, count - from);
  const z = whole.z + ((<usize>whole.first * <usize>n) << (whole.planes == 2 ? 4 : 3));
  const x = whole.planes == 2 ? whole.a : z;
  unscaleColumns(n, from, to, x, whole.plane, whole.t, whole.itype == 3 ? 1 : -1, z);
  whole.position = to;
  if (to >= count) end(whole, whole.outcome);
}

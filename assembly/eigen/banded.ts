// A = Z diag(d) Zᵀ for a symmetric band matrix A, all of it or some eigenpairs, as a job: scaling, the reduction to a
// tridiagonal T by reflectors that chase their fill-in out of the band, A = Q T Qᵀ, then T = S diag(d) Sᵀ and Z = Q S.
// A tridiagonal A needs no reduction, a diagonal one only sorting. A band so wide that the dense reduction takes fewer
// operations is decomposed as a dense matrix (symmetric.ts); Jacobi does so with every band.
// Range: as for symmetric.ts: any finite A; unless max|a_ij| is moderate (numeric/scaling.ts) it is scaled by a power of two.
// ‖A − ZDZᵀ‖ / (‖A‖ n ulp) and ‖1 − ZᵀZ‖ / (n ulp) are below 10 in all tests.

import { end, enter, portion, recordBytes, rowBytes, start, stepInner } from '../job';
import { amax, scal } from '../kernel/vectors';
import { align } from '../numeric/align';
import { isModerate, powerOfTwoNear } from '../numeric/scaling';
import { MORE, OK } from '../status';
import { costOfVectors, worksOnWhole } from './methods';
import {
  bandBytes,
  bandColumnCost,
  bandColumns,
  bandReflectorsBytes,
  bandResult,
  bandWorkspace,
} from './reduce/band';
import { bandBackTransformStart, bandBackTransformWorkspace } from './reduce/bandBackTransform';
import { spectrumWorkspace } from './spectrum';
import { symmetricEigenSelect, symmetricEigenStart, symmetricEigenWorkspace } from './symmetric';
import { Decomposition, prepare } from './symmetricRecord';
import { enterTridiagonal, stepTridiagonal, turnVectors } from './tridiagonalPart';
import { bandShares, COPY_COST, isDense, LEAST_OF_PASS, READ_COST } from './tuning';

/** State of a decomposition of a band matrix between two steps; `a` is the band as it was given. */
@unmanaged
class BandDecomposition extends Decomposition {
  width: i32;
  /** The band in columns of 2 width doubles, or the dense matrix A; reflectors of the reduction. */
  band: usize;
  kept: usize;
  chase: usize;
}

/** Bytes between the record and the workspace of the inner job. */
function ownBytes(n: i32, width: i32, vectors: bool): usize {
  if (width < 2) return rowBytes(n);
  const reflectors = vectors ? bandReflectorsBytes(n, width) : 0;
  return rowBytes(n) + bandBytes(n, width) + bandWorkspace(width) + reflectors + 64;
}

/** Bytes of workspace of a decomposition of a band matrix. */
export function bandedEigenWorkspace(n: i32, width: i32, method: i32, vectors: bool): usize {
  const record = recordBytes<BandDecomposition>();
  if (worksOnWhole(method) || isDense(n, width)) {
    return record + ((<usize>n * <usize>n) << 3) + symmetricEigenWorkspace(n, method, vectors);
  }
  let rest = spectrumWorkspace(n, method, vectors);
  if (vectors && width > 1) rest = max(rest, bandBackTransformWorkspace(n));
  return record + ownBytes(n, width, vectors) + rest;
}

/**
 * Starts the decomposition as a job: eigenvalues of A ascending into d (n), and if z ≠ 0 eigenvectors into the columns
 * of z (n×n, contiguous). a: width + 1 rows of n, row r from 0 to n − r − 1 the diagonal a_{j+r,j}; destroyed;
 * 0 ≤ width < max(n, 1). a, d, z and the workspace must be left alone until a step returns a value other than MORE. The
 * record holds its results where symmetricEigenStart does, and symmetricEigenSelect selects eigenpairs.
 */
export function bandedEigenStart(
  n: i32,
  width: i32,
  a: usize,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): void {
  const whole = changetype<BandDecomposition>(work);
  prepare(whole, n, a, method, d, z);
  whole.width = width;
  whole.e = work + recordBytes<BandDecomposition>();
  whole.band = whole.e;
  whole.inner = whole.e;
  if (worksOnWhole(method) || isDense(n, width)) {
    whole.inner += (<usize>n * <usize>n) << 3;
    start(whole, fillSome.index);
  } else {
    whole.band += rowBytes(n);
    whole.chase = whole.band + bandBytes(n, width);
    whole.kept = z == 0 || width < 2 ? 0 : align(whole.chase + bandWorkspace(width));
    whole.inner += ownBytes(n, width, z != 0);
    start(whole, measureSome.index);
    const cost = costOfVectors(method);
    whole.reduced = bandShares(n, width, cost, z != 0, false);
    whole.solved = bandShares(n, width, cost, z != 0, true);
  }
  if (n == 0) end(whole, OK);
}

@inline
function diagonal(whole: BandDecomposition, r: i32): usize {
  return whole.a + ((<usize>r * <usize>whole.n) << 3);
}

/** Step: fills some columns of the dense matrix, its lower triangle; then starts the dense decomposition. */
function fillSome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const n = whole.n;
  const bytes = (<usize>n) << 3;
  const from = whole.position;
  const to = from + portion(budget, COPY_COST * <f64>n, LEAST_OF_PASS, n - from);
  for (let j = from; j < to; ++j) {
    const corner = whole.band + <usize>j * (bytes + 8);
    memory.fill(corner, 0, bytes - ((<usize>j) << 3));
    for (let r = 0; r <= min(whole.width, n - 1 - j); ++r) {
      store<f64>(corner + ((<usize>r) << 3), load<f64>(diagonal(whole, r) + ((<usize>j) << 3)));
    }
  }
  whole.position = to;
  if (to < n) return;
  symmetricEigenStart(n, whole.band, false, whole.method, whole.d, whole.z, whole.inner);
  if (whole.byValue) symmetricEigenSelect(true, whole.lo, whole.hi, whole.inner);
  else if (!worksOnWhole(whole.method))
    symmetricEigenSelect(false, <f64>whole.first, <f64>(whole.last - 1), whole.inner);
  enter(whole, denseSome.index);
}

/** Step: a part of the dense decomposition. */
function denseSome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const status = stepInner(whole, whole.inner, budget, 0, 1);
  if (status == MORE) return;
  const dense = changetype<Decomposition>(whole.inner);
  whole.sweeps = dense.sweeps;
  whole.first = dense.first;
  whole.last = dense.last;
  end(whole, status);
}

/** Step: looks for the largest entry: products of three entries may neither over- nor underflow. */
function measureSome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const n = whole.n;
  const left = whole.width + 1 - whole.position;
  const to = whole.position + portion(budget, READ_COST * <f64>n, 1, left);
  for (let r = whole.position; r < to; ++r) whole.size = max(whole.size, amax(n - r, diagonal(whole, r)));
  whole.position = to;
  if (to <= whole.width) return;
  const size = whole.size;
  if (!isModerate(size)) whole.scale = powerOfTwoNear(1 / size);
  enter(whole, whole.width < 2 ? copyDiagonals.index : copySome.index);
}

/** Step: copies a T that was given as the band. */
function copyDiagonals(work: usize, _budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const n = whole.n;
  memory.copy(whole.d, whole.a, (<usize>n) << 3);
  scal(n, whole.scale, whole.d);
  if (whole.width == 0) memory.fill(whole.e, 0, (<usize>n) << 3);
  else {
    memory.copy(whole.e, diagonal(whole, 1), (<usize>(n - 1)) << 3);
    scal(n - 1, whole.scale, whole.e);
  }
  solve(whole);
}

/** Step: copies the band by columns, with room for the bulges. */
function copySome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const n = whole.n;
  const stride = (<usize>whole.width) << 4;
  const from = whole.position;
  const to = from + portion(budget, 2 * COPY_COST * <f64>whole.width, LEAST_OF_PASS, n - from);
  memory.fill(whole.band + <usize>from * stride, 0, <usize>(to - from) * stride);
  for (let r = 0; r <= whole.width; ++r) {
    const source = diagonal(whole, r);
    for (let j = from; j < min(to, n - r); ++j) {
      const x = whole.scale * load<f64>(source + ((<usize>j) << 3));
      store<f64>(whole.band + <usize>j * stride + ((<usize>r) << 3), x);
    }
  }
  whole.position = to;
  if (to == n) enter(whole, chaseSome.index);
}

/** Step: some columns of the reduction. */
function chaseSome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const n = whole.n;
  const b = whole.width;
  const from = whole.position;
  const to = from + portion(budget, bandColumnCost(n, b, from), 1, n - from);
  bandColumns(n, b, from, to, whole.band, 0, whole.kept, whole.chase);
  whole.position = to;
  const left = 1 - <f64>to / <f64>n;
  whole.progress = whole.reduced * (1 - left * left);
  if (to < n) return;
  bandResult(n, b, whole.band, whole.d, whole.e);
  solve(whole);
}

/** Starts the tridiagonal problem. */
function solve(whole: BandDecomposition): void {
  whole.progress = whole.reduced;
  enterTridiagonal(whole, solveSome.index);
}

/** Step: the eigenpairs of T; their vectors are transformed back even when some did not converge. */
function solveSome(work: usize, budget: f64): void {
  const whole = changetype<BandDecomposition>(work);
  const status = stepTridiagonal(whole, budget);
  if (status == MORE) return;
  if (whole.kept == 0) {
    end(whole, status);
    return;
  }
  const z = whole.z + ((<usize>whole.first * <usize>whole.n) << 3);
  bandBackTransformStart(whole.n, whole.width, whole.last - whole.first, whole.kept, z, whole.inner);
  enter(whole, turnVectors.index);
}

// Vᴴ A V → diagonal for a Hermitian A by complex plane rotations, row-cyclic with thresholds (H. H. Goldstine and L. P. Horwitz,
// J. ACM 6 (1959) 176; the real part of a rotation as in twoSided.ts): with a_pq = r e^{iφ}, column q is turned by e^{-iφ},
//
//     [a_pp  a_pq; a_qp  a_qq] → [a_pp  r; r  a_qq],
//
// and a real rotation makes r zero. A is in two planes, V in pairs. An entry is left alone when |a_pq| ≤ eps
// √|a_pp a_qq|, so that the eigenvalues of a positive definite A have small relative errors as far as A
// determines them (J. Demmel and K. Veselić, SIAM J. Matrix Anal. Appl. 13 (1992) 1204); those of other matrices
// have errors relative to ‖A‖.
// Range: parts up to 2^982, A being scaled (jacobiScale): what underflows is negligible beside the largest entry.
import { end, enter, Job, portion, recordBytes, start } from '../../job';
import { rot, scal } from '../../kernel/vectors';
import { EPS } from '../../numeric/constants';
import { NOT_CONVERGED, OK } from '../../status';
import { selectEigenpairs, selectionCost } from '../eigenpairs';
import { EARLY_SWEEPS, earlyThreshold, MOST_SWEEPS, sweepProgress } from './cyclic';
import { tangent } from './tangent';

/**
 * Sweeps after which entries below an ulp of the largest diagonal are left alone too; usually six to ten are enough.
 */
const PATIENT: i32 = 15;

/** State of a decomposition between two steps. */
@unmanaged
export class HermitianJacobi extends Job {
  /** Result: sweeps made. */
  sweeps: i32;
  n: i32;
  a: usize;
  a2: usize;
  d: usize;
  z: usize;
  threshold: f64;
  /** Entries of this size and smaller are left alone. */
  floor: f64;
  /** The next row; n − 1 when the sweep is over. */
  p: i32;
  /** Whether the sweep has rotated anything. */
  busy: i32;
  outcome: i32;
}

/** Bytes of workspace of the decomposition. */
export function hermitianJacobiWorkspace(): usize {
  return recordBytes<HermitianJacobi>();
}

/**
 * Starts to compute the eigenvalues of A (planes a and a2, n×n, contiguous, both triangles, destroyed), ascending into
 * d, and if z ≠ 0 eigenvectors into the columns of z (n complex numbers each, in pairs), as a job.
 */
export function hermitianJacobiStart(n: i32, a: usize, a2: usize, d: usize, z: usize, work: usize): void {
  const job = changetype<HermitianJacobi>(work);
  job.sweeps = 0;
  job.n = n;
  job.a = a;
  job.a2 = a2;
  job.d = d;
  job.z = z;
  job.busy = n > 1;
  job.outcome = OK;
  if (z != 0) {
    const column = (<usize>n) << 4;
    memory.fill(z, 0, <usize>n * column);
    for (let i = 0; i < n; ++i) store<f64>(z + <usize>i * (column + 16), 1);
  }
  start(job, rotateSome.index);
  job.p = n;
}

@inline
function diagonal(job: HermitianJacobi, i: i32): usize {
  return job.a + ((<usize>i) << 3) * <usize>(job.n + 1);
}

/** Step: some rows of a sweep. */
function rotateSome(work: usize, budget: f64): void {
  const job = changetype<HermitianJacobi>(work);
  const n = job.n;
  let spent = 0.0;
  while (spent <= budget) {
    if (job.p >= n - 1) {
      if (job.p == n - 1) ++job.sweeps;
      if (!job.busy || job.sweeps >= MOST_SWEEPS) {
        finishSweeps(job);
        return;
      }
      beginSweep(job);
      spent += 2 * <f64>n * <f64>n;
    }
    spent += rotateRow(job, job.p);
    ++job.p;
  }
  job.progress = 0.95 * sweepProgress(<f64>job.sweeps + <f64>job.p / <f64>n);
}

/** Starts a sweep. */
function beginSweep(job: HermitianJacobi): void {
  const n = job.n;
  let sum = 0.0;
  let top = 0.0;
  for (let j = 0; j < n; ++j) {
    const column = (<usize>j * <usize>n) << 3;
    for (let i = 0; i < j; ++i) {
      const at = column + ((<usize>i) << 3);
      sum += abs(load<f64>(job.a + at)) + abs(load<f64>(job.a2 + at));
    }
    top = max(top, abs(load<f64>(diagonal(job, j))));
  }
  job.threshold = job.sweeps < EARLY_SWEEPS ? earlyThreshold(n, sum) : 0;
  job.floor = job.sweeps < PATIENT ? 0 : 0.5 * EPS * top;
  job.busy = job.threshold > 0;
  job.p = 0;
}

/** Rotates column p against the later ones. Returns the cost in nominal nanoseconds. */
function rotateRow(job: HermitianJacobi, p: i32): f64 {
  const n = job.n;
  const column = (<usize>n) << 3;
  let spent = <f64>n;
  for (let q = p + 1; q < n; ++q) {
    const at = <usize>q * column + ((<usize>p) << 3);
    const re = load<f64>(job.a + at);
    const im = load<f64>(job.a2 + at);
    const larger = max(abs(re), abs(im));
    if (larger == 0) continue;
    const ratio = min(abs(re), abs(im)) / larger;
    const r = larger * sqrt(1 + ratio * ratio);
    if (r <= job.threshold) continue;
    const app = load<f64>(diagonal(job, p));
    const aqq = load<f64>(diagonal(job, q));
    if (r <= max(job.floor, EPS * sqrt(abs(app)) * sqrt(abs(aqq)))) continue;
    job.busy = true;
    spent += 24 * <f64>n;
    const t = tangent(app, aqq, r);
    const c = 1 / sqrt(1 + t * t);
    rotatePair(job, p, q, re / r, im / r, c, t * c);
    store<f64>(diagonal(job, p), app - t * r);
    store<f64>(diagonal(job, q), aqq + t * r);
  }
  return spent;
}

/** Columns p and q of A, its rows p and q, and columns p and q of V; u + i v = e^{iφ}. */
function rotatePair(job: HermitianJacobi, p: i32, q: i32, u: f64, v: f64, c: f64, s: f64): void {
  const n = job.n;
  const column = (<usize>n) << 3;
  const ap = <usize>p * column;
  const aq = <usize>q * column;
  turnColumn(n, job.a + aq, job.a2 + aq, u, v);
  // (x, y) := (c x − s y, s x + c y).
  rot(n, job.a + ap, job.a + aq, c, -s);
  rot(n, job.a2 + ap, job.a2 + aq, c, -s);
  const row = (<usize>p) << 3;
  const other = (<usize>q) << 3;
  store<f64>(job.a + aq + row, 0);
  store<f64>(job.a2 + aq + row, 0);
  store<f64>(job.a + ap + other, 0);
  store<f64>(job.a2 + ap + other, 0);
  store<f64>(job.a2 + ap + row, 0);
  store<f64>(job.a2 + aq + other, 0);
  for (let i: usize = 0; i < column; i += 8) {
    const target = (i >> 3) * column;
    store<f64>(job.a + target + row, load<f64>(job.a + ap + i));
    store<f64>(job.a + target + other, load<f64>(job.a + aq + i));
    store<f64>(job.a2 + target + row, -load<f64>(job.a2 + ap + i));
    store<f64>(job.a2 + target + other, -load<f64>(job.a2 + aq + i));
  }
  if (job.z == 0) return;
  const zq = job.z + 2 * aq;
  for (let x = zq; x < zq + 2 * column; x += 16) {
    const re = load<f64>(x);
    const im = load<f64>(x, 8);
    store<f64>(x, u * re + v * im);
    store<f64>(x, u * im - v * re, 8);
  }
  rot(2 * n, job.z + 2 * ap, zq, c, -s);
}

/** x := e^{-iφ} x of a column in planes. */
function turnColumn(n: i32, x: usize, x2: usize, u: f64, v: f64): void {
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) {
    const re = load<f64>(x + i);
    const im = load<f64>(x2 + i);
    store<f64>(x + i, u * re + v * im);
    store<f64>(x2 + i, u * im - v * re);
  }
}

/**
 * Copies the eigenvalues from the diagonal, and normalizes the columns of V, whose norms many
 * rotations change by some ulp.
 */
function finishSweeps(job: HermitianJacobi): void {
  const n = job.n;
  job.outcome = job.busy ? NOT_CONVERGED : OK;
  for (let i = 0; i < n; ++i) store<f64>(job.d + ((<usize>i) << 3), load<f64>(diagonal(job, i)));
  for (let j = 0; job.z != 0 && j < n; ++j) {
    const x = job.z + ((<usize>j * <usize>n) << 4);
    let square = 0.0;
    for (let i: usize = 0; i < (<usize>n) << 4; i += 8) square += load<f64>(x + i) * load<f64>(x + i);
    scal(2 * n, 1 / sqrt(square), x);
  }
  enter(job, sortSome.index);
}

/** Step: some positions in ascending order. */
function sortSome(work: usize, budget: f64): void {
  const job = changetype<HermitianJacobi>(work);
  const n = job.n;
  const rows = job.z != 0 ? 2 * n : 0;
  const left = max(0, n - 1 - job.position);
  const to = job.position + portion(budget, selectionCost(n, rows), 1, left);
  selectEigenpairs(n, job.position, to, job.d, job.z, 2 * n, rows);
  job.position = to;
  if (to >= n - 1) end(job, job.outcome);
}

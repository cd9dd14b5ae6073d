// Eigenvalues of a symmetric tridiagonal T by the square-root-free QL and QR of Pal, Walker and Kahan (LAPACK's
// dsterf; B. N. Parlett, The Symmetric Eigenvalue Problem, 8.15): the rotations enter only through c², s² and e².
// Range: any finite T; each block is scaled by a power of two so that its largest element is between ½
// and 1. Eigenvalues are accurate to some ulp of the norm of their block; off-diagonals whose squares are
// then below 2^-1022 are dropped.

import { end, enter, finish, recordBytes, start } from '../../job';
import { EPS2, SAFE_MIN } from '../../numeric/constants';
import { get, set } from '../../numeric/elements';
import { heapSort } from '../../numeric/sort';
import { NOT_CONVERGED, OK } from '../../status';
import { PWK_ROTATION_COST } from '../tuning';
import { BlockIteration, openBlock, prepare, settledRows } from './blockIteration';

/** Bytes of workspace of `tridiagonalEigenvalues`: its record. */
export function tridiagonalEigenvaluesWorkspace(): usize {
  return recordBytes<BlockIteration>();
}

/** Up to here c² counts as 0: γ², of the order of c², may be subnormal there, so that γ²/c² would lack digits, and 1/c² overflow. */
const TINY: f64 = 1e-290;

/**
 * Eigenvalues of T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed. At most maxIterations
 * sweeps in all.
 */
export function tridiagonalEigenvalues(n: i32, d: usize, e: usize, work: usize, maxIterations: i32): i32 {
  tridiagonalEigenvaluesStart(n, d, e, work, maxIterations);
  return finish(work);
}

/** Starts `tridiagonalEigenvalues` as a job. */
export function tridiagonalEigenvaluesStart(
  n: i32,
  d: usize,
  e: usize,
  work: usize,
  maxIterations: i32,
): void {
  const iteration = changetype<BlockIteration>(work);
  prepare(iteration, n, d, e, maxIterations);
  start(iteration, findBlock.index);
}

/** Result of the job: sweeps made. */
export function tridiagonalEigenvaluesSweeps(work: usize): i32 {
  return changetype<BlockIteration>(work).sweeps;
}

/** Progress: sweeps grow shorter as eigenvalues converge. */
function note(iteration: BlockIteration, settled: i32): void {
  const left = 1 - <f64>settled / <f64>iteration.n;
  iteration.progress = 1 - left * left;
}

/** Step: finds the next block and squares its part of e; after the last block, sorts. */
function findBlock(work: usize, _budget: f64): void {
  const iteration = changetype<BlockIteration>(work);
  if (openBlock(iteration)) {
    const e = iteration.e;
    for (let i = iteration.begin; i < iteration.end; ++i) set(e, i, get(e, i) * get(e, i));
    enter(iteration, sweepBlock.index);
    return;
  }
  heapSort(iteration.n, iteration.d, 0, 0);
  settle(iteration, OK);
}

/** Step: some sweeps over the block. */
function sweepBlock(work: usize, budget: f64): void {
  const iteration = changetype<BlockIteration>(work);
  const done = iteration.down
    ? sweep(iteration, -1, iteration.begin, budget)
    : sweep(iteration, 1, iteration.end, budget);
  if (!done) {
    note(iteration, settledRows(iteration));
    return;
  }
  if (iteration.scale != 1)
    for (let i = iteration.begin; i <= iteration.end; ++i)
      set(iteration.d, i, get(iteration.d, i) / iteration.scale);
  iteration.begin = iteration.end + 1;
  note(iteration, iteration.begin);
  if (iteration.left < 0) settle(iteration, NOT_CONVERGED);
  else enter(iteration, findBlock.index);
}

function settle(iteration: BlockIteration, status: i32): void {
  iteration.sweeps = iteration.allowed - max(iteration.left, 0);
  end(iteration, status);
}

/** sigma, Wilkinson's shift of the corner (p, √e2, next). */
function shift(p: f64, e2: f64, next: f64): f64 {
  const root = sqrt(e2);
  const g = (next - p) / (2 * root);
  let r = sqrt(g * g + 1);
  if (!(r < Infinity)) r = abs(g);
  return p - root / (g + (g >= 0 ? r : -r));
}

/**
 * QL (dir = 1) or QR (dir = −1) of the rows from l in direction dir to `last`: eigenvalues converge at l. Returns
 * whether the block is done; iteration.left < 0 when sweeps ran out.
 */
function sweep(iteration: BlockIteration, dir: i32, last: i32, budget: f64): bool {
  const d = iteration.d;
  // The scan for a negligible element is that of qrSweeps.ts, with squares in e. It stands in both, because it takes as long as the
  // sweep, with which it is one loop; for the same reason rows are offsets in bytes. Element i of this vector is the element of e
  // between rows i and i + dir.
  const e = iteration.e + ((<usize>min(dir, 0)) << 3);
  const stride = (<usize>dir) << 3;
  const end = (<usize>last) << 3;
  let spent = 0.0;
  let l = (<usize>iteration.l) << 3;
  while (l != end + stride) {
    let m = l;
    while (m != end && !small(d + m, stride, load<f64>(e + m))) m += stride;
    if (m != end) store<f64>(e + m, 0);
    if (m == l) {
      l += stride;
      continue;
    }
    const row = <i32>l >> 3;
    iteration.l = row;
    if (spent > budget) return false;
    spent += PWK_ROTATION_COST * <f64>abs((<i32>m >> 3) - row);
    if (--iteration.left < 0) return true;
    const sigma = shift(load<f64>(d + l), load<f64>(e + l), load<f64>(d + l + stride));
    let c = 1.0;
    let s = 0.0;
    let gamma = load<f64>(d + m) - sigma;
    if (gamma == 0 && m == l + stride) {
      // Both diagonal elements are eigenvalues to rounding; further sweeps would only exchange them, without end.
      store<f64>(e + l, 0);
      continue;
    }
    let p = gamma * gamma;
    for (let at = m; at != l; ) {
      // `at` is the offset of row i, `next` that of row i − dir, the row in work.
      const next = at - stride;
      const b = load<f64>(e + next);
      const r = p + b;
      if (at != m) store<f64>(e + at, s * r);
      const oldC = c;
      const oldGamma = gamma;
      // Each row waits for the one before: 1/c² as a quotient of its own, beside c², takes a quarter less time than γ²/c².
      const inverse = r / p;
      c = p / r;
      s = b / r;
      const alpha = load<f64>(d + next);
      gamma = c * (alpha - sigma) - s * oldGamma;
      store<f64>(d + at, oldGamma + (alpha - gamma));
      p = c > TINY ? gamma * gamma * inverse : oldC * b;
      at = next;
    }
    store<f64>(e + l, s * p);
    store<f64>(d + l, sigma + gamma);
  }
  return true;
}

/** Whether the square e2 of the element between the rows at p and p + stride is negligible in a scaled block. */
@inline
function small(p: usize, stride: usize, e2: f64): bool {
  return e2 <= EPS2 * abs(load<f64>(p) * load<f64>(p + stride)) + SAFE_MIN;
}

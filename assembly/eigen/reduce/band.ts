// QᵀAQ = T for a band matrix A: one Householder reflector empties a column below its subdiagonal, and its fill-in is
// chased down the band by further reflectors, each made from the first column of the bulge alone, so that the rest of
// the bulge waits for the next sweep. Of Q only Qᵀy is kept, or the reflectors. B. Lang, SIAM J. Sci. Comput. 14, 1320
// (1993). About 6 n² b flops for half-width b.
// Range: ‖A‖ between 1e-140 and 1e140; below it products of two elements are lost, above it they overflow.
// Elements may have any size up to ‖A‖, subnormal ones too: T has the eigenvalues of A to rounding of ‖A‖,
// Q is orthogonal to rounding.

import { end, Job, portion, recordBytes, start } from '../../job';
import { gemv } from '../../kernel/gemv';
import { symvLower } from '../../kernel/symv';
import { axpy, dot, subtractTwo } from '../../kernel/vectors';
import { OK } from '../../status';
import { CHASE_COST } from '../tuning';
import { householder } from './householder';

/** Bytes of the band of `bandTridiagonalizeStart`: n columns of 2b doubles. */
export function bandBytes(n: i32, b: i32): usize {
  return <usize>n * b * 16;
}

/** Bytes of workspace of `bandColumns`: three vectors of b. */
export function bandWorkspace(b: i32): usize {
  return <usize>b * 24;
}

/** State of a reduction; `position` columns are done. */
@unmanaged
class Chase extends Job {
  n: i32;
  b: i32;
  ab: usize;
  d: usize;
  e: usize;
  y: usize;
}

/** Bytes of workspace of `bandTridiagonalizeStart`. */
export function bandTridiagonalizeWorkspace(b: i32): usize {
  return recordBytes<Chase>() + bandWorkspace(b);
}

/**
 * Starts the reduction as a job. ab: element (i, j), 0 ≤ i − j ≤ b, at (i − j) + j·2b; the rows i − j = b + 1 … 2b − 1
 * must be zero, for the bulges. y: n doubles, replaced by Qᵀy. d (n) and e (n − 1) receive T; ab is destroyed. b ≥ 1.
 */
export function bandTridiagonalizeStart(
  n: i32,
  b: i32,
  ab: usize,
  d: usize,
  e: usize,
  y: usize,
  work: usize,
): void {
  const chase = changetype<Chase>(work);
  chase.n = n;
  chase.b = b;
  chase.ab = ab;
  chase.d = d;
  chase.e = e;
  chase.y = y;
  start(chase, chaseSome.index);
}

function chaseSome(work: usize, budget: f64): void {
  const chase = changetype<Chase>(work);
  const n = chase.n;
  const from = chase.position;
  const to = from + portion(budget, bandColumnCost(n, chase.b, from), 1, n - from);
  bandColumns(n, chase.b, from, to, chase.ab, chase.y, 0, work + recordBytes<Chase>());
  chase.position = to;
  // Each column is chased through all later columns.
  const left = <f64>(n - to) / <f64>n;
  chase.progress = 1 - left * left;
  if (to < n) return;
  bandResult(n, chase.b, chase.ab, chase.d, chase.e);
  end(chase, OK);
}

/** Nominal nanoseconds of column j of `bandColumns`. */
export function bandColumnCost(n: i32, b: i32, j: i32): f64 {
  return CHASE_COST * <f64>(n - j) * <f64>b;
}

/** Bytes of the reflectors of all columns: about n²/2 doubles. */
export function bandReflectorsBytes(n: i32, b: i32): usize {
  const last = n - 1;
  return n < 2 ? 0 : reflectorAt((last + b - 1) / b, 0, n, b, 0);
}

/**
 * Address of the reflector of step i of column j: b doubles, tau in place of v₀ = 1. It acts on rows j + 1 + i
 * b and up, b of them or as many as remain. The reflectors of one step are stored one after another, in the
 * order in which they are applied.
 */
@inline
export function reflectorAt(i: i32, j: i32, n: i32, b: i32, kept: usize): usize {
  const step = <usize>i;
  const before = step * <usize>(n - 1) - <usize>b * ((step * (step - 1)) >> 1);
  return kept + (((before + <usize>j) * <usize>b) << 3);
}

/**
 * Empties the columns from ≤ j < to, when the columns before are done, and chases their fill-in out of the band.
 * Reflectors go to `kept` (bandReflectorsBytes), unless it is 0; y = 0 means that there is no vector.
 */
export function bandColumns(
  n: i32,
  b: i32,
  from: i32,
  to: i32,
  ab: usize,
  y: usize,
  kept: usize,
  work: usize,
): void {
  const lda = 2 * b - 1; // a stride shorter by one makes the band a dense matrix
  let v = work;
  let next = work + ((<usize>b) << 3);
  const w = next + ((<usize>b) << 3);
  for (let j = from; j < min(to, n - 1); ++j) {
    let rows = min(b, n - 1 - j);
    const column = ab + ((<usize>j * 2 * b + 1) << 3);
    if (kept != 0) v = reflectorAt(0, j, n, b, kept);
    let tau = takeReflector(rows, column, v);
    let p = j + 1;
    // Also where H = I: the bulges that earlier sweeps left have to be chased on.
    for (let i = 1; rows > 1; ++i) {
      if (tau != 0) {
        bothSides(rows, tau, v, ab + ((<usize>p * 2 * b) << 3), lda, w);
        if (y != 0) reflect(rows, tau, v, y + ((<usize>p) << 3));
      }
      const q = p + b;
      const below = min(b, n - q);
      if (below > 0) {
        const bulge = ab + ((<usize>p * 2 * b + b) << 3);
        if (kept != 0) next = reflectorAt(i, j, n, b, kept);
        const made = chase(below, rows, tau, v, bulge, lda, next, w);
        store<f64>(v, tau);
        tau = made;
      } else {
        store<f64>(v, tau);
        break;
      }
      const old = v;
      v = next;
      next = old;
      p = q;
      rows = below;
    }
    if (rows == 1) store<f64>(v, 0);
  }
}

/** Copies T from the band when all columns are done. */
export function bandResult(n: i32, b: i32, ab: usize, d: usize, e: usize): void {
  for (let j = 0; j < n; ++j) {
    const column = ab + ((<usize>j * 2 * b) << 3);
    store<f64>(d + ((<usize>j) << 3), load<f64>(column));
    if (j + 1 < n) store<f64>(e + ((<usize>j) << 3), load<f64>(column, 8));
  }
}

/** Reflector that maps the column x (n) to (beta, 0, …): v (v₀ = 1) to `v`, (beta, 0, …) to x; returns tau. */
function takeReflector(n: i32, x: usize, v: usize): f64 {
  if (n == 1) return 0;
  memory.copy(v, x, (<usize>n) << 3);
  const tau = householder(n, load<f64>(x), v + 8, x);
  store<f64>(v, 1);
  memory.fill(x + 8, 0, (<usize>(n - 1)) << 3);
  return tau;
}

/** x := (I − tau v vᵀ) x. */
@inline
function reflect(n: i32, tau: f64, v: usize, x: usize): void {
  axpy(n, -tau * dot(n, v, x), v, x);
}

/** A := (I − tau v vᵀ) A (I − tau v vᵀ), lower triangle of a symmetric A; w: n doubles. */
function bothSides(n: i32, tau: f64, v: usize, a: usize, lda: i32, w: usize): void {
  memory.fill(w, 0, (<usize>n) << 3);
  symvLower(n, 0, n, a, lda, v, w);
  const half = -0.5 * tau * tau * dot(n, v, w);
  for (let i = 0; i < n; ++i) {
    const o = (<usize>i) << 3;
    store<f64>(w + o, tau * load<f64>(w + o) + half * load<f64>(v + o));
  }
  for (let c = 0; c < n; ++c) {
    const o = (<usize>c) << 3;
    subtractTwo(n - c, load<f64>(w + o), v + o, load<f64>(v + o), w + o, a + ((<usize>c * (lda + 1)) << 3));
  }
}

/**
 * B := H (B − tau B v vᵀ) with the reflector H that empties the first column of the new B; its v goes to `next`, its
 * tau is returned. B is m×n, w: m doubles.
 */
function chase(m: i32, n: i32, tau: f64, v: usize, b: usize, lda: i32, next: usize, w: usize): f64 {
  if (tau != 0) {
    memory.fill(w, 0, (<usize>m) << 3);
    gemv(m, n, tau, b, lda, v, w);
    axpy(m, -1, w, b); // v₀ = 1
  }
  const made = takeReflector(m, b, next);
  for (let c = 1; c < n; ++c) {
    const column = b + ((<usize>c * lda) << 3);
    if (tau != 0) axpy(m, -load<f64>(v + ((<usize>c) << 3)), w, column);
    if (made != 0) reflect(m, made, next, column);
  }
  return made;
}

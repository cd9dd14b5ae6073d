// λ_k(T) ∈ [x_k − u, x_k + u], u an ulp of ‖T‖, by Sturm counts: ν(x) = the number of negative pivots of T − x = L D Lᵀ is
// the number of eigenvalues below x. QL and Pal–Walker–Kahan lose some ulp of ‖T‖ over their sweeps. Most values are within
// one, which two counts tell, and stay as they are, so that small eigenvalues of graded T keep their digits; for the others
// the interval is widened on the side where λ is, to distances of 1, 3, 7, … 63 u, and halved until it is 2 u.
// Range: ‖T‖ between 1e-110 and 1e110: squares of off-diagonals that underflow, or are raised to 1e-290, are then far below
// an ulp of ‖T‖. A pivot that is 0 makes the next one infinite, of the other sign, so
// that one of the two is counted.

import { end, Job, portion, recordBytes, start } from '../../job';
import { ULP } from '../../numeric/constants';
import { OK } from '../../status';
import { REFINING_COUNTS, STURM_COST } from '../tuning';

/** Farthest that a value is looked for, in ulp of ‖T‖. */
const REACH_ULPS: f64 = 63;
/** An interval that is no wider than this, in ulp of ‖T‖, is not halved: its ends are multiples of an ulp from x but for rounding. */
const WIDTH_ULPS: f64 = 2.5;
/** Squares of off-diagonals are at least this, so that 0/0 is nowhere. */
export const SQUARE_MIN: f64 = 1e-290;
/** Eigenvalues counted together: the loop is written out for four registers, which hide the latency of the division. Decides no bit. */
const GROUP: i32 = 8;
/** Eigenvalues begun in one step, at least: places of a group are empty when it ends. */
const AT_LEAST: i32 = 8 * GROUP;

/** Whether λ ≥ x − u is being found out, then whether λ ≤ x + u, and then where in an interval it is. */
const BELOW: i32 = 0;
const ABOVE: i32 = 1;
const BETWEEN: i32 = 2;

/** An eigenvalue that is refined: number k, `reach` from x when it is looked for outside, in [lo, hi] when inside. */
@unmanaged
class Place {
  lo: f64;
  hi: f64;
  reach: f64;
  k: i32;
  stage: i32;
}

/** Bytes of workspace of `refineEigenvalues`. */
export function refineEigenvaluesWorkspace(n: i32): usize {
  return recordBytes<Refinement>() + <usize>GROUP * (16 + offsetof<Place>()) + ((<usize>n) << 3) + 64;
}

/** State of a refinement between two steps. */
@unmanaged
class Refinement extends Job {
  unit: f64;
  d: usize;
  x: usize;
  n: i32;
}

/**
 * Starts to move each of the n ascending approximate eigenvalues x of T (diagonal d, off-diagonal e) towards the true
 * eigenvalue, by at most 63 ulp of ‖T‖, as a job.
 */
export function refineEigenvaluesStart(n: i32, d: usize, e: usize, x: usize, work: usize): void {
  const refinement = changetype<Refinement>(work);
  refinement.d = d;
  refinement.x = x;
  refinement.n = n;
  start(refinement, refineSome.index);
  if (n < 2) {
    end(refinement, OK);
    return;
  }
  const last = (<usize>(n - 1)) << 3;
  refinement.unit = ULP * max(abs(load<f64>(x)), abs(load<f64>(x + last)));
  if (refinement.unit == 0) {
    end(refinement, OK);
    return;
  }
  const squares = squaresOf(work);
  store<f64>(squares, 0);
  for (let i: usize = 0; i < last; i += 8) {
    store<f64>(squares + i, max(load<f64>(e + i) * load<f64>(e + i), SQUARE_MIN), 8);
  }
}

/** Numbers at which is counted, one a place; the counts as 64-bit integers; the places; the squares of e behind a 0. */
@inline
function middlesOf(work: usize): usize {
  return work + recordBytes<Refinement>();
}
@inline
function countsOf(work: usize): usize {
  return middlesOf(work) + ((<usize>GROUP) << 3);
}
@inline
function placeAt(work: usize, j: i32): Place {
  return changetype<Place>(countsOf(work) + ((<usize>GROUP) << 3) + <usize>j * offsetof<Place>());
}
@inline
function squaresOf(work: usize): usize {
  return changetype<usize>(placeAt(work, GROUP));
}

/** Step: some eigenvalues, each with a place for as long as it takes. */
function refineSome(work: usize, budget: f64): void {
  const refinement = changetype<Refinement>(work);
  const n = refinement.n;
  const x = refinement.x;
  const cost = STURM_COST * REFINING_COUNTS * (<f64>n / <f64>GROUP);
  const to = refinement.position + portion(budget, cost, AT_LEAST, n - refinement.position);
  let next = refinement.position;
  let busy = 0;
  for (let j = 0; j < GROUP; ++j) {
    if (next < to) {
      enterPlace(refinement, j, next++);
      busy++;
    } else leavePlace(work, j);
  }
  while (busy > 0) {
    count(n, refinement.d, squaresOf(work), middlesOf(work), countsOf(work));
    for (let j = 0; j < GROUP; ++j) {
      if (placeAt(work, j).k < 0 || narrow(refinement, j)) continue;
      if (next < to) enterPlace(refinement, j, next++);
      else {
        leavePlace(work, j);
        busy--;
      }
    }
  }
  refinement.position = to;
  refinement.progress = <f64>to / <f64>n;
  if (to < n) return;
  const last = (<usize>(n - 1)) << 3;
  for (let i: usize = 8; i <= last; i += 8) store<f64>(x + i, max(load<f64>(x + i), load<f64>(x + i - 8)));
  end(refinement, OK);
}

/** Place j takes eigenvalue k. */
function enterPlace(refinement: Refinement, j: i32, k: i32): void {
  const place = placeAt(changetype<usize>(refinement), j);
  place.k = k;
  look(refinement, j, BELOW, 1);
}

/** Place j has no eigenvalue: what is counted for it is not looked at. */
function leavePlace(work: usize, j: i32): void {
  placeAt(work, j).k = -1;
  store<f64>(middlesOf(work) + ((<usize>j) << 3), 0);
}

@inline
function valueAddress(refinement: Refinement, place: Place): usize {
  return refinement.x + ((<usize>place.k) << 3);
}

/** The next count for place j is at x − reach or x + reach. */
function look(refinement: Refinement, j: i32, stage: i32, reach: f64): void {
  const work = changetype<usize>(refinement);
  const place = placeAt(work, j);
  place.stage = stage;
  place.reach = reach;
  const far = reach * refinement.unit;
  const value = load<f64>(valueAddress(refinement, place));
  store<f64>(middlesOf(work) + ((<usize>j) << 3), stage == BELOW ? value - far : value + far);
}

/** Takes the count for place j into account; returns whether there is more to count. */
function narrow(refinement: Refinement, j: i32): bool {
  const work = changetype<usize>(refinement);
  const place = placeAt(work, j);
  const middle = load<f64>(middlesOf(work) + ((<usize>j) << 3));
  const above = load<i32>(countsOf(work) + ((<usize>j) << 3)) <= place.k;
  if (above) place.lo = middle;
  else place.hi = middle;
  if (place.stage != BETWEEN) {
    if (above == (place.stage == ABOVE)) {
      // Beyond `reach`, on this side.
      if (place.reach < REACH_ULPS) {
        look(refinement, j, place.stage, 2 * place.reach + 1);
        return true;
      }
      store<f64>(valueAddress(refinement, place), middle);
      return false;
    }
    if (place.reach == 1) {
      if (place.stage == ABOVE) return false;
      look(refinement, j, ABOVE, 1);
      return true;
    }
    place.stage = BETWEEN;
  }
  const half = 0.5 * place.lo + 0.5 * place.hi;
  if (place.hi - place.lo > WIDTH_ULPS * refinement.unit) {
    store<f64>(middlesOf(work) + ((<usize>j) << 3), half);
    return true;
  }
  store<f64>(valueAddress(refinement, place), half);
  return false;
}

/** The next pivot of T − x behind the pivot q, in a Sturm count; e2: the square of the element between them, more than 0 where q may be 0. */
@inline
export function sturmPivot(d: v128, x: v128, e2: v128, q: v128): v128 {
  return f64x2.sub(f64x2.sub(d, x), f64x2.div(e2, q));
}

/** The count c, and one more where the pivot q has a sign. */
@inline
export function countSigns(c: v128, q: v128): v128 {
  return i64x2.add(c, i64x2.shr_u(q, 63));
}

/** The count c, and one more where the last pivot q is 0, after which no infinite one follows: x is an eigenvalue, and counted as below itself. */
@inline
export function countLast(c: v128, q: v128): v128 {
  return i64x2.sub(c, i64x2.eq(q, i64x2.splat(0)));
}

/** Counts negative pivots of T − x for the eight x at `middles`. */
function count(n: i32, d: usize, e2: usize, middles: usize, counts: usize): void {
  const x0 = v128.load(middles);
  const x1 = v128.load(middles, 16);
  const x2 = v128.load(middles, 32);
  const x3 = v128.load(middles, 48);
  const one = f64x2.splat(1);
  let q0 = one;
  let q1 = one;
  let q2 = one;
  let q3 = one;
  let c0 = i64x2.splat(0);
  let c1 = i64x2.splat(0);
  let c2 = i64x2.splat(0);
  let c3 = i64x2.splat(0);
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) {
    const di = v128.load64_splat(d + i);
    const ei = v128.load64_splat(e2 + i);
    q0 = sturmPivot(di, x0, ei, q0);
    q1 = sturmPivot(di, x1, ei, q1);
    q2 = sturmPivot(di, x2, ei, q2);
    q3 = sturmPivot(di, x3, ei, q3);
    c0 = countSigns(c0, q0);
    c1 = countSigns(c1, q1);
    c2 = countSigns(c2, q2);
    c3 = countSigns(c3, q3);
  }
  v128.store(counts, countLast(c0, q0));
  v128.store(counts, countLast(c1, q1), 16);
  v128.store(counts, countLast(c2, q2), 32);
  v128.store(counts, countLast(c3, q3), 48);
}

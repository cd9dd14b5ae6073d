// Roots of F(T) = Φ(T) − T on [0, weight n log 2] by the certified walk of climb.ts: the least one, or all.
import { end, enter, portion, recordBytes, start } from '../job';
import { NOT_CONVERGED, OK } from '../status';
import { advance, ceiling, certifiedSlope, moveTo, NO_ROOT, NOISE, Walk } from './climb';
import { Found, Root, Solution } from './results';
import { EVALUATION_COST } from './tuning';

/** Bytes of workspace of leastRootStart and allRootsStart. */
export function rootsWorkspace(n: i32): usize {
  return recordBytes<Walk>() + (((<usize>n) << 3) << 1);
}

/**
 * Starts the search for the least root T ≥ 0 as a job; out: a Solution. Every T below the root
 * is certified to have Φ(T) > T.
 */
export function leastRootStart(
  kind: i32,
  fits: usize,
  n: i32,
  bare: usize,
  weight: f64,
  maxEvaluations: f64,
  out: usize,
  work: usize,
): void {
  allRootsStart(kind, fits, n, bare, weight, maxEvaluations, 0, out, work);
}

/**
 * Starts the search for all roots, ascending; out has `capacity` rows (Root) and after them the number of roots and of
 * evaluations (Found). NOT_CONVERGED: the evaluations or the capacity ran out.
 */
export function allRootsStart(
  kind: i32,
  fits: usize,
  n: i32,
  bare: usize,
  weight: f64,
  maxEvaluations: f64,
  capacity: i32,
  out: usize,
  work: usize,
): void {
  const walk = changetype<Walk>(work);
  walk.kind = kind;
  walk.fits = fits;
  walk.n = n;
  walk.bare = bare;
  walk.weight = weight;
  walk.evaluations = 0;
  walk.slopes = work + recordBytes<Walk>();
  walk.spare = walk.slopes + ((<usize>n) << 3);
  walk.sigma = 1;
  walk.limit = ceiling(n, weight);
  walk.maxEvaluations = maxEvaluations;
  walk.curvature = 0;
  walk.capacity = capacity;
  walk.count = 0;
  walk.out = out;
  walk.t = 0;
  start(walk, beginSome.index);
}

/** Number of rounds of two evaluations that fit into the budget. */
function rounds(walk: Walk, budget: f64): i32 {
  return portion(budget, 2 * EVALUATION_COST * <f64>walk.n, 1, i32.MAX_VALUE);
}

function beginSome(work: usize, _budget: f64): void {
  const walk = changetype<Walk>(work);
  moveTo(walk, 0);
  enter(walk, climbSome.index);
}

function climbSome(work: usize, budget: f64): void {
  const walk = changetype<Walk>(work);
  for (let left = rounds(walk, budget); left > 0; --left) {
    const status = advance(walk);
    // T only rises.
    walk.progress = walk.t / walk.limit;
    if (status < 0) continue;
    if (walk.capacity == 0) endLeast(walk, status);
    else if (status == OK) arrive(walk);
    else endAll(walk, status);
    return;
  }
}

/** Moves the walk's T onto the root by one last Newton step. */
function polished(walk: Walk): f64 {
  const t = walk.t;
  const f = walk.f;
  const d = walk.d;
  const better = t - f / d;
  return Math.abs(f / d) <= 1e-6 * t ? better : t;
}

/** The counts after the rows of roots. */
@inline
function rowOf(walk: Walk, i: i32): usize {
  return walk.out + <usize>i * offsetof<Root>();
}

function endLeast(walk: Walk, status: i32): void {
  const solution = changetype<Solution>(walk.out);
  solution.etaTot = polished(walk);
  solution.slope = walk.d + 1;
  solution.iterations = walk.evaluations;
  end(walk, status);
}

function endAll(walk: Walk, status: i32): void {
  const found = changetype<Found>(rowOf(walk, walk.capacity));
  found.count = walk.count;
  found.evaluations = walk.evaluations;
  if (status == NO_ROOT) status = OK;
  end(walk, walk.count == walk.capacity ? NOT_CONVERGED : status);
}

/** Stores the root at T and begins to step off it. */
function arrive(walk: Walk): void {
  const root = changetype<Root>(rowOf(walk, walk.count));
  root.etaTot = polished(walk);
  root.slope = walk.d + 1;
  root.tangent = 0;
  ++walk.count;
  walk.tangent = 0;
  walk.root = walk.t;
  walk.delta = 0.015625 * walk.t;
  if (walk.t == 0 || walk.t >= walk.limit * (1 - 4 * NOISE)) endAll(walk, OK);
  else enter(walk, leaveSome.index);
}

/**
 * Steps off a root to a point where F has a definite sign. The interval in between is certified to hold no other root,
 * unless the root is reported as tangent: then F stays within rounding of 0 or its slope changes sign within 10⁻⁸ of T,
 * and roots closer than that are reported as one.
 */
function leaveSome(work: usize, budget: f64): void {
  const walk = changetype<Walk>(work);
  const t = walk.root;
  for (let left = rounds(walk, budget); left > 0; --left) {
    if (!(walk.delta > 1e-8 * t)) {
      walk.tangent = 1;
      walk.delta = 1e-8 * t;
      enter(walk, awaySome.index);
      return;
    }
    moveTo(walk, t);
    moveTo(walk, Math.min(walk.limit, t + walk.delta));
    const up = certifiedSlope(walk, 1, t) > 0;
    if (up || certifiedSlope(walk, -1, t) > 0) {
      climbOn(walk, up ? 1 : -1);
      return;
    }
    walk.delta *= 0.25;
  }
}

/** Steps off a tangent root until |F| exceeds its rounding. */
function awaySome(work: usize, budget: f64): void {
  const walk = changetype<Walk>(work);
  for (let left = rounds(walk, budget); left > 0; --left) {
    const next = Math.min(walk.limit, walk.root + walk.delta);
    moveTo(walk, next);
    const f = walk.f;
    const definite = Math.abs(f) > 16 * NOISE * next;
    if (definite || next >= walk.limit) {
      climbOn(walk, definite ? (f > 0 ? 1 : -1) : 0);
      return;
    }
    walk.delta *= 2;
  }
}

/** Continues from a point where F has the sign σ (0 at the end of the interval) to the next root. */
function climbOn(walk: Walk, sigma: f64): void {
  changetype<Root>(rowOf(walk, walk.count - 1)).tangent = walk.tangent;
  if (sigma == 0 || walk.count == walk.capacity) {
    endAll(walk, OK);
    return;
  }
  walk.sigma = sigma;
  walk.curvature = 0;
  enter(walk, climbSome.index);
}

// Eigenpairs inside a spectrum: the nearest to an energy, or all of an interval, by the filtered solver or a dense one.
import { eighOfSteps } from '../eigen/eighOf.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { noted, type Steps, share } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { denseOf } from './dense.js';
import type { Found } from './eigshResult.js';
import { moments, scaleOf } from './filtered/bounds.js';
import { choose, distanceTo, type Effort, type Goal, isInterval } from './filtered/goal.js';
import { intervalStates, planInterval } from './filtered/interval.js';
import { krylovLimit } from './filtered/lanczos.js';
import { LONGEST, longLook } from './filtered/longLook.js';
import { spaceBytes } from './filtered/memory.js';
import { noStates, type RitzStates } from './filtered/rayleighRitz.js';
import { isSolved, type Problem, type Solved, type Spent, type Stopped } from './filtered/rounds.js';
import { sized } from './filtered/sized.js';
import { nearestStates } from './filtered/solve.js';
import { after, type Few, near, ofFewLevels, planFew } from './innerFew.js';
import {
  fitsDense,
  heldBytes,
  type InnerTask,
  intervalBytes,
  isHasty,
  nearBytes,
  prefersDense,
} from './innerMemory.js';
import { Room } from './innerRoom.js';
import {
  allowedResidual,
  certifiedSteps,
  NO_WORK,
  RESIDUAL_SLACK,
  ROUNDED_RESIDUAL,
  type WorkDone,
} from './residuals.js';
import { CROWDED, PROGRESS, worthwhile } from './tuning.js';
import { withoutUnit } from './unit.js';

type States = Pick<Found, 'values' | 'vectors' | 'residuals'>;

/** A search that did not find everything. */
interface Unfound extends Spent {
  /** The states that came nearest to those that were asked for. */
  best?: States;
  /** Bytes that the search took. */
  bytes: number;
  /** Bytes that it would have needed to go on, where those are more than was stated. */
  needed: number | null;
  /** Whether it ended at the products that the caller allows, and not already at those for which a dense solver is faster. */
  capped: boolean;
  /** Whether it ended because a level has more copies than a block has columns. */
  copies?: boolean;
}

export function* innerSteps(runtime: Runtime, task: InnerTask, budget: number): Steps<Found> {
  const { inner } = task;
  if (prefersDense(task, 'near' in inner ? inner.k : 1))
    return yield* denseSteps(runtime, task, NO_WORK, budget);
  const reached = { fraction: 0 };
  const found = yield* noted(filteredSteps(runtime, task, budget), reached);
  if ('values' in found) return found;
  if (task.method === 'auto' && fitsDense(runtime, task) && !found.capped)
    return yield* share(denseSteps(runtime, task, found, budget), reached.fraction, 1);
  return unfound(found);
}

/** The result of a search that did not find everything. */
function unfound(spent: Unfound): Found {
  const none = { values: new Float64Array(0), vectors: new Float64Array(0), residuals: new Float64Array(0) };
  return {
    ...(spent.best ?? none),
    converged: false,
    cut: spent.copies === true,
    report: { ...reportOf(spent, spent.bytes), needed: spent.needed },
  };
}

function reportOf({ products, degree, subspace, orthogonalizations }: Spent, bytes: number): Found['report'] {
  return { method: 'filtered', products, restarts: 0, degree, subspace, orthogonalizations, bytes };
}

/** The result, or what an unsuccessful search cost. */
function filteredSteps(runtime: Runtime, task: InnerTask, budget: number): Steps<Found | Unfound> {
  const { computed: given, inner, tolerance, most } = task;
  return runtime.steps(function* (arena) {
    const room = new Room(runtime, task);
    const count = 'near' in inner ? inner.k : 1;
    if ('near' in inner) room.stated = nearBytes(runtime, task, count);
    const least = (of: Computed) => room.first(of, count);
    const { computed, unit, bounds, scale } = yield* share(sized(runtime, given, least), 0, PROGRESS.sized);
    const reserve: Problem['reserve'] = (...of) => room.another(computed, ...of);
    const { centre, half } = scale;
    const norm = Math.abs(centre) + half;
    const noise = Math.max(1, Math.abs(centre) / half / 32);
    const loose = noise * Math.min(1e4, Math.max(1, tolerance / 1e-12));
    const accuracy = { tolerance: RESIDUAL_SLACK * tolerance, loose, exact: true };
    let problem: Problem = { runtime, computed, bounds, reserve, accuracy };
    const foundFew = (few: Few): Found | Unfound => {
      room.bytes = Math.max(room.bytes, few.bytes);
      if (isSolved(few.end)) return result(task, arena, few.end, unit, norm, room.bytes);
      const { bytes, needed } = room;
      return { ...few.end, best: bestOf(task, arena, few.end, unit), bytes, needed, capped: few.end.spent };
    };
    if (bounds.levels.length > 0) {
      const plan = planFew(problem, task, unit);
      const few = yield* share(ofFewLevels(problem, arena, task, plan), PROGRESS.sized, 1);
      if (few) {
        const found = foundFew(few);
        if ('values' in found || found.capped) return found;
        problem = after(problem, few.end);
      }
    }
    const hasty = isHasty(task);
    const allowance = hasty ? Math.min(most, worthwhile(computed)) : most;
    const replaced = hasty && fitsDense(runtime, task) && allowance < most;
    const effort = { hasty, allowance, nearest: !replaced };
    const searched = (of: Problem) =>
      'near' in inner
        ? nearestStates(of, arena, near(inner, unit, bounds), effort, budget)
        : within(of, arena, task, room, inner.interval, unit, effort, budget);
    let looked = null as Problem | null;
    let fewPlan = null as ReturnType<typeof planFew>;
    const areFew = function* (so: Spent): Steps<boolean> {
      const look = heldBytes(task) + spaceBytes(runtime, computed, LONGEST);
      if (!room.fits(look)) return false;
      room.take(look);
      looked = yield* longLook(after(problem, so), most);
      so.products = looked.bounds.products;
      so.orthogonalizations = looked.bounds.orthogonalizations;
      fewPlan = planFew(looked, task, unit, room);
      return fewPlan !== null;
    };
    const known = bounds.levels.length > 0;
    const reached = { fraction: 0 };
    const first = known ? problem : { ...problem, areFew };
    let solved = yield* noted(share(searched(first), PROGRESS.sized, 1), reached);
    if (isSolved(solved)) return result(task, arena, solved, unit, norm, room.bytes);
    const unfound = (end: Stopped): Unfound => {
      const capped = end.spent && allowance === most;
      const { bytes, needed } = room;
      return { ...end, best: bestOf(task, arena, end, unit), bytes, needed, capped };
    };
    if (solved.spent || known || (task.method === 'auto' && fitsDense(runtime, task))) return unfound(solved);
    // Blocks have not grown, because of these levels.
    const grows = fewPlan !== null;
    if (!looked) yield* areFew(solved);
    if (!looked) return unfound(solved);
    const few: Few | null = yield* share(ofFewLevels(looked, arena, task, fewPlan), reached.fraction, 1);
    const found = few && foundFew(few);
    if (found && 'values' in found) return found;
    const before = unfound(solved);
    if (found?.capped || !grows) return { ...before, ...found, best: found?.best ?? before.best };
    // As though nobody had looked.
    room.held = heldBytes(task);
    solved = yield* share(searched(after(problem, few ? few.end : solved)), reached.fraction, 1);
    return isSolved(solved) ? result(task, arena, solved, unit, norm, room.bytes) : unfound(solved);
  });
}

/** All states of an interval; there may be none. */
function* within(
  problem: Problem,
  arena: Arena,
  task: InnerTask,
  room: Room,
  interval: readonly [number, number],
  unit: number,
  effort: Effort,
  budget: number,
): Steps<Solved | Stopped> {
  const { runtime, computed, bounds } = problem;
  const known = yield* share(moments(runtime, computed, scaleOf(bounds), bounds.parts), 0, PROGRESS.moments);
  const [from, to] = interval.map((e) => timesPowerOfTwo(e, unit));
  const plan = planInterval(bounds, known, [from, to]);
  room.stated = intervalBytes(runtime, task, computed, bounds, plan, [from, to]).bytes;
  const products = bounds.products + known.products.length;
  const spent = { products, degree: 0, subspace: 0, orthogonalizations: bounds.orthogonalizations };
  if (!plan) return { ...noStates(), vectors: 0, ...spent };
  if (effort.hasty && krylovLimit(computed.n, plan.count) > 2 * CROWDED * computed.n)
    return { ...spent, spent: false };
  return yield* share(intervalStates(problem, arena, plan, effort, budget), PROGRESS.moments, 1);
}

function result(
  task: InnerTask,
  arena: Arena,
  solved: Solved,
  unit: number,
  norm: number,
  bytes: number,
): Found {
  const allowed = allowedResidual(task.computed.n, task.tolerance) * norm;
  return {
    ...taken(task, arena, solved, unit),
    converged: solved.residuals.every((x) => x <= allowed),
    cut: solved.cut,
    report: reportOf(solved, bytes),
  };
}

/** States of 2^unit · H as those of H. */
function taken(
  { computed: { n, complex }, vectors }: InnerTask,
  arena: Arena,
  { eigenvalues, residuals, vectors: z }: RitzStates,
  unit: number,
): States {
  const count = eigenvalues.length;
  return {
    values: withoutUnit(eigenvalues, unit),
    vectors: vectors && count > 0 ? arena.take(z, (complex ? 2 * n : n) * count) : new Float64Array(0),
    residuals: residuals.map((x) => timesPowerOfTwo(x, -unit)),
  };
}

function bestOf(task: InnerTask, arena: Arena, { nearest }: Stopped, unit: number): States | undefined {
  return nearest && taken(task, arena, nearest, unit);
}

/** All values by a dense solver, then the vectors of the wanted ones. */
function* denseSteps(runtime: Runtime, task: InnerTask, before: WorkDone, budget: number): Steps<Found> {
  const { computed, inner, vectors, tolerance } = task;
  const { n, complex } = computed;
  const done = PROGRESS.middle;
  const a = yield* share(denseOf(runtime, computed), 0, done.dense);
  const all = yield* share(
    eighOfSteps(runtime, a, n, { complex, vectors: false }, budget),
    done.dense,
    done.values,
  );
  const norm = n > 0 ? Math.max(Math.abs(all.values[0]), Math.abs(all.values[n - 1])) : 0;
  const goal: Goal =
    'near' in inner
      ? { energy: inner.near, count: inner.k }
      : { from: inner.interval[0], to: inner.interval[1], count: n };
  const rounding = ROUNDED_RESIDUAL * Math.sqrt(n) * norm;
  const { first, last, reach } = choose(goal, all.values, rounding);
  const distance = distanceTo(goal);
  const left = [first - 1, last].filter((k) => k >= 0 && k < n);
  const cut = !isInterval(goal) && left.some((k) => distance(all.values[k]) <= reach + rounding);
  const none = last === first;
  const wanted = { complex, vectors: true, selection: { byValue: false, lo: first, hi: last - 1 } };
  const some = none
    ? null
    : yield* share(eighOfSteps(runtime, a, n, wanted, budget), done.values, done.solved);
  const states = {
    values: some?.values ?? new Float64Array(0),
    vectors: some?.vectors ?? new Float64Array(0),
  };
  const ended = all.convergence.converged && (some?.convergence.converged ?? true);
  const asked = { a, norm, tolerance, vectors, ended, cut, before };
  return yield* share(certifiedSteps(runtime, computed, states, asked), done.solved, 1);
}

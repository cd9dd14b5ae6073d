// The last step of the filtered solver: H itself in the space that block Lanczos on p(H) has found.

import { magnitude } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import { columnResiduals, ROUNDED_RESIDUAL } from '../residuals.js';
import { projection, ritzSteps } from '../ritz.js';
import type { Small, VectorBlocks } from '../vectorBlocks.js';
import type { Bounds } from './bounds.js';
import { choose, distanceTo, type Goal, isCovered, isInterval, type Tolerances } from './goal.js';
import { clusters, coefficients, peakValue, SAME_VALUE } from './peak.js';

/** What is looked for, and under which peak. */
export interface Task extends Tolerances {
  goal: Goal;
  bounds: Bounds;
  centre: number;
  half: number;
  x0: number;
  degree: number;
}

/** Krylov vectors at `q`, the first `size` of them orthonormal, and room for one more at least. */
interface Searched {
  columns: VectorBlocks;
  q: number;
  size: number;
}

/** What is known of the levels of p in the space. */
interface Known {
  /** How many of the Ritz pairs are wanted, the last ones: all above `least`. */
  found: number;
  least: number;
  /** A level with as many copies as this may have more that were not found. */
  most: number;
}

/** An interval without a state. */
export const noStates = () => ({
  eigenvalues: new Float64Array(0),
  residuals: new Float64Array(0),
  cut: false,
});

export interface RitzStates {
  eigenvalues: Float64Array;
  /** Address of the states. */
  vectors: number;
  residuals: Float64Array;
  /** Whether a state that was left out is as near as the farthest one, or may be. */
  cut: boolean;
}

/** States of a space. */
interface Extracted {
  states: RitzStates;
  /** Whether they are those of the goal, and orthonormal, beyond doubt. */
  certain: boolean;
}

/** Provides room for this many states, whose largest residual is `worst`; null if they are not wanted. */
export type Store = (count: number, worst: number, certain: boolean) => number | null;

/**
 * Diagonalizes H in span(Q S), S with the last `found` columns of `vectors`, and puts the states that are nearest to the goal where `store`
 * gives room. Returns null where there is none, and of an interval also where the states are not certain. Works in place: Q is
 * overwritten.
 */
export function rayleighRitz(
  runtime: Runtime,
  computed: Computed,
  task: Task,
  { columns, q, size }: Searched,
  vectors: Small,
  { found, least, most }: Known,
  store: Store,
  budget: number,
): Steps<Extracted | null> {
  const { goal, centre, half, x0, degree } = task;
  return runtime.steps(function* (scratch) {
    const norm = Math.abs(centre) + half;
    const rounding = ROUNDED_RESIDUAL * Math.sqrt(columns.n);
    const tolerance = Math.max(rounding, task.tolerance) * norm;
    if (found === 0) return { states: { ...noStates(), vectors: 0 }, certain: true };
    const apply = computed.place(runtime, scratch, columns.pairs);
    yield* columns.rotateSteps(q, ending(vectors, size, found));
    // H Y one column at a time, in the place of the vectors behind.
    const product = columns.column(q, found);
    const t = yield* projection(columns, apply, q, found, product, true);
    const pairs = yield* ritzSteps(runtime, t, 0, found, budget, true);
    if (!pairs) return null;
    const { values } = pairs;
    const there = isInterval(goal) ? goal : { ...goal, count: Math.min(goal.count, found) };
    const { first, last, reach } = choose(there, values, rounding * norm);
    // Copies that were not found are as far away as those that were.
    const c = coefficients(x0, degree);
    const distance = distanceTo(goal);
    const known = Array.from(values, (e) => ({
      p: peakValue(c, (e - centre) / half),
      distance: distance(e),
    }));
    const nearest = nearestOfMany(known, most, task.loose);
    const count = last - first;
    yield* columns.rotateSteps(q, part(pairs.vectors, first, last));
    const eigenvalues = values.slice(first, last);
    const residuals = yield* columnResiduals(runtime, columns, apply, q, eigenvalues, product);
    const worst = residuals.reduce((a, b) => Math.max(a, b), 0);
    // An energy is known to within its residual, and residuals of states that are left out are much the same.
    const near = reach + (isInterval(goal) ? 0 : Math.max(rounding * norm, 2 * worst));
    const cut = [first - 1, last].some((k) => k >= 0 && k < found && distance(values[k]) <= near);
    const doubtful = nearest <= near;
    const certain =
      // Every state that could belong to the goal is among those found only if p is above the least of them there.
      isCovered(goal, task, reach, least) &&
      (isInterval(goal) ? nearest > reach : reach <= nearest + rounding * norm) &&
      (!task.exact || !doubtful || cut) &&
      worst <= tolerance &&
      // The same bound as that of residuals, but with n in place of √n.
      distanceFromIdentity(columns, q, count) <= ROUNDED_RESIDUAL * columns.n;
    if (isInterval(goal) && !certain) return null;
    const z = store(count, worst, certain);
    if (z === null) return null;
    scratch.view(z, columns.length * count).set(scratch.view(q, columns.length * count));
    return { states: { eigenvalues, vectors: z, residuals, cut: cut || doubtful }, certain };
  });
}

/** The last `count` columns of a square matrix of order `size`. */
function ending({ re, im }: Small, size: number, count: number): Small {
  const from = size * (size - count);
  return { rows: size, columns: count, re: re.subarray(from), im: im?.subarray(from) ?? null };
}

/** Columns first ≤ k < last. */
function part({ rows, re, im }: Small, first: number, last: number): Small {
  const [from, to] = [rows * first, rows * last];
  return { rows, columns: last - first, re: re.subarray(from, to), im: im?.subarray(from, to) ?? null };
}

/** ‖I − Z* Z‖₁ of `count` vectors at z. */
function distanceFromIdentity(columns: VectorBlocks, z: number, count: number): number {
  let most = 0;
  for (let j = 0; j < count; ++j) {
    const { re, im } = columns.overlap(count, z, 1, columns.column(z, j));
    let sum = 0;
    for (let i = 0; i < count; ++i) sum += magnitude(re[i] - Number(i === j), im?.[i] ?? 0);
    if (!(sum <= most)) most = sum;
  }
  return most;
}

/** The least distance of a value that is one of `most` or more alike. */
function nearestOfMany(known: { p: number; distance: number }[], most: number, loose: number): number {
  const order = known.sort((x, y) => x.p - y.p);
  let nearest = Number.POSITIVE_INFINITY;
  const values = order.map((x) => x.p);
  for (const [from, to] of clusters(values, SAME_VALUE * loose)) {
    if (to - from < most) continue;
    for (const { distance } of order.slice(from, to)) nearest = Math.min(nearest, distance);
  }
  return nearest;
}

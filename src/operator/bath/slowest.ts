// The least eigenvalue of the generator M beside that of ρ = 1, by Lanczos' method with an inverse.
import { ULP } from '../../wasm/constants.js';
import { ConvergenceError } from '../../wasm/errors.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { extend, type Krylov, type RitzPairs, UNSPENT } from '../krylov.js';
import { spaceSize } from '../lowest.js';
import { Single } from '../single.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { type Panel, solvePanels } from './panels.js';
import type { Unknowns } from './unknowns.js';

/** Solutions with M, at most: a cap, after which an error says that the rate was not found. */
const MOST_SOLUTIONS = 4000;
/** The residual of the rate that is allowed: a share of its error, but at least this many ulp of the largest value of the inverse. */
const [SETTLED, ROUNDINGS] = [1 / 8, 16];

/** The factor of M + shift, of populations of M without its last row and column; and the error that a rate will have. */
interface Inverse {
  panels: readonly Panel[];
  unknowns: Unknowns;
  shift: number;
  errorOf(rate: number): number;
}

/** Subtracts the mean. */
function center(x: Float64Array): void {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  for (let i = 0; i < x.length; ++i) x[i] -= mean;
}

export function* slowestSteps(
  runtime: Runtime,
  arena: Arena,
  { panels, unknowns: { kinds, populations }, shift, errorOf }: Inverse,
): Steps<number> {
  const order = kinds.length;
  const limit = 1 + spaceSize(1, order);
  const columns = new VectorBlocks(runtime, arena, order, false, limit + 1, 1);
  const solution = arena.f64(order);
  const of: Krylov = {
    runtime,
    arena,
    // The lowest value of −(M + shift)⁻¹. Of populations the one that is taken to be 0 moves all others by the same.
    apply(x, w, { gamma = 0 } = {}, y = 0) {
      const solved = arena.view(solution, order);
      solved.set(arena.view(x, order));
      if (populations) center(solved);
      solvePanels(runtime, arena, panels, order, solution);
      if (populations) center(solved);
      runtime.wasm.combine(order, solution, x, w, y || x, -1, 0, 0, gamma);
    },
    columns,
    single: new Single(runtime, arena, columns, limit + 1),
    q: arena.f64(order * (limit + 1)),
    locked: 1,
    limit,
    known: new Float64Array(1),
    tolerance: ULP,
    most: MOST_SOLUTIONS,
    ...UNSPENT,
  };
  const count = kinds.reduce((sum, kind) => sum + Number(kind === 0), 0);
  arena.view(of.q, order).set(Array.from(kinds, (kind) => (kind === 0 ? 1 / Math.sqrt(count) : 0)));
  // ν is within its residual of an eigenvalue of the inverse; for that of M, 1/ν − shift, this makes residual/ν².
  const enough = ({ values: [value], residuals: [residual] }: RitzPairs) =>
    residual <=
    Math.max(SETTLED * errorOf(Math.abs(1 / value)) * value * value, ROUNDINGS * ULP * Math.abs(value));
  const found = yield* extend(of, 1, enough);
  if (!found || !(found.closed || enough(found))) {
    throw new ConvergenceError(
      'bathRate: the slowest rate was not found within the products that are allowed',
    );
  }
  return -1 / found.values[0] - shift;
}

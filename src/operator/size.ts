// How large an operator is, and what its products round: where large parts of a sum cancel, they round as the parts do.
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { inUnit, summandsOf, totalShift } from './compose.js';
import type { Apply, Computed } from './compute.js';
import { fillNormal } from './randomVectors.js';
import { unitOf, unitUnlessZero } from './unit.js';

/**
 * Steps of the power method from a random vector: of levels spread evenly over [−1, 1] they find 0.9. What is taken
 * from it is a scale of rounding errors.
 */
export const POWER_STEPS = 8;
/** Parts that exceed the whole by no more than this factor do not count as cancelling; their sizes are known to within two. */
const SLIGHT = 4;
/** An operator in its unit is no smaller than this: the largest element of its product with a random vector is 1/2 … 2. */
export const LEAST_SIZE = 2 ** -3;

/** |H|, from below, by products with vectors of `length` doubles at x and w. */
export function* powerSteps(
  runtime: Runtime,
  apply: Apply,
  length: number,
  x: number,
  w: number,
): Steps<number> {
  const { wasm } = runtime;
  fillNormal(runtime, 'size', 0, length, x);
  let [most, from, to] = [0, x, w];
  for (let k = 0; k <= POWER_STEPS; ++k) {
    const norm = Math.sqrt(wasm.dot(length, from, from));
    if (k > 0) most = Math.max(most, norm);
    if (k === POWER_STEPS || !(norm > 0 && norm < Number.POSITIVE_INFINITY)) break;
    wasm.combine(length, from, from, from, from, 1 / norm, 0, 0, 0);
    apply(from, to);
    [from, to] = [to, from];
    yield undefined;
  }
  return most;
}

/** Of 2^unit · H, which is of size 1: what its parts come to, Σ |c_k| |H_k| + |shift|, where they cancel; 0 where they do not. */
export function* cancellingSteps(
  runtime: Runtime,
  computed: Computed,
  unit: number,
  pairs: boolean,
): Steps<number> {
  const { terms } = summandsOf(computed);
  const shift = Math.abs(timesPowerOfTwo(totalShift(computed), unit));
  if (terms.length === 0 || (terms.length === 1 && shift === 0)) return 0;
  const parts = terms.map(({ of, factor }) => {
    const own = unitUnlessZero(runtime, of, pairs);
    if (own === undefined) return { of, own: 0, size: 0 };
    return { of, own, size: timesPowerOfTwo(Math.abs(factor.mantissa), factor.exponent - own + unit) };
  });
  if (parts.reduce((sum, { size }) => sum + size, shift) <= SLIGHT) return 0;
  let sum = shift;
  for (const { of, own, size } of parts) {
    if (size > 0) sum += size * Math.max(LEAST_SIZE, yield* sizeSteps(runtime, inUnit(of, own), pairs));
  }
  return Math.min(Number.MAX_VALUE, sum);
}

/** What the parts of a sum come to where they cancel, of H itself; else 0. */
export function* partsSteps(runtime: Runtime, computed: Computed): Steps<number> {
  const unit = unitOf(runtime, computed);
  return timesPowerOfTwo(yield* cancellingSteps(runtime, computed, unit, computed.complex), -unit);
}

/** |H| of an operator, from below. */
function sizeSteps(runtime: Runtime, of: Computed, pairs: boolean): Steps<number> {
  const length = pairs ? 2 * of.n : of.n;
  return runtime.steps(function* (arena) {
    const apply = of.place(runtime, arena, pairs);
    return yield* powerSteps(runtime, apply, length, arena.f64(length), arena.f64(length));
  });
}

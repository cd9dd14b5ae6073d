// The slowest rate at which a system comes to rest with an infinite bath at a contact, to first order in the coupling γ of
// dρ/dt = −i[H, ρ] + γ Σ_μ (L_μ ρ L_μ − ½ {L_μ², ρ}), L_μ Hermitian (A. Morningstar et al., Phys. Rev. B 105, 174205 (2022);
// D. Sels, Phys. Rev. B 106, L020202 (2022)). H leaves the X_ab = ⟨a|ρ|b⟩ with E_a = E_b alone, and they obey
//     dX_ab/dt = −γ Σ_cd M_ab,cd X_cd ,   M_ab,cd = ½ (Q_ac δ_bd + δ_ac Q_db) − Σ_μ ⟨a|L_μ|c⟩ ⟨d|L_μ|b⟩ ,   Q = Σ_μ L_μ² ,
// M Hermitian and not negative, with 0 for ρ = 1. Without degenerate levels these are the populations, M_aa,cc = δ_ac Σ_b W_ab − W_ac,
// with W_ab = Σ_μ |⟨a|L_μ|b⟩|²; a level of m copies has m² unknowns in place of m, so that nothing depends on the choice of its states.
// The rate is the lowest eigenvalue of M beside that of ρ = 1. Lanczos' method finds it from the largest eigenvalue of (M + σ)⁻¹, with
// Cholesky's factors; σ is the order of M times ulp |M|, the error that rounding may make. A smaller rate cannot be distinguished from 0.
// √rate is the least size of the commutators [L_μ, X] with |X| = 1, so that errors δ of the ⟨a|L_μ|b⟩ change it by no more than their size,
// and add 2 δ √rate + δ² to the error of the rate. Where ⟨a|L|a⟩ is large, which M does not contain, most of the error is this.
import { ULP } from '../../wasm/constants.js';
import { ConvergenceError, InputError } from '../../wasm/errors.js';
import { exponentOf, timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import type { BathRate } from '../bathTypes.js';
import type { Computed } from '../compute.js';
import { extend, type Krylov, type RitzPairs, UNSPENT } from '../krylov.js';
import { spaceSize } from '../lowest.js';
import { Single } from '../single.js';
import { PROGRESS } from '../tuning.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { eigenstateSteps, elementSteps } from './eigenstates.js';
import { type Elements, largestSquare, normalizeSteps } from './elements.js';
import { generatorSteps, largestRow, rescaleSteps } from './generator.js';
import { factorSteps, type Panel, solvePanels } from './panels.js';
import { levelsOf, type Unknowns, unknownsOf } from './unknowns.js';

const DONE = PROGRESS.bath;

/** Solutions with M, at most: a cap, after which an error says that the rate was not found. */
const MOST_SOLUTIONS = 4000;
/** The rounding of elements, in units of n times ulp |L|: a sum of n products with vectors that are orthogonal to some ulp. */
const OFF = 4;
/** The residual of the rate that is allowed: a share of its error, but at least this many ulp of the largest value of the inverse. */
const [SETTLED, ROUNDINGS] = [1 / 8, 16];

export interface BathTask {
  computed: Computed;
  contact: readonly Computed[];
  tolerance: number;
}

export function* bathSteps(
  runtime: Runtime,
  { computed, contact, tolerance }: BathTask,
  budget: number,
): Steps<BathRate> {
  const states = yield* share(eigenstateSteps(runtime, computed, budget), 0, DONE.solved);
  const elements: Elements[] = [];
  for (const [k, jump] of contact.entries()) {
    const place = (part: number) =>
      DONE.solved + ((DONE.elements - DONE.solved) * (k + part)) / contact.length;
    elements.push(yield* share(elementSteps(runtime, states, jump), place(0), place(1)));
  }
  const strength = yield* normalizeSteps(elements);
  const off = OFF * states.n * ULP * (yield* sizeOf(elements, states.n));
  const size = states.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const levels = levelsOf(states.values, tolerance * size);
  const unknowns = unknownsOf(states, levels, elements);
  const order = unknowns.a.length;
  return yield* runtime.steps(function* (arena) {
    const made = generatorSteps(runtime, arena, elements, levels, unknowns);
    const panels = yield* share(made, DONE.elements, DONE.generator);
    const largest = yield* share(largestRow(arena, panels), DONE.generator, DONE.bound);
    const rounding = order * ULP * largest;
    const found = (rate: number): BathRate => {
      const error = rounding + off * (2 * Math.sqrt(Math.max(rate, 0) + rounding) + off);
      const [ownRate, ownError] = [rate, error].map((x) => timesPowerOfTwo(x, 2 * strength));
      if (!Number.isFinite(ownRate + ownError)) {
        throw new InputError('contact', 'has elements whose squares are beyond the largest double');
      }
      // Below the normal doubles the way back rounds as well, in the end to 0.
      const back = [ownRate, ownError].map((x) => timesPowerOfTwo(x, -2 * strength));
      const lost = back[0] === rate && back[1] === error ? 0 : Number.MIN_VALUE;
      return { rate: ownRate, error: ownError + lost, order };
    };
    if (largest === 0) return found(0);
    // |M| is scaled to 1 … 2, so that its inverse stays within the doubles.
    const exponent = exponentOf(largest);
    const shift = timesPowerOfTwo(rounding, -exponent);
    yield* rescaleSteps(arena, panels, exponent, shift);
    const definite = yield* share(factorSteps(runtime, panels), DONE.bound, DONE.factor);
    if (!definite) throw new ConvergenceError('bathRate: the generator has a negative rate');
    const slowest = yield* share(slowestSteps(runtime, arena, panels, unknowns, shift), DONE.factor, 1);
    return found(timesPowerOfTwo(slowest, exponent));
  });
}

/** |L| of all jump operators together, by the norms of their columns. */
function* sizeOf(elements: readonly Elements[], n: number): Steps<number> {
  let square = 0;
  for (const jump of elements) square += yield* largestSquare(jump, n);
  return Math.sqrt(square);
}

/** The least value of M beside that of ρ = 1, with the panels of M + shift, factorized. */
function* slowestSteps(
  runtime: Runtime,
  arena: Arena,
  panels: readonly Panel[],
  { kinds }: Unknowns,
  shift: number,
): Steps<number> {
  const order = kinds.length;
  const limit = 1 + spaceSize(1, order);
  const columns = new VectorBlocks(runtime, arena, order, false, limit + 1, 1);
  const solution = arena.f64(order);
  const of: Krylov = {
    runtime,
    arena,
    // The lowest value of −(M + shift)⁻¹.
    apply(x, w, { gamma = 0 } = {}, y = 0) {
      arena.view(solution, order).set(arena.view(x, order));
      solvePanels(runtime, panels, solution);
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
  const populations = kinds.reduce((count, kind) => count + Number(kind === 0), 0);
  arena.view(of.q, order).set(Array.from(kinds, (kind) => (kind === 0 ? 1 / Math.sqrt(populations) : 0)));
  // ν is within its residual of an eigenvalue of the inverse; for that of M, 1/ν − shift, this makes residual/ν².
  const enough = ({ values: [value], residuals: [residual] }: RitzPairs) =>
    residual <= Math.max(SETTLED * shift * value * value, ROUNDINGS * ULP * Math.abs(value));
  const found = yield* extend(of, 1, enough);
  if (!found || !(found.closed || enough(found))) {
    throw new ConvergenceError(
      'bathRate: the slowest rate was not found within the products that are allowed',
    );
  }
  return -1 / found.values[0] - shift;
}

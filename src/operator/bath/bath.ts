// The slowest rate at which a system comes to rest with an infinite bath at a contact, to first order in the coupling γ of
// dρ/dt = −i[H, ρ] + γ Σ_μ (L_μ ρ L_μ − ½ {L_μ², ρ}), L_μ Hermitian (A. Morningstar et al., Phys. Rev. B 105, 174205 (2022);
// D. Sels, Phys. Rev. B 106, L020202 (2022)). H leaves the X_ab = ⟨a|ρ|b⟩ with E_a = E_b alone, and they obey
//     dX_ab/dt = −γ Σ_cd M_ab,cd X_cd ,   M_ab,cd = ½ (Q_ac δ_bd + δ_ac Q_db) − Σ_μ ⟨a|L_μ|c⟩ ⟨d|L_μ|b⟩ ,   Q = Σ_μ L_μ² ,
// M Hermitian and not negative, with 0 for ρ = 1. Without degenerate levels these are the populations, M_aa,cc = δ_ac Σ_b W_ab − W_ac,
// with W_ab = Σ_μ |⟨a|L_μ|b⟩|²; a level of m copies has m² unknowns in place of m, so that nothing depends on the choice of its states.
// The rate is the lowest eigenvalue of M beside that of ρ = 1. Lanczos' method finds it from the largest eigenvalue of an inverse.
// Populations alone have a Laplacian for M, all of whose entries beside the diagonal are −W_ab. One of them is taken to be 0, and the factors
// of the others keep the digits of every entry (assembly/operator/panels.ts): the rate has a relative error, of the
// order of M times ulp. A pivot is the least of X·M X with X = 1 at its own population and 0 at all after it, and |X − mean|² is ½ at least:
// where one is not above δ²/2 the rate is at most δ² as computed, at most 4δ² in truth, and not to be distinguished from 0.
// With coherences it is (M + σ)⁻¹, with Cholesky's factors, σ being the order of M times ulp |M|, the error that rounding may make.
// √rate is the least size of the commutators [L_μ, X] with |X| = 1, so that errors δ of the ⟨a|L_μ|b⟩ change it by no more than their size,
// and add 2 δ √rate + δ² to the error of the rate. Where ⟨a|L|a⟩ is large, which M does not contain, most of the error is this.
import { ULP } from '../../wasm/constants.js';
import { ConvergenceError, InputError } from '../../wasm/errors.js';
import { exponentOf, timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import type { BathRate } from '../bathTypes.js';
import type { Computed } from '../compute.js';
import { PROGRESS } from '../tuning.js';
import { eigenstateSteps, elementSteps } from './eigenstates.js';
import { type Elements, largestSquare, normalizeSteps } from './elements.js';
import { generatorSteps, largestRow, rescaleSteps } from './generator.js';
import { factorSteps, groundedOf } from './panels.js';
import { slowestSteps } from './slowest.js';
import { levelsOf, unknownsOf } from './unknowns.js';

const DONE = PROGRESS.bath;

/** The rounding of elements, in units of n times ulp |L|: a sum of n products with vectors that are orthogonal to some ulp. */
const OFF = 4;

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
    const { populations } = unknowns;
    const size = yield* share(largestRow(arena, panels), DONE.generator, DONE.bound);
    // A population has on the diagonal what stands beside it, once more.
    const largest = populations ? 2 * size : size;
    const rounding = order * ULP * largest;
    const errorOf = (rate: number) => {
      const made = populations ? order * ULP * rate : rounding;
      const most = populations ? rate : Math.max(rate, 0) + rounding;
      return made + off * (2 * Math.sqrt(most) + off);
    };
    const found = (rate: number) => bathRate(rate, errorOf(rate), order, strength);
    if (largest === 0) return found(0);
    // |M| is scaled to 1 … 2, so that its inverse stays within the doubles.
    const exponent = exponentOf(largest);
    const scaled = (x: number) => timesPowerOfTwo(x, -exponent);
    const shift = populations ? 0 : scaled(rounding);
    yield* rescaleSteps(arena, panels, exponent, shift);
    const own = populations ? groundedOf(panels) : panels;
    const floor = populations ? scaled((off * off) / 2) : 0;
    const factors = factorSteps(runtime, own, { laplacian: populations, floor });
    if (!(yield* share(factors, DONE.bound, DONE.factor))) {
      // What was computed is at most off², and its root is wrong by off at most.
      if (populations) return bathRate(0, 4 * off * off, order, strength);
      throw new ConvergenceError('bathRate: the generator has a negative rate');
    }
    const scaledError = (rate: number) =>
      populations ? scaled(errorOf(timesPowerOfTwo(rate, exponent))) : shift;
    const search = slowestSteps(runtime, arena, { panels: own, unknowns, shift, errorOf: scaledError });
    return found(timesPowerOfTwo(yield* share(search, DONE.factor, 1), exponent));
  });
}

/** A rate and its error, of elements that were divided by 2^strength. */
function bathRate(rate: number, error: number, order: number, strength: number): BathRate {
  const [ownRate, ownError] = [rate, error].map((x) => timesPowerOfTwo(x, 2 * strength));
  if (!Number.isFinite(ownRate + ownError)) {
    throw new InputError('contact', 'has elements whose squares are beyond the largest double');
  }
  // Below the normal doubles the way back rounds as well, in the end to 0.
  const back = [ownRate, ownError].map((x) => timesPowerOfTwo(x, -2 * strength));
  const lost = back[0] === rate && back[1] === error ? 0 : Number.MIN_VALUE;
  return { rate: ownRate, error: ownError + lost, order };
}

/** |L| of all jump operators together, by the norms of their columns. */
function* sizeOf(elements: readonly Elements[], n: number): Steps<number> {
  let square = 0;
  for (const jump of elements) square += yield* largestSquare(jump, n);
  return Math.sqrt(square);
}

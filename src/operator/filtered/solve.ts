// Eigenstates of an operator nearest to an energy or in an interval: block Lanczos on p(H), a polynomial with a peak there,
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about as many states as are asked for lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import type { Arena } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { LEAST_NEAR, MARGIN, ROUNDS } from '../tuning.js';
import { levelDensity, moments, scaleOf, slopeAt } from './bounds.js';
import type { Effort, Near } from './goal.js';
import { PEAK_WIDTH } from './peak.js';
import type { Store } from './rayleighRitz.js';
import { type Problem, Rounds, type Solved, type Stopped } from './rounds.js';

/** The `count` states nearest to an energy, if they are found in a number of rounds. */
export function* nearestStates(
  problem: Problem,
  arena: Arena,
  goal: Near,
  effort: Effort,
  budget: number,
): Steps<Solved | Stopped> {
  const { runtime, computed, bounds, reserve } = problem;
  const { n, complex } = computed;
  const { energy, count } = goal;
  const scale = scaleOf(bounds);
  const { centre, half } = scale;
  const x0 = (Math.min(Math.max(energy, bounds.lowest), bounds.highest) - centre) / half;
  const density = levelDensity(yield* moments(runtime, computed, scale, bounds.parts), x0, half);
  const states = Math.max(count, LEAST_NEAR);
  let width = (MARGIN * states) / (2 * density * half);
  const z = arena.f64((complex ? 2 * n : n) * count);
  let least = Number.POSITIVE_INFINITY;
  // Of states that are not certain those with the smallest residuals stay.
  const store: Store = (_, worst, certain) => {
    if (!certain && !(worst < least)) return null;
    least = worst;
    return z;
  };
  const rounds = new Rounds(problem, effort, budget);
  const { so } = rounds;
  // Degrees known to give a peak that is too wide, and one that is too narrow.
  let [wide, narrow] = [1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; ) {
    const wanted = Math.max(2, Math.ceil((PEAK_WIDTH * slopeAt(x0)) / width));
    const degree = wanted > wide && wanted < narrow ? wanted : between(wide, narrow);
    if (!(degree < narrow)) break;
    const attempt = yield* rounds.run(goal, x0, degree, store);
    if (attempt.states) return { ...so, ...attempt.states, vectors: z };
    const next = yield* rounds.next(attempt);
    if (next === 'over') break;
    if (next === 'larger') {
      if (reserve(count, rounds.block)) continue;
      so.copies = true;
      break;
    }
    ++round;
    if (attempt.found > count) wide = degree;
    else narrow = degree;
    // Too few states under the peak: widen it by what was found.
    const { found } = attempt;
    width *= Math.min(8, (1.2 * (found === 0 ? states : count)) / Math.max(found, 1) + 0.2);
  }
  return so;
}

/** A degree between the two, neither of them if there is one. */
function between(wide: number, narrow: number): number {
  return narrow === Number.POSITIVE_INFINITY
    ? 2 * wide
    : Math.max(wide + 1, Math.floor(Math.sqrt(wide * narrow)));
}

// Eigenstates of an operator nearest to an energy or in an interval: block Lanczos on p(H), a polynomial with a peak there,
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about as many states as are asked for lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import { DENSITY_VECTORS, FILTER_BLOCK, GROWTH, MARGIN, MOMENTS, ROUNDS } from '../tuning.js';
import { type Bounds, levelDensity, moments, scaleOf, slopeAt } from './bounds.js';
import { blockLanczos, type Effort } from './lanczos.js';
import { PEAK_WIDTH } from './peak.js';
import type { RitzStates } from './rayleighRitz.js';

/** An operator of size about 1, the ends of whose spectrum are known. */
export interface Problem {
  runtime: Runtime;
  computed: Computed;
  bounds: Bounds;
  /** Makes sure that there is room for blocks of so many columns; throws if there is not. */
  reserve(block: number): void;
}

export interface Solved extends RitzStates {
  /** Address of the states. */
  vectors: number;
  products: number;
  degree: number;
  subspace: number;
}

/** The `count` states nearest to an energy; null where they are not found in a number of rounds. */
export function* nearestStates(
  { runtime, computed, bounds, reserve }: Problem,
  arena: Arena,
  goal: { energy: number; count: number },
  effort: Effort,
  budget: number,
): Steps<Solved | null> {
  const { n, complex } = computed;
  const { energy, count } = goal;
  const scale = scaleOf(bounds);
  const { centre, half } = scale;
  const x0 = (Math.min(Math.max(energy, bounds.lowest), bounds.highest) - centre) / half;
  const density = levelDensity(yield* moments(runtime, computed, scale), x0, half);
  let width = (MARGIN * count) / (2 * density * half);
  const z = arena.f64((complex ? 2 * n : n) * count);
  let products = bounds.products + DENSITY_VECTORS * MOMENTS;
  let block = FILTER_BLOCK;
  // Degrees known to give a peak that is too wide, and one that is too narrow.
  let [wide, narrow] = [1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; ) {
    const wanted = Math.max(2, Math.ceil((PEAK_WIDTH * slopeAt(x0)) / width));
    const degree = wanted > wide && wanted < narrow ? wanted : between(wide, narrow);
    if (!(degree < narrow)) break;
    const task = { goal, bounds, centre, half, x0, degree, loose: 1, tolerance: 0, exact: false };
    const left = { ...effort, allowance: effort.allowance - products };
    const attempt = yield* runtime.steps((scratch) =>
      blockLanczos(runtime, scratch, computed, task, block, left, z, budget),
    );
    products += attempt.products;
    if (attempt.states)
      return { ...attempt.states, vectors: z, products, degree, subspace: attempt.subspace };
    if (attempt.copies) {
      if (effort.hasty || block >= n / 2) break;
      block = Math.min(GROWTH * block, n / 2);
      reserve(block);
      continue;
    }
    ++round;
    if (attempt.found > count) wide = degree;
    else narrow = degree;
    // Too few states under the peak: widen it by what was found.
    width *= Math.min(8, (1.2 * count) / Math.max(attempt.found, 1) + 0.2);
  }
  return null;
}

/** A degree between the two, neither of them if there is one. */
function between(wide: number, narrow: number): number {
  return narrow === Number.POSITIVE_INFINITY
    ? 2 * wide
    : Math.max(wide + 1, Math.floor(Math.sqrt(wide * narrow)));
}

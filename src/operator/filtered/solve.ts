// Eigenstates of an operator nearest to an energy or in an interval: block Lanczos on p(H), a polynomial with a peak there,
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about as many states as are asked for lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed } from '../compute.js';
import {
  DENSITY_VECTORS,
  FILTER_BLOCK,
  FILTERED_COLUMNS,
  GROWTH,
  MARGIN,
  MOMENTS,
  ROUNDS,
  tooLong,
} from '../tuning.js';
import { type Bounds, levelDensity, moments, scaleOf, slopeAt } from './bounds.js';
import type { Accuracy, Effort, Near } from './goal.js';
import { type Attempt, blockLanczos } from './lanczos.js';
import { PEAK_WIDTH } from './peak.js';
import type { RitzStates } from './rayleighRitz.js';

/** An operator of size about 1, the ends of whose spectrum are known. */
export interface Problem {
  runtime: Runtime;
  computed: Computed;
  bounds: Bounds;
  /** Makes sure that there is room for a search for `count` states with blocks of `block` columns, and for those kept; throws if there is not. */
  reserve(count: number, block: number, kept?: number): void;
  accuracy: Accuracy;
}

/** What it took. */
export interface Spent {
  products: number;
  /** Of the last polynomial, and vectors of the last space. */
  degree: number;
  subspace: number;
  /** Vectors that were made orthogonal to all others. */
  orthogonalizations: number;
}

export interface Solved extends RitzStates, Spent {}

/** Not all of the states were found. */
export interface Stopped extends Spent {
  /** Whether that is because no more products were allowed. */
  spent: boolean;
  /** Whether that is because levels have more copies than the largest blocks had columns. */
  copies?: boolean;
}

export function isSolved(end: Solved | Stopped): end is Solved {
  return 'eigenvalues' in end;
}

/** The `count` states nearest to an energy, if they are found in a number of rounds. */
export function* nearestStates(
  { runtime, computed, bounds, reserve, accuracy }: Problem,
  arena: Arena,
  goal: Near,
  effort: Effort,
  budget: number,
): Steps<Solved | Stopped> {
  const { n, complex } = computed;
  const { energy, count } = goal;
  const scale = scaleOf(bounds);
  const { centre, half } = scale;
  const x0 = (Math.min(Math.max(energy, bounds.lowest), bounds.highest) - centre) / half;
  const density = levelDensity(yield* moments(runtime, computed, scale), x0, half);
  let width = (MARGIN * count) / (2 * density * half);
  const z = arena.f64((complex ? 2 * n : n) * count);
  const store = () => z;
  const so = begun(bounds);
  let block = FILTER_BLOCK;
  // Degrees known to give a peak that is too wide, and one that is too narrow.
  let [wide, narrow] = [1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; ) {
    const wanted = Math.max(2, Math.ceil((PEAK_WIDTH * slopeAt(x0)) / width));
    const degree = wanted > wide && wanted < narrow ? wanted : between(wide, narrow);
    if (!(degree < narrow)) break;
    const task = { ...accuracy, goal, bounds, centre, half, x0, degree };
    const left = { ...effort, allowance: effort.allowance - so.products };
    const attempt = yield* runtime.steps((scratch) =>
      blockLanczos(runtime, scratch, computed, task, block, left, store, budget),
    );
    addTo(so, attempt, degree);
    if (attempt.states) return { ...so, ...attempt.states, vectors: z };
    if (so.spent) break;
    if (attempt.copies) {
      if (effort.hasty) break;
      block = larger(computed, attempt, block);
      so.copies = block === 0;
      if (so.copies) break;
      reserve(count, block);
      continue;
    }
    ++round;
    if (attempt.found > count) wide = degree;
    else narrow = degree;
    // Too few states under the peak: widen it by what was found.
    width *= Math.min(8, (1.2 * count) / Math.max(attempt.found, 1) + 0.2);
  }
  return so;
}

/** What knowing the ends and the density of a spectrum took. */
export function begun({ products, orthogonalizations }: Bounds): Stopped {
  const all = products + DENSITY_VECTORS * MOMENTS;
  return { products: all, degree: 0, subspace: 0, orthogonalizations, spent: false };
}

/** Adds a run with a polynomial of this degree to what was spent. */
export function addTo(so: Stopped, { products, subspace, spent }: Attempt, degree: number): void {
  so.products += products;
  so.orthogonalizations += subspace;
  // A run that was not allowed its first block had no polynomial.
  if (subspace > 0) Object.assign(so, { degree, subspace });
  so.spent = spent;
}

/** The next size of blocks, a number of columns that is filtered in whole parts; 0 where none is larger, or it takes too long. */
export function larger(computed: Computed, { subspace }: Attempt, block: number): number {
  const most = Math.min(GROWTH * block, Math.floor(computed.n / 2));
  const next = most > FILTERED_COLUMNS ? most - (most % FILTERED_COLUMNS) : most;
  return next <= block || tooLong(computed, subspace, next) ? 0 : next;
}

/** A degree between the two, neither of them if there is one. */
function between(wide: number, narrow: number): number {
  return narrow === Number.POSITIVE_INFINITY
    ? 2 * wide
    : Math.max(wide + 1, Math.floor(Math.sqrt(wide * narrow)));
}

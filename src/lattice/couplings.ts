// Orbital energies and couplings |φ_{n,0}| of the lattice, by the method that is asked for or the cheapest that serves.
import { ConvergenceError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';
import { bandMeasure } from './band.js';
import { denseMeasure } from './dense.js';
import { distinctWeights } from './distinct.js';
import { LISTED, lanczosMeasure } from './lanczos.js';
import { localMeasure } from './local.js';
import { latticeBytes } from './memory.js';
import { type CheckedModel, depth, type Lattice, type LatticeModel } from './model.js';
import type { Measure } from './originMeasure.js';
import { mixingErrors, refineMixed } from './refine.js';
import {
  bandCost,
  expectedSteps,
  FOUND,
  LOCALIZED,
  lanczosCost,
  localCost,
  REFINED_RADIUS,
  STEPS,
  STEPS_PER_SITE,
} from './tuning.js';

/** How orbitals are found: see `LatticeOptions.method`. */
export type LatticeMethod = 'auto' | 'local' | 'band' | 'lanczos' | 'dense';

/** Absolute error of any |φ| of `band`, `lanczos` and `dense` that does not come from its neighbours in energy. */
const ABSOLUTE_ERROR = 5e-14;
/**
 * Error bound of `local` for |φ| well above 1e-12. Below, where windows are chosen by a rule and not by a bound, |φ| is
 * taken to be right within half of itself: a resonance that the window cuts through can cost that much.
 */
const LOCAL_ERROR = 1e-9;
/** Defaults of the options. */
const FINEST = 1e-14;
const RELATIVE = 1e-6;
/** Relative accuracy of the small couplings in `innerCouplings`: they count for half of themselves anyway. */
const INNER_RELATIVE = 1e-3;
/** And of the larger ones, with the error bound that goes with it. */
const INNER_ABSOLUTE = 1e-8;
const INNER_ERROR = 1e-4;
/** No upper bound is smaller: what has underflowed is not zero. */
const UNDERFLOW = 1e-300;

/** A lattice, and how its orbitals are found. */
export interface LatticeOptions extends LatticeModel {
  /**
   * `local`: one small linear system per orbital, every |φ| with high relative accuracy however small it is, where
   * orbitals are localized. `band`: reduction of the band matrix, every orbital at any disorder, |φ| to 1e-13
   * absolute. `lanczos`: recursion from the origin, the orbitals above `resolution`, cheapest on large lattices where
   * orbitals are localized. `dense`: the whole eigenproblem, which also gives the labels `site`; R ≤ 30.
   * Orbitals whose |φ| these three cannot tell to 1e-13 because another is near in energy are computed again one by
   * one, up to R = 25 all of them, on larger lattices the worst with `band` and `dense`; what remains is in the bounds.
   * `auto` (default): where orbitals are localized the cheaper one of `lanczos` and `local`, `local` whenever `relative`
   * is given; the cheaper one of `lanczos` and `band` when `resolution` is given; otherwise `band`. `lanczos` takes two
   * orbitals for one where their energies agree to 1e-10 (W + 4t): the pair then counts once, with √(φ₁² + φ₂²),
   * which can only lower η_tot: its lower bound holds (distinct.ts), the upper one supposes that there is no such pair.
   */
  method?: LatticeMethod;
  /**
   * √(Σ|φ|²) over orbitals that `lanczos` may leave unresolved, 1e-14 … 1e-2; 1e-14 by default. A larger one saves
   * steps; what was in fact left, usually far less, is in `missingBound`. When given, orbitals near in energy stay
   * mixed as far as the bounds say.
   */
  resolution?: number;
  /** Relative accuracy of small |φ| with `local`, 1e-12 … 1e-3; 1e-6 by default. */
  relative?: number;
}

/** What `latticeCouplingsAsync` takes, and how it is watched and ended. */
export interface LatticeAsyncOptions extends LatticeOptions, Watch {}

/** Orbitals of a lattice and their couplings to the grain, in the order of `energies`. */
export interface LatticeCouplings {
  /** The model with every default filled in; theta0 is null for random phases. */
  model: CheckedModel;
  /** (n1, n2) of every site, interleaved, ordered by n1 + n2, then n1 − n2. */
  sites: Int32Array;
  /** V(θ_n) of every site in that order. */
  potential: Float64Array;
  /** Energies of the orbitals found, ascending. */
  energies: Float64Array;
  /** |φ| at the origin of each orbital found: its coupling in units of g0 ([CC22] (18)). */
  phi0: Float64Array;
  /** Lower bound on each |φ|; 0 where it is below what the method resolves. */
  lower: Float64Array;
  /** Upper bound on each |φ|. */
  upper: Float64Array;
  /** Number of orbitals not found. */
  missing: number;
  /** The |φ| of each orbital not found is anything from 0 to this. */
  missingBound: number;
  /**
   * Site (row of `sites`) of each orbital, a permutation. `dense`: the one that maximizes Π|φ_{n,n}|; `local`: where
   * the orbital peaks, in a resonance one of its sites. null from the other methods.
   */
  site: Int32Array | null;
  /** The method that ran. */
  method: Exclude<LatticeMethod, 'auto'>;
  /** Dimension of the tridiagonal matrix: Lanczos steps, or sites. */
  steps: number;
}

/** Checked options of `latticeCouplings`: whether resolution and relative were given matters. */
export interface Coupling {
  method: LatticeMethod;
  resolution?: number;
  relative?: number;
}

/** `budget`: nanoseconds that a step lasts, about; no bit depends on it. */
export function* couplingSteps(
  runtime: Runtime,
  lattice: Lattice,
  { method: wanted, resolution: given, relative }: Coupling,
  budget: number,
): Steps<LatticeCouplings> {
  const { model, n } = lattice;
  const resolution = given ?? FINEST;
  const coarse = given !== undefined;
  const all = Math.max(STEPS, STEPS_PER_SITE * n);
  const methods = wanted === 'auto' ? (['local', 'lanczos', 'band'] as const) : [wanted];
  runtime.heap.reserve(latticeBytes(runtime, lattice, methods, all));
  function* result(measure: Measure, method: LatticeCouplings['method'], site: Int32Array | null) {
    // A coarse resolution asks for speed, and on large lattices Lanczos is taken for it: what is mixed stays so, within
    // its bounds.
    const mixing =
      method === 'local'
        ? null
        : yield* share(
            coarse || (method === 'lanczos' && model.radius > REFINED_RADIUS)
              ? mixingErrors(runtime, lattice.norm, measure)
              : refineMixed(runtime, lattice, measure),
            FOUND,
            1,
          );
    return assemble(lattice, measure, method, site, mixing);
  }
  if (wanted === 'dense') {
    const measure = yield* share(denseMeasure(runtime, lattice, budget), 0, FOUND);
    return yield* result(measure, 'dense', measure.site);
  }
  const expected = expectedSteps(model, resolution);
  const localized = wanted === 'auto' && !coarse && depth(model) >= LOCALIZED * model.hopping;
  const quicker = relative === undefined && lanczosCost(n, expected) < localCost(n, model);
  if (wanted === 'local' || (localized && !quicker)) {
    const measure = yield* localMeasure(runtime, lattice, relative ?? RELATIVE, budget);
    if (measure) return yield* result(measure, 'local', measure.site);
    if (wanted === 'local')
      throw new ConvergenceError('the orbitals are not localized enough for method local');
  }
  const cheap = localized ? quicker : coarse && lanczosCost(n, expected) < bandCost(n, model.radius);
  if (wanted === 'lanczos' || (wanted === 'auto' && cheap)) {
    const steps = wanted === 'lanczos' ? all : Math.min(all, Math.ceil(2.5 * expected));
    const measure = yield* share(lanczosMeasure(runtime, lattice, resolution, steps, budget), 0, FOUND);
    // More than there are sites: where disorder is too weak, orbitals lie nearer to each other than copies of one.
    const copies = measure !== null && measure.phi0.length > n;
    if (measure && !copies) return yield* result(measure, 'lanczos', null);
    if (wanted === 'lanczos') {
      throw new ConvergenceError(
        copies
          ? 'the orbitals lie too near to each other in energy for method lanczos'
          : `the couplings did not converge in ${steps} Lanczos steps`,
      );
    }
  }
  const measure = yield* share(bandMeasure(runtime, lattice, budget), 0, FOUND);
  return yield* result(measure, 'band', null);
}

/** Bounds on every |φ| by what the method is good for. */
function assemble(
  { model, sites, potential }: Lattice,
  measure: Measure,
  method: LatticeCouplings['method'],
  site: Int32Array | null,
  mixing: Float64Array | null,
  accuracy = LOCAL_ERROR,
): LatticeCouplings {
  const absolute = method === 'lanczos' ? Math.max(ABSOLUTE_ERROR, measure.rest) : ABSOLUTE_ERROR;
  const local = (x: number) => Math.min(0.5 * x, accuracy * (1e-3 + x));
  const error = (x: number, k: number) => (mixing ? absolute + mixing[k] : local(x));
  const missing = potential.length - measure.phi0.length;
  if (!allFinite(measure.energies) || !allFinite(measure.phi0))
    throw new ConvergenceError('the orbitals of the lattice are not finite');
  return {
    model,
    sites,
    potential,
    energies: measure.energies,
    phi0: measure.phi0,
    lower: measure.phi0.map((x, k) => Math.max(0, x - error(x, k))),
    upper: measure.phi0.map((x, k) => Math.max(UNDERFLOW, x + error(x, k))),
    missing,
    missingBound: missing === 0 ? 0 : method === 'lanczos' ? absolute + LISTED : 1,
    site,
    method,
    steps: measure.steps,
  };
}

/**
 * The orbitals of the sites up to `limit` steps from the origin by `local`, for a lower bound on η_tot: of the others
 * nothing is said. null where they are not localized enough.
 */
export function* innerCouplings(
  runtime: Runtime,
  lattice: Lattice,
  limit: number,
  budget: number,
): Steps<LatticeCouplings | null> {
  const range = { limit, absolute: INNER_ABSOLUTE };
  const measure = yield* localMeasure(runtime, lattice, INNER_RELATIVE, budget, range);
  return measure && assemble(lattice, measure, 'local', measure.site, null, INNER_ERROR);
}

/**
 * Couplings, in units of g0, whose least fixed point has no larger η_tot than the lattice: after `steps` Lanczos steps,
 * at less cost than resolving orbitals (distinct.ts). They belong to groups of orbitals, not to single ones.
 */
export function groupedCouplings(
  runtime: Runtime,
  lattice: Lattice,
  steps: number,
  budget: number,
): Steps<Float64Array> {
  return distinctWeights(runtime, lattice, steps, ABSOLUTE_ERROR, budget);
}

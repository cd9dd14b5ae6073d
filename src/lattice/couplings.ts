// Orbital energies and couplings |φ_{n,0}| of the lattice, by the method asked for or by the
// fastest that is accurate enough.
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
  LOCALIZED,
  lanczosCost,
  localCost,
  ORBITALS_FOUND,
  REFINED_RADIUS,
  STEPS,
  STEPS_PER_SITE,
} from './tuning.js';

/** How orbitals are found: see `LatticeOptions.method`. */
export type LatticeMethod = 'auto' | 'local' | 'band' | 'lanczos' | 'dense';

/**
 * Absolute error of any |φ| of `band`, `lanczos` and `dense`, apart from the error by mixing
 * with orbitals near in energy.
 */
export const ABSOLUTE_ERROR = 5e-14;
/**
 * Error bound of `local` for |φ| well above 1e-12. Smaller |φ| come from windows chosen by a rule and not by a bound;
 * they are taken to be right within half of their value, because a resonance cut off by the window can cost that much.
 */
const LOCAL_ERROR = 1e-9;
/** Default of `resolution`. */
const FINEST = 1e-14;
/** Default of `relative`, and what is asked for where the smallest couplings decide: they are computed one by one. */
export const RELATIVE = 1e-6;
/** Relative accuracy of the small couplings in `innerCouplings`: their lower bounds are half of their value anyway. */
const INNER_RELATIVE = 1e-3;
/** Absolute accuracy of the larger couplings there, and their error bound. */
const INNER_ABSOLUTE = 1e-8;
const INNER_ERROR = 1e-4;
/** Least upper bound: a value that has underflowed is not zero. */
export const UNDERFLOW = 1e-300;

/** A lattice, and how its orbitals are found. */
export interface LatticeOptions extends LatticeModel {
  /**
   * `local`: one small linear system for each orbital; every |φ| has a small relative error, however small it is,
   * where orbitals are localized. `band`: reduction of the band matrix, every orbital at any disorder, |φ| to 1e-13
   * absolute. `lanczos`: recursion from the origin, the orbitals above `resolution`, fastest on large lattices where
   * orbitals are localized. `dense`: the whole eigenproblem, which also gives the labels `site`; R ≤ 30. Where
   * another orbital is so near in energy that |φ| of the last three is not accurate to 1e-13, orbitals are computed
   * again one by one: up to R = 25 all of them, on larger lattices the worst ones with `band` and `dense`. The errors
   * that remain are in the bounds. `auto` (default): where orbitals are localized the faster of `lanczos` and
   * `local`, or `local` if `relative` is given; the faster of `lanczos` and `band` if `resolution` is given;
   * otherwise `band`. `lanczos` takes two orbitals for one where their energies agree to 1e-10 (W + 4t). The pair
   * then counts once, with √(φ₁² + φ₂²), which can only lower η_tot: the lower bound of η_tot holds (distinct.ts),
   * the upper bound assumes that there is no such pair.
   */
  method?: LatticeMethod;
  /**
   * √(Σ|φ|²) over orbitals that `lanczos` may leave unresolved, 1e-14 … 1e-2; 1e-14 by default. A larger value saves
   * steps; `missingBound` tells how much was left in fact, usually far less. If it is given, orbitals near in energy
   * stay mixed, and the bounds allow for it.
   */
  resolution?: number;
  /** Relative accuracy of small |φ| with `local`, 1e-12 … 1e-3; 1e-6 by default. */
  relative?: number;
}

/** Options of `latticeCouplingsAsync`: those of `latticeCouplings`, and how the computation is watched and ended. */
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
  /** Upper bound on the |φ| of each orbital not found; the lower bound is 0. */
  missingBound: number;
  /**
   * Site (row of `sites`) of each orbital, a permutation. `dense`: the permutation that maximizes Π|φ_{n,n}|; `local`:
   * where the orbital peaks, in a resonance one of its sites. null from the other methods.
   */
  site: Int32Array | null;
  /** The method that ran. */
  method: Exclude<LatticeMethod, 'auto'>;
  /** Order of the tridiagonal matrix: the number of Lanczos steps, or of sites. */
  steps: number;
}

/**
 * Checked options of `latticeCouplings`: `resolution` and `relative` are absent where they
 * were not given, which matters.
 */
export interface Coupling {
  method: LatticeMethod;
  resolution?: number;
  relative?: number;
}

/** `budget`: nanoseconds that a step lasts, about; the bits do not depend on it. */
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
  if (wanted === 'dense') {
    const measure = yield* share(denseMeasure(runtime, lattice, budget), 0, ORBITALS_FOUND);
    return yield* completed(runtime, lattice, measure, 'dense', measure.site, coarse);
  }
  const expected = expectedSteps(model, resolution);
  const localized = wanted === 'auto' && !coarse && depth(model) >= LOCALIZED * model.hopping;
  const quicker = relative === undefined && lanczosCost(n, expected) < localCost(n, model);
  if (wanted === 'local' || (localized && !quicker)) {
    const measure = yield* localMeasure(runtime, lattice, relative ?? RELATIVE, budget);
    if (measure) return assemble(lattice, measure, 'local', measure.site, null);
    if (wanted === 'local')
      throw new ConvergenceError('the orbitals are not localized enough for method local');
  }
  const cheap = localized ? quicker : coarse && lanczosCost(n, expected) < bandCost(n, model.radius);
  if (wanted === 'lanczos' || (wanted === 'auto' && cheap)) {
    const steps = wanted === 'lanczos' ? all : Math.min(all, Math.ceil(2.5 * expected));
    const measure = yield* share(
      lanczosMeasure(runtime, lattice, resolution, steps, budget),
      0,
      ORBITALS_FOUND,
    );
    // More orbitals than sites: where disorder is too weak, orbitals lie nearer to each
    // other than copies of one orbital.
    const copies = measure !== null && measure.phi0.length > n;
    if (measure && !copies) return yield* completed(runtime, lattice, measure, 'lanczos', null, coarse);
    if (wanted === 'lanczos') {
      throw new ConvergenceError(
        copies
          ? 'the orbitals lie too near to each other in energy for method lanczos'
          : `the couplings did not converge in ${steps} Lanczos steps`,
      );
    }
  }
  const measure = yield* share(bandMeasure(runtime, lattice, budget), 0, ORBITALS_FOUND);
  return yield* completed(runtime, lattice, measure, 'band', null, coarse);
}

/**
 * Couplings from a measure, with the errors by mixing. A coarse resolution asks for speed, and so does Lanczos on large
 * lattices: mixed orbitals stay mixed, and the bounds allow for it.
 */
function* completed(
  runtime: Runtime,
  lattice: Lattice,
  measure: Measure,
  method: Exclude<LatticeCouplings['method'], 'local'>,
  site: Int32Array | null,
  coarse: boolean,
): Steps<LatticeCouplings> {
  const mixed = coarse || (method === 'lanczos' && lattice.model.radius > REFINED_RADIUS);
  const errors = mixed
    ? mixingErrors(runtime, lattice.norm, measure)
    : refineMixed(runtime, lattice, measure);
  return assemble(lattice, measure, method, site, yield* share(errors, ORBITALS_FOUND, 1));
}

/** Bounds on every |φ|, from the accuracy of the method. */
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
 * The orbitals of the sites up to `limit` steps from the origin by `local`, for a lower bound on η_tot; the other
 * orbitals are left out. null where the orbitals are not localized enough.
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
 * Couplings, in units of g0, whose least fixed point has no larger η_tot than the lattice: from `steps` Lanczos steps,
 * faster than orbitals can be resolved (distinct.ts). Each belongs to a group of orbitals, not to a single one.
 */
export function groupedCouplings(
  runtime: Runtime,
  lattice: Lattice,
  steps: number,
  budget: number,
): Steps<Float64Array> {
  return distinctWeights(runtime, lattice, steps, ABSOLUTE_ERROR, budget);
}

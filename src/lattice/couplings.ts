// Orbital energies and couplings |φ_{n,0}| of the lattice, by the method that is asked for or the cheapest that serves.
import { checkChoice, checkNumber } from '../core/check.js';
import { ConvergenceError } from '../core/errors.js';
import type { Runtime } from '../core/runtime.js';
import type { RandomKey } from '../random/api.js';
import { bandMeasure } from './band.js';
import { lanczosMeasure, type Measure } from './lanczos.js';
import { type CheckedModel, checkModel, type LatticeModel, siteCoordinates, sitePotential } from './model.js';

export const METHODS = ['auto', 'band', 'lanczos'] as const;
export type LatticeMethod = (typeof METHODS)[number];

/** Absolute error of any |φ| from an orthogonal reduction, barring orbitals degenerate to 1e-3 of the level spacing. */
export const ABSOLUTE_ERROR = 1e-13;
/** Lanczos steps allowed, per site and at least. */
const STEPS_PER_SITE = 4;
const STEPS = 4000;

export interface LatticeOptions extends LatticeModel {
  /**
   * `band`: reduction of the band matrix, every orbital at any disorder; `lanczos`: recursion from the origin, the
   * orbitals above `resolution`, fast where orbitals are localized; `auto` (default) takes the cheaper one.
   */
  method?: LatticeMethod;
  /** Smallest |φ| to resolve, 1e-14 … 1e-2; 1e-14 by default. A larger one saves Lanczos steps. */
  resolution?: number;
}

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
  /** Bounds on each |φ|: 0 where it is below what the method resolves. */
  lower: Float64Array;
  upper: Float64Array;
  /** Orbitals not found: the couplings of each is anything from 0 to `missingBound`. */
  missing: number;
  missingBound: number;
  method: Exclude<LatticeMethod, 'auto'>;
  /** Dimension of the tridiagonal matrix: Lanczos steps, or sites. */
  steps: number;
}

/** Seconds, roughly: what `auto` compares. Measured on one core at 3 GHz; only the ratio matters. */
function bandCost(n: number, radius: number): number {
  return 1.1e-9 * n * n * (radius + 1) + 1.6e-8 * n * n;
}
function lanczosCost(n: number, steps: number): number {
  return 2.5 * (2.5e-9 * n * steps + 1.6e-8 * steps * steps);
}
/** Steps that a resolution takes at W/t ≥ 20, from a fit over R = 15 … 50. */
function expectedSteps(model: CheckedModel, resolution: number): number {
  const ratio = model.strength / model.hopping;
  if (ratio < 20) return Number.POSITIVE_INFINITY;
  const digits = resolution < 1e-12 ? 1.5 : resolution < 1e-9 ? 1 : 0.7;
  return digits * (300 + 40000 / ratio);
}

export function findCouplings(
  runtime: Runtime,
  name: string,
  options: LatticeOptions,
  uniforms: (key: RandomKey, count: number) => Float64Array,
): LatticeCouplings {
  const model = checkModel(name, options, ['method', 'resolution']);
  const wanted = checkChoice(`${name}.method`, options.method ?? 'auto', METHODS);
  const resolution = checkNumber(`${name}.resolution`, options.resolution ?? 1e-14, {
    min: 1e-14,
    max: 1e-2,
  });
  const sites = siteCoordinates(model.radius);
  const potential = sitePotential(model, sites, uniforms);
  const n = potential.length;
  let measure: Measure | null = null;
  let method: Exclude<LatticeMethod, 'auto'> = 'lanczos';
  const steps = Math.max(STEPS, STEPS_PER_SITE * n);
  const expected = expectedSteps(model, resolution);
  if (wanted === 'lanczos') {
    measure = lanczosMeasure(runtime, model, potential, resolution, steps);
    if (!measure) throw new ConvergenceError(`the couplings did not converge in ${steps} Lanczos steps`);
  } else if (wanted === 'auto' && lanczosCost(n, expected) < bandCost(n, model.radius)) {
    measure = lanczosMeasure(
      runtime,
      model,
      potential,
      resolution,
      Math.min(steps, Math.ceil(2.5 * expected)),
    );
  }
  if (!measure) {
    method = 'band';
    measure = bandMeasure(runtime, model, potential);
  }
  const error = method === 'lanczos' ? Math.max(ABSOLUTE_ERROR, measure.rest) : ABSOLUTE_ERROR;
  return {
    model,
    sites,
    potential,
    energies: measure.energies,
    phi0: measure.phi0,
    lower: measure.phi0.map((x) => Math.max(0, x - error)),
    upper: measure.phi0.map((x) => x + error),
    missing: n - measure.phi0.length,
    missingBound: resolution + error,
    method,
    steps: measure.steps,
  };
}

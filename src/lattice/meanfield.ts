// The mean-field theory on the lattice: couplings g0 |φ_{n,0}| into the least fixed point, with bounds on η_tot from
// the bounds on the couplings (the least fixed point is monotone in each of them), and the verdict on the avalanche.
import { checkNumber, checkOptions } from '../core/check.js';
import { InputError } from '../core/errors.js';
import type { Branch, MeanFieldSolution } from '../meanfield/solve.js';
import type { LatticeCouplings } from './couplings.js';

export interface LatticeMeanFieldOptions {
  /** Overall coupling g0 of [CC22] (18), above 0; 1 by default. */
  g0?: number;
  /**
   * Share of the maximal N log 2 that η_tot must exceed for an avalanche, in (0, 1); ½ by default. Failed avalanches
   * stop at η_tot ≲ 14 log 2 and others reach N log 2, so that any threshold between gives the same verdict on
   * lattices of R ≥ 10.
   */
  threshold?: number;
}

export interface LatticeMeanField {
  /** Renormalized couplings, log g and entropies (nats) of the orbitals found, in the order of the couplings. */
  g: Float64Array;
  logG: Float64Array;
  entropy: Float64Array;
  /** η_tot of the least fixed point, nats: couplings not found count as 0. */
  etaTot: number;
  /** η_tot with every coupling at its lower and at its upper bound. */
  etaTotBounds: [number, number];
  /** η_tot > threshold · N log 2. */
  avalanche: boolean;
  /** Both bounds give that verdict. */
  certain: boolean;
  /** dΦ/dT at η_tot: the closer to 1, the nearer the avalanche. */
  slope: number;
}

const LOG2 = 0.6931471805599453;

export function latticeMeanField(
  solve: (bare: Float64Array) => MeanFieldSolution,
  couplings: LatticeCouplings,
  options: LatticeMeanFieldOptions = {},
): LatticeMeanField {
  if (!(couplings?.phi0 instanceof Float64Array)) {
    throw new InputError('couplings', 'expected a result of latticeCouplings');
  }
  checkOptions('options', options, ['g0', 'threshold']);
  const g0 = checkNumber('options.g0', options.g0 ?? 1, { above: 0, max: 1e12 });
  const threshold = checkNumber('options.threshold', options.threshold ?? 0.5, { above: 0, max: 0.999 });
  const { phi0, lower, upper, missing, missingBound, potential } = couplings;
  const bar = threshold * potential.length * LOG2;
  const solution = solve(phi0.map((x) => g0 * x));
  const low = solve(lower.map((x) => g0 * x)).etaTot;
  const most = new Float64Array(upper.length + missing).fill(g0 * missingBound);
  for (let i = 0; i < upper.length; ++i) most[i] = g0 * upper[i];
  const high = solve(most).etaTot;
  const { g, logG, entropy, etaTot, slope } = solution;
  return {
    g,
    logG,
    entropy,
    etaTot,
    etaTotBounds: [Math.min(low, etaTot), Math.max(high, etaTot)],
    avalanche: etaTot > bar,
    certain: low > bar === high > bar,
    slope,
  };
}

/** One fixed point over the couplings of a lattice. */
export type LatticeBranch = Pick<Branch, 'etaTot' | 'stable' | 'slope' | 'tangent'>;

/** Every fixed point for the resolved couplings, by ascending η_tot. */
export function latticeBranches(
  branches: (bare: Float64Array) => Branch[],
  couplings: LatticeCouplings,
  options: { g0?: number } = {},
): LatticeBranch[] {
  if (!(couplings?.phi0 instanceof Float64Array)) {
    throw new InputError('couplings', 'expected a result of latticeCouplings');
  }
  checkOptions('options', options, ['g0']);
  const g0 = checkNumber('options.g0', options.g0 ?? 1, { above: 0, max: 1e12 });
  return branches(couplings.phi0.map((x) => g0 * x)).map(({ etaTot, stable, slope, tangent }) => ({
    etaTot,
    stable,
    slope,
    tangent,
  }));
}

export interface GrainSpacing {
  /** The smallest R′ with Σ_{|n| > R′} g_n ≤ ratio/d: one thermal grain per that distance leaves the rest alone. */
  radius: number;
  /** Σ_{|n| > R′} g_n · d at that radius. */
  sum: number;
}

/**
 * [CC22] (20): the distance from the origin beyond which the renormalized couplings sum to less than `ratio` times the
 * level spacing 1/d of the grain with what it has thermalized, d = dg·e^{η_tot}. null when not even the last shell
 * does, which is what an avalanche gives.
 */
export function grainSpacing(
  couplings: LatticeCouplings,
  solution: LatticeMeanField,
  options: { dg?: number; ratio?: number } = {},
): GrainSpacing | null {
  const { site, sites, model } = couplings;
  if (!site) throw new InputError('couplings', 'expected couplings with sites: method local or dense');
  checkOptions('options', options, ['dg', 'ratio']);
  const dg = checkNumber('options.dg', options.dg ?? 1, { above: 0, max: 1e12 });
  const ratio = checkNumber('options.ratio', options.ratio ?? 0.1, { above: 0, max: 1e12 });
  const shells = new Float64Array(model.radius + 1);
  for (let k = 0; k < site.length; ++k) {
    shells[Math.abs(sites[2 * site[k]]) + Math.abs(sites[2 * site[k] + 1])] += solution.g[k];
  }
  // An avalanche has d beyond the range of doubles: then no finite sum is small against 1/d.
  if (!(solution.etaTot < 600)) return null;
  const d = dg * exp(solution.etaTot);
  let sum = 0;
  let found: GrainSpacing | null = null;
  for (let radius = model.radius - 1; radius >= 0; --radius) {
    sum += shells[radius + 1] * d;
    if (!(sum <= ratio)) break;
    found = { radius, sum };
  }
  return found;
}

/** e^x for 0 ≤ x < 700 by repeated squaring of the series at x/1024: + and × only, the same bits everywhere. */
function exp(x: number): number {
  const y = x / 1024;
  let term = 1;
  let power = 1;
  for (let k = 1; k <= 16; ++k) {
    term *= y / k;
    power += term;
  }
  for (let k = 0; k < 10; ++k) power *= power;
  return power;
}

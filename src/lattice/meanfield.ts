// The mean-field theory on the lattice: couplings g0 |φ_{n,0}| into the least fixed point, with bounds on η_tot from
// the bounds on the couplings (the least fixed point is monotone in each of them), and the verdict on the avalanche.
import {
  checkFloat64Array,
  checkInteger,
  checkNumber,
  isFloat64Array,
  isInt32Array,
  readOptions,
  show,
} from '../core/check.js';
import { InputError } from '../core/errors.js';
import type { Branch, MeanFieldSolution } from '../meanfield/solve.js';
import type { LatticeCouplings } from './couplings.js';
import { MODEL_KEYS } from './model.js';

/** The overall coupling, and what counts as an avalanche. */
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

/** The mean-field solution of a lattice; arrays are of the orbitals found, in the order of the couplings. */
export interface LatticeMeanField {
  /** Renormalized reduced couplings; Infinity where e^logG is beyond the range of doubles. */
  g: Float64Array;
  /** log g. */
  logG: Float64Array;
  /** `[S](g_n)`, nats. */
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

/** Lattices have at most R = 120. */
const MAX_SITES = 29_041;

const COUPLING_KEYS = [
  'model',
  'sites',
  'potential',
  'energies',
  'phi0',
  'lower',
  'upper',
  'missing',
  'missingBound',
  'site',
  'method',
  'steps',
] as const;

/** What is used of a result of `latticeCouplings`, which may have been stored or sent in between. */
function checkCouplings(couplings: unknown) {
  if (couplings === undefined) throw new InputError('couplings', 'expected a result of latticeCouplings');
  const given = readOptions<LatticeCouplings>('couplings', couplings, COUPLING_KEYS, { nulls: true });
  if (!isFloat64Array(given.phi0)) {
    throw new InputError('couplings', 'expected a result of latticeCouplings');
  }
  const phi0 = checkFloat64Array('couplings.phi0', given.phi0, { min: 0, max: 4 });
  const n = { length: phi0.length, min: 0, max: 4 };
  const missing = checkInteger('couplings.missing', given.missing, { min: 0, max: MAX_SITES });
  const radius = checkInteger(
    'couplings.model.radius',
    readOptions<{ radius: unknown }>('couplings.model', given.model ?? {}, MODEL_KEYS, { nulls: true })
      .radius,
    { min: 1, max: 120 },
  );
  const count = 2 * radius * (radius + 1) + 1;
  const { site, sites } = given;
  if (!isInt32Array(sites) || sites.length !== 2 * count) {
    throw new InputError(
      'couplings.sites',
      `expected an Int32Array of ${2 * count} elements, got ${show(sites)}`,
    );
  }
  if (site != null && !(isInt32Array(site) && site.length === phi0.length)) {
    throw new InputError(
      'couplings.site',
      `expected null or an Int32Array of ${phi0.length} elements, got ${show(site)}`,
    );
  }
  const wrong = site?.find((s) => s < 0 || s >= count);
  if (wrong !== undefined) {
    throw new InputError('couplings.site', `holds ${wrong}, expected rows of sites, 0 to ${count - 1}`);
  }
  return {
    phi0,
    lower: checkFloat64Array('couplings.lower', given.lower, n),
    upper: checkFloat64Array('couplings.upper', given.upper, n),
    missing,
    missingBound: checkNumber('couplings.missingBound', given.missingBound, { min: 0, max: 4 }),
    potential: checkFloat64Array('couplings.potential', given.potential, { length: count }),
    site: site ?? null,
    sites,
    radius,
  };
}

const SOLUTION_KEYS = [
  'g',
  'logG',
  'entropy',
  'etaTot',
  'etaTotBounds',
  'avalanche',
  'certain',
  'slope',
] as const;

/** What is used of a result of `latticeMeanField`: couplings in an avalanche may be infinite. */
function checkSolution(solution: unknown, length: number) {
  if (solution === undefined) throw new InputError('solution', 'expected a result of latticeMeanField');
  const { g, etaTot } = readOptions<LatticeMeanField>('solution', solution, SOLUTION_KEYS);
  if (!isFloat64Array(g) || g.length !== length || g.some((x) => !(x >= 0))) {
    throw new InputError('solution.g', `expected ${length} couplings ≥ 0, got ${show(g)}`);
  }
  return { g, etaTot: checkNumber('solution.etaTot', etaTot, { min: 0 }) };
}

export function latticeMeanField(
  solve: (bare: Float64Array) => MeanFieldSolution,
  couplings: LatticeCouplings,
  options: LatticeMeanFieldOptions = {},
): LatticeMeanField {
  const { phi0, lower, upper, missing, missingBound, potential } = checkCouplings(couplings);
  const given = readOptions<LatticeMeanFieldOptions>('options', options, ['g0', 'threshold']);
  const g0 = checkNumber('options.g0', given.g0 ?? 1, { above: 0, max: 1e12 });
  const threshold = checkNumber('options.threshold', given.threshold ?? 0.5, { above: 0, max: 0.999 });
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
  options: LatticeBranchOptions = {},
): LatticeBranch[] {
  const { phi0 } = checkCouplings(couplings);
  const given = readOptions<LatticeBranchOptions>('options', options, ['g0']);
  const g0 = checkNumber('options.g0', given.g0 ?? 1, { above: 0, max: 1e12 });
  return branches(phi0.map((x) => g0 * x)).map(({ etaTot, stable, slope, tangent }) => ({
    etaTot,
    stable,
    slope,
    tangent,
  }));
}

/** The overall coupling. */
export interface LatticeBranchOptions {
  /** Overall coupling g0 of [CC22] (18), above 0, up to 1e12; 1 by default. */
  g0?: number;
}

/** The grain, and what counts as small. */
export interface GrainSpacingOptions {
  /** Dimension of the grain, above 0, up to 1e12; 1 by default. */
  dg?: number;
  /** Part of the level spacing that couplings may sum to, above 0; 0.1 by default. */
  ratio?: number;
}

/** The distance of grains that leaves the lattice between them localized. */
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
  options: GrainSpacingOptions = {},
): GrainSpacing | null {
  const { phi0, site, sites, radius: outer } = checkCouplings(couplings);
  if (!site) throw new InputError('couplings', 'expected couplings with sites: method local or dense');
  const { g, etaTot } = checkSolution(solution, phi0.length);
  const given = readOptions<GrainSpacingOptions>('options', options, ['dg', 'ratio']);
  const dg = checkNumber('options.dg', given.dg ?? 1, { above: 0, max: 1e12 });
  const ratio = checkNumber('options.ratio', given.ratio ?? 0.1, { above: 0, max: 1e12 });
  const shells = new Float64Array(outer + 1);
  for (let k = 0; k < site.length; ++k) {
    shells[Math.abs(sites[2 * site[k]]) + Math.abs(sites[2 * site[k] + 1])] += g[k];
  }
  // An avalanche has d beyond the range of doubles: then no finite sum is small against 1/d.
  if (!(etaTot < 600)) return null;
  const d = dg * exp(etaTot);
  let sum = 0;
  let found: GrainSpacing | null = null;
  for (let radius = outer - 1; radius >= 0; --radius) {
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

// The mean-field theory on the lattice: couplings g0 |φ_{n,0}| into the least fixed point, with bounds on η_tot from
// the bounds on the couplings (the least fixed point is monotone in each of them), and the verdict on the avalanche.
import { checkNumber, checkOptions } from '../core/check.js';
import { InputError } from '../core/errors.js';
import type { MeanFieldSolution } from '../meanfield/solve.js';
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

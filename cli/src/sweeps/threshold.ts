// W_th: the largest disorder at which a quasiperiodic lattice avalanches for some phase offset θ0. The offsets that
// avalanche last fill a narrow interval, so a grid over θ0 is refined around its most susceptible points.

import type { Core, LatticeModel } from 'emft';
import { InputError } from 'emft';
import { checkInteger, checkNumber, readOptions } from 'emft/check';

type Reading = Pick<LatticeModel, 'hopping' | 'potential' | 'amplitude' | 'breakpoint' | 'q'>;

export interface ThresholdOptions extends Pick<LatticeModel, 'radius'>, Reading {
  /** Coupling scale g0 of [CC22] (18); 1 by default. */
  g0?: number;
  /** Ends of the search for W, at which an avalanche must and must not occur. */
  from: number;
  to: number;
  /** Points of the grid over θ0; 96 by default. */
  angles?: number;
  /** Width of the bracket of W_th to stop at, relative; 0.01 by default. */
  tolerance?: number;
}

export interface Threshold {
  /** W_th lies in [low, high]: at `low` an avalanche was found, at `high` none. */
  low: number;
  high: number;
  /** An offset that avalanches at `low`. */
  theta0: number;
  /** Lattices that were solved. */
  lattices: number;
}

const TURN = 2 * Math.PI;
/** Most susceptible points of a grid that are refined, levels of refinement, and points a level. */
const REFINED = 4;
const LEVELS = 3;
const POINTS = 8;

const KEYS = [
  ...['radius', 'hopping', 'potential', 'amplitude', 'breakpoint', 'q'],
  ...['g0', 'from', 'to', 'angles', 'tolerance'],
];

/** Bisection, in equal ratios of W; deterministic. Throws an InputError where `from` and `to` do not bracket W_th. */
export function avalancheThreshold(core: Core, options: ThresholdOptions): Threshold {
  const given = readOptions<ThresholdOptions>('options', options, KEYS);
  const { radius, hopping, potential, amplitude, breakpoint, q } = given;
  const g0 = checkNumber('options.g0', given.g0 ?? 1, { above: 0 });
  const angles = checkInteger('options.angles', given.angles ?? 96, { min: 4 });
  const tolerance = checkNumber('options.tolerance', given.tolerance ?? 0.01, { min: 1e-6, max: 1 });
  let low = checkNumber('options.from', given.from, { above: 0 });
  let high = checkNumber('options.to', given.to, { above: low });
  let lattices = 0;

  /** Slope of the mean-field map at its least root, or Infinity for an avalanche. */
  function susceptibility(strength: number, theta0: number): number {
    lattices++;
    const model = { radius, hopping, potential, amplitude, breakpoint, q, strength, theta0 };
    const { avalanche, slope } = core.latticeMeanField(core.latticeCouplings({ ...model, method: 'band' }), {
      g0,
    });
    return avalanche ? Number.POSITIVE_INFINITY : slope;
  }

  /** An offset with an avalanche, or null. */
  function offset(strength: number, first: number | null): number | null {
    if (first !== null && susceptibility(strength, first) === Number.POSITIVE_INFINITY) return first;
    let points: { theta0: number; slope: number }[] = [];
    for (let i = 0; i < angles; ++i) {
      const theta0 = (TURN * i) / angles;
      const slope = susceptibility(strength, theta0);
      if (slope === Number.POSITIVE_INFINITY) return theta0;
      points.push({ theta0, slope });
    }
    let width = TURN / angles;
    for (let level = 0; level < LEVELS; ++level) {
      points.sort((a, b) => b.slope - a.slope || a.theta0 - b.theta0);
      const best = points.slice(0, REFINED);
      points = [...best];
      for (const { theta0: centre } of best) {
        for (let i = 0; i < POINTS; ++i) {
          const theta0 = centre + width * ((2 * i + 1) / POINTS - 1);
          const slope = susceptibility(strength, theta0);
          if (slope === Number.POSITIVE_INFINITY) return theta0;
          points.push({ theta0, slope });
        }
      }
      width *= 2 / POINTS;
    }
    return null;
  }

  let theta0 = offset(low, null);
  if (theta0 === null) throw new InputError('options.from', `no avalanche at W = ${low}: start lower`);
  if (offset(high, theta0) !== null)
    throw new InputError('options.to', `avalanches at W = ${high}: end higher`);
  while (high > low * (1 + tolerance)) {
    const middle = Math.sqrt(low * high);
    const found = offset(middle, theta0);
    if (found === null) high = middle;
    else {
      low = middle;
      theta0 = found;
    }
  }
  return { low, high, theta0, lattices };
}

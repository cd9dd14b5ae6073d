// The two ends of the crossover over W of the quasiperiodic lattice: the largest disorder at which every phase offset
// θ0 gives an avalanche, and W_th, the largest at which some offset does. The offsets that fail first and those that
// avalanche last fill narrow intervals, so that a grid over θ0 is refined around its best points. Intervals in which the refined grid
// has no point are not seen: what is found bounds the W of `some` from below, that of `every` from above.

import type { Core, LatticeModel } from 'emft';
import { checkChoice, checkInteger, checkNumber, InputError, readOptions } from 'emft/check';
import { halved, halvings, ratioMiddle } from '../common/bisection.js';
import { TURN } from '../common/constants.js';

type Reading = Pick<LatticeModel, 'hopping' | 'potential' | 'amplitude' | 'breakpoint' | 'q'>;

export interface ThresholdOptions extends Pick<LatticeModel, 'radius'>, Reading {
  /** Coupling scale g0 of [CC22] (18); 1 by default. */
  g0?: number;
  /**
   * Ends of the search for W: at `from` an avalanche must occur for some offset (for `every`: every
   * offset), at `to` it must not.
   */
  from: number;
  to: number;
  /** Points of the grid over θ0; 96 by default. */
  angles?: number;
  /** Relative width of the bracket at which the search stops; 0.01 by default. */
  tolerance?: number;
  /** Which offsets must avalanche up to the W sought: `some` (default) for W_th, or `every`. */
  offsets?: 'some' | 'every';
}

export interface Threshold {
  /** On the refined grid the W sought lies in [low, high]. */
  low: number;
  high: number;
  /** `some`: an offset that avalanches at `low`; `every`: one that fails at `high`. */
  theta0: number;
  /** Number of lattices that were solved. */
  lattices: number;
}

/** Points of a grid that are refined, levels of refinement, and points on each level. */
const REFINED = 4;
const LEVELS = 3;
const POINTS = 8;
/**
 * Halvings in the search for the g0 at which an avalanche fails, which measures how far the avalanche is from failing.
 */
const HALVINGS = 6;
/** Least g0 tried, relative to g0. */
const LEAST = 1 / 16;

const KEYS = [
  ...['radius', 'hopping', 'potential', 'amplitude', 'breakpoint', 'q'],
  ...['g0', 'from', 'to', 'angles', 'tolerance', 'offsets'],
];

interface OffsetSearch {
  core: Core;
  model: Omit<LatticeModel, 'strength'>;
  g0: number;
  angles: number;
  /** Whether an offset that fails is sought, and not one that avalanches. */
  failing: boolean;
}

interface Point {
  theta0: number;
  /** How near the offset is to one that is sought; Infinity if it is one. */
  nearness: number;
}

/** Bisection in equal ratios of W; deterministic. Throws an InputError if `from` and `to` are no bracket. */
export function avalancheThreshold(core: Core, options: ThresholdOptions): Threshold {
  const { from, to, tolerance, search } = checked(core, options);
  const { failing } = search;
  let [low, high] = [from, to];
  let lattices = 0;
  const offset = (strength: number, first: number | null): number | null => {
    for (const point of offsetPoints(search, strength, first)) {
      lattices++;
      if (point.nearness === Number.POSITIVE_INFINITY) return point.theta0;
    }
    return null;
  };
  // The offset found at one end of the bracket is tried first at the next W.
  let theta0 = offset(failing ? high : low, null);
  const absent = offset(failing ? low : high, theta0) === null;
  if (failing ? !absent : theta0 === null) {
    throw new InputError(
      'options.from',
      `${failing ? 'not every' : 'no'} offset avalanches at W = ${low}: start lower`,
    );
  }
  if (failing ? theta0 === null : !absent) {
    throw new InputError(
      'options.to',
      `${failing ? 'every' : 'some'} offset avalanches at W = ${high}: end higher`,
    );
  }
  const isLow = (strength: number) => {
    const found = offset(strength, theta0);
    theta0 = found ?? theta0;
    return (found === null) === failing;
  };
  for ([low, high] of halvings([from, to], isLow, ratioMiddle)) {
    if (!(high > low * (1 + tolerance))) break;
  }
  return { low, high, theta0: theta0!, lattices };
}

function checked(core: Core, options: ThresholdOptions) {
  const given = readOptions<ThresholdOptions>('options', options, KEYS);
  const { radius, hopping, potential, amplitude, breakpoint, q } = given;
  const offsets = checkChoice('options.offsets', given.offsets ?? 'some', ['some', 'every']);
  const search: OffsetSearch = {
    core,
    model: { radius, hopping, potential, amplitude, breakpoint, q },
    g0: checkNumber('options.g0', given.g0 ?? 1, { above: 0 }),
    angles: checkInteger('options.angles', given.angles ?? 96, { min: 4 }),
    failing: offsets === 'every',
  };
  const tolerance = checkNumber('options.tolerance', given.tolerance ?? 0.01, { min: 1e-6, max: 1 });
  const from = checkNumber('options.from', given.from, { above: 0 });
  const to = checkNumber('options.to', given.to, { above: from });
  return { from, to, tolerance, search };
}

/** The last offset found, a grid over the turn, and finer grids around its best points. */
function* offsetPoints(search: OffsetSearch, strength: number, first: number | null): Generator<Point> {
  const { angles } = search;
  const point = (theta0: number): Point => ({ theta0, nearness: nearness(search, strength, theta0) });
  if (first !== null) yield point(first);
  let points: Point[] = [];
  for (let i = 0; i < angles; ++i) {
    points.push(point((TURN * i) / angles));
    yield points.at(-1)!;
  }
  let width = TURN / angles;
  for (let level = 0; level < LEVELS; ++level) {
    points.sort((a, b) => b.nearness - a.nearness || a.theta0 - b.theta0);
    points = points.slice(0, REFINED);
    for (const { theta0: centre } of [...points]) {
      for (let i = 0; i < POINTS; ++i) {
        points.push(point(centre + width * ((2 * i + 1) / POINTS - 1)));
        yield points.at(-1)!;
      }
    }
    width *= 2 / POINTS;
  }
}

function nearness({ core, model, g0, failing }: OffsetSearch, strength: number, theta0: number): number {
  const couplings = core.latticeCouplings({ ...model, strength, theta0, method: 'band' });
  const { avalanche, slope } = core.latticeMeanField(couplings, { g0 });
  if (avalanche !== failing) return Number.POSITIVE_INFINITY;
  // The slope of the mean-field map at its least root grows to 1 where the avalanche begins.
  if (!failing) return slope;
  const fails = (share: number) => !core.latticeMeanField(couplings, { g0: g0 * share }).avalanche;
  return halved(HALVINGS, [LEAST, 1], fails, ratioMiddle)[1];
}

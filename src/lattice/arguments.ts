// The arguments of the methods of this room: each is read once, checked once, and defaults are filled in.
import { checkGrain } from '../meanfield/statistics.js';
import {
  checkBoolean,
  checkChoice,
  checkFloat64Array,
  checkInteger,
  checkNumber,
  type Name,
  readList,
  readOptions,
  show,
  within,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { isFloat64Array, isInt32Array, plainView } from '../wasm/typedArrays.js';
import { type BottleneckOptions, defaultDisc, MOST_RADIUS } from './bottleneck.js';
import type { Coupling, LatticeCouplings, LatticeOptions } from './couplings.js';
import type { GrainSpacingOptions } from './grainSpacing.js';
import type { HysteresisOptions } from './hysteresis.js';
import type {
  CheckedBranches,
  CheckedCouplings,
  LatticeBranchOptions,
  LatticeMeanField,
  LatticeMeanFieldOptions,
  MeanField,
} from './meanfield.js';
import {
  AMPLITUDE,
  BREAKPOINT,
  type CheckedModel,
  type LatticeModel,
  POTENTIALS,
  Q,
  siteCount,
} from './model.js';
import { latticeMethods, latticeRanges } from './ranges.js';

export const MODEL_KEYS = [
  'radius',
  'strength',
  'theta0',
  'random',
  'seed',
  'index',
  'hopping',
  'potential',
  'amplitude',
  'breakpoint',
  'q',
] as const;

export function checkModel(name: Name, model: LatticeModel): CheckedModel {
  if (model === undefined) throw new InputError(name, 'expected an object with radius and strength');
  return checkGiven(name, readOptions<LatticeModel>(name, model, MODEL_KEYS));
}

/** As `checkModel`, for options that have been read. */
export function checkGiven(name: Name, model: LatticeModel): CheckedModel {
  const random = checkBoolean(within(name, 'random'), model.random ?? false);
  if (random && model.theta0 !== undefined) {
    throw new InputError(
      within(name, 'theta0'),
      'random phases have no theta0: give one of random and theta0',
    );
  }
  if (random && model.seed === undefined)
    throw new InputError(within(name, 'seed'), 'random phases need a seed');
  if (!random && model.theta0 === undefined) {
    throw new InputError(within(name, 'theta0'), 'expected an angle, or random: true with a seed');
  }
  if (!random && (model.seed !== undefined || model.index !== undefined)) {
    throw new InputError(within(name, model.seed !== undefined ? 'seed' : 'index'), 'only with random: true');
  }
  if (random && model.q !== undefined) {
    throw new InputError(within(name, 'q'), 'random phases have no q: give one of random and q');
  }
  const potential = checkChoice(within(name, 'potential'), model.potential ?? 'triangle', POTENTIALS);
  if (potential !== 'triangle' && model.breakpoint !== undefined) {
    throw new InputError(within(name, 'breakpoint'), "only with potential: 'triangle'");
  }
  return {
    radius: checkInteger(within(name, 'radius'), model.radius, latticeRanges.radius),
    strength: checkNumber(within(name, 'strength'), model.strength, latticeRanges.strength),
    theta0: random ? null : checkNumber(within(name, 'theta0'), model.theta0, latticeRanges.theta0),
    seed: random ? checkInteger(within(name, 'seed'), model.seed) : 0,
    index: checkInteger(within(name, 'index'), model.index ?? 0, { min: 0 }),
    hopping: checkNumber(within(name, 'hopping'), model.hopping ?? 1, latticeRanges.hopping),
    potential,
    amplitude: checkNumber(
      within(name, 'amplitude'),
      model.amplitude ?? AMPLITUDE[potential],
      latticeRanges.amplitude,
    ),
    breakpoint:
      potential === 'triangle'
        ? checkNumber(within(name, 'breakpoint'), model.breakpoint ?? BREAKPOINT, latticeRanges.breakpoint)
        : null,
    q: random ? null : checkQ(within(name, 'q'), model.q),
  };
}

/** Two numbers in an array or a typed array. */
function checkQ(name: Name, given: unknown): readonly [number, number] {
  if (given === undefined) return Q;
  const list = readList(name, given);
  if (list?.length !== 2) throw new InputError(name, `expected two numbers, got ${show(given)}`);
  const [q1, q2] = Array.from(list, (x: unknown, i) => checkNumber(within(name, i), x, latticeRanges.q));
  return [q1, q2];
}

/** A model, and the options that say how its orbitals are found. */
export function checkCoupling(
  name: Name,
  options: LatticeOptions,
): { model: CheckedModel; coupling: Coupling } {
  if (options === undefined) throw new InputError(name, 'expected an object with radius and strength');
  const given = readOptions<LatticeOptions>(name, options, [
    ...MODEL_KEYS,
    'method',
    'resolution',
    'relative',
  ]);
  const model = checkGiven(name, given);
  const method = checkChoice(within(name, 'method'), given.method ?? 'auto', latticeMethods);
  const { resolution, relative } = given;
  if (resolution !== undefined)
    checkNumber(within(name, 'resolution'), resolution, { min: 1e-14, max: 1e-2 });
  if (relative !== undefined) checkNumber(within(name, 'relative'), relative, { min: 1e-12, max: 1e-3 });
  if (method === 'dense') checkInteger(within(name, 'radius'), model.radius, latticeRanges.denseRadius);
  return { model, coupling: { method, resolution, relative } };
}

/** Number of sites at the largest radius, R = 120. */
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

/** A plain view of an Int32Array whose memory is still there. */
function words(value: unknown): Int32Array | undefined {
  return isInt32Array(value) ? plainView(value, Int32Array) : undefined;
}

/** The fields of a result of `latticeCouplings` that are used; the object may have been stored or sent in between. */
export function checkCouplings(couplings: unknown): CheckedCouplings {
  if (couplings === undefined) throw new InputError('couplings', 'expected a result of latticeCouplings');
  const given = readOptions<LatticeCouplings>('couplings', couplings, COUPLING_KEYS, { nulls: true });
  if (!isFloat64Array(given.phi0)) {
    throw new InputError('couplings', 'expected a result of latticeCouplings');
  }
  const phi0 = checkFloat64Array(['couplings', 'phi0'], given.phi0, { min: 0, max: 4 });
  const n = { length: phi0.length, min: 0, max: 4 };
  const missing = checkInteger(['couplings', 'missing'], given.missing, { min: 0, max: MAX_SITES });
  const radius = checkInteger(
    ['couplings', 'model', 'radius'],
    readOptions<{ radius: unknown }>(['couplings', 'model'], given.model ?? {}, MODEL_KEYS, { nulls: true })
      .radius,
    { min: 1, max: 120 },
  );
  const count = siteCount(radius);
  const sites = words(given.sites);
  if (sites?.length !== 2 * count) {
    throw new InputError(
      ['couplings', 'sites'],
      `expected an Int32Array of ${2 * count} elements, got ${show(given.sites)}`,
    );
  }
  const site = given.site == null ? null : words(given.site);
  if (site !== null && site?.length !== phi0.length) {
    throw new InputError(
      ['couplings', 'site'],
      `expected null or an Int32Array of ${phi0.length} elements, got ${show(given.site)}`,
    );
  }
  const wrong = site?.find((s) => s < 0 || s >= count);
  if (wrong !== undefined) {
    throw new InputError(['couplings', 'site'], `holds ${wrong}, expected rows of sites, 0 to ${count - 1}`);
  }
  return {
    phi0,
    lower: checkFloat64Array(['couplings', 'lower'], given.lower, n),
    upper: checkFloat64Array(['couplings', 'upper'], given.upper, n),
    missing,
    missingBound: checkNumber(['couplings', 'missingBound'], given.missingBound, { min: 0, max: 4 }),
    potential: checkFloat64Array(['couplings', 'potential'], given.potential, { length: count }),
    site,
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

/** The fields of a result of `latticeMeanField` that are used; in an avalanche couplings may be infinite. */
export function checkSolution(solution: unknown, length: number): { g: Float64Array; etaTot: number } {
  if (solution === undefined) throw new InputError('solution', 'expected a result of latticeMeanField');
  const { g: given, etaTot } = readOptions<LatticeMeanField>('solution', solution, SOLUTION_KEYS);
  const g = isFloat64Array(given) ? plainView(given, Float64Array) : undefined;
  if (g?.length !== length || g.some((x) => !(x >= 0))) {
    throw new InputError(['solution', 'g'], `expected ${length} couplings ≥ 0, got ${show(given)}`);
  }
  return { g, etaTot: checkNumber(['solution', 'etaTot'], etaTot, { min: 0 }) };
}

/** g0 of [CC22] (18). */
function checkG0(g0: number | undefined): number {
  return checkNumber(['options', 'g0'], g0 ?? 1, latticeRanges.g0);
}

export function checkMeanField(options: LatticeMeanFieldOptions = {}): MeanField {
  const { g0, threshold, grain } = readOptions<LatticeMeanFieldOptions>('options', options, [
    'g0',
    'threshold',
    'grain',
  ]);
  const checked = checkNumber(['options', 'threshold'], threshold ?? 0.5, latticeRanges.threshold);
  return { threshold: checked, g0: checkG0(g0), grain: checkGrain('options', grain) };
}

export function checkBranches(options: LatticeBranchOptions = {}): CheckedBranches {
  const { g0, grain } = readOptions<LatticeBranchOptions>('options', options, ['g0', 'grain']);
  return { g0: checkG0(g0), grain: checkGrain('options', grain) };
}

export function checkSpacing(options: GrainSpacingOptions = {}): Required<GrainSpacingOptions> {
  const { dg, ratio } = readOptions<GrainSpacingOptions>('options', options, ['dg', 'ratio']);
  return {
    dg: checkNumber(['options', 'dg'], dg ?? 1, { above: 0, max: 1e12 }),
    ratio: checkNumber(['options', 'ratio'], ratio ?? 0.1, { above: 0, max: 1e12 }),
  };
}

/** The model at the first of the strengths, the strengths, g0 and the grain. */
export function checkHysteresis(options: HysteresisOptions) {
  if (options === undefined) throw new InputError('options', 'expected an object with radius and strengths');
  const keys = MODEL_KEYS.filter((key) => key !== 'strength');
  const {
    strengths: wanted,
    g0,
    grain,
    ...model
  } = readOptions<HysteresisOptions>('options', options, [...keys, 'strengths', 'g0', 'grain']);
  const strengths = checkFloat64Array(['options', 'strengths'], wanted, latticeRanges.strength).slice();
  const { min = 0, max } = latticeRanges.strengths;
  if (strengths.length < min || strengths.length > max) {
    throw new InputError(
      ['options', 'strengths'],
      `expected ${min} to ${max} strengths, got ${strengths.length}`,
    );
  }
  const turn = strengths.findIndex((w, i) => i > 0 && !(w > strengths[i - 1]));
  if (turn >= 0) {
    throw new InputError(
      ['options', 'strengths'],
      `expected ascending values, element ${turn} is ${strengths[turn]} after ${strengths[turn - 1]}`,
    );
  }
  const how: CheckedBranches = { g0: checkG0(g0), grain: checkGrain('options', grain) };
  return { model: checkGiven('options', { ...model, strength: strengths[0] }), strengths, how };
}

export function checkBottleneck(options: BottleneckOptions): Required<BottleneckOptions> {
  if (options === undefined) throw new InputError('options', 'expected an object with zeta');
  const given = readOptions<BottleneckOptions>('options', options, ['zeta', 'radius', 'threshold', 'grain']);
  const zeta = checkNumber(['options', 'zeta'], given.zeta, { min: 0.02, max: 10 });
  const threshold = checkNumber(['options', 'threshold'], given.threshold ?? 0.5, latticeRanges.threshold);
  const radius = checkInteger(['options', 'radius'], given.radius ?? defaultDisc(zeta), {
    min: 1,
    max: MOST_RADIUS,
  });
  return { zeta, radius, threshold, grain: checkGrain('options', given.grain) };
}

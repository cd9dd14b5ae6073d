// The two-dimensional lattice: sites, phases and potential. Only + − × / and floor: the same bits on every host.
import { checkBoolean, checkInteger, checkNumber, readOptions } from '../core/check.js';
import { InputError } from '../core/errors.js';

const TURN = 2 * Math.PI;
/** 2π/q₁ with q₁ = π(1 + √5): where the potential turns in [CC22]. */
const BREAKPOINT = 2 / (1 + Math.sqrt(5));
/** Randomness of the potential is drawn from this stream of the generator. */
export const PHASE_STREAM = 1;

/** H = t Σ_⟨n,m⟩ c†_n c_m + Σ_n V(θ_n) c†_n c_n on the sites |n1| + |n2| ≤ radius ([CC22] (15)). */
export interface LatticeModel {
  /** R, 1 … 120; the lattice has 2R² + 2R + 1 sites. */
  radius: number;
  /** W > 0: V(0) = W, V(breakpoint) = −W, linear between, 2π-periodic. */
  strength: number;
  /** Quasiperiodic phases θ_n = π(1 + √5) n1 + π(1 + √3) n2 + theta0, in radians. */
  theta0?: number;
  /** Random phases, uniform on (0, 2π) and independent, in place of quasiperiodic ones. */
  random?: boolean;
  /** Seed of random phases: any safe integer. */
  seed?: number;
  /** Which realization of that seed; 0 by default. */
  index?: number;
  /** Hopping t; 1 by default. */
  hopping?: number;
  /** Where V reaches −W, in (0, 2π) radians; 2/(1 + √5) by default. */
  breakpoint?: number;
}

export const MODEL_KEYS = [
  'radius',
  'strength',
  'theta0',
  'random',
  'seed',
  'index',
  'hopping',
  'breakpoint',
] as const;

/** A checked model, every default filled in. */
export interface CheckedModel {
  /** R. */
  radius: number;
  /** W. */
  strength: number;
  /** Radians; null for random phases. */
  theta0: number | null;
  /** 0 without random phases. */
  seed: number;
  /** The realization; 0 without random phases. */
  index: number;
  /** t. */
  hopping: number;
  /** Where V reaches −W, radians. */
  breakpoint: number;
}

export function checkModel(name: string, model: LatticeModel): CheckedModel {
  if (model === undefined) throw new InputError(name, 'expected an object with radius and strength');
  return checkGiven(name, readOptions<LatticeModel>(name, model, MODEL_KEYS));
}

/** The same for options that have been read. */
export function checkGiven(name: string, model: LatticeModel): CheckedModel {
  const random = checkBoolean(`${name}.random`, model.random ?? false);
  if (random && model.theta0 !== undefined) {
    throw new InputError(`${name}.theta0`, 'random phases have no theta0: give one of random and theta0');
  }
  if (random && model.seed === undefined) throw new InputError(`${name}.seed`, 'random phases need a seed');
  if (!random && model.theta0 === undefined) {
    throw new InputError(`${name}.theta0`, 'expected an angle, or random: true with a seed');
  }
  if (!random && (model.seed !== undefined || model.index !== undefined)) {
    throw new InputError(`${name}.${model.seed !== undefined ? 'seed' : 'index'}`, 'only with random: true');
  }
  return {
    radius: checkInteger(`${name}.radius`, model.radius, { min: 1, max: 120 }),
    strength: checkNumber(`${name}.strength`, model.strength, { above: 0, max: 1e9 }),
    theta0: random ? null : checkNumber(`${name}.theta0`, model.theta0, { min: -1e6, max: 1e6 }),
    seed: random ? checkInteger(`${name}.seed`, model.seed) : 0,
    index: checkInteger(`${name}.index`, model.index ?? 0, { min: 0 }),
    hopping: checkNumber(`${name}.hopping`, model.hopping ?? 1, { min: 1e-9, max: 1e9 }),
    breakpoint: checkNumber(`${name}.breakpoint`, model.breakpoint ?? BREAKPOINT, {
      min: 1e-6,
      max: TURN - 1e-6,
    }),
  };
}

/** 2R² + 2R + 1. */
export function siteCount(radius: number): number {
  return 2 * radius * (radius + 1) + 1;
}

/**
 * Coordinates (n1, n2) of every site, interleaved, in diagonal order: by n1 + n2, then by n1 − n2. In this order the
 * neighbours of site i are i ± R and i ± (R + 1), where they exist; the origin is the middle site.
 */
export function siteCoordinates(radius: number): Int32Array {
  const sites = new Int32Array(2 * siteCount(radius));
  let at = 0;
  for (let u = -radius; u <= radius; ++u) {
    const reach = (u + radius) % 2 === 0 ? radius : radius - 1;
    for (let v = -reach; v <= reach; v += 2) {
      sites[at++] = (u + v) / 2;
      sites[at++] = (u - v) / 2;
    }
  }
  return sites;
}

// (1 + √5)/2 − 1 and (1 + √3)/2 − 1 in two parts: the first has 40 bits, so that its multiples are exact.
const GOLDEN = [679535556991 / 2 ** 40, 2.646228479186005e-13] as const;
const SILVER = [402449187522 / 2 ** 40, 3.599844800045848e-13] as const;

function fraction(x: number): number {
  return x - Math.floor(x);
}

/** θ_n/2π in [0, 1) of the quasiperiodic lattice, to 2e-16: whole turns are dropped before anything is rounded. */
export function phaseTurn(n1: number, n2: number, theta0: number): number {
  const high = fraction(fraction(n1 * GOLDEN[0]) + fraction(n2 * SILVER[0]));
  return fraction(high + (n1 * GOLDEN[1] + n2 * SILVER[1] + theta0 / TURN));
}

/** V(θ) for θ/2π in [0, 1]. */
export function potentialAt(turn: number, strength: number, breakpoint: number): number {
  const x = TURN * turn;
  if (x < breakpoint) return strength * (1 - 2 * (x / breakpoint));
  return strength * (2 * ((x - breakpoint) / (TURN - breakpoint)) - 1);
}

/** V(θ_n) of every site in diagonal order; `uniforms` draws `count` deviates for random phases. */
export function sitePotential(
  model: CheckedModel,
  sites: Int32Array,
  uniforms: (key: { seed: number; stream: number; index: number }, count: number) => Float64Array,
): Float64Array {
  const { theta0, seed, index, strength, breakpoint } = model;
  const n = sites.length / 2;
  const drawn = theta0 === null ? uniforms({ seed, stream: PHASE_STREAM, index }, n) : null;
  const potential = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const turn = drawn ? drawn[i] : phaseTurn(sites[2 * i], sites[2 * i + 1], theta0!);
    potential[i] = potentialAt(turn, strength, breakpoint);
  }
  return potential;
}

/** The two off-diagonals of H in diagonal order: `near` at distance R, `far` at R + 1, `n` elements each. */
export function siteHopping(radius: number, hopping: number): { near: Float64Array; far: Float64Array } {
  const n = siteCount(radius);
  const near = new Float64Array(n);
  const far = new Float64Array(n);
  const period = 2 * radius + 1;
  for (let i = 0; i + radius < n; ++i) {
    if (i % period !== 0) near[i] = hopping;
    if (i % period !== radius && i + radius + 1 < n) far[i] = hopping;
  }
  return { near, far };
}

// The two-dimensional lattice: sites, phases and potential. Only + − × / and floor: the same bits on every host.

import { keyWords, uniforms } from '../random/draw.js';
import type { Runtime } from '../wasm/runtime.js';

export const TURN = 2 * Math.PI;
/** 2π/q₁ with q₁ = π(1 + √5): where the potential turns in [CC22]. */
export const BREAKPOINT = 2 / (1 + Math.sqrt(5));
/** Randomness of the potential is drawn from this stream of the generator. */
const PHASE_STREAM = 1;

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

/** 2R² + 2R + 1. */
function siteCount(radius: number): number {
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

/** V(θ_n) of every site in diagonal order. */
function sitePotential(runtime: Runtime, model: CheckedModel, sites: Int32Array): Float64Array {
  const { theta0, seed, index, strength, breakpoint } = model;
  const n = sites.length / 2;
  const drawn = theta0 === null ? uniforms(runtime, keyWords(seed, PHASE_STREAM, index), n) : null;
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

/** A model on its sites: what every method computes with. */
export interface Lattice {
  model: CheckedModel;
  /** Number of sites N; the origin is the middle one. */
  n: number;
  /** (n1, n2) of every site, interleaved, in diagonal order, and V(θ_n) there. */
  sites: Int32Array;
  potential: Float64Array;
  /** Off-diagonals of H at distance R and R + 1 in that order. */
  near: Float64Array;
  far: Float64Array;
  /** A bound on ‖H‖: W + 4t. */
  norm: number;
}

export function placeLattice(runtime: Runtime, model: CheckedModel): Lattice {
  const { radius, strength, hopping } = model;
  const sites = siteCoordinates(radius);
  return {
    model,
    n: sites.length / 2,
    sites,
    potential: sitePotential(runtime, model, sites),
    ...siteHopping(radius, hopping),
    norm: strength + 4 * hopping,
  };
}

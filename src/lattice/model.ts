// The two-dimensional lattice: sites, phases and potential. Only + − × / and floor are used, which give
// the same bits on every host.

import { keyWords, uniforms } from '../random/draw.js';
import type { Runtime } from '../wasm/runtime.js';
import { cosineOfTurn } from './cosine.js';

export const TURN = 2 * Math.PI;
/** 2/(1 + √5) = 2π/q₁ for q₁ = π(1 + √5): the phase at which the potential of [CC22] is least. */
export const BREAKPOINT = 2 / (1 + Math.sqrt(5));
/** (q₁, q₂) of [CC22]. */
export const Q: readonly [number, number] = [Math.PI * (1 + Math.sqrt(5)), Math.PI * (1 + Math.sqrt(3))];
/** Shape of V: see `LatticeModel.potential`. */
export type LatticePotential = 'triangle' | 'aubry-andre';
/** The shapes that V may have. */
export const POTENTIALS: readonly LatticePotential[] = ['triangle', 'aubry-andre'];
/** V(0) in units of W when it is not given: V = 2W cos θ is the convention of Aubry and André. */
export const AMPLITUDE: Readonly<Record<LatticePotential, number>> = { triangle: 1, 'aubry-andre': 2 };
/** Random phases are drawn from this stream of the generator. */
const PHASE_STREAM = 1;

/** H = t Σ_⟨n,m⟩ c†_n c_m + Σ_n V(θ_n) c†_n c_n on the sites |n1| + |n2| ≤ radius ([CC22] (15)). */
export interface LatticeModel {
  /** R, 1 … 120; the lattice has 2R² + 2R + 1 sites. */
  radius: number;
  /** W > 0, up to 1e9: V(0) = amplitude · W. Only W/t matters to the orbitals. */
  strength: number;
  /** Quasiperiodic phases θ_n = q₁ n1 + q₂ n2 + theta0, in radians. */
  theta0?: number;
  /** Random phases, uniform on (0, 2π) and independent, in place of quasiperiodic ones. */
  random?: boolean;
  /** Seed of random phases: any safe integer. */
  seed?: number;
  /** The realization of that seed; 0 by default. */
  index?: number;
  /**
   * Hopping t, 1e-9 … 1e9; 1 by default, as [CC22] prints. Its W_th ≈ 45 and its Fig. 4 are reproduced with 0.41, the
   * J₁ of its Sec. VI: docs/readings.md.
   */
  hopping?: number;
  /**
   * Shape of V, 2π-periodic. `triangle` (default), as [CC22] prints: linear from V(0) = amplitude · W to
   * V(breakpoint) = −amplitude · W and back. `aubry-andre`: V(θ) = amplitude · W cos θ, which has centres of inversion
   * that the triangle has not.
   */
  potential?: LatticePotential;
  /** V(0) in units of W, 1e-3 … 1e3; by default 1 for `triangle` and 2 for `aubry-andre`. */
  amplitude?: number;
  /** Phase at which the triangle is least, 1e-6 … 2π − 1e-6 rad; 2/(1 + √5) by default. Only for `triangle`. */
  breakpoint?: number;
  /** (q₁, q₂) in radians a site, each from −1e3 to 1e3; π(1 + √5), π(1 + √3) by default. Not with random phases. */
  q?: readonly [number, number];
}

/** A checked model, every default filled in. */
export interface CheckedModel {
  /** R. */
  radius: number;
  /** W. */
  strength: number;
  /** Radians; null for random phases. */
  theta0: number | null;
  /** Seed of random phases; 0 without them. */
  seed: number;
  /** Realization of random phases; 0 without them. */
  index: number;
  /** t. */
  hopping: number;
  /** Shape of V. */
  potential: LatticePotential;
  /** V(0)/W. */
  amplitude: number;
  /** Phase at which V is least, radians; null for a shape without this parameter. */
  breakpoint: number | null;
  /** Radians a site; null for random phases. */
  q: readonly [number, number] | null;
}

/** The largest |V|, to be compared with the hopping. */
export function depth({ amplitude, strength }: CheckedModel): number {
  return amplitude * strength;
}

/** The number of sites, 2R² + 2R + 1. */
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

/** As `phaseTurn` for other q, up to the rounding of n·q/2π. */
function turnOf(n1: number, n2: number, theta0: number, [q1, q2]: readonly [number, number]): number {
  if (q1 === Q[0] && q2 === Q[1]) return phaseTurn(n1, n2, theta0);
  return fraction(fraction(n1 * (q1 / TURN)) + fraction(n2 * (q2 / TURN)) + theta0 / TURN);
}

/** V(θ) of the triangle for θ/2π in [0, 1], with `strength` its largest value. */
export function potentialAt(turn: number, strength: number, breakpoint: number): number {
  const x = TURN * turn;
  if (x < breakpoint) return strength * (1 - 2 * (x / breakpoint));
  return strength * (2 * ((x - breakpoint) / (TURN - breakpoint)) - 1);
}

/** V(θ_n) of every site in diagonal order. */
function sitePotential(runtime: Runtime, model: CheckedModel, sites: Int32Array): Float64Array {
  const { theta0, seed, index, breakpoint, q } = model;
  const largest = depth(model);
  const n = sites.length / 2;
  const drawn = theta0 === null ? uniforms(runtime, keyWords(seed, PHASE_STREAM, index), n) : null;
  const potential = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const turn = drawn ? drawn[i] : turnOf(sites[2 * i], sites[2 * i + 1], theta0!, q!);
    potential[i] =
      breakpoint === null ? largest * cosineOfTurn(turn) : potentialAt(turn, largest, breakpoint);
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

/** A model on its sites, the input of every method. */
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
  /** A bound on ‖H‖: the largest |V| plus 4t. */
  norm: number;
}

export function placeLattice(runtime: Runtime, model: CheckedModel): Lattice {
  const { radius, hopping } = model;
  const sites = siteCoordinates(radius);
  return {
    model,
    n: sites.length / 2,
    sites,
    potential: sitePotential(runtime, model, sites),
    ...siteHopping(radius, hopping),
    norm: depth(model) + 4 * hopping,
  };
}

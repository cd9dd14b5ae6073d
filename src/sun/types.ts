// Argument and result types of this room.
import type { MatrixNumbers, Numbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';

/** What a sun conserves: nothing, or the number of up spins, S^z of dot and spins together. */
export type SunSymmetry = 'none' | 'u1';

/** Parameters of a random sun. */
export interface RandomSunOptions {
  /** Number L of spins outside of the dot, 1 … 20. */
  spins: number;
  /** α > 0 of the couplings g_0 α^{u_j}. */
  alpha: number;
  /** Any safe integer. */
  seed: number;
  /** Realization, 0 by default. */
  sample?: number;
  /** Number n_d of spins in the dot, 1 … 8; 3 by default. */
  dotSpins?: number;
  /** g_0, coupling of the first spin; 1 by default. */
  g0?: number;
  /** γ = √(E tr H_dot² / 2^{n_d}); 1 by default. */
  gamma?: number;
  /** ζ ≥ 0: u_j is uniform on [j − 1 − ζ, j − 1 + ζ] for j > 1, u_1 = 0; 0.2 by default. */
  zeta?: number;
  /** Ends of the interval on which h_j is uniform; [0.5, 1.5] by default. */
  fields?: Numbers;
  /** `none`, the default: couplings S^x S^x; `u1`: S^x S^x + S^y S^y, and a dot that keeps its number of up spins. */
  conserve?: SunSymmetry;
}

/**
 * H = H_dot + Σ J_j S^x_{n(j)} S^x_j + Σ h_j S^z_j, spin operators with eigenvalues ±½; with `u1` S^x S^x + S^y S^y. Sites
 * 0 … n_d − 1 are the dot, n_d + j − 1 is spin j: bit i of a configuration is site i, 0 up, as for `spins`.
 */
export interface SunModel {
  /** H_dot: d rows of d numbers, or d² numbers, d = 2^{n_d}; symmetric. */
  dot: MatrixNumbers;
  /** h_j of the L spins. */
  fields: Numbers;
  /** J_j. */
  couplings: Numbers;
  /** n(j): the site of the dot, 0 … n_d − 1, that each spin couples to. */
  partners: Numbers | Int32Array;
  /** `none` by default. */
  conserve?: SunSymmetry;
}

/** A random sun, in the form that `sunOperator` takes. */
export interface RandomSunModel {
  /** H_dot: 4^{n_d} numbers, exactly symmetric. */
  dot: Float64Array;
  /** h_j of the L spins. */
  fields: Float64Array;
  /** J_j = g_0 α^{u_j}. */
  couplings: Float64Array;
  /** n(j), 0 … n_d − 1. */
  partners: Int32Array;
  /** As it was asked for. */
  conserve: SunSymmetry;
}

/** The part of the space in which a sun is. */
export interface SunSector {
  /** Number of up spins, dot and spins together, of a sun with `conserve: 'u1'`; any by default. */
  up?: number;
}

/** As `SunSector`, with the options that watch the call. */
export interface SunSectorAsync extends SunSector, Watch {}

/** A sun, and the pairs of states to average over. */
export interface SunCouplingsOptions extends SunModel {
  /** Width of the energy shell around resonance; by default an eighth of the dot's spectrum. */
  shell?: number;
}

/** As `SunCouplingsOptions`, with the options that watch the call. */
export interface SunCouplingsAsyncOptions extends SunCouplingsOptions, Watch {}

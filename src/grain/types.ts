// What this room takes and gives.
import type { MatrixNumbers, Numbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';
import type { GrainReadingName } from './readings.js';

/**
 * H = H_g + Σ h_n σ_n^z + Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y), Pauli matrices. Basis index = a 2^N + Σ b_n 2^n,
 * n = 0 … N−1, b_n = 0 is up (σ^z = +1); bit 0 of the grain state a is the grain spin that couples.
 */
export interface GrainModel {
  /** H_g: d_g rows of d_g numbers, or d_g² numbers; symmetric. d_g is a power of two ≥ 2. */
  grain: MatrixNumbers;
  /** h_n of the N l-bits, N ≥ 0. */
  fields: Numbers;
  /** J_n; the flip-flop matrix element is 2 J_n. */
  couplings: Numbers;
}

/** A drawn model, as `diagonalizeGrain` takes it. */
export interface RandomGrainModel {
  /** H_g: d_g² numbers, exactly symmetric. */
  grain: Float64Array;
  /** h_n of the N l-bits. */
  fields: Float64Array;
  /** J_n. */
  couplings: Float64Array;
}

/** Parameters of a random model. */
export interface RandomGrainOptions {
  /** α ≥ 0 of J_n = J_1 α^{n−1}. */
  alpha: number;
  /** Number of l-bits N, 0 … 24. */
  n: number;
  /** Any safe integer. */
  seed: number;
  /** Realization, 0 by default. */
  sample?: number;
  /**
   * What `grainDimension` and `j1` are where they are not given, one of `grainReadings`: 'printed' (8, 0.41), the default;
   * 'dg256' (256, 0.41); 'dg64' (64, 0.82).
   */
  reading?: GrainReadingName;
  /** d_g, a power of two from 2 to 2¹⁴; by default that of the reading. */
  grainDimension?: number;
  /** Mean field; 1 by default. */
  h?: number;
  /** h_n is uniform on [h − deltaH, h + deltaH]; 0.1 by default. */
  deltaH?: number;
  /** J_1; by default that of the reading. */
  j1?: number;
  /** √(E tr H_g²/d_g), 0 … 1e296; 1.5 by default. */
  grainScale?: number;
}

/**
 * `{ energy, count }`: the `count` eigenstates nearest to an energy. `{ from, to }`: all with from ≤ E ≤ to.
 * `{ fraction }`: the middle part of the spectrum, by state number; in (0, 1].
 */
export type GrainWindow =
  | {
      /** The energy they are nearest to, within the spectrum. */
      energy: number;
      /** How many, 1 … D. */
      count: number;
    }
  | {
      /** Least energy. */
      from: number;
      /** Largest energy. */
      to: number;
    }
  | {
      /** Part of the D states, in (0, 1]. */
      fraction: number;
    };

/** Which eigenstates of a model are wanted, and how they are found. */
export interface StatesOptions {
  /** Which eigenstates are measured and returned; all by default. */
  window?: GrainWindow;
  /**
   * `dense` forms H and needs three D × D matrices; `filtered` finds the states of a window { energy, count } by
   * polynomially filtered Lanczos without H. `auto` is dense where that fits and is not slower. Where Lanczos does not
   * find all of the states, as at levels with many copies, dense takes its place if it fits: `method` of the result says
   * so, and there is no `work`.
   */
  method?: 'auto' | 'dense' | 'filtered';
  /** Whether to return the eigenvectors; false by default. */
  vectors?: boolean;
  /**
   * Whether to check the states against the model; false by default. `residual` and `orthogonality` are then part of the
   * result, and one above 60 is a ConvergenceError. Takes ½ D³ multiplications and additions for all states, about a fifth
   * of the time.
   */
  verify?: boolean;
}

/** A model and which of its eigenstates are wanted, in one. */
export interface DiagonalizeOptions extends GrainModel, StatesOptions {}

/** As `StatesOptions`, with what watches the call. */
export interface StatesAsyncOptions extends StatesOptions, Watch {}

/** As `DiagonalizeOptions`, with what watches the call. */
export interface DiagonalizeAsyncOptions extends DiagonalizeOptions, Watch {}

/** Eigenstates of a model and what is measured in them, l-bit by l-bit. */
export interface GrainEigenstates {
  /** `count` eigenvalues of the window (all D without one), ascending. */
  eigenvalues: Float64Array;
  /** `[S_n]`: N entropies (nats, 0 … log 2), each averaged over these states. */
  meanEntropy: Float64Array;
  /** S_na: one array an l-bit, one entry an eigenstate, in the order of the eigenvalues. */
  entropies: Float64Array[];
  /** Czz_n = average over these states of ⟨a|σ_n^z|a⟩². */
  czz: Float64Array;
  /** ⟨a|σ_n^z|a⟩, laid out as `entropies`. */
  polarizations: Float64Array[];
  /** Mean gap ratio of these eigenvalues; NaN for fewer than three, and where all are equal. */
  gapRatio: number;
  /** The method that ran. */
  method: 'dense' | 'filtered';
  /** With `vectors: true`: eigenvector k is `vectors.subarray(k*D, (k+1)*D)`. */
  vectors?: Float64Array;
  /** Where `filtered` was asked for or taken: |H z − E z| of each eigenpair. */
  residuals?: Float64Array;
  /** Where `method` of the result is `filtered`: the work done. */
  work?: FilteredWork;
  /** With `verify`: ‖H Z − Z E‖₁ / (‖H‖₁ D ulp), ulp = 2⁻⁵². */
  residual?: number;
  /** With `verify`: ‖I − Zᵀ Z‖₁ / (D ulp). */
  orthogonality?: number;
}

/** What polynomially filtered Lanczos took. */
export interface FilteredWork {
  /** Products H v made. */
  products: number;
  /** Degree of the polynomial. */
  degree: number;
  /** Dimension of the Krylov space. */
  subspace: number;
  /** Bound of |H|. */
  norm: number;
}

/** A model, the l-bit that is looked at, and the pairs of states that are averaged over. */
export interface ReducedCouplingOptions extends GrainModel {
  /** The l-bit n, 0 … N − 1; 0 by default. */
  spin?: number;
  /** Middle part of the rest's eigenstates that is averaged over, in (0, 1]; 0.25 by default. */
  fraction?: number;
  /** Width of the energy shell around resonance; by default a sixteenth of the rest's spectrum. */
  shell?: number;
}

/** As `ReducedCouplingOptions`, with what watches the call. */
export interface ReducedCouplingAsyncOptions extends ReducedCouplingOptions, Watch {}

/** The reduced coupling of one l-bit, as measured. */
export interface ReducedCoupling {
  /** g_n = ρ[|V_n,ab|], (3). */
  g: number;
  /** [|V_n,ab|] of the pairs in the shell. */
  meanElement: number;
  /** √[V_n,ab²] of the same pairs: √(π/2) times the mean when the elements are Gaussian. */
  rmsElement: number;
  /** ρ = g/[|V|]: levels b per energy at resonance with a state a. */
  density: number;
  /** Number of pairs. */
  pairs: number;
  /** Perturbative norms g_na (5) of the averaged states a↑, then b↓. */
  norms: Float64Array;
}

/** A mean and how well it is known. */
export interface MeanAndError {
  /** Arithmetic mean. */
  mean: number;
  /** Standard error of the mean. */
  error: number;
}

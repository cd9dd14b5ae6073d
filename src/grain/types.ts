// Argument and result types of this room.
import type { ModelStatistics } from '../meanfield/statistics.js';
import type { MatrixNumbers, Numbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';
import type { GrainReadingName } from './readings.js';

/**
 * H = H_g + Σ h_n σ_n^z + Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y), Pauli matrices. Basis index = a 2^N + Σ b_n 2^n,
 * n = 0 … N−1, b_n = 0 is up (σ^z = +1); bit 0 of the grain state a is the grain spin that couples.
 */
export interface GrainModel {
  /** H_g: d_g rows of d_g numbers, or d_g² numbers; symmetric. d_g is a power of two ≥ 2. With `complex` twice as many. */
  grain: MatrixNumbers;
  /** Whether H_g is Hermitian, its numbers in pairs, real and imaginary part; false by default. */
  complex?: boolean;
  /** h_n of the N l-bits, N ≥ 0. */
  fields: Numbers;
  /** J_n; the flip-flop matrix element is 2 J_n. */
  couplings: Numbers;
}

/** A random model, in the form that `diagonalizeGrain` takes. */
export interface RandomGrainModel {
  /** H_g: d_g² numbers, exactly symmetric; of a complex grain 2 d_g², exactly Hermitian. */
  grain: Float64Array;
  /** True of a complex grain. */
  complex?: boolean;
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
   * Sets `grainDimension` and `j1` where they are not given, one of `grainReadings`: 'printed' (8, 0.41), the default;
   * 'dg256' (256, 0.41); 'dg64' (64, 0.82).
   */
  reading?: GrainReadingName;
  /** d_g, a power of two from 2 to 2¹⁴; by default the value of the reading. */
  grainDimension?: number;
  /** Mean field; 1 by default. */
  h?: number;
  /** h_n is uniform on [h − deltaH, h + deltaH]; 0.1 by default. */
  deltaH?: number;
  /** J_1; by default the value of the reading. */
  j1?: number;
  /** √(E tr H_g²/d_g), 0 … 1e296; 1.5 by default. */
  grainScale?: number;
  /**
   * Level statistics of the grain: 'goe', the default, real symmetric; 'gue', complex Hermitian; 'poisson', independent levels,
   * uniform on an interval, with states that have no direction.
   */
  grain?: ModelStatistics;
}

/**
 * `{ energy, count }`: the `count` eigenstates nearest to an energy. `{ from, to }`: all with from ≤ E ≤ to.
 * `{ fraction }`: the middle part of the spectrum, by state number; in (0, 1].
 */
export type GrainWindow =
  | {
      /** The states nearest to this energy, which lies within the spectrum. */
      energy: number;
      /** Number of states, 1 … D. */
      count: number;
    }
  | {
      /** Least energy. */
      from: number;
      /** Largest energy. */
      to: number;
    }
  | {
      /** Share of the D states, in (0, 1]. */
      fraction: number;
    };

/** Which eigenstates of a model are wanted, and how they are found. */
export interface StatesOptions {
  /** Which eigenstates are measured and returned; all by default. */
  window?: GrainWindow;
  /**
   * `dense` forms H and needs three D × D matrices; `filtered` finds the states of a window { energy, count } by
   * polynomially filtered Lanczos without H. `auto` is dense where that fits and is not slower. Where Lanczos does not
   * find all of the states, as for levels with many copies, `auto` falls back to dense if it fits: `method` of the
   * result then says so, and there is no `work`.
   */
  method?: 'auto' | 'dense' | 'filtered';
  /** Whether to return the eigenvectors; false by default. */
  vectors?: boolean;
  /**
   * Whether to check the states against the model; false by default. `residual` and `orthogonality` are then part of
   * the result, and a value above 60 is a ConvergenceError. For all states the check takes ½ D³ multiplications and
   * additions, about a fifth of the time.
   */
  verify?: boolean;
}

/** A model and which of its eigenstates are wanted, in one object. */
export interface DiagonalizeOptions extends GrainModel, StatesOptions {}

/** As `StatesOptions`, with the options that watch the call. */
export interface StatesAsyncOptions extends StatesOptions, Watch {}

/** As `DiagonalizeOptions`, with the options that watch the call. */
export interface DiagonalizeAsyncOptions extends DiagonalizeOptions, Watch {}

/** Eigenstates of a model, and the quantities measured in them for each l-bit. */
export interface GrainEigenstates {
  /** `count` eigenvalues of the window (all D without one), ascending. */
  eigenvalues: Float64Array;
  /** `[S_n]`: N entropies (nats, 0 … log 2), each averaged over these states. */
  meanEntropy: Float64Array;
  /** S_na: one array for each l-bit, one entry for each eigenstate, in the order of the eigenvalues. */
  entropies: Float64Array[];
  /** Czz_n = average over these states of ⟨a|σ_n^z|a⟩². */
  czz: Float64Array;
  /** ⟨a|σ_n^z|a⟩, laid out as `entropies`. */
  polarizations: Float64Array[];
  /** Mean gap ratio of these eigenvalues; NaN for fewer than three, and where all are equal. */
  gapRatio: number;
  /** The method that ran. */
  method: 'dense' | 'filtered';
  /** With `vectors: true`: eigenvector k is `vectors.subarray(k*D, (k+1)*D)`; of a complex grain twice that, in pairs. */
  vectors?: Float64Array;
  /** When `filtered` was asked for or chosen: |H z − E z| of each eigenpair. */
  residuals?: Float64Array;
  /** When `method` of the result is `filtered`: the work done. */
  work?: FilteredWork;
  /** With `verify`: ‖H Z − Z E‖₁ / (‖H‖₁ D ulp), ulp = 2⁻⁵². */
  residual?: number;
  /** With `verify`: ‖I − Zᵀ Z‖₁ / (D ulp). */
  orthogonality?: number;
}

/** The work of polynomially filtered Lanczos. */
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

/** A model, the l-bit to measure, and the pairs of states to average over. */
export interface ReducedCouplingOptions extends GrainModel {
  /** The l-bit n, 0 … N − 1; 0 by default. */
  spin?: number;
  /** Middle share of the rest's eigenstates to average over, in (0, 1]; 0.25 by default. */
  fraction?: number;
  /** Width of the energy shell around resonance; by default a sixteenth of the rest's spectrum. */
  shell?: number;
}

/** As `ReducedCouplingOptions`, with the options that watch the call. */
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

/** A mean and its standard error. */
export interface MeanAndError {
  /** Arithmetic mean. */
  mean: number;
  /** Standard error of the mean. */
  error: number;
}

// What `eigsh` is asked, and what it gives.
import type { Watch } from '../wasm/steps.js';

/** By which method `eigsh` finds eigenpairs; `auto`, the default, takes `dense` for small orders and many eigenpairs. */
export type EigshMethod = 'auto' | 'lanczos' | 'filtered' | 'dense';

/** Which part of the spectrum: an end, the neighbourhood of an energy, or all that is in an interval. */
export type EigshWhich =
  | 'lowest'
  | 'highest'
  | {
      /** The energy to which the k nearest are looked for. */
      near: number;
    }
  | {
      /** Its ends, which belong to it. */
      interval: readonly [from: number, to: number];
    };

/** Which eigenpairs `eigsh` finds, and how. */
export interface EigshOptions {
  /** How many, 1 … n; 6 by default, or n if that is less. */
  k?: number;
  /**
   * The end of the spectrum at which they lie, `lowest` by default; `{ near: σ }`: the k nearest to σ; `{ interval: [a, b] }`: all
   * from a to b, to rounding (20 √n ulp of |H|), without k.
   */
  which?: EigshWhich;
  /** Whether to give eigenvectors, true by default. */
  vectors?: boolean;
  /** Residuals |H z − λ z| allowed, relative to the largest |λ| seen: 1e-14 … 0.1; 1e-12 by default. */
  tolerance?: number;
  /** `auto` by default. */
  method?: EigshMethod;
  /** Products with one vector after which it ends unconverged; 10⁶ by default. */
  maxProducts?: number;
}

/** As `EigshOptions`, with what watches the call. */
export interface EigshAsyncOptions extends EigshOptions, Watch {}

/** How eigenpairs were found. */
export interface EigshReport {
  /** The method that was taken. */
  method: 'lanczos' | 'filtered' | 'dense';
  /** Products of H with one vector. */
  products: number;
  /** Times that the space was full. */
  restarts: number;
  /** Degree of the polynomial; 0 where none was used. */
  degree: number;
  /** Vectors that were made orthogonal to one another. */
  subspace: number;
  /** Vectors that were made orthogonal to all others that there were; none by the dense method. */
  orthogonalizations: number;
  /** Bytes of WebAssembly memory that were taken. */
  bytes: number;
  /** Seconds from the call to its result, pauses between slices among them; the only number here that is another every time. */
  seconds: number;
}

/** Some eigenpairs of an operator. */
export interface Eigsh {
  /** k eigenvalues, ascending. */
  values: Float64Array;
  /** Vector j at j·n, or of a complex operator in pairs at 2·j·n; empty without vectors. */
  vectors: Float64Array;
  /** |H z − λ z| of each, measured; NaN by the dense method, which has a bound of some n ulp of |H|. */
  residuals: Float64Array;
  /** Whether all have been found, none between them is missing, and the residuals are within the tolerance. */
  converged: boolean;
  /**
   * Whether the last level has more copies than there are among the k; with `near` whether a state that was left out is as near
   * as the farthest one. Intervals are complete.
   */
  cut: boolean;
  /** How they were found. */
  report: EigshReport;
}

/** As it is found, before the clock is read. */
export type Found = Omit<Eigsh, 'report'> & { report: Omit<EigshReport, 'seconds'> };

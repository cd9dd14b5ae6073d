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
  /** Whether to give eigenvectors, true by default; residuals are measured in any case. */
  vectors?: boolean;
  /** Residuals |H z − λ z| allowed, relative to the largest |λ| seen: 1e-14 … 0.1; 1e-12 by default. */
  tolerance?: number;
  /** `auto` by default. */
  method?: EigshMethod;
  /** Products with one vector after which it ends unconverged; 10⁶ by default. */
  maxProducts?: number;
  /**
   * Whether eigenvalues are counted in another way besides, as LAPACK's dlarrc and the inertias of spectrum slicing do, false by
   * default: `report.count` says how, and what was found so.
   */
  count?: boolean;
  /**
   * How many copies levels inside a spectrum may have: the filtered method takes larger blocks, and more memory, for those that have 4 and
   * more. It takes no more than `eigshBytes` states for this number, and ends unconverged where more is needed. By default any number, with all
   * the memory that there is. Ends of a spectrum and the dense method take no more for copies.
   */
  copies?: number;
}

/** How many eigenvalues there are in an interval, by other means than those that found them. */
export interface EigshCount {
  /**
   * `inertia`: exactly, by the signs of the leading minors of H − E at both ends, by elimination with interchanges; where entries are
   * known (`csr`, a matrix, spins with symmetries) and lie near the diagonal in a good order, or the order is at most 2048.
   * `stochastic`: those found, and besides the trace over what is orthogonal to them of a polynomial that is 1 on the interval and 0
   * outside of it, from eight random vectors.
   */
  by: 'inertia' | 'stochastic';
  /**
   * Where they were counted: between the outermost values found, or in the interval asked for, to what these are known to, without a
   * level at the end that is cut. `stochastic` leaves out a quarter at each inner end, where the polynomial rises; of one level
   * at an end of the spectrum it leaves out what is nearer to it than a few thousandths of the width.
   */
  interval: [from: number, to: number];
  /** Values in it that were found. */
  found: number;
  /** Values that there are: a whole number, or an estimate. */
  counted: number;
  /** Its standard error; 0 by inertia. */
  error: number;
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
  /**
   * Where a search inside a spectrum has ended unconverged rather than take more bytes than `eigshBytes` states: how many it needed to go on, for
   * levels of more than `copies` copies or an interval with more states than were estimated. Else null.
   */
  needed: number | null;
  /**
   * With the option `count`, unless there are no values, or a stochastic count would need a polynomial of a higher degree than
   * `maxProducts` allows for, as between levels inside the spectrum that are as near as rounding; else null.
   */
  count: EigshCount | null;
  /** Seconds from the call to its result, pauses between slices among them; the only number here that is another every time. */
  seconds: number;
}

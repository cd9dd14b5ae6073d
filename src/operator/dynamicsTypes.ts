// What is asked of time evolution, and what it gives.
import type { Numbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';
import type { AnyOperator } from './types.js';

/** What is evolved, and what is looked at on the way. */
export interface EvolutionOptions {
  /** Whether `psi` is in pairs, real and imaginary part; by default whether the operator has complex entries. */
  complex?: boolean;
  /** e^{−Ht} in place of e^{−iHt}, each state with the length that ψ had; false by default. */
  imaginary?: boolean;
  /** Operators whose expectation values are given at all times; none by default. */
  observables?: readonly AnyOperator[];
  /** Whether to give the states themselves; by default if there are no observables. */
  states?: boolean;
}

/** As `EvolutionOptions`, and what a level is. */
export interface EvolveExactOptions extends EvolutionOptions {
  /** Neighbouring energies no farther apart than this, relative to the largest |E|, are one level: 0 … 1; 1e-12 by default. */
  levelTolerance?: number;
}

/** As `EvolveExactOptions`, with what watches the call. */
export interface EvolveExactAsyncOptions extends EvolveExactOptions, Watch {}

/** The options of `EvolutionOptions`, and the method. */
export interface EvolveOptions extends EvolutionOptions {
  /**
   * `chebyshev`: a few vectors of memory, about 1.3 products for each unit of time times half the width of the spectrum;
   * `krylov`: spaces of 30 vectors, which need no bounds of the spectrum, in real time eight products for its size; `auto`, the default: `chebyshev` in real time above order 30.
   */
  method?: 'auto' | 'chebyshev' | 'krylov';
  /** What may be left out of series in all, relative to the length of the states: 1e-15 … 0.1; 1e-13 by default. */
  tolerance?: number;
  /** Products with one vector that may be made; what takes more is refused. 10⁶ by default. */
  maxProducts?: number;
}

/** As `EvolveOptions`, with what watches the call. */
export interface EvolveAsyncOptions extends EvolveOptions, Watch {}

/** States at some times. */
export interface Evolution {
  /** The times, as they were given. */
  times: Float64Array;
  /** How many vectors were evolved. */
  columns: number;
  /**
   * Vector c at time j at (j·columns + c) times its length: 2n numbers, in pairs, or n of imaginary time where all is real. Empty
   * where states were not asked for.
   */
  states: Float64Array;
  /** For each observable ⟨A⟩ of vector c at time j at j·columns + c. */
  expectations: Float64Array[];
  /** log |e^{−iHt}ψ|/|ψ|, or log |e^{−Ht}ψ|/|ψ| of imaginary time, at j·columns + c. */
  logNorms: Float64Array;
  /**
   * What the distance to the state may be, relative to its length, at j·columns + c, at most 2. Of `evolve` a bound of what was
   * left out, and for rounding an ulp a product and 2|H||t| ulp; of `evolveExact` (n + 4|H||t|) ulp, of rounding alone. |H| is
   * the largest |E| by `evolveExact`, the bounds of the spectrum by `chebyshev`, and by `krylov` the largest |⟨H⟩| of its spaces or
   * what the power method finds from a random vector, whichever is more: slightly below |H|. Where large parts of a sum cancel,
   * it is the sum of their sizes, found likewise. Of imaginary time an estimate, because errors grow with the lowest level, which
   * is known roughly; 2 where a state holds so little of the lowest level that rounding decides how much.
   */
  errors: Float64Array;
  /** The largest difference of a length from that of ψ, relative to it; 0 of imaginary time. */
  drift: number;
}

/** How states were evolved. */
export interface EvolveReport {
  /** The method that was taken. */
  method: 'chebyshev' | 'krylov';
  /** Products of H with one vector. */
  products: number;
  /** Below this energy there was taken to be none; NaN by `krylov`, which need not know. */
  low: number;
  /** Above this energy, likewise. */
  high: number;
  /** Series, or spaces, that followed one another. */
  steps: number;
  /** Bytes of WebAssembly memory that were taken. */
  bytes: number;
}

/** States at some times, and how they were reached. */
export interface SeriesEvolution extends Evolution {
  /** How they were evolved. */
  report: EvolveReport;
}

/** States at some times by all eigenvectors, and what is left of them in the long run. */
export interface ExactEvolution extends Evolution {
  /** All energies, ascending. */
  energies: Float64Array;
  /** The first state of each level: as many as there are levels, 0 the first. */
  levels: Float64Array;
  /** For each observable the average of ⟨A⟩ over all times, real time whatever `imaginary` says, of each vector. */
  averages: Float64Array[];
}

/** What is averaged over random vectors. */
export interface TypicalityOptions {
  /** Inverse temperatures 1/k_B T, in units of 1/H, of either sign; none by default. */
  betas?: Numbers;
  /** Operators whose thermal averages are given; none by default. */
  observables?: readonly AnyOperator[];
  /** Functions f of energy for tr f(H); none by default. Smooth ones, as polynomials of degree 2·vectors − 1 are: what the space leaves out of others is in no error. */
  functions?: readonly ((energy: number) => number)[];
  /** Random vectors: errors fall as one over their root. 1 … 10⁶; 20 by default. */
  samples?: number;
  /** Vectors of each Krylov space, 1 … 1000; 80 by default, which for the lowest temperatures suffices with a gap: see `truncation`. */
  vectors?: number;
  /** Of the random numbers, any safe integer; 0 by default. */
  seed?: number;
}

/** As `TypicalityOptions`, with what watches the call. */
export interface TypicalityAsyncOptions extends TypicalityOptions, Watch {}

/**
 * Thermal averages and traces, each with its standard error of sampling, from what leaving out one random vector after another changes;
 * errors are NaN of a single vector. What the Krylov spaces leave out is in none of these errors, but in `truncation`. Measured on a
 * chain of 8 spins (n = 256) at β = 0.1, 1 and 3, (average − exact)/error of 120 seeds has a standard deviation of 1.0 to 1.3 by 20
 * vectors or 10, and of 1.2 to 2.5 by 5: an error from so few is itself uncertain, as in Student's t. Ratios have a bias that falls as
 * one over the number of vectors: at most a fifth of the scatter by 5 or more.
 */
export interface Typicality {
  /** The inverse temperatures, as they were given. All arrays but those of traces are by them. */
  betas: Float64Array;
  /** log tr e^{−βH}. */
  logZ: Float64Array;
  /** Their standard errors. */
  logZErrors: Float64Array;
  /** ⟨H⟩. */
  energies: Float64Array;
  /** Their standard errors. */
  energyErrors: Float64Array;
  /** β² (⟨H²⟩ − ⟨H⟩²), in units of k_B. */
  heatCapacities: Float64Array;
  /** Their standard errors, at least (β|H|·2⁻⁵⁰)², what rounding of the levels may do; those of log Z and the entropy at least its root. */
  heatCapacityErrors: Float64Array;
  /** log Z + β⟨H⟩, nats. */
  entropies: Float64Array;
  /** Their standard errors. */
  entropyErrors: Float64Array;
  /** For each observable ⟨A⟩. */
  expectations: Float64Array[];
  /** Their standard errors. */
  expectationErrors: Float64Array[];
  /**
   * How far e^{−βH/2}r may be from what its Krylov space has of it, relative to its length, the largest of all random vectors: a bound,
   * but for rounding, and as far as the spaces show where the spectrum ends; 1 where nothing is known. A small truncation τ moves
   * log Z by 2τ at most, and ⟨A⟩ by 4τ|A|. More `vectors` make it smaller.
   */
  truncation: Float64Array;
  /** tr f(H) of each function. */
  traces: Float64Array;
  /** Their standard errors. */
  traceErrors: Float64Array;
  /** Random vectors that were drawn. */
  samples: number;
  /** Products of H with one vector. */
  products: number;
}

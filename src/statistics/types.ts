// The options and results of the statistics of levels and of matrix elements.
import type { Watch } from '../wasm/steps.js';

/** Random spectra with which levels are compared. */
export type Ensemble = 'poisson' | 'goe' | 'gue';

/** The quantities in which levels are compared with random spectra. */
export type LevelQuantity = 'gapRatio' | 'spacing' | 'numberVariance' | 'formFactor';

/** How many spectra an array holds. */
export interface SpectraOptions {
  /** Number of spectra of equal length that follow one another, each ascending; 1 by default. */
  spectra?: number;
}

/** Which gaps count as 0, and how many spectra there are. */
export interface GapRatioOptions extends SpectraOptions {
  /**
   * Gaps of no more than this, relative to the largest |level|, are rounding and count as 0, as in sweeps; 0 … 1, 1e-12 by
   * default.
   */
  tolerance?: number;
}

/** The smooth staircase by which levels are unfolded. */
export interface UnfoldOptions extends SpectraOptions {
  /**
   * `polynomial`, the default: a polynomial fitted to the staircase of all spectra together; `ensemble`: their mean
   * staircase itself, for many spectra; `local`: each gap over the mean of those around it.
   */
  method?: 'polynomial' | 'ensemble' | 'local';
  /** Degree of the polynomial, 1 … 50; 9 by default. */
  degree?: number;
  /** With `local`: how many gaps on either side of a gap its mean is taken over, 1 or more; 10 by default. */
  window?: number;
}

/** The weights of levels in a form factor, and how many spectra there are. */
export interface FormFactorOptions extends SpectraOptions {
  /**
   * Width of the Gaussian weights in standard deviations of the levels, above 0; 0.5 by default. 0: all weights are 1.
   */
  width?: number;
}

/** As `FormFactorOptions`, with what watches the call. */
export interface FormFactorAsyncOptions extends FormFactorOptions, Watch {}

/** A spectral form factor; arrays are as long as the times. */
export interface FormFactor {
  /** K(τ), 1 for large τ. */
  values: Float64Array;
  /** Standard error of K over spectra; NaN for one. */
  errors: Float64Array;
  /** K less the part that comes from the mean density of levels; NaN for one spectrum. */
  connected: Float64Array;
  /** Standard error of the connected part; NaN for one spectrum. */
  connectedErrors: Float64Array;
}

/** The random matrices with which a form factor is compared, and how close to them it has to be. */
export interface ThoulessOptions {
  /** `goe` by default. */
  ensemble?: 'goe' | 'gue';
  /** Largest |log10(K/K_RMT)| of agreement, above 0; 0.08 by default. */
  tolerance?: number;
}

/** Where a form factor comes to that of random matrices. */
export interface ThoulessTime {
  /** In units of the Heisenberg time; NaN where the form factor does not agree with theirs by then. */
  time: number;
  /** log10(t_H/t_Th). */
  g: number;
}

/** The cutoff of a susceptibility. */
export interface SusceptibilityOptions {
  /** μ, an energy, ≥ 0; 0 by default, none. */
  cutoff?: number;
}

/** The eigenstates of which a spectral function is taken. */
export interface SpectralFunctionOptions {
  /** First and last state, by index; all by default. */
  states?: readonly [first: number, last: number];
}

/** A spectral function in bins; arrays have one entry a bin. */
export interface SpectralFunction {
  /** S(ω): the weight of the bin over its width and the number of states. */
  density: Float64Array;
  /** |f(ω)|² as the mean of |V_mn|² over the pairs of the bin; NaN where there are none. */
  squares: Float64Array;
  /** Number of pairs: (m, n) and (n, m) count as two. */
  pairs: Float64Array;
}

// Options and result of the rate of a bath at a contact.
import type { Watch } from '../wasm/steps.js';

/** Which energies count as one level. */
export interface BathOptions {
  /** Levels no farther apart than this, relative to the largest |E|, are one: 0 … 1; 1e-11 by default. */
  tolerance?: number;
}

/** As `BathOptions`, with what watches the call. */
export interface BathAsyncOptions extends BathOptions, Watch {}

/** How slowly a system comes to rest with a bath of infinite temperature, to first order in the coupling. */
export interface BathRate {
  /** The slowest rate, per unit of the coupling γ; 0 to `error` where something is conserved. */
  rate: number;
  /**
   * By how much rounding of the elements of the contact and of what follows may have changed the rate: a smaller rate cannot be
   * distinguished from 0. Without copies of levels it falls with the root of the rate, to about (10⁻¹⁵ n |L|)², so that rates of 10⁻²⁰ have
   * digits; with copies to 2·10⁻¹⁶ n |L|² alone. The eigenstates are those of an operator within rounding of H.
   */
  error: number;
  /** Order of the generator: n populations, and the coherences between the states of each level that has copies. */
  order: number;
}

// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';
import {
  type BesselOptions,
  besselK,
  responseComplementsQuadrature,
  responseQuadrature,
  twoLevelMixing,
} from './response.js';

export function meanFieldApi(runtime: Runtime) {
  return {
    /** η, [S] and Czz at each reduced coupling g ≥ 0. */
    response: (g: Float64Array) => responseQuadrature(runtime, g),
    /** The same by quadrature: about 1 ms a value, the reference for the fit. */
    responseQuadrature: (g: Float64Array) => responseQuadrature(runtime, g),
    /** log 2 − η, log 2 − [S], 1 − Czz and dη/d log g by quadrature. */
    responseComplementsQuadrature: (g: Float64Array) => responseComplementsQuadrature(runtime, g),
    /** Two-level mixing at coupling g ≥ 0: P, Q, S and polarization ([CC22] (A10), (A11)). */
    twoLevelMixing: (g: Float64Array) => twoLevelMixing(runtime, g),
    /** Modified Bessel function K0 or K1 at x > 0, times e^x when `scaled`. */
    besselK: (order: 0 | 1, x: Float64Array, options?: BesselOptions) => besselK(runtime, order, x, options),
  };
}

// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';
import { type EndEntropy, fitFirstCoupling } from './firstCoupling.js';
import { meanFieldMap } from './map.js';
import * as response from './response.js';
import * as solve from './solve.js';
import * as special from './special.js';

export function meanFieldApi(runtime: Runtime) {
  return {
    /** η, [S] and Czz (nats) at each reduced coupling g ≥ 0, from Chebyshev fits good to about 1e-14. */
    response: (g: Float64Array) => response.response(runtime, g),
    /** η(g) alone. */
    eta: (g: Float64Array) => response.eta(runtime, g),
    /** log 2 − η, log 2 − [S], 1 − Czz and dη/d log g, each accurate relative to itself. */
    responseComplements: (g: Float64Array) => response.responseComplements(runtime, g),
    /** η, [S] and Czz by quadrature, about 1 ms a value: the reference for the fit. */
    responseQuadrature: (g: Float64Array) => response.responseQuadrature(runtime, g),
    /** log 2 − η, log 2 − [S], 1 − Czz and dη/d log g by quadrature. */
    responseComplementsQuadrature: (g: Float64Array) => response.responseComplementsQuadrature(runtime, g),
    /** Two-level mixing at coupling g ≥ 0: P, Q, S and polarization ([CC22] (A10), (A11)). */
    twoLevelMixing: (g: Float64Array) => response.twoLevelMixing(runtime, g),
    /** Density p̃(x) of the resonance strength, GOE, x ≥ 0. */
    resonanceDensity: (x: Float64Array) => response.resonanceDistribution(runtime, x).density,
    /** Its distribution function P(X ≤ x). */
    resonanceCdf: (x: Float64Array) => response.resonanceDistribution(runtime, x).below,
    /** Density, P(X ≤ x) and P(X > x), each accurate relative to itself in its tail. */
    resonanceDistribution: (x: Float64Array) => response.resonanceDistribution(runtime, x),
    /**
     * Density p_S of the entropy (nats) of one l-bit at coupling g > 0 ([CC22] (A12)).
     * 0 outside [0, log 2]; Infinity at log 2, where it grows as an integrable inverse square root.
     */
    entropyDistribution: (g: number, entropy: Float64Array) =>
      response.entropyDistribution(runtime, g, entropy),
    /** Modified Bessel function K0 or K1 at x > 0, times e^x when `scaled`. */
    besselK: (order: 0 | 1, x: Float64Array, options?: response.BesselOptions) =>
      response.besselK(runtime, order, x, options),
    /**
     * The mean-field solution for bare couplings g_{n,0} ≥ 0 ([CC22] (11)): the least fixed point, certified.
     * A cap that is reached is reported by `converged: false`.
     */
    solveMeanField: (bare: Float64Array, options?: solve.SolveOptions) =>
      solve.solveMeanField(runtime, bare, options),
    /** Every fixed point of the mean-field equations, by ascending η_tot. */
    meanFieldBranches: (bare: Float64Array, options?: solve.BareOptions) =>
      solve.meanFieldBranches(runtime, bare, options),
    /**
     * The scalar map Φ whose fixed points T = Φ(T) the solutions are (T = η_tot, nats), and its slope, at each T: a
     * fixed point is stable where the slope is below 1.
     */
    meanFieldMap: (bare: Float64Array, t: Float64Array, options?: Pick<solve.BareOptions, 'log'>) =>
      meanFieldMap(runtime, bare, t, options),
    /**
     * The g_{1,0} at which the mean field of chains g_{n,0} = g_{1,0} α^{n−1} meets measured entropies of their last
     * l-bits, weighted by their errors. Throws InputError when none from 1e-4 to 10 does.
     */
    fitFirstCoupling: (ends: readonly EndEntropy[]) => fitFirstCoupling(runtime, ends),
    /**
     * log g_{n,0} of a chain g_{n,0} = g_{1,0} α^{n−1} ([CC22] (12)), to be solved with `log: true`: in range
     * however long the chain is, where g_{n,0} itself underflows.
     */
    drhLogCouplings: (parameters: special.DrhParameters) => special.drhLogCouplings(runtime, parameters),
    /** Two spins ([CC22] (8), (9)): the least solution. */
    twoSpin: (g1: number, g2: number) => special.twoSpin(runtime, g1, g2),
    /** The least root of g = g0 e^{Nη(g)/2} ([CC22] (21)). */
    symmetricMeanField: (g0: number, n: number) => special.symmetricMeanField(runtime, g0, n),
    /** Every root of (21), ascending. */
    symmetricBranches: (g0: number, n: number) => special.symmetricBranches(runtime, g0, n),
    /** g_c(N) of the symmetric model, where the least root of (21) jumps; null when it never does. */
    criticalCoupling: (n: number) => special.criticalCoupling(runtime, n),
  };
}

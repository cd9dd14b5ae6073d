// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';
import { type EndEntropy, fitFirstCoupling } from './firstCoupling.js';
import { meanFieldMap } from './map.js';
import * as response from './response.js';
import * as solve from './solve.js';
import * as special from './special.js';

export function meanFieldApi(runtime: Runtime) {
  return {
    /**
     * η, `[S]` and Czz at each reduced coupling g ≥ 0 ([CC22] (A12)–(A27)), from Chebyshev fits good to about 1e-14.
     *
     * @param g - Reduced couplings, ≥ 0, any number of them.
     * @returns Arrays as long as `g`; η and `[S]` in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    response: (g: Float64Array) => response.response(runtime, g),
    /**
     * η(g) alone, with the bits of `response`.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @returns η, nats, one entry a coupling.
     * @throws InputError for an element that is negative or not finite.
     */
    eta: (g: Float64Array) => response.eta(runtime, g),
    /**
     * log 2 − η, log 2 − `[S]`, 1 − Czz and dη/d log g, each accurate relative to itself: near saturation the values of
     * `response` differ from their limits by less than they can show.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @returns Arrays as long as `g`; entropies in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseComplements: (g: Float64Array) => response.responseComplements(runtime, g),
    /**
     * η, `[S]` and Czz by quadrature, about 1 ms a value: the reference for the fit.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @returns Arrays as long as `g`; η and `[S]` in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseQuadrature: (g: Float64Array) => response.responseQuadrature(runtime, g),
    /**
     * log 2 − η, log 2 − `[S]`, 1 − Czz and dη/d log g by quadrature.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @returns Arrays as long as `g`; entropies in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseComplementsQuadrature: (g: Float64Array) => response.responseComplementsQuadrature(runtime, g),
    /**
     * Two-level mixing at coupling g ≥ 0: P, Q, S and polarization ([CC22] (A10), (A11)).
     *
     * @param g - Couplings, ≥ 0.
     * @returns Arrays as long as `g`; S in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    twoLevelMixing: (g: Float64Array) => response.twoLevelMixing(runtime, g),
    /**
     * Density p̃(x) of the resonance strength, GOE; its tail is 2/x².
     *
     * @param x - Points, ≥ 0.
     * @returns p̃ at each point.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceDensity: (x: Float64Array) => response.resonanceDistribution(runtime, x).density,
    /**
     * Distribution function P(X ≤ x) of the resonance strength.
     *
     * @param x - Points, ≥ 0.
     * @returns P(X ≤ x) at each point.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceCdf: (x: Float64Array) => response.resonanceDistribution(runtime, x).below,
    /**
     * Density, P(X ≤ x) and P(X > x) of the resonance strength, each accurate relative to itself in its tail.
     *
     * @param x - Points, ≥ 0.
     * @returns Arrays as long as `x`.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceDistribution: (x: Float64Array) => response.resonanceDistribution(runtime, x),
    /**
     * Density p_S of the entropy (nats) of one l-bit at coupling g > 0 ([CC22] (A12)).
     * 0 outside [0, log 2]; Infinity at log 2, where it grows as an integrable inverse square root.
     *
     * @param g - Reduced coupling, above 0.
     * @param entropy - Points, nats, any finite numbers.
     * @returns p_S, per nat, at each point.
     * @throws InputError for a g that is not positive or a point that is not finite.
     */
    entropyDistribution: (g: number, entropy: Float64Array) =>
      response.entropyDistribution(runtime, g, entropy),
    /**
     * Modified Bessel function K0 or K1 at x > 0, times e^x when `scaled`.
     *
     * @param order - 0 or 1.
     * @param x - Points, above 0.
     * @returns The function at each point.
     * @throws InputError for another order or a point that is not positive and finite.
     */
    besselK: (order: 0 | 1, x: Float64Array, options?: response.BesselOptions) =>
      response.besselK(runtime, order, x, options),
    /**
     * The mean-field solution for bare couplings g_{n,0} ≥ 0 ([CC22] (11)): the least fixed point, certified.
     * A cap that is reached is reported by `converged: false`.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @returns Couplings and entropies spin by spin in the order of `bare`, and η_tot.
     * @throws InputError for a coupling that is negative or not finite, or an option out of range.
     */
    solveMeanField: (bare: Float64Array, options?: solve.SolveOptions) =>
      solve.solveMeanField(runtime, bare, options),
    /**
     * Every fixed point of the mean-field equations ([CC22] (11)), by ascending η_tot: the first is `solveMeanField`.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @returns One entry a fixed point, at least one.
     * @throws InputError as `solveMeanField`; ConvergenceError when `maxIterations` were not enough to find all.
     */
    meanFieldBranches: (bare: Float64Array, options?: solve.BareOptions) =>
      solve.meanFieldBranches(runtime, bare, options),
    /**
     * The scalar map Φ whose fixed points T = Φ(T) the solutions are (T = η_tot, nats), and its slope, at each T: a
     * fixed point is stable where the slope is below 1.
     *
     * @param bare - 1 … 2²⁵ bare reduced couplings; with `log: true` their logarithms.
     * @param t - Points T, nats, any finite numbers.
     * @returns Φ and its slope at each point.
     * @throws InputError for a coupling that is negative or not finite, or a point that is not finite.
     */
    meanFieldMap: (bare: Float64Array, t: Float64Array, options?: Pick<solve.BareOptions, 'log'>) =>
      meanFieldMap(runtime, bare, t, options),
    /**
     * The g_{1,0} at which the mean field of chains g_{n,0} = g_{1,0} α^{n−1} meets measured entropies of their last
     * l-bits: least squares weighted by their errors.
     *
     * @param ends - At least one measured entropy.
     * @returns g_{1,0}, from 1e-4 to 10.
     * @throws InputError for a value out of range, and when no coupling from 1e-4 to 10 gives these entropies.
     */
    fitFirstCoupling: (ends: readonly EndEntropy[]) => fitFirstCoupling(runtime, ends),
    /**
     * log g_{n,0} of a chain g_{n,0} = g_{1,0} α^{n−1} ([CC22] (12)), to be solved with `log: true`: in range
     * however long the chain is, where g_{n,0} itself underflows.
     *
     * @param parameters - First coupling g0 ≥ 0, ratio alpha > 0, number of spins n, 1 … 2²⁵.
     * @returns n logarithms, the first spin's first.
     * @throws InputError for a value out of range.
     */
    drhLogCouplings: (parameters: special.DrhParameters) => special.drhLogCouplings(runtime, parameters),
    /**
     * Two spins, g1 = g_{1,0} e^{η(g2)/2} and g2 = g_{2,0} e^{η(g1)/2} ([CC22] (8), (9)): the least solution.
     *
     * @param g1 - g_{1,0} ≥ 0.
     * @param g2 - g_{2,0} ≥ 0.
     * @returns Arrays of two.
     * @throws InputError for a coupling that is negative or not finite.
     */
    twoSpin: (g1: number, g2: number) => special.twoSpin(runtime, g1, g2),
    /**
     * The least root of g = g0 e^{Nη(g)/2} ([CC22] (21)).
     *
     * @param g0 - Bare reduced coupling, ≥ 0.
     * @param n - N, 1 and up.
     * @returns The mean-field solution of the symmetric model.
     * @throws InputError for a value out of range; ConvergenceError when 100 000 iterations were not enough.
     */
    symmetricMeanField: (g0: number, n: number) => special.symmetricMeanField(runtime, g0, n),
    /**
     * Every root of g = g0 e^{Nη(g)/2} ([CC22] (21)), ascending; the first is the mean-field solution.
     *
     * @param g0 - Bare reduced coupling, ≥ 0.
     * @param n - N, 1 and up.
     * @returns One entry a root, at least one.
     * @throws InputError for a value out of range; ConvergenceError when 100 000 iterations were not enough.
     */
    symmetricBranches: (g0: number, n: number) => special.symmetricBranches(runtime, g0, n),
    /**
     * g_c(N) of the symmetric model, where the least root of [CC22] (21) ends in a fold and the solution jumps.
     *
     * @param n - N, 1 and up.
     * @returns The folds; null for N ≤ 10, where the solution is single-valued.
     * @throws InputError for an n that is not a whole number ≥ 1.
     */
    criticalCoupling: (n: number) => special.criticalCoupling(runtime, n),
  };
}

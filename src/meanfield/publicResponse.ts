// The properties of one l-bit as methods of a core: the response to its reduced coupling, and
// the distributions behind it.
import { checkBoolean, checkFloat64Array, checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Columns, columnsOf, type Each, eachOf } from './elementwise.js';
import { entropyShares, MOST_BINS } from './entropyShares.js';
import * as response from './response.js';
import { readGrain, type StatisticsOptions } from './statistics.js';

export type { Columns, Each } from './elementwise.js';
export type {
  BesselOptions,
  Mixing,
  ResonanceDistribution,
  Response,
  ResponseComplements,
} from './response.js';
export type { GrainStatistics, ModelStatistics, StatisticsOptions } from './statistics.js';

const checkCouplings = (g: unknown) => checkFloat64Array('g', g, { min: 0 });
const atLeast0 = { min: 0 };

export default function responseApi(runtime: Runtime) {
  return {
    /**
     * η, `[S]` and Czz at each reduced coupling g ≥ 0 ([CC22] (A12)–(A27)), from Chebyshev fits good to about 1e-14.
     *
     * @param g - Reduced couplings, ≥ 0, any number of them.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `g`, numbers for a number; η and `[S]` in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    response: <T extends number | Float64Array>(
      g: T,
      options: StatisticsOptions = {},
    ): Columns<T, response.Response> =>
      columnsOf(['g', g, atLeast0], (g) => response.response(runtime, g, readGrain(options))),
    /**
     * η(g) alone, with the bits of `response`.
     *
     * @param g - Reduced couplings, ≥ 0, or a single one.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns η, nats, one entry for each coupling; a number for a number.
     * @throws InputError for an element that is negative or not finite.
     */
    eta: <T extends number | Float64Array>(g: T, options: StatisticsOptions = {}): Each<T> =>
      eachOf(['g', g, atLeast0], (g) => response.eta(runtime, g, readGrain(options))),
    /**
     * log 2 − η, log 2 − `[S]`, 1 − Czz and dη/d log g, each with a small relative error: near saturation the values of
     * `response` are too close to their limits for a double to show the difference.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `g`, numbers for a number; entropies in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseComplements: <T extends number | Float64Array>(
      g: T,
      options: StatisticsOptions = {},
    ): Columns<T, response.ResponseComplements> =>
      columnsOf(['g', g, atLeast0], (g) => response.responseComplements(runtime, g, readGrain(options))),
    /**
     * η, `[S]` and Czz by quadrature, about 1 ms a value: the reference for the fit.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `g`, numbers for a number; η and `[S]` in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseQuadrature: <T extends number | Float64Array>(
      g: T,
      options: StatisticsOptions = {},
    ): Columns<T, response.Response> =>
      columnsOf(['g', g, atLeast0], (g) => response.responseQuadrature(runtime, g, readGrain(options))),
    /**
     * log 2 − η, log 2 − `[S]`, 1 − Czz and dη/d log g by quadrature.
     *
     * @param g - Reduced couplings, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `g`, numbers for a number; entropies in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    responseComplementsQuadrature: <T extends number | Float64Array>(
      g: T,
      options: StatisticsOptions = {},
    ): Columns<T, response.ResponseComplements> =>
      columnsOf(['g', g, atLeast0], (g) =>
        response.responseComplementsQuadrature(runtime, g, readGrain(options)),
      ),
    /**
     * Two-level mixing at coupling g ≥ 0: P, Q, S and polarization ([CC22] (A10), (A11)).
     *
     * @param g - Couplings, ≥ 0.
     * @returns Arrays as long as `g`, numbers for a number; S in nats.
     * @throws InputError for an element that is negative or not finite.
     */
    twoLevelMixing: <T extends number | Float64Array>(g: T): Columns<T, response.Mixing> =>
      columnsOf(['g', g, atLeast0], (g) => response.twoLevelMixing(runtime, g)),
    /**
     * Density p̃(x) of the resonance strength; its tail is 2/x² whatever the statistics of the grain.
     *
     * @param x - Points, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns p̃ at each point; a number for a number.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceDensity: <T extends number | Float64Array>(x: T, options: StatisticsOptions = {}): Each<T> =>
      eachOf(
        ['x', x, atLeast0],
        (x) => response.resonanceDistribution(runtime, x, readGrain(options)).density,
      ),
    /**
     * Distribution function P(X ≤ x) of the resonance strength.
     *
     * @param x - Points, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns P(X ≤ x) at each point; a number for a number.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceCdf: <T extends number | Float64Array>(x: T, options: StatisticsOptions = {}): Each<T> =>
      eachOf(['x', x, atLeast0], (x) => response.resonanceDistribution(runtime, x, readGrain(options)).below),
    /**
     * Density, P(X ≤ x) and P(X > x) of the resonance strength, each with a small relative error also in its tail.
     *
     * @param x - Points, ≥ 0.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns Arrays as long as `x`, numbers for a number.
     * @throws InputError for an element that is negative or not finite.
     */
    resonanceDistribution: <T extends number | Float64Array>(
      x: T,
      options: StatisticsOptions = {},
    ): Columns<T, response.ResonanceDistribution> =>
      columnsOf(['x', x, atLeast0], (x) => response.resonanceDistribution(runtime, x, readGrain(options))),
    /**
     * Density p_S of the entropy (nats) of one l-bit at coupling g > 0 ([CC22] (A12)).
     * 0 outside [0, log 2]; Infinity at log 2, where it grows as an integrable inverse square root.
     *
     * @param g - Reduced coupling, above 0.
     * @param entropy - Points, nats, any finite numbers.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns p_S, per nat, at each point; a number for a number.
     * @throws InputError for a g that is not positive or a point that is not finite.
     */
    entropyDistribution<T extends number | Float64Array>(
      g: number,
      entropy: T,
      options: StatisticsOptions = {},
    ): Each<T> {
      checkNumber('g', g, { above: 0 });
      return eachOf(['entropy', entropy, {}], (points) =>
        response.entropyDistribution(runtime, g, points, readGrain(options)),
      );
    },
    /**
     * Shares of the distribution p_S ([CC22] (A12)) in equal bins of S/log 2 from 0 to 1, averaged over l-bits:
     * the limit of a histogram of the entropies of eigenstates. The absolute error is 1e-13 up to 1000 bins, and
     * 1e-11 for any number of bins.
     *
     * @param g - At least one reduced coupling, ≥ 0, one for each l-bit.
     * @param bins - Number of bins, 1 … 65 536.
     * @param options - `grain`: level statistics of the grain, `'goe'` by default.
     * @returns One share for each bin; their sum is 1.
     * @throws InputError for a coupling that is negative or not finite, none at all, or a number of bins out of range.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const shares = core.entropyShares(Float64Array.of(0.1), 4);
     * console.log(Array.from(shares, (x) => x.toFixed(3)).join(' ')); // 0.136 0.330 0.240 0.293
     * core.dispose();
     * ```
     */
    entropyShares(g: Float64Array, bins: number, options: StatisticsOptions = {}): Float64Array {
      const couplings = checkCouplings(g);
      if (couplings.length === 0) throw new InputError('g', 'expected at least one coupling, got none');
      const count = checkInteger('bins', bins, { min: 1, max: MOST_BINS });
      return entropyShares(runtime, couplings, count, readGrain(options));
    },
    /**
     * Modified Bessel function K0 or K1 at x > 0, times e^x when `scaled`.
     *
     * @param order - 0 or 1.
     * @param x - Points, above 0.
     * @returns The function at each point; a number for a number.
     * @throws InputError for another order or a point that is not positive and finite.
     */
    besselK<T extends number | Float64Array>(
      order: 0 | 1,
      x: T,
      options: response.BesselOptions = {},
    ): Each<T> {
      checkInteger('order', order, { min: 0, max: 1 });
      return eachOf(['x', x, { above: 0 }], (x) => {
        const { scaled = false } = readOptions<response.BesselOptions>('options', options, ['scaled']);
        return response.besselK(runtime, order, x, checkBoolean(['options', 'scaled'], scaled));
      });
    },
  };
}

// The methods that this room adds to a core for matrix elements; src/index.ts joins the rooms.
import { checkNumber, readOptions } from '../wasm/check.js';
import type { Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { checkAscending, checkElements, checkSpectra, checkStates } from './arguments.js';
import { fidelitySusceptibility, spectralFunction } from './elements.js';
import type { SpectralFunction, SpectralFunctionOptions, SusceptibilityOptions } from './types.js';

export default function elementsApi(runtime: Runtime) {
  return {
    /**
     * χ_m = Σ_{k≠m} |V_mk|² ω²/(ω² + μ²)², ω = E_k − E_m: how fast state m changes with a perturbation V (Sels and
     * Polkovnikov, Phys. Rev. E 104, 054105 (2021)).
     *
     * @param values - n energies, ascending, of the whole spectrum.
     * @param elements - ⟨m|V|k⟩ at m·n + k, or in pairs of a complex V: n² or 2n² numbers.
     * @param options - The cutoff μ.
     * @returns χ of each state; Infinity where V joins two states of one energy and there is no cutoff.
     * @throws InputError for energies that do not ascend, a wrong number of elements, or a cutoff out of range.
     */
    fidelitySusceptibility(
      values: Numbers,
      elements: Numbers,
      options: SusceptibilityOptions = {},
    ): Float64Array {
      const given = readOptions<SusceptibilityOptions>('options', options, ['cutoff']);
      const energies = checkSpectra('values', values, 1, 1);
      const cutoff = checkNumber(['options', 'cutoff'], given.cutoff ?? 0, { min: 0 });
      const task = { values: energies, ...checkElements(elements, energies.length) };
      return fidelitySusceptibility(runtime, task, cutoff);
    },

    /**
     * The off-diagonal spectral function of an operator V at infinite temperature,
     * S(ω) = (1/n) Σ_{m≠k} |V_mk|² δ(ω − (E_k − E_m)), in bins of ω = E_k − E_m, which has a sign: each pair of states
     * counts at ω and at −ω, and bins of positive ω alone hold half of S.
     *
     * @param values - n energies, ascending.
     * @param elements - ⟨m|V|k⟩, n² or 2n² numbers, as for `fidelitySusceptibility`.
     * @param edges - Edges of the bins, ascending, two or more: a bin holds its lower one.
     * @param options - The states among which pairs are taken, all by default.
     * @returns S, the mean |V_mk|², and the number of pairs in each bin.
     * @throws InputError for energies or edges that do not ascend, a wrong number of elements, states out of range.
     */
    spectralFunction(
      values: Numbers,
      elements: Numbers,
      edges: Numbers,
      options: SpectralFunctionOptions = {},
    ): SpectralFunction {
      const given = readOptions<SpectralFunctionOptions>('options', options, ['states']);
      const energies = checkSpectra('values', values, 1, 1);
      const n = energies.length;
      const task = { values: energies, ...checkElements(elements, n) };
      const [first, last] =
        given.states === undefined ? [0, n - 1] : checkStates(['options', 'states'], given.states, n);
      return spectralFunction(runtime, task, checkAscending('edges', edges, 2), first, last + 1);
    },
  };
}

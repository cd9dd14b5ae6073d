// The methods this room adds to a core; src/index.ts joins the rooms.
import { publicSpins } from '../operator/operator.js';
import type { SpinOperator } from '../operator/types.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, takeWatch, UNBOUNDED } from '../wasm/steps.js';
import { checkBare, checkDrawn, checkRandomSun, checkSun, checkSunCouplings } from './arguments.js';
import { sunCouplings } from './coupling.js';
import { randomSunModel } from './model.js';
import { sunOperator } from './operator.js';
import type {
  RandomSunModel,
  RandomSunOptions,
  SunCouplingsAsyncOptions,
  SunCouplingsOptions,
  SunModel,
  SunSector,
  SunSectorAsync,
} from './types.js';

export type * from './types.js';

export default function sunApi(runtime: Runtime) {
  return {
    /**
     * A random quantum sun (J. Šuntajs and L. Vidmar, Phys. Rev. Lett. 129, 060602 (2022)), keyed by (seed, sample): H_dot from the
     * GOE with off-diagonal variance γ²/(2^{n_d} + 1), h_j uniform, J_j = g_0 α^{u_j} with u_1 = 0 and u_j uniform on
     * [j − 1 − ζ, j − 1 + ζ], each spin coupled to a random spin of the dot. A sun of more spins begins with those of a smaller
     * one. With `u1` H_dot has the entries between states of one number of up spins alone, of the variance at which γ is the
     * same.
     *
     * @param options - Sizes, scales, seed and sample.
     * @returns H_dot, fields, couplings and partners: what `sunOperator` takes.
     * @throws InputError for an option out of range.
     */
    randomSunModel(options: RandomSunOptions): RandomSunModel {
      const task = checkRandomSun(options);
      const model = randomSunModel(runtime, task);
      checkDrawn(model.couplings, task.alpha);
      return model;
    },

    /**
     * The Hamiltonian of a quantum sun, H_dot + Σ J_j S^x_{n(j)} S^x_j + Σ h_j S^z_j, as an operator of order 2^{n_d + L}, or of
     * a number of up spins where it keeps that: what `eigsh`, `eigh` (by `toDense`), `evolve` and, by `embed`,
     * `entanglementEntropy` take. Its matrix is in compressed rows, 12 bytes for each of 2^{n_d} + L entries a row.
     *
     * @param model - H_dot, fields, couplings, partners; `conserve: 'u1'` for couplings S^x S^x + S^y S^y.
     * @param sector - The number of up spins, with `conserve: 'u1'`.
     * @returns An operator that also knows its basis: sites 0 … n_d − 1 are the dot.
     * @throws InputError for a dot that is not symmetric or does not keep what is to be conserved, wrong lengths, a sector
     *   without a symmetry, more than fits in memory.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const sun = core.sunOperator(core.randomSunModel({ spins: 5, alpha: 0.7, seed: 1 }));
     * const { vectors } = core.eigsh(sun, { k: 20, which: { near: 0 } });
     * const last = core.entanglementEntropy(vectors, { dimensions: Array(8).fill(2), subsystem: [7] });
     * console.log(sun.n, last.length, last.every((s) => s < Math.LN2)); // 256 20 true
     * core.dispose();
     * ```
     */
    sunOperator(model: SunModel, sector: SunSector = {}): SpinOperator {
      const { sun, up } = checkSun(model, sector);
      const spins = atOnce(sunOperator(runtime, sun, up, UNBOUNDED));
      return publicSpins(runtime, spins.sites, spins);
    },

    /**
     * `sunOperator`, with the same arguments and the same bits, in slices, as `eighAsync`: the rows of a large sun take long.
     *
     * @param model - As for `sunOperator`.
     * @param sector - As for `sunOperator`, with the options that watch the call.
     * @returns A promise of what `sunOperator` returns.
     * @throws As `sunOperator`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async sunOperatorAsync(model: SunModel, sector: SunSectorAsync = {}): Promise<SpinOperator> {
      const { watch, rest } = takeWatch<SunSector>('sector', sector);
      const { sun, up } = checkSun(model, rest);
      const spins = await inSlices(sunOperator(runtime, sun, up, budgetOf(watch)), watch);
      return publicSpins(runtime, spins.sites, spins);
    },

    /**
     * Bare reduced couplings g_{j,0} = ρ[|V_ab|] of the spins around a dot ([CC22] (3)), from the eigenstates of the dot alone: the
     * pairs |a⟩|↑⟩, |b⟩|↓⟩ in an energy shell around resonance. A dot has few levels, so the mean over realizations is meant.
     *
     * @param options - A model as for `sunOperator`, and the shell.
     * @returns g_{j,0} of each spin, 0 where no pair is in the shell: what `solveMeanField` takes.
     * @throws InputError for a model that `sunOperator` refuses, a shell that is not above 0, a coupling that is beyond the largest
     *   double over the width of the shell; ConvergenceError when the eigensolver
     *   reaches its cap.
     */
    sunCouplings(options: SunCouplingsOptions): Float64Array {
      const { sun, shell } = checkSunCouplings(options);
      return checkBare(atOnce(sunCouplings(runtime, sun, shell, UNBOUNDED)), sun.couplings);
    },

    /**
     * `sunCouplings`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param options - As for `sunCouplings`, with the options that watch the call.
     * @returns A promise of what `sunCouplings` returns.
     * @throws As `sunCouplings`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async sunCouplingsAsync(options: SunCouplingsAsyncOptions): Promise<Float64Array> {
      const { watch, rest } = takeWatch<SunCouplingsOptions>('options', options);
      const { sun, shell } = checkSunCouplings(rest);
      return checkBare(
        await inSlices(sunCouplings(runtime, sun, shell, budgetOf(watch)), watch),
        sun.couplings,
      );
    },
  };
}

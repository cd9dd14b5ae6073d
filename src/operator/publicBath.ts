// The methods that this room adds to a core for systems in contact with a bath; src/index.ts joins the rooms.
import { checkInteger, checkNumber, readList, readOptions, show, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import {
  atOnce,
  budgetOf,
  type CheckedWatch,
  checkWatch,
  inSlices,
  UNBOUNDED,
  WATCH_KEYS,
} from '../wasm/steps.js';
import { type BathTask, bathSteps } from './bath/bath.js';
import { LARGEST_ORDER } from './bath/unknowns.js';
import type { BathAsyncOptions, BathOptions, BathRate } from './bathTypes.js';
import { checkBeside, computedOf } from './operator.js';
import type { AnyOperator } from './types.js';

export type * from './bathTypes.js';

function checkBath(
  operator: unknown,
  contact: unknown,
  options: BathAsyncOptions,
  ...keys: readonly string[]
): { task: BathTask; watch: CheckedWatch } {
  const computed = computedOf('operator', operator);
  checkInteger(['operator', 'n'], computed.n, { min: 2, max: LARGEST_ORDER });
  const list = readList('contact', contact);
  if (!list || list.length === 0) {
    throw new InputError(
      'contact',
      `expected an array of operators, at least one, got ${list ? 'none' : show(contact)}`,
    );
  }
  const jumps = Array.from(list, (one, k) => {
    const name = within('contact', k);
    const jump = computedOf(name, one);
    checkBeside(name, computed, jump);
    return jump;
  });
  const given = readOptions<BathAsyncOptions>('options', options, ['tolerance', ...keys]);
  const range = { min: 0, max: 1 };
  const tolerance = checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-11, range);
  return { task: { computed, contact: jumps, tolerance }, watch: checkWatch('options', given) };
}

export default function bathApi(runtime: Runtime) {
  return {
    /**
     * The slowest rate at which a system comes to rest with a bath of infinite temperature at a contact, to first order in the
     * coupling γ of dρ/dt = −i[H, ρ] + γ Σ_μ (L_μ ρ L_μ − ½ {L_μ², ρ}): that of the populations of eigenstates, which obey
     * dp_a/dt = γ Σ_b (W_ab − δ_ab Σ_c W_cb) p_b, W_ab = Σ_μ |⟨a|L_μ|b⟩|², as far as γ is small against the distances of levels. Of a
     * level with copies the coherences between its states are taken too: populations alone would depend on the choice of the
     * states. Coherences between different levels, which oscillate and may die out more slowly, are not: of one spin in a field with
     * the contact S^x the populations come to rest at ½, its transverse polarization at ¼. H is decomposed block by block where it has blocks, as a chain that keeps S^z, and the generator has Cholesky's factors:
     * 3 s of processor time for such a chain of 12 spins (AMD EPYC, Zen 4). About 50 n² bytes where H has one block.
     *
     * @param operator - H, of order 2 … 8192.
     * @param contact - The L_μ, one or more operators of the same order: S^x, S^y, S^z of the spin at the end of a chain, say. Their method `scaled`
     *   changes their strength.
     * @param options - Which levels are one.
     * @returns The rate per γ, and what rounding may have changed of it. It is 0 to that error where something is conserved.
     * @throws InputError for operators of different orders, or levels of so many copies that the generator has an order beyond
     *   8192; MemoryError for more than fits; ConvergenceError when the eigensolver or the search for the rate reaches its cap.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // A spin in a field: both populations go to one half at the rate 2·|⟨↑|S^x|↓⟩|² = ½.
     * const spin = (op) => core.spins({ sites: 1, terms: [{ op, sites: [0] }] });
     * const { rate } = core.bathRate(spin('z'), [spin('x')]);
     * console.log(rate.toFixed(6)); // 0.500000
     * core.dispose();
     * ```
     */
    bathRate(operator: AnyOperator, contact: readonly AnyOperator[], options: BathOptions = {}): BathRate {
      return atOnce(bathSteps(runtime, checkBath(operator, contact, options).task, UNBOUNDED));
    },

    /**
     * `bathRate`, with the same arguments and the same bits, in slices, as `eighAsync`.
     *
     * @param operator - As for `bathRate`.
     * @param contact - As for `bathRate`.
     * @returns A promise of what `bathRate` returns.
     * @throws InputError as `bathRate`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async bathRateAsync(
      operator: AnyOperator,
      contact: readonly AnyOperator[],
      options: BathAsyncOptions = {},
    ): Promise<BathRate> {
      const { task, watch } = checkBath(operator, contact, options, ...WATCH_KEYS);
      return inSlices(bathSteps(runtime, task, budgetOf(watch)), watch);
    },
  };
}

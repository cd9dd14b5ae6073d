// The methods this room adds to a core; src/index.ts joins the rooms.

import type { Runtime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, takeWatch, UNBOUNDED, WATCH_KEYS } from '../wasm/steps.js';
import { checkEigsh, checkOperator } from './arguments.js';
import { cooSteps } from './coo.js';
import { csrComputed } from './csr.js';
import { csrSteps } from './csrArguments.js';
import { eigshBytes, eigshSteps } from './eigsh.js';
import type { Eigsh } from './eigshResult.js';
import type { EigshAsyncOptions, EigshOptions } from './eigshTypes.js';
import { publicOperator, publicSpins } from './operator.js';
import { checkSpins } from './spinArguments.js';
import { spinOperator } from './spins.js';
import type {
  AnyOperator,
  CooAsyncMatrix,
  CooMatrix,
  CsrAsyncMatrix,
  CsrMatrix,
  Operator,
  OperatorOptions,
  SpinAsyncOptions,
  SpinOperator,
  SpinOptions,
} from './types.js';

export type { Eigsh } from './eigshResult.js';
export type * from './eigshTypes.js';
export type * from './types.js';

export default function operatorApi(runtime: Runtime) {
  return {
    /**
     * A Hamiltonian of spins ½, H = Σ coefficient · S^a_i S^b_j …, in the whole space of 2^sites configurations or in a
     * sector: a number of up spins, characters of permutations of sites and of the flip of all spins. Bit i of a
     * configuration is site i, 0 up; H is real unless a coefficient or a character is not.
     *
     * Without symmetries nothing is stored but the diagonal and small tables. With them it is the matrix in compressed rows (12 bytes
     * an entry, 20 of a complex one), or beyond 1 GiB, or by `storage: 'free'`, 8 bytes a state; `bytes` says which.
     *
     * @param options - Sites, terms, and maybe a sector.
     * @returns An operator that also knows its basis.
     * @throws InputError for terms that are not Hermitian as a whole, a sector that H does not have, characters that
     *   contradict one another, more configurations than memory holds.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const sites = 4;
     * // The Heisenberg ring: S·S on every bond.
     * const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
     *   Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
     * );
     * const ring = core.spins({ sites, terms, sector: { up: 2 } });
     * const { values } = core.eigh(ring.toDense(), ring.n);
     * console.log(ring.n, values[0].toFixed(6)); // 6 -2.000000
     * core.dispose();
     * ```
     */
    spins(options: SpinOptions): SpinOperator {
      const task = checkSpins(options);
      return publicSpins(runtime, task.sites, atOnce(spinOperator(runtime, task, UNBOUNDED)));
    },

    /**
     * `spins`, with the same options and the same bits, in slices, as `eighAsync`: the search for the states of a large sector and
     * the matrix in it take long, as does a diagonal of many terms.
     *
     * @param options - As for `spins`, with the options that watch the call.
     * @returns A promise of what `spins` returns.
     * @throws InputError as `spins`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async spinsAsync(options: SpinAsyncOptions): Promise<SpinOperator> {
      const { watch, rest } = takeWatch<SpinOptions>('options', options);
      const task = checkSpins(rest);
      const spins = await inSlices(spinOperator(runtime, task, budgetOf(watch)), watch);
      return publicSpins(runtime, task.sites, spins);
    },

    /**
     * A sparse Hermitian matrix in compressed rows, both triangles, as scipy.sparse.csr_array has it. It is copied.
     *
     * @param matrix - n, indptr, indices, data; with `complex` two numbers an entry.
     * @returns An operator.
     * @throws InputError for a length that does not fit, a column out of range or twice in a row, an entry without its
     *   conjugate in the other triangle.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // [[2, -1, 0], [-1, 2, -1], [0, -1, 2]]
     * const chain = core.csr({ n: 3, indptr: [0, 2, 5, 7], indices: [0, 1, 0, 1, 2, 1, 2], data: [2, -1, -1, 2, -1, -1, 2] });
     * console.log(chain.multiply(Float64Array.of(1, 1, 1)).join(' ')); // 1 0 1
     * core.dispose();
     * ```
     */
    csr(matrix: CsrMatrix): Operator {
      return publicOperator(runtime, csrComputed(atOnce(csrSteps(matrix))), {});
    },

    /**
     * `csr`, with the same bits, in slices, as `eighAsync`. The matrix is copied before the call returns its promise.
     *
     * @param matrix - As for `csr`, with the options that watch the call.
     * @returns A promise of what `csr` returns.
     * @throws InputError as `csr`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async csrAsync(matrix: CsrAsyncMatrix): Promise<Operator> {
      const { watch, rest } = takeWatch<CsrMatrix>('matrix', matrix);
      return publicOperator(runtime, csrComputed(await inSlices(csrSteps(rest), watch)), {});
    },

    /**
     * A sparse Hermitian matrix as a list of entries, as scipy.sparse.coo_array has it: those at one place are added up, in the
     * order given. It is copied.
     *
     * @param matrix - n, row, col, data, both triangles; with `complex` two numbers an entry.
     * @returns An operator. Of sums that differ from the conjugate in the other triangle by rounding, to 1e-12 of the largest sum of sizes, that of
     *   the lower triangle counts.
     * @throws InputError for a length that does not fit, a place out of range, an entry or a sum beyond 1e150, triangles that are not
     *   each other's conjugates.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Two springs, [[k, −k], [−k, k]] each, between three masses.
     * const row = [0, 0, 1, 1, 1, 1, 2, 2];
     * const col = [0, 1, 0, 1, 1, 2, 1, 2];
     * const chain = core.coo({ n: 3, row, col, data: [1, -1, -1, 1, 1, -1, -1, 1] });
     * console.log(chain.toDense().join(' ')); // 1 -1 0 -1 2 -1 0 -1 1
     * core.dispose();
     * ```
     */
    coo(matrix: CooMatrix): Operator {
      return publicOperator(runtime, csrComputed(atOnce(cooSteps(matrix))), {});
    },

    /**
     * `coo`, with the same bits, in slices, as `csrAsync`: millions of entries are sorted, added up and compared.
     *
     * @param matrix - As for `coo`, with the options that watch the call.
     * @returns A promise of what `coo` returns.
     * @throws InputError as `coo`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
     */
    async cooAsync(matrix: CooAsyncMatrix): Promise<Operator> {
      const { watch, rest } = takeWatch<CooMatrix>('matrix', matrix);
      return publicOperator(runtime, csrComputed(await inSlices(cooSteps(rest), watch)), {});
    },

    /**
     * An operator that a function of the program multiplies by, or that a whole matrix is.
     *
     * @param options - Order, and a function, which is called with arrays of its own, or a matrix.
     * @returns An operator; what the function throws is the `cause` of the InputError of the call that used it, which leaves the
     *   core usable.
     * @throws InputError for an option of the wrong type, a matrix that is not Hermitian; and in calls that use it, when the
     *   function throws, writes numbers that are not finite, writes beyond the end of its array, returns another array or a promise, or
     *   is not linear.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const n = 1000;
     * // A path: −1 between neighbours.
     * const multiply = (x, y) => {
     *   for (let i = 0; i < n; ++i) y[i] = -(x[i - 1] ?? 0) - (x[i + 1] ?? 0);
     * };
     * const { values } = core.eigsh(core.operator({ n, multiply }), { k: 2 });
     * console.log(Array.from(values, (x) => x.toFixed(8)).join(' ')); // -1.99999015 -1.99996060
     * core.dispose();
     * ```
     */
    operator: (options: OperatorOptions): Operator => publicOperator(runtime, checkOperator(options), {}),

    /**
     * Bytes of WebAssembly memory that `eigsh` takes, of the 4 GiB less 64 KiB that there are; its results come on top.
     *
     * @param operator - As for `eigsh`.
     * @param options - As for `eigsh`. With `copies`, to which it keeps as well, this is less: by default there is room for the largest
     *   blocks that are worth it for levels of many copies, for a few states of order 5000 some forty times as much as for single levels.
     * @returns Bytes at most, those of the dense solver among them where it may come last; more than there are for what does not
     *   fit. `eigsh` with the same options takes no more: it ends unconverged where it needs more, and `report.needed` says how much. How many
     *   states an interval has is estimated as `eigsh` does, by some 1100 products. `report.bytes` says what was set aside in the end.
     * @throws InputError for an option out of range; what products of an interval's operator throw.
     */
    eigshBytes: (operator: AnyOperator, options: EigshOptions = {}): number =>
      eigshBytes(runtime, checkEigsh(operator, options).task),

    /**
     * The k lowest or highest eigenpairs of an operator, with all their copies: Lanczos with thick restarts and partial
     * re-orthogonalization, then searches beside what was found, until one finds nothing. Those nearest to an energy, or all in an interval: block
     * Lanczos on a polynomial of the operator with a peak there; an operator of few levels in the closed spaces of single
     * vectors. Small orders, many eigenpairs of one, and up to order 8192 what takes longer than that, are decomposed whole.
     * `report.bytes` says what memory it took: about (9k + 200) vectors, or for an end of the
     * spectrum, where those take more than 128 MiB, as many as fit there, and (3k + 30) at least.
     *
     * @param operator - Made by `spins`, `csr`, `coo`, `grainOperator` or `operator`, or an object { n, multiply(x, y, columns) }.
     * @param options - How many, at which end or where inside, how accurate.
     * @returns Values ascending, vectors, measured residuals; `converged` is a promise about all of them. `report` says with which
     *   method they were found and what that took: products, orthogonalizations, bytes, seconds.
     * @throws InputError for an option out of range; MemoryError for more vectors than fit.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const sites = 12;
     * const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
     *   Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
     * );
     * const { values } = core.eigsh(core.spins({ sites, terms, sector: { up: 6 } }), { k: 1 });
     * console.log(values[0].toFixed(8)); // -5.38739092
     * core.dispose();
     * ```
     */
    eigsh: (operator: AnyOperator, options: EigshOptions = {}): Eigsh =>
      atOnce(eigshSteps(runtime, checkEigsh(operator, options).task, UNBOUNDED)),

    /**
     * `eigsh`, with the same options and the same bits, in slices, as `eighAsync`.
     *
     * @param operator - As for `eigsh`.
     * @returns A promise of what `eigsh` returns.
     * @throws InputError as `eigsh`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eigshAsync(operator: AnyOperator, options: EigshAsyncOptions = {}): Promise<Eigsh> {
      const { task, watch } = checkEigsh(operator, options, ...WATCH_KEYS);
      return inSlices(eigshSteps(runtime, task, budgetOf(watch)), watch);
    },
  };
}

// The methods this room adds to a core; src/index.ts joins the rooms.
import { copyOf } from '../wasm/arena.js';
import type { ComplexMatrixNumbers, MatrixNumbers, Numbers } from '../wasm/numbers.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { atOnce, budgetOf, inSlices, UNBOUNDED } from '../wasm/steps.js';
import { checkBatch, checkBatchAsync, checkEigh, checkEighAsync, checkSize, SYMMETRIC } from './arguments.js';
import { checkComplexSize, checkEighComplex, checkEighComplexAsync, HERMITIAN } from './complexArguments.js';
import { eigh, eighSteps } from './eigh.js';
import { eighAlone } from './eighAlone.js';
import { eighBatchSteps } from './eighBatch.js';
import { eighComplexBatchSteps, eighComplexSteps } from './eighComplex.js';
import { eighComplexAlone } from './eighComplexAlone.js';
import { eighBytes, eighComplexBytes } from './memory.js';
import bandedApi from './publicBanded.js';
import type { Eigh, EighBatch } from './result.js';
import { plainPlan, smallOrder } from './smallArguments.js';
import type {
  EighAsyncOptions,
  EighBatchAsyncOptions,
  EighBatchOptions,
  EighComplexAsyncOptions,
  EighComplexOptions,
  EighOptions,
  EighSizeOptions,
} from './types.js';

export type { EighMethod } from './methods.js';
export type { Eigh, EighBatch } from './result.js';
export type * from './types.js';

export default function eigenApi(runtime: EigenRuntime) {
  return {
    ...bandedApi(runtime),

    /**
     * Bytes of WebAssembly memory that `eigh` takes for a matrix of order n, of the 4 GiB less 64 KiB that there are.
     * The matrix in `a` and the results, in JavaScript memory, come on top.
     *
     * @param n - Order, 0 … 2²⁶.
     * @returns Bytes; more than there are for an order that does not fit.
     * @throws InputError for an order or an option out of range.
     */
    eighBytes(n: number, options: EighSizeOptions = {}): number {
      const { n: order, method, vectors, verify, two } = checkSize(n, options);
      return eighBytes(runtime, order, method, vectors, verify, two);
    },

    /**
     * A = Z diag(values) Zᵀ: eigenvalues, and unless `vectors: false` eigenvectors, of the real symmetric matrix A with
     * entry (i, j) at `a[i*n + j]`. Only the triangle named by `uplo` is read; `a` is never modified. Memory while it
     * runs: two n×n matrices and a workspace, with divide and conquer a third. `range` asks for a part of the spectrum
     * only. Signs of eigenvectors are reproducible but follow no convention; an eigenvalue beyond the range of doubles
     * comes out as ±Infinity, and `converged` is then false. `verify` checks the result against A. Cannot be
     * interrupted: see `eighAsync`.
     *
     * With `b`, a positive definite B, it is A x = λ B x, or with `itype` A B x = λ x or B A x = λ x (LAPACK's dsygvd): B = L Lᵀ
     * by blocks, a standard problem, vectors turned back, so that ZᵀB Z = 1. Memory: an n×n matrix more. Errors are up to
     * n ulp κ(B) of what they are without, κ(B) being the condition of B with its diagonal scaled to 1.
     *
     * @param a - n*n finite numbers row by row, or n rows of n; the other triangle may hold anything. Plain arrays and
     *   Float32Arrays are copied first.
     * @param n - Order, 0 and up, as far as memory goes: about 13 000 with vectors. What `a` says when left out.
     * @returns Values, vectors, and in `convergence` whether they can be relied on.
     * @throws InputError for a wrong length, an entry that is not finite, an n that does not fit, an index range outside
     *   the spectrum, a method that has no range, a `b` that is not positive definite, naming its first bad pivot.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // Two masses of 2 and 1 on springs: K x = λ M x
     * const b = Float64Array.of(2, 0, 0, 1);
     * const { values } = core.eigh(Float64Array.of(3, -1, -1, 1), 2, { b });
     * console.log(Array.from(values, (x) => x.toFixed(3)).join(' ')); // 0.500 2.000
     * core.dispose();
     * ```
     */
    eigh(a: MatrixNumbers, n?: number, options?: EighOptions): Eigh {
      const order = smallOrder(a, n, 1);
      const plan = order > 0 ? plainPlan(options, order) : -1;
      // `smallOrder` is 0 for anything but a Float64Array.
      const alone = plan < 0 ? undefined : eighAlone(runtime, a as Float64Array, order, plan);
      return alone ?? eigh(runtime, checkEigh(runtime, a, n, options));
    },

    /**
     * `eigh`, with the same options and the same bits, in slices: between them the event loop runs, `onProgress` is
     * called, and an AbortSignal is seen. A slice lasts `slice` ms (25) and at most about as much again. `a` is checked
     * and copied before the call returns its promise, at n = 4096 in 70 ms. Memory as for `eigh`, with `verify` a matrix
     * more, given back when the promise settles.
     *
     * @param a - n*n finite numbers, as for `eigh`.
     * @param n - Order, 0 and up.
     * @returns A promise of what `eigh` returns.
     * @throws InputError as `eigh`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighAsync(a: MatrixNumbers, n?: number, options: EighAsyncOptions = {}): Promise<Eigh> {
      const { task, watch } = checkEighAsync(runtime, a, n, options);
      return inSlices(eighSteps(runtime, task, budgetOf(watch)), watch);
    },

    /**
     * `eigh` of `count` matrices of order n that follow one another in `a` (count*n*n), with the same bits as one call
     * each. Memory while it runs: at most 16 MiB of matrices and vectors at a time, or one matrix if that is larger,
     * and the workspace of one.
     *
     * @param a - count*n*n finite numbers, or a list of matrices as `eigh` takes them.
     * @param n - Order of every matrix, 0 and up; what `a` and `count` say when left out.
     * @param count - Number of matrices, 0 and up; what `a` and `n` say when left out.
     * @returns Values and vectors, one matrix after another; `convergence.failed` lists the matrices whose result
     *   is not to be relied on.
     * @throws InputError as `eigh`; the entry at fault is named with its matrix.
     */
    eighBatch: (
      a: Numbers | readonly MatrixNumbers[],
      n?: number,
      count?: number,
      options: EighBatchOptions = {},
    ): EighBatch =>
      atOnce(eighBatchSteps(runtime, checkBatch(runtime, SYMMETRIC, a, n, count, options), UNBOUNDED)),

    /**
     * `eighBatch`, with the same options and the same bits, in slices, as `eighAsync`. `a` is checked and copied before the
     * call returns its promise.
     *
     * @param a - count*n*n finite numbers, or a list of matrices as `eigh` takes them.
     * @param n - Order of every matrix, 0 and up; what `a` and `count` say when left out.
     * @param count - Number of matrices, 0 and up; what `a` and `n` say when left out.
     * @returns A promise of what `eighBatch` returns.
     * @throws InputError as `eighBatch`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighBatchAsync(
      a: Numbers | readonly MatrixNumbers[],
      n?: number,
      count?: number,
      options: EighBatchAsyncOptions = {},
    ): Promise<EighBatch> {
      const { task, watch } = checkBatchAsync(runtime, SYMMETRIC, a, n, count, options);
      return inSlices(eighBatchSteps(runtime, { ...task, a: copyOf(task.a) }, budgetOf(watch)), watch);
    },

    /**
     * Bytes of WebAssembly memory that `eighComplex` takes for a matrix of order n, as `eighBytes`.
     *
     * @param n - Order, 0 … 2²⁶.
     * @returns Bytes; more than there are for an order that does not fit.
     * @throws InputError for an order or an option out of range.
     */
    eighComplexBytes(n: number, options: Omit<EighSizeOptions, 'verify'> = {}): number {
      const { n: order, method, vectors, two } = checkComplexSize(n, options);
      return eighComplexBytes(runtime, order, method, vectors, two);
    },

    /**
     * A = Z diag(values) Zᴴ: eigenvalues, and unless `vectors: false` eigenvectors, of the complex Hermitian matrix A. The real
     * and the imaginary part of entry (i, j) are at `a[2*(i*n + j)]` and behind it; components of vectors likewise.
     * Only the triangle named by `uplo` is read; `a` is never modified. By `dc` or `qr`: Householder reduction to a real
     * tridiagonal matrix (LAPACK's zheevd); by `jacobi`: rotations on both sides, for small or positive definite ones. When
     * all imaginary parts are zero, of `b` too, values and vectors have the bits of `eigh` of the real parts. Memory while
     * it runs, in n×n real matrices: five with divide and conquer, four with QR, two without vectors. The phase of an
     * eigenvector is reproducible but follows no convention.
     *
     * @param a - 2*n*n finite numbers row by row, or n rows of 2n numbers or of n pairs; the other triangle may hold anything.
     * @param n - Order, 0 and up, as far as memory goes: about 10 000 with vectors. √(a.length/2) when left out.
     * @returns Values, vectors (vector k is `vector(k)`, 2n numbers), and whether they can be relied on.
     * @throws InputError for a wrong length, an entry that is not finite, an imaginary part on the diagonal, an n that does
     *   not fit, an index range outside the spectrum, a range by `jacobi`, a `b` that is not positive definite.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // [[1, −i], [i, 1]]
     * const { values } = core.eighComplex(Float64Array.of(1, 0, 0, -1, 0, 1, 1, 0), 2);
     * console.log(Array.from(values, (x) => x.toFixed(3)).join(' ')); // 0.000 2.000
     * core.dispose();
     * ```
     */
    eighComplex(a: ComplexMatrixNumbers, n?: number, options?: EighComplexOptions): Eigh {
      const order = smallOrder(a, n, 2);
      const plan = order > 0 ? plainPlan(options, order) : -1;
      const alone = plan < 0 ? undefined : eighComplexAlone(runtime, a as Float64Array, order, plan);
      return alone ?? atOnce(eighComplexSteps(runtime, checkEighComplex(runtime, a, n, options), UNBOUNDED));
    },

    /**
     * `eighComplex`, with the same options and the same bits, in slices, as `eighAsync`. `a` is checked before the call
     * returns its promise and copied before the event loop runs.
     *
     * @param a - 2*n*n finite numbers, as for `eighComplex`.
     * @param n - Order, 0 and up; √(a.length/2) when left out.
     * @returns A promise of what `eighComplex` returns.
     * @throws InputError as `eighComplex`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighComplexAsync(
      a: ComplexMatrixNumbers,
      n?: number,
      options: EighComplexAsyncOptions = {},
    ): Promise<Eigh> {
      const { task, watch } = checkEighComplexAsync(runtime, a, n, options);
      return inSlices(eighComplexSteps(runtime, task, budgetOf(watch)), watch);
    },

    /**
     * `eighComplex` of `count` matrices of order n that follow one another in `a`, with the same bits as one call each.
     * Memory while it runs: that of one matrix.
     *
     * @param a - count*2*n*n finite numbers, or a list of matrices as `eighComplex` takes them.
     * @param n - Order of every matrix, 0 and up; what `a` and `count` say when left out.
     * @param count - Number of matrices, 0 and up; what `a` and `n` say when left out.
     * @returns Values and vectors, one matrix after another; `convergence.failed` lists the matrices whose result
     *   is not to be relied on.
     * @throws InputError as `eighComplex`; the entry at fault is named with its matrix.
     */
    eighComplexBatch: (
      a: Numbers | readonly ComplexMatrixNumbers[],
      n?: number,
      count?: number,
      options: EighBatchOptions = {},
    ): EighBatch =>
      atOnce(eighComplexBatchSteps(runtime, checkBatch(runtime, HERMITIAN, a, n, count, options), UNBOUNDED)),

    /**
     * `eighComplexBatch`, with the same options and the same bits, in slices, as `eighAsync`. `a` is checked and copied before
     * the call returns its promise.
     *
     * @param a - count*2*n*n finite numbers, or a list of matrices as `eighComplex` takes them.
     * @param n - Order of every matrix, 0 and up; what `a` and `count` say when left out.
     * @param count - Number of matrices, 0 and up; what `a` and `n` say when left out.
     * @returns A promise of what `eighComplexBatch` returns.
     * @throws InputError as `eighComplexBatch`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighComplexBatchAsync(
      a: Numbers | readonly ComplexMatrixNumbers[],
      n?: number,
      count?: number,
      options: EighBatchAsyncOptions = {},
    ): Promise<EighBatch> {
      const { task, watch } = checkBatchAsync(runtime, HERMITIAN, a, n, count, options);
      return inSlices(eighComplexBatchSteps(runtime, { ...task, a: copyOf(task.a) }, budgetOf(watch)), watch);
    },
  };
}

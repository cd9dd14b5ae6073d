// The methods for tridiagonal and band matrices; public.ts joins them with the others.
import type { MatrixNumbers, Numbers } from '../wasm/numbers.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { budgetOf, inSlices, WATCH_KEYS } from '../wasm/steps.js';
import { checkBandedSize, checkEighBanded, checkEighTridiagonal } from './bandedArguments.js';
import type {
  EighBandedAsyncOptions,
  EighBandedOptions,
  EighTridiagonalAsyncOptions,
  EighTridiagonalOptions,
} from './bandedTypes.js';
import { eighBanded, eighBandedSteps } from './eighBanded.js';
import { eighBandedBytes } from './memory.js';
import type { Eigh } from './result.js';

export type * from './bandedTypes.js';

export default function bandedApi(runtime: EigenRuntime) {
  return {
    /**
     * T = Z diag(values) Zᵀ: eigenvalues, and unless `vectors: false` eigenvectors, of the real symmetric tridiagonal matrix
     * with the diagonal `d` and `e` beside it (scipy's eigh_tridiagonal; LAPACK's dstevd, dstev and dsterf): divide and
     * conquer or QR, whichever `method` says or is faster; `jacobi` takes T as a dense matrix. Values alone are
     * computed by Pal, Walker and Kahan's iteration, in n² operations. Memory while it runs: one n×n matrix and with
     * divide and conquer another, without vectors some vectors of n. Cannot be interrupted: see `eighTridiagonalAsync`.
     *
     * @param d - n finite numbers, n ≥ 0.
     * @param e - n − 1 finite numbers: e[i] is entry (i, i + 1) and entry (i + 1, i).
     * @returns Values, vectors, and whether they can be relied on, as of `eigh`.
     * @throws InputError for wrong lengths, an entry that is not finite, an n that does not fit, an index range outside
     *   the spectrum, a range with the method `jacobi`.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * const { values } = core.eighTridiagonal([2, 2, 2], [-1, -1]);
     * console.log(Array.from(values, (x) => x.toFixed(3)).join(' ')); // 0.586 2.000 3.414
     * core.dispose();
     * ```
     */
    eighTridiagonal(d: Numbers, e: Numbers, options: EighTridiagonalOptions = {}): Eigh {
      const { task } = checkEighTridiagonal(runtime, d, e, options);
      return eighBanded(runtime, task);
    },

    /**
     * `eighTridiagonal`, with the same options and the same bits, in slices, as `eighAsync`. `d` and `e` are copied
     * before the call returns its promise.
     *
     * @param d - n finite numbers.
     * @param e - n − 1 finite numbers.
     * @returns A promise of what `eighTridiagonal` returns.
     * @throws InputError as `eighTridiagonal`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighTridiagonalAsync(
      d: Numbers,
      e: Numbers,
      options: EighTridiagonalAsyncOptions = {},
    ): Promise<Eigh> {
      const { task, watch } = checkEighTridiagonal(runtime, d, e, options, WATCH_KEYS);
      return inSlices(eighBandedSteps(runtime, task, budgetOf(watch)), watch);
    },

    /**
     * A = Z diag(values) Zᵀ: eigenvalues, and unless `vectors: false` eigenvectors, of the real symmetric band matrix A,
     * whose entries (i, j) with |i − j| > width are zero. `ab` holds one row of n numbers for each diagonal, as
     * scipy's eig_banded takes them: with `uplo: 'L'`, the default, entry (i, j), i ≥ j, at `ab[(i − j)*n + j]`, so that
     * row 0 is the main diagonal and row r ends with r numbers that are not looked at; with `'U'` entry (i, j),
     * i ≤ j, at `ab[(width + i − j)*n + j]`. (LAPACK's dsbevd takes the same by columns.) The band is reduced to a tridiagonal
     * matrix by Householder reflectors that chase their fill-in out of it, a wide band (5 width > n) as a dense matrix.
     * Memory while it runs: three bands and, with vectors, one and a half n×n matrices, with divide and conquer two and a
     * half. Bands of complex numbers are not taken: see `eighComplex`.
     *
     * @param ab - (width + 1)*n numbers, or width + 1 rows of n; those in the matrix finite.
     * @param n - Order, 0 and up; the length of the rows when left out.
     * @param width - Number of diagonals on one side of the main one, 0 … n − 1; what `ab` and `n` say when left out.
     * @returns Values, vectors, and whether they can be relied on, as of `eigh`.
     * @throws InputError for a wrong length, an entry that is not finite, a width or an n out of range, an index range
     *   outside the spectrum, a range with the method `jacobi`.
     * @example
     * ```js
     * import { createCore } from 'emft';
     * const core = await createCore();
     * // 6 on the diagonal, −4 beside it, 1 beside that: the fourth difference
     * const ab = [[6, 6, 6, 6], [-4, -4, -4, 0], [1, 1, 0, 0]];
     * const { values } = core.eighBanded(ab, 4, 2);
     * console.log(Array.from(values, (x) => x.toFixed(3)).join(' ')); // 0.394 2.615 7.606 13.385
     * core.dispose();
     * ```
     */
    eighBanded(ab: MatrixNumbers, n?: number, width?: number, options: EighBandedOptions = {}): Eigh {
      const { task } = checkEighBanded(runtime, ab, n, width, options);
      return eighBanded(runtime, task);
    },

    /**
     * `eighBanded`, with the same options and the same bits, in slices, as `eighAsync`. `ab` is copied before the call
     * returns its promise.
     *
     * @param ab - (width + 1)*n numbers, or width + 1 rows of n.
     * @param n - Order, 0 and up.
     * @param width - Number of diagonals on one side of the main one.
     * @returns A promise of what `eighBanded` returns.
     * @throws InputError as `eighBanded`; the signal's reason when it aborts; what `onProgress` throws.
     */
    async eighBandedAsync(
      ab: MatrixNumbers,
      n?: number,
      width?: number,
      options: EighBandedAsyncOptions = {},
    ): Promise<Eigh> {
      const { task, watch } = checkEighBanded(runtime, ab, n, width, options, WATCH_KEYS);
      return inSlices(eighBandedSteps(runtime, task, budgetOf(watch)), watch);
    },

    /**
     * Bytes of WebAssembly memory that `eighBanded` takes for a band of half-width `width` and order n, and for width 1
     * `eighTridiagonal`, of the 4 GiB less 64 KiB that there are. What is in JavaScript memory comes on top.
     *
     * @param n - Order, 0 … 2²⁶.
     * @param width - Number of diagonals on one side of the main one, 0 … n − 1.
     * @returns Bytes; more than there are for a band that does not fit.
     * @throws InputError for an order, a width or an option out of range.
     */
    eighBandedBytes(
      n: number,
      width: number,
      options: Pick<EighBandedOptions, 'method' | 'vectors' | 'verify'> = {},
    ): number {
      const size = checkBandedSize(n, width, options);
      return eighBandedBytes(runtime, size.n, size.width, size);
    },
  };
}

// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';
import { type EighOptions, eigh } from './eigh.js';

export function eigenApi(runtime: Runtime) {
  return {
    /**
     * Eigenvalues, and unless `vectors: false` eigenvectors, of the real symmetric matrix with entry (i, j) at
     * `a[i*n + j]`. Only the triangle named by `uplo` is read; `a` is never modified. Memory while it runs: two n×n
     * matrices and a workspace, with divide and conquer a third. Throws InputError for a wrong length, an entry that
     * is not finite, or an n that does not fit; reports an iteration that reached its cap in `convergence`.
     */
    eigh: (a: Float64Array, n: number, options?: EighOptions) => eigh(runtime, a, n, options),
  };
}

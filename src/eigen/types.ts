// What the eigensolvers take and give.
import type { MatrixNumbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';
import type { EighMethod } from './methods.js';

/** A part of the ascending spectrum, by place or by value. */
export type EighRange =
  /** `[first, last]`: eigenvalues with these indices, both ends included, counted from 0. */
  | {
      /** `[first, last]`, 0 ≤ first ≤ last < n. */
      index: readonly [number, number];
    }
  /**
   * `(lo, hi]`: the computed eigenvalues above lo and up to hi; with lo = −Infinity or hi = Infinity that end is open. They are
   * those of the same call without `range`, so that adjoining intervals give every eigenvalue once.
   */
  | {
      /** `(lo, hi]`, lo < hi; an interval without eigenvalues gives none. */
      value: readonly [number, number];
    };

/** What `eigh` computes, and how. */
export interface EighOptions {
  /**
   * A second matrix B, as large as `a` and stored alike, symmetric (Hermitian for `eighComplex`) and positive definite; the
   * triangle named by `uplo` is read. The problem is then A x = λ B x, or what `itype` says.
   */
  b?: MatrixNumbers;
  /**
   * Which problem B makes of it, numbered as in LAPACK: 1, the default, A x = λ B x; 2, A B x = λ x; 3, B A x = λ x. Vectors
   * X satisfy XᴴB X = 1, with 3 XᴴB⁻¹X = 1.
   */
  itype?: 1 | 2 | 3;
  /**
   * `dc` (divide and conquer) and `qr` reduce A to tridiagonal form first; `jacobi` rotates A itself. `auto` is the
   * fastest for the size, and the default.
   */
  method?: EighMethod;
  /**
   * Whether to compute eigenvectors, true by default. false is numpy's `eigvalsh`: `values` alone, `vectors` empty, in a
   * fraction of the time and without the memory of the vectors.
   */
  vectors?: boolean;
  /**
   * The triangle of `a` that is read, of the matrix with entry (i, j) at `a[i*n + j]`: `L` reads i ≥ j, `U` reads
   * i ≤ j; `L` by default. What stands in the other triangle does not matter.
   */
  uplo?: 'L' | 'U';
  /**
   * Only these eigenpairs, not by `jacobi`: a part of the vectors costs a part of the back-transformation, and with
   * divide and conquer of the last merge. The result then holds `values.length` eigenpairs, with the bits that they
   * have without `range`.
   */
  range?: EighRange;
  /**
   * Whether to check the result against the matrix, which needs vectors; false by default. `residual` and
   * `orthogonality` are then part of the result, and one above 60 counts as not converged. Adds about 25 % to the time
   * at n = 64, 50 % at 512 and 60 % at 1024: 1.5 n³ multiplications and additions.
   */
  verify?: boolean;
}

/** The call whose memory `eighBytes` and `eighComplexBytes` return; `eighComplex` has no `verify`. */
export interface EighSizeOptions extends Pick<EighOptions, 'method' | 'vectors' | 'verify'> {
  /** Whether there is a second matrix, false by default. */
  b?: boolean;
}

/** How an iteration ended. */
export interface Convergence {
  /**
   * true: every number of the result is finite, and the iteration came to its end. false when it reached its cap, when
   * an eigenvalue is beyond the range of doubles, or with `verify` when the result is not accurate: what it gives is
   * then not to be relied on.
   */
  converged: boolean;
  /** QR sweeps or Jacobi sweeps made; 0 for divide and conquer, which does not iterate on the matrix; below order 40 it is QR. */
  iterations: number;
}

/** What `eighAsync` computes, and how it is watched and ended. */
export interface EighAsyncOptions extends EighOptions, Watch {}

/** What `eighBatch` and `eighComplexBatch` compute, and how: as `eigh`, the whole spectrum of each matrix. */
export interface EighBatchOptions extends Omit<EighOptions, 'range' | 'verify' | 'b' | 'itype'> {}

/** What `eighBatchAsync` and `eighComplexBatchAsync` compute, and how they are watched and ended. */
export interface EighBatchAsyncOptions extends EighBatchOptions, Watch {}

/** How the iterations of a batch ended. */
export interface BatchConvergence extends Convergence {
  /** Indices of the matrices whose `converged` would be false in a call of their own, ascending. */
  failed: number[];
}

/** What `eighComplex` computes, and how: as `eigh`; of entry (i, j) the parts are at `a[2*(i*n + j)]`. */
export interface EighComplexOptions extends Omit<EighOptions, 'verify'> {}

/** What `eighComplexAsync` computes, and how it is watched and ended. */
export interface EighComplexAsyncOptions extends EighComplexOptions, Watch {}

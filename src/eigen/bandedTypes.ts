// What the eigensolvers for tridiagonal and band matrices take.
import type { Watch } from '../wasm/steps.js';
import type { EighOptions } from './types.js';

/** What `eighTridiagonal` computes, and how: as `eigh`. */
export interface EighTridiagonalOptions
  extends Pick<EighOptions, 'method' | 'vectors' | 'range' | 'verify'> {}

/** What `eighTridiagonalAsync` computes, and how it is watched and ended. */
export interface EighTridiagonalAsyncOptions extends EighTridiagonalOptions, Watch {}

/** What `eighBanded` computes, and how: as `eigh`. */
export interface EighBandedOptions extends Pick<EighOptions, 'method' | 'vectors' | 'range' | 'verify'> {
  /**
   * Which diagonals `ab` holds: `L`, the default, the main one and those below it, entry (i, j) at `ab[(i − j)*n + j]`
   * (scipy's `lower=True`); `U` those above it and the main one last, entry (i, j) at `ab[(width + i − j)*n + j]`
   * (`lower=False`, scipy's default).
   */
  uplo?: 'L' | 'U';
}

/** What `eighBandedAsync` computes, and how it is watched and ended. */
export interface EighBandedAsyncOptions extends EighBandedOptions, Watch {}

// Shared by the panels of the reductions of symmetric and of Hermitian matrices: how work is cut into strips,
// which columns need no reflector, and how far a reduction is.
// Range: columns of any size; elements of any size on the diagonal too.

import { axpy } from '../../kernel/vectors';
import { EPS } from '../../numeric/constants';
import { PRODUCT_STRIPS } from '../tuning';

/** Columns of a smaller norm are tested for being negligible; rounding alone leaves nothing that small. */
export const TINY: f64 = 1e-290;

/**
 * Whether the part of column j below its diagonal, of norm `size`, can be dropped. It can if no element is more
 * than eps √|a_jj a_ii|, so that every eigenvalue has a relative perturbation of at most rounding, and if the
 * diagonal of A is up to date because no reflector of the block has acted yet. Ordinary matrices whose couplings
 * underflow are thus not rotated.
 */
export function isNegligible(j: i32, m: i32, size: f64, aj: usize, diagonal: usize, tau: usize): bool {
  for (let i = 0; i < j; ++i) if (load<f64>(tau + ((<usize>i) << 3)) != 0) return false;
  const share = EPS * sqrt(abs(load<f64>(aj)));
  for (let i = 1; i <= m; ++i) {
    if (size > share * sqrt(abs(load<f64>(aj + <usize>i * diagonal)))) return false;
  }
  return true;
}

/** First column of strip s of a lower triangle of order m: strips have equal areas. */
export function strip(m: i32, s: i32): i32 {
  const left = 1 - <f64>s / <f64>PRODUCT_STRIPS;
  return <i32>(<f64>m * (1 - Math.sqrt(left))) & ~3;
}

/**
 * Adds rows from … from + rows − 1 of the partial products 1, 2, … of a vector of length m to its product 0 at `target`. They lie at
 * `partial`, `stride` bytes apart; product s has only rows from its first column on.
 */
export function addPartials(
  m: i32,
  from: i32,
  rows: i32,
  strips: i32,
  partial: usize,
  stride: usize,
  target: usize,
): void {
  for (let s = 1; s < strips; ++s) {
    const begin = max(strip(m, s), from);
    const count = from + rows - begin;
    const at = (<usize>begin) << 3;
    if (count > 0) axpy(count, 1, partial + <usize>(s - 1) * stride + at, target + at);
  }
}

/** Progress when this many of n columns are reduced: the cost of a column is proportional to the square of the order of what is left. */
export function reductionProgress(columns: f64, n: i32): f64 {
  const left = 1 - columns / <f64>n;
  return 1 - left * left * left;
}

/**
 * Whether any of `count` reflectors from the first on is not 1. Of a diagonal or tridiagonal matrix, and of what a matrix has of
 * that kind, none is, and products with their blocks would add nothing.
 */
export function reflects(tau: usize, first: i32, count: i32): bool {
  for (let k = first; k < first + count; ++k) {
    if (load<f64>(tau + ((<usize>k) << 3)) != 0) return true;
  }
  return false;
}

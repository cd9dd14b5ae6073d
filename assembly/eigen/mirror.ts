// Aᵀ = A from one triangle, and A := ±Aᵀ, tile by tile: a plain double loop would miss the cache on every store.
// Range: any numbers; nothing is computed but signs.
import { MIRROR_COST, MIRROR_SIDE } from './tuning';

/** Which triangle receives the elements of the other, or both. */
const TO_LOWER: i32 = 1;
const TO_UPPER: i32 = 2;

/** Nominal nanoseconds of a column of `mirrorColumns`. */
export function mirrorCost(n: i32): f64 {
  return MIRROR_COST * <f64>n;
}

/**
 * Copies one triangle of A (n×n, contiguous) to the other: the part of it that writes (`upper`) or reads the columns
 * from ≤ j < to of the lower triangle.
 */
export function mirrorColumns(n: i32, from: i32, to: i32, a: usize, upper: bool): void {
  walkTiles(n, from, to, a, upper ? TO_LOWER : TO_UPPER, 1);
}

/** A plane of A (n×n, contiguous) := sign · its transpose: tiles of columns from ≤ j < to, in whole tiles. */
export function transposeColumns(n: i32, from: i32, to: i32, a: usize, sign: f64): void {
  walkTiles(n, from, to, a, TO_LOWER | TO_UPPER, sign);
}

/**
 * Gives one triangle, or both, the elements of the other times `sign`: pairs (i, j) and (j, i),
 * i ≥ j, columns from ≤ j < to.
 */
function walkTiles(n: i32, from: i32, to: i32, a: usize, kind: i32, sign: f64): void {
  const column = (<usize>n) << 3;
  for (let jb = from; jb < to; jb += MIRROR_SIDE) {
    const jend = min(to, jb + MIRROR_SIDE);
    for (let ib = jb; ib < n; ib += MIRROR_SIDE) {
      const iend = min(n, ib + MIRROR_SIDE);
      for (let j = jb; j < jend; ++j) {
        for (let i = max(ib, j); i < iend; ++i) {
          const low = a + <usize>j * column + ((<usize>i) << 3);
          const high = a + <usize>i * column + ((<usize>j) << 3);
          const x = load<f64>(low);
          if (kind & TO_LOWER) store<f64>(low, sign * load<f64>(high));
          if (kind & TO_UPPER) store<f64>(high, sign * x);
        }
      }
    }
  }
}

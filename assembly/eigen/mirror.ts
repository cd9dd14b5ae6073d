// Aᵀ = A from one triangle, tile by tile: a plain double loop would miss the cache on every store.
import { MIRROR_COST, MIRROR_SIDE } from './tuning';

/** Nominal nanoseconds of a column of `mirrorColumns`. */
export function mirrorCost(n: i32): f64 {
  return MIRROR_COST * <f64>n;
}

/**
 * Copies one triangle of A (n×n, contiguous) to the other: the part that fills, with `upper`, or reads the columns
 * from ≤ j < to of the lower triangle.
 */
export function mirrorColumns(n: i32, from: i32, to: i32, a: usize, upper: bool): void {
  const column = (<usize>n) << 3;
  for (let jb = from; jb < to; jb += MIRROR_SIDE) {
    const jend = min(to, jb + MIRROR_SIDE);
    for (let ib = jb; ib < n; ib += MIRROR_SIDE) {
      const iend = min(n, ib + MIRROR_SIDE);
      for (let j = jb; j < jend; ++j) {
        for (let i = max(ib, j + 1); i < iend; ++i) {
          const low = a + <usize>j * column + ((<usize>i) << 3);
          const high = a + <usize>i * column + ((<usize>j) << 3);
          if (upper) store<f64>(low, load<f64>(high));
          else store<f64>(high, load<f64>(low));
        }
      }
    }
  }
}

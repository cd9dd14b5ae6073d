// Real columns converted to complex ones: pairs of real and imaginary part.
// Range: any numbers; nothing is computed.
import { COPY_COST } from './tuning';

/** Nominal nanoseconds of a column of `pairColumns`. */
export function pairCost(n: i32): f64 {
  return 2 * COPY_COST * <f64>n;
}

/**
 * Columns from ≤ j < to of z (n complex numbers each) := the columns of s (n×n). s may be the second half of z if the
 * columns are converted in ascending order: writing then never overwrites a column still to be read.
 */
export function pairColumns(n: i32, from: i32, to: i32, s: usize, z: usize): void {
  const first = (<usize>from * <usize>n) << 3;
  const end = (<usize>max(from, to) * <usize>n) << 3;
  for (let i = first; i < end; i += 8) {
    const x = load<f64>(s + i);
    store<f64>(z + 2 * i, x);
    store<f64>(z + 2 * i, 0, 8);
  }
}

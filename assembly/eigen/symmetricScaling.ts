// A := 2^k A and back, and the other passes over A: where products of three entries could over- or underflow,
// symmetric.ts decomposes a multiple of A by a power of two, which rounds nothing except results below 2^-1022.
import { amax, scal } from '../kernel/vectors';

/** Columns from ≤ j < to of the unit matrix. */
export function identityColumns(n: i32, from: i32, to: i32, z: usize): void {
  const column = (<usize>n) << 3;
  memory.fill(z + <usize>from * column, 0, <usize>(to - from) * column);
  for (let i = from; i < to; ++i) store<f64>(z + <usize>i * (column + 8), 1);
}

/** The largest |a_ij| of the lower triangle in columns from ≤ j < to. */
export function largest(n: i32, from: i32, to: i32, a: usize): f64 {
  let size = 0.0;
  for (let j = from; j < to; ++j) {
    size = max(size, amax(n - j, a + ((<usize>j * <usize>(n + 1)) << 3)));
  }
  return size;
}

/** Multiplies columns from ≤ j < to of the lower triangle of A, or of all of it, by a power of two. */
export function scaleColumns(n: i32, from: i32, to: i32, a: usize, factor: f64, all: bool): void {
  for (let j = from; j < to; ++j) {
    const skip = all ? 0 : j;
    scal(n - skip, factor, a + ((<usize>j * <usize>n + <usize>skip) << 3));
  }
}

/** Eigenvalues of A from those of `scale` times A. */
export function unscale(n: i32, d: usize, scale: f64): void {
  if (scale == 1) return;
  for (let p = d; p < d + ((<usize>n) << 3); p += 8) store<f64>(p, load<f64>(p) / scale);
}

// Shared by the QL, QR and Pal–Walker–Kahan iterations: where T splits into blocks, and how a block is scaled.
// Range: d and e of any size; below 2^-1022 `negligible` compares multiples of 2^-1074.
import { amax, scal } from '../../kernel/vectors';
import { EPS } from '../../numeric/constants';
import { powerOfTwoNear } from '../../numeric/scaling';

/**
 * Whether e_i can be dropped: with |e_i| ≤ eps √|d_i d_{i+1}| that changes its two neighbours by a relative error below
 * rounding, which keeps small eigenvalues of graded T.
 */
export function negligible(d: usize, e: usize, i: i32): bool {
  const at = (<usize>i) << 3;
  return abs(load<f64>(e + at)) <= EPS * sqrt(abs(load<f64>(d + at))) * sqrt(abs(load<f64>(d + at, 8)));
}

/** A power of two that brings the largest entry of rows begin … end to ½ … 1, or 1 for a block of zeros. */
export function blockScale(begin: i32, end: i32, d: usize, e: usize): f64 {
  const at = (<usize>begin) << 3;
  const size = max(amax(end - begin + 1, d + at), amax(end - begin, e + at));
  return size == 0 ? 1 : powerOfTwoNear(1 / size);
}

/** Multiplies rows begin … end by a power of two. */
export function rescale(begin: i32, end: i32, d: usize, e: usize, factor: f64): void {
  const at = (<usize>begin) << 3;
  scal(end - begin + 1, factor, d + at);
  scal(end - begin, factor, e + at);
}

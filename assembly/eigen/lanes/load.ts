// Into the lanes: both matrices times powers of two, so that the largest entry of each is between 1 and 4.
// Range: exact for entries of a matrix that differ by up to 2^300 in size. Matrices with smaller entries, which would
// have to be scaled block by block, are turned down.
import { exponentOf, powerOfTwo } from '../../numeric/scaling';
import { BOTH, choose, gather, Pair, refuse, zero } from './pair';

/** The least size of an entry beside the largest. */
const LEAST_SHARE: f64 = powerOfTwo(-300);

/**
 * Loads the matrices at a0 and a1 (n×n by columns, contiguous, the lower or the upper triangle) into the lower triangle of
 * the pair. With zeros in place of those that are turned down.
 */
export function loadPair(pair: Pair, a0: usize, a1: usize, upper: bool): void {
  const n = pair.n;
  const step: usize = upper ? (<usize>n) << 3 : 8;
  const infinite = f64x2.splat(Infinity);
  let top = zero();
  let least = infinite;
  for (let j = 0; j < n; ++j) {
    let from = (<usize>j * <usize>(n + 1)) << 3;
    let to = pair.a + <usize>j * <usize>(n + 1) * BOTH;
    for (let i = j; i < n; ++i) {
      const x = gather(a0 + from, a1 + from);
      const size = f64x2.abs(x);
      v128.store(to, x);
      top = f64x2.pmax(top, size);
      least = f64x2.pmin(least, choose(f64x2.eq(size, zero()), infinite, size));
      from += step;
      to += BOTH;
    }
  }
  const refused = f64x2.lt(least, f64x2.mul(top, f64x2.splat(LEAST_SHARE)));
  store<f64>(pair.scale, scaleOf(f64x2.extract_lane(top, 0)));
  store<f64>(pair.scale, scaleOf(f64x2.extract_lane(top, 1)), 8);
  const scale = v128.andnot(v128.load(pair.scale), refused);
  for (let j = 0; j < n; ++j) {
    let at = pair.a + <usize>j * <usize>(n + 1) * BOTH;
    for (let i = j; i < n; ++i) {
      v128.store(at, f64x2.mul(v128.load(at), scale));
      at += BOTH;
    }
  }
  refuse(pair, refused);
}

/** Whether the smallest entry that is not zero is large enough beside the largest. */
@inline
export function exceedsLeast(least: f64, top: f64): bool {
  return !(least < top * LEAST_SHARE);
}

/** The power of two that brings `size` between 1 and 4, or as near as its inverse allows. */
@inline
export function scaleOf(size: f64): f64 {
  if (size == 0) return 1;
  return powerOfTwo(min(max(-exponentOf(size), -1022), 1022));
}

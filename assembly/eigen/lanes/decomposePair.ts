// A = Z diag(d) Zᵀ for one or two small symmetric matrices at once, a lane for each: Householder's reduction, implicit QL,
// refinement of the values by bisection. The bits of a matrix do not depend on its neighbour, nor on whether it has one.
// Range: any finite A whose entries differ by up to 2^300 in size; it is scaled by a power of two. Others, and what meets
// underflow on the way, are reported and left to the ordinary route of symmetric.ts. ‖A − ZDZᵀ‖/(‖A‖ n ulp) and
// ‖1 − ZᵀZ‖/(n ulp) are below 10 in all tests.
import { loadPair } from './load';
import { BOTH, layOutPair, Pair, pairBytes, zero } from './pair';
import { formOrthogonal, reducePair } from './reduce';
import { refinePair } from './refine';
import { sweepPair, turnPair } from './sweeps';

/** Bytes of workspace of a pair of matrices of order n ≥ 2. */
export function decomposePairWorkspace(n: i32): usize {
  return pairBytes(n);
}

/**
 * Decomposes the matrices at a0 and a1 (n×n column-major, the upper or the lower triangle read; a1 = 0 when there is only one):
 * eigenvalues ascending to d0 and d1, unless z0 = 0 vectors to the columns of z0 and z1. The matrices are not changed.
 * Returns 0, plus 1 if the first and plus 2 if the second matrix was not decomposed.
 */
export function decomposePair(
  n: i32,
  a0: usize,
  a1: usize,
  upper: bool,
  d0: usize,
  d1: usize,
  z0: usize,
  z1: usize,
  work: usize,
): i32 {
  const pair = changetype<Pair>(work);
  layOutPair(n, z0 != 0, work);
  let refused = loadPair(pair, a0, a1 == 0 ? a0 : a1, upper);
  refused = v128.or(refused, reducePair(pair));
  if (z0 != 0) formOrthogonal(pair);
  refused = v128.or(refused, turnPair(pair));
  refused = v128.or(refused, sweepPair(pair));
  refinePair(pair);
  const failed = i64x2.bitmask(refused);
  if ((failed & 1) == 0) storeResults(pair, 0, d0, z0);
  if (a1 != 0 && (failed & 2) == 0) storeResults(pair, 1, d1, z1);
  return a1 == 0 ? failed & 1 : failed;
}

/** Sweeps that were made on matrix 0 or 1. */
export function sweepsOfLane(lane: i32, work: usize): i32 {
  const pair = changetype<Pair>(work);
  return lane == 0 ? pair.sweeps : pair.sweeps1;
}

/**
 * Eigenvalues and vectors of matrix 0 or 1 out of its lane. Zeros lose their sign, which may be that of
 * a product with a zero of the other lane.
 */
function storeResults(pair: Pair, lane: i32, d: usize, z: usize): void {
  const n = pair.n;
  const skip = (<usize>lane) << 3;
  const inverse = 1 / load<f64>(pair.scale + skip);
  for (let k = 0; k < n; ++k) {
    store<f64>(d + ((<usize>k) << 3), load<f64>(pair.w + <usize>k * BOTH + skip) * inverse + 0);
  }
  if (z == 0) return;
  const order = pair.order + ((<usize>(lane * n)) << 2);
  for (let k = 0; k < n; ++k) {
    let from = pair.a + <usize>load<i32>(order + ((<usize>k) << 2)) * <usize>n * BOTH;
    let i = 0;
    for (; i < n - 1; i += 2) {
      const x = v128.load(from);
      const y = v128.load(from, BOTH);
      const both = lane == 0 ? v128.shuffle<f64>(x, y, 0, 2) : v128.shuffle<f64>(x, y, 1, 3);
      v128.store(z, f64x2.add(both, zero()));
      from += 2 * BOTH;
      z += 16;
    }
    if (i < n) {
      store<f64>(z, load<f64>(from + skip) + 0);
      z += 8;
    }
  }
}

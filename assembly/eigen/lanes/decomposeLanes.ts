// A = Z diag(d) Zᵀ for some small symmetric matrices at once, a lane for each: rotations at the lowest orders; at others
// Householder's reduction, implicit QL and refinement of the values by bisection. The bits of a matrix do not depend on
// its neighbour, nor on whether it has one.
// Range: any finite A whose entries differ by up to 2^300 in size; it is scaled by a power of two. Others, and what
// meets underflow on the way, are reported and left to the ordinary route of symmetric.ts. ‖A − ZDZᵀ‖/(‖A‖ n ulp)
// and ‖1 − ZᵀZ‖/(n ulp) are below 10 in all tests.

import { isRotated, lanePairs } from '../tuning';
import { loadPair } from './load';
import { BOTH, layOutPair, Pair, pairBytes, zero } from './pair';
import { formOrthogonal, reducePair } from './reduce';
import { refinePair } from './refine';
import { restsFew, rotateFew } from './rotateFew';
import { endSweep, planeOf, rests, rotatePair, roundsOf, sortRotated, startRotations } from './rotations';
import { sweepPair, turnPair } from './sweeps';

/** Matrices of order n that are decomposed at a time: two in lanes, of low orders several times two. */
export function lanesOf(n: i32): i32 {
  return 2 * lanePairs(n);
}

/** Bytes of workspace of `decomposeLanes`. */
export function lanesWorkspace(n: i32): usize {
  return <usize>lanePairs(n) * pairBytes(n);
}

@inline
function pairAt(n: i32, p: i32, work: usize): Pair {
  return changetype<Pair>(work + <usize>p * pairBytes(n));
}

/**
 * Decomposes `count` ≤ lanesOf(n) matrices at a (n×n column-major, one after another, the upper or the lower triangle read, n ≥ 2):
 * eigenvalues ascending to d, unless z = 0 vectors to the columns of z. The matrices are not changed. Returns a
 * bit 1 << k for each matrix k that was not decomposed.
 */
export function decomposeLanes(
  n: i32,
  count: i32,
  a: usize,
  upper: bool,
  d: usize,
  z: usize,
  work: usize,
): i32 {
  const size = (<usize>n * <usize>n) << 3;
  const pairs = (count + 1) >> 1;
  // Each part of all pairs before the next: what waits in one pair leaves the processor free for another.
  for (let p = 0; p < pairs; ++p) {
    const pair = pairAt(n, p, work);
    const alone = 2 * p + 1 == count;
    layOutPair(n, z != 0, alone, pair);
    const first = a + <usize>(2 * p) * size;
    loadPair(pair, first, alone ? first : first + size, upper);
  }
  if (isRotated(n)) rotate(n, pairs, work);
  else iterate(n, pairs, work);
  let failed = 0;
  for (let k = 0; k < count; ++k) {
    const pair = pairAt(n, k >> 1, work);
    if ((i64x2.bitmask(v128.load(pair.refused)) >> (k & 1)) & 1) failed |= 1 << k;
    else storeResults(pair, k & 1, d + ((<usize>(k * n)) << 3), z == 0 ? 0 : z + <usize>k * size);
  }
  return failed;
}

/** Rotations until all are diagonal. Each plane of all pairs before the next, again to leave the processor free. */
function rotate(n: i32, pairs: i32, work: usize): void {
  for (let p = 0; p < pairs; ++p) startRotations(pairAt(n, p, work));
  for (let busy = true; busy; ) {
    for (let round = 0; round < roundsOf(n); ++round) {
      for (let k = n & 1; k < (n + 1) >> 1; ++k) {
        const plane = planeOf(n, round, k);
        for (let p = 0; p < pairs; ++p) {
          const pair = pairAt(n, p, work);
          if (pair.row == n) continue;
          if (n <= 4) rotateFew(n, plane, pair);
          else rotatePair(pair, plane & 7, plane >> 3);
        }
      }
    }
    busy = false;
    for (let p = 0; p < pairs; ++p) {
      const pair = pairAt(n, p, work);
      if (pair.row == n) continue;
      if (endSweep(pair) && !(n <= 4 ? restsFew(n, pair) : rests(pair))) busy = true;
      else pair.row = n;
    }
  }
  for (let p = 0; p < pairs; ++p) sortRotated(pairAt(n, p, work));
}

/** Reduction and QL. */
function iterate(n: i32, pairs: i32, work: usize): void {
  for (let p = 0; p < pairs; ++p) {
    const pair = pairAt(n, p, work);
    reducePair(pair);
    if (pair.vectors) formOrthogonal(pair);
    turnPair(pair);
  }
  for (let busy = true; busy; ) {
    busy = false;
    for (let p = 0; p < pairs; ++p) busy = sweepPair(pairAt(n, p, work)) || busy;
  }
  for (let p = 0; p < pairs; ++p) refinePair(pairAt(n, p, work));
}

/** Sweeps that were made on matrix k. */
export function sweepsOfLane(n: i32, k: i32, work: usize): i32 {
  return <i32>load<f64>(pairAt(n, k >> 1, work).sweeps + ((<usize>(k & 1)) << 3));
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
    let from = pair.z + <usize>load<i32>(order + ((<usize>k) << 2)) * <usize>n * BOTH;
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

// Two small symmetric matrices of one order side by side: element (i, j) of both is one vector of two lanes, so that
// every operation acts on both at once. A lane never sees its neighbour: what is computed of a matrix is the same bits
// beside any other, and beside a copy of itself, which is how one matrix alone is decomposed.
// Range: see decomposePair (decomposePair.ts).
import { recordBytes } from '../../job';

/** Bytes of an element of both matrices. */
export const BOTH: usize = 16;

/** Addresses of what belongs to a pair, in elements of both matrices except where said. */
@unmanaged
export class Pair {
  n: i32;
  /** Whether eigenvectors are wanted. */
  vectors: bool;
  /** Sweeps made on each matrix. */
  sweeps: i32;
  sweeps1: i32;
  /** n×n by columns: A in its lower triangle, then the reflectors, Q, and in the end Z. */
  a: usize;
  /** T, at first and as it is swept; n each. `squares`: of the off-diagonal. */
  d: usize;
  e: usize;
  diagonal: usize;
  squares: usize;
  /** Factors of the reflectors; the vector w of the reduction, then the eigenvalues ascending. */
  tau: usize;
  w: usize;
  /** One element each: the power of two by which each matrix is multiplied; g, c, s, p of a sweep (sweeps.ts). */
  scale: usize;
  chain: usize;
  /** For each matrix n × i32: the columns of Z in ascending order of the eigenvalues. */
  order: usize;
}

/** Bytes of a record and of all that belongs to it. */
export function pairBytes(n: i32): usize {
  const size = <usize>n;
  return recordBytes<Pair>() + (size * size + 6 * size + 5) * BOTH + ((2 * size * 4 + 63) & ~(<usize>63));
}

/** Lays out the record of a pair of matrices of order n. */
export function layOutPair(n: i32, vectors: bool, work: usize): void {
  const pair = changetype<Pair>(work);
  const row = <usize>n * BOTH;
  pair.n = n;
  pair.vectors = vectors;
  pair.a = work + recordBytes<Pair>();
  pair.d = pair.a + <usize>n * row;
  pair.e = pair.d + row;
  pair.diagonal = pair.e + row;
  pair.squares = pair.diagonal + row;
  pair.tau = pair.squares + row;
  pair.w = pair.tau + row;
  pair.scale = pair.w + row;
  pair.chain = pair.scale + BOTH;
  pair.order = pair.chain + 4 * BOTH;
}

/** One double of each matrix, from two addresses. */
@inline
export function gather(first: usize, second: usize): v128 {
  return f64x2.replace_lane(v128.load64_splat(first), 1, load<f64>(second));
}

/** Where the mask holds `x`, elsewhere `y`. */
@inline
export function choose(mask: v128, x: v128, y: v128): v128 {
  return v128.bitselect(x, y, mask);
}

@inline
export function zero(): v128 {
  return f64x2.splat(0);
}

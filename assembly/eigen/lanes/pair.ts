// Two small symmetric matrices of one order side by side: element (i, j) of both is one vector of two lanes, so that
// every operation acts on both at once. A lane never sees its neighbour: what is computed of a matrix is the same bits
// beside any other, and beside a copy of itself, which is how one matrix alone is decomposed.
// Range: see decomposeLanes.ts.
import { recordBytes } from '../../job';
import { align } from '../../numeric/align';
import { powerOfTwo } from '../../numeric/scaling';
import { isRotated } from '../tuning';

/** Bytes of an element of both matrices. */
export const BOTH: usize = 16;
/** Squares, and sums of squares, below this may lack digits. */
export const SMALL_SQUARE: f64 = powerOfTwo(-900);

/** Addresses of what belongs to a pair, in elements of both matrices except where said. */
@unmanaged
export class Pair {
  n: i32;
  /** Whether eigenvectors are wanted. */
  vectors: bool;
  /** Whether both lanes hold the same matrix, of which the first is taken. */
  alone: bool;
  /** Rows of T whose eigenvalues are found, of both matrices; n when all are. */
  row: i32;
  /** n×n by columns: A in its lower triangle, then the reflectors, Q, and in the end the vectors of QL. */
  a: usize;
  /** n×n by columns: the vectors of rotations; and where the vectors are in the end, a or v. */
  v: usize;
  z: usize;
  /** T, at first and as it is swept; n each. `squares`: of the off-diagonal. */
  d: usize;
  e: usize;
  diagonal: usize;
  squares: usize;
  /** Factors of the reflectors; the vector w of the reduction, then the eigenvalues ascending. */
  tau: usize;
  w: usize;
  /**
   * One element each: the power of two by which each matrix is multiplied; sweeps made on each; masks of those that were
   * given up and of those that were turned in this sweep (rotations.ts). Then g, c, s, p of a sweep (sweeps.ts).
   */
  scale: usize;
  sweeps: usize;
  refused: usize;
  turned: usize;
  chain: usize;
  /** For each matrix n × i32: the columns of Z in ascending order of the eigenvalues. */
  order: usize;
}

/** Bytes of a record and of all that belongs to it. */
export function pairBytes(n: i32): usize {
  const size = <usize>n;
  const squares: usize = isRotated(n) ? 2 * size * size : size * size;
  return recordBytes<Pair>() + (squares + 6 * size + 8) * BOTH + align(2 * size * 4);
}

/** Lays out the record of a pair of matrices of order n. */
export function layOutPair(n: i32, vectors: bool, alone: bool, pair: Pair): void {
  const work = changetype<usize>(pair);
  const row = <usize>n * BOTH;
  pair.n = n;
  pair.vectors = vectors;
  pair.alone = alone;
  pair.row = 0;
  pair.a = work + recordBytes<Pair>();
  pair.v = pair.a + <usize>n * row;
  pair.z = pair.a;
  pair.d = isRotated(n) ? pair.v + <usize>n * row : pair.v;
  pair.e = pair.d + row;
  pair.diagonal = pair.e + row;
  pair.squares = pair.diagonal + row;
  pair.tau = pair.squares + row;
  pair.w = pair.tau + row;
  pair.scale = pair.w + row;
  pair.sweeps = pair.scale + BOTH;
  pair.refused = pair.sweeps + BOTH;
  pair.turned = pair.refused + BOTH;
  pair.chain = pair.turned + BOTH;
  pair.order = pair.chain + 4 * BOTH;
  v128.store(pair.sweeps, zero());
  v128.store(pair.refused, zero());
  v128.store(pair.turned, zero());
}

/** Gives up on the matrices where the mask holds. */
@inline
export function refuse(pair: Pair, mask: v128): void {
  v128.store(pair.refused, v128.or(v128.load(pair.refused), mask));
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

/** Zeros in `bytes` bytes at x. For vectors as short as these, a loop is faster than memory.fill, which is a call. */
@inline
export function clear(x: usize, bytes: usize): void {
  for (const end = x + bytes; x < end; x += BOTH) v128.store(x, zero());
}

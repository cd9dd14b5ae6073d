// T = Z Λ Zᵀ of a symmetric tridiagonal matrix by divide and conquer (J. J. M. Cuppen, Numer. Math. 36 (1981)
// 177; M. Gu and S. C. Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995) 172). T is torn at off-diagonals β into
//
//     T = diag(T1, T2) + |β| v vᵀ,   v = (e_last, sign(β) e_first),
//
// until the blocks are small enough for QR; then neighbours are merged level by level.
// Range: any finite T of norm 2^-1022 and more. Each block between negligible off-diagonals is scaled by a power of two
// to a norm between 1 and 2, so that Z is orthogonal to n ulp and Λ accurate to n ulp of the norm of its own block.

import { end, enter, finish, Job, portion, progress, recordBytes, start, step } from '../../../job';
import { amax, scal } from '../../../kernel/vectors';
import { powerOfTwoNear } from '../../../numeric/scaling';
import { MORE, OK } from '../../../status';
import { sortEigenpairs, sortEigenpairsWorkspace } from '../../eigenpairs';
import { CLEAR_COST, LEAST_OF_PASS, ROOTS_SHARE } from '../../tuning';
import { tridiagonalQrWorkspace } from '../qr';
import { negligible } from '../tridiagonalBlock';
import { mergeRootsStart, mergeVectorsStart, rankOneMergeWorkspace } from './rankOneMerge';
import { solveLeaf } from './treeLeaf';

/** State of a decomposition between two steps. */
@unmanaged
class Tree extends Job {
  d: usize;
  e: usize;
  z: usize;
  n: i32;
  ldz: i32;
  first: i32;
  last: i32;
  leaf: i32;
  /** The current block of T between negligible off-diagonals, scaled by 1/grow. */
  row: i32;
  size: i32;
  grow: f64;
  /** 2^levels leaves; the current merge b of a level. */
  levels: i32;
  level: i32;
  b: i32;
  /** Whether the wanted eigenpairs are those with lo < d/unit ≤ hi; otherwise they are first … last − 1. */
  byValue: i32;
  lo: f64;
  hi: f64;
  unit: f64;
}

/**
 * Bytes of workspace of `tridiagonalDivideAndConquer`: about 8 n² + 4096 n; with the n² vectors that is two
 * matrices of order n, plus packing buffers of gemm.
 */
export function tridiagonalDivideAndConquerWorkspace(n: i32, cutoff: i32): usize {
  const leaf = tridiagonalQrWorkspace(min(n, max(2, cutoff)), true);
  return recordBytes<Tree>() + max(max(leaf, rankOneMergeWorkspace(n)), sortEigenpairsWorkspace(n, n));
}

/**
 * Eigenvalues, ascending, in d and orthonormal eigenvectors in the columns first ≤ j < last of z (n×n, column-major,
 * leading dimension ldz) of the symmetric tridiagonal matrix with diagonal d (n) and off-diagonal e (n − 1). The other
 * columns of z are undefined, d and e are overwritten: all of d are eigenvalues. The last merge, three quarters of the
 * work, has a cost proportional to last − first; no bit depends on the range. Blocks of order at most `cutoff` (2 or
 * more) are solved by QR. Returns OK or NOT_CONVERGED.
 */
export function tridiagonalDivideAndConquer(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  first: i32,
  last: i32,
  work: usize,
  cutoff: i32,
): i32 {
  divideAndConquerStart(n, d, e, z, ldz, first, last, work, cutoff);
  return finish(work);
}

/** Starts `tridiagonalDivideAndConquer` as a job. */
export function divideAndConquerStart(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  first: i32,
  last: i32,
  work: usize,
  cutoff: i32,
): void {
  const tree = changetype<Tree>(work);
  tree.d = d;
  tree.e = e;
  tree.z = z;
  tree.n = n;
  tree.ldz = ldz;
  tree.first = first;
  tree.last = last;
  tree.leaf = max(2, cutoff);
  tree.byValue = false;
  tree.row = 0;
  tree.size = 0;
  start(tree, blockEnd(n, d, e, 0) < n ? clearSome.index : nextBlock.index);
}

/**
 * Right after the start: selects the eigenvectors of the eigenvalues with lo < d/unit ≤ hi, whatever their
 * number; lo = −∞ is no bound.
 */
export function divideAndConquerSelect(lo: f64, hi: f64, unit: f64, work: usize): void {
  const tree = changetype<Tree>(work);
  tree.byValue = true;
  tree.lo = lo;
  tree.hi = hi;
  tree.unit = unit;
}

/** Number of the n ascending values d · grow / unit that are at most x; 0 for x = −∞. */
export function countUpTo(n: i32, d: usize, grow: f64, unit: f64, x: f64): i32 {
  let count = 0;
  if (x > -Infinity) while (count < n && (load<f64>(d + ((<usize>count) << 3)) * grow) / unit <= x) ++count;
  return count;
}

/** Step: clears some columns of Z. Where T is a direct sum, Z is block diagonal until the eigenpairs are sorted. */
function clearSome(work: usize, budget: f64): void {
  const tree = changetype<Tree>(work);
  const n = tree.n;
  const to = tree.position + portion(budget, CLEAR_COST * <f64>n, LEAST_OF_PASS, n - tree.position);
  for (; tree.position < to; ++tree.position)
    memory.fill(tree.z + ((<usize>tree.position * <usize>tree.ldz) << 3), 0, (<usize>n) << 3);
  if (to == n) enter(tree, nextBlock.index);
}

/** Step: the leaves of the next block; after the last block, sorts the eigenpairs. */
function nextBlock(work: usize, _budget: f64): void {
  const tree = changetype<Tree>(work);
  const rest = work + recordBytes<Tree>();
  tree.row += tree.size;
  tree.progress = <f64>tree.row / <f64>max(1, tree.n);
  if (tree.row < tree.n) {
    tree.size = blockEnd(tree.n, tree.d, tree.e, tree.row) - tree.row;
    solveLeaves(tree, rest);
    return;
  }
  // T is a direct sum: each block is sorted, but the whole is not.
  if (tree.size < tree.n) sortEigenpairs(tree.n, tree.d, tree.z, tree.ldz, tree.n, rest);
  end(tree, OK);
}

/** Step towards the eigenvalues of a merge. */
function mergeRoots(work: usize, budget: f64): void {
  const tree = changetype<Tree>(work);
  const rest = work + recordBytes<Tree>();
  const status = step(rest, budget);
  note(tree, ROOTS_SHARE * progress(rest));
  if (status == MORE) return;
  if (status != OK) {
    end(tree, status);
    return;
  }
  let first = 0;
  let last = tree.n;
  // Only the last merge, which gives the whole of T, may leave vectors out.
  if (tree.level == 0 && tree.size == tree.n) {
    if (tree.byValue) {
      tree.first = countUpTo(tree.n, tree.d, tree.grow, tree.unit, tree.lo);
      tree.last = countUpTo(tree.n, tree.d, tree.grow, tree.unit, tree.hi);
    }
    first = tree.first;
    last = tree.last;
  }
  mergeVectorsStart(first, last, rest);
  enter(tree, mergeVectors.index);
}

/** Step towards the eigenvectors of a merge; then the next merge follows, of this level or the level above. */
function mergeVectors(work: usize, budget: f64): void {
  const tree = changetype<Tree>(work);
  const rest = work + recordBytes<Tree>();
  const status = step(rest, budget);
  note(tree, ROOTS_SHARE + (1 - ROOTS_SHARE) * progress(rest));
  if (status == MORE) return;
  if (++tree.b == 1 << tree.level) {
    tree.b = 0;
    --tree.level;
  }
  if (tree.level >= 0) {
    startMerge(tree, rest);
    return;
  }
  scal(tree.size, tree.grow, tree.d + ((<usize>tree.row) << 3));
  enter(tree, nextBlock.index);
}

/**
 * Progress: a level of the tree costs a quarter of the level above it; `part`: the share of the
 * current merge b that is done.
 */
function note(tree: Tree, part: f64): void {
  const width = <f64>(1 << tree.level);
  const share = (0.25 + 0.75 * ((<f64>tree.b + part) / width)) / (width * width);
  tree.progress = (<f64>tree.row + share * <f64>tree.size) / <f64>tree.n;
}

/** The end of the block that begins at row `start`: the next negligible off-diagonal. */
function blockEnd(n: i32, d: usize, e: usize, start: i32): i32 {
  let end = start + 1;
  while (end < n && !negligible(d, e, end - 1)) ++end;
  return end;
}

/** Boundary b of the 2^levels leaves of a block of order n. */
@inline
function boundary(n: i32, b: i32, levels: i32): i32 {
  return <i32>((<i64>n * <i64>b) >> levels);
}

/** Scales the block by a power of two to a norm near 1, tears it, solves the leaves and starts the first merge. */
function solveLeaves(tree: Tree, work: usize): void {
  const n = tree.size;
  const d = tree.d + ((<usize>tree.row) << 3);
  const e = tree.e + ((<usize>tree.row) << 3);
  const diagonal = (<usize>tree.ldz + 1) << 3;
  const z = tree.z + <usize>tree.row * diagonal;
  if (n == 1) {
    store<f64>(z, 1);
    return;
  }
  tree.grow = powerOfTwoNear(max(amax(n, d), amax(n - 1, e)));
  scal(n, 1 / tree.grow, d);
  scal(n - 1, 1 / tree.grow, e);
  let levels = 0;
  while ((n + (1 << levels) - 1) >> levels > tree.leaf) ++levels;
  for (let b = 1; b < 1 << levels; ++b) {
    const at = (<usize>boundary(n, b, levels)) << 3;
    const beta = Math.abs(load<f64>(e + at - 8));
    store<f64>(d + at - 8, load<f64>(d + at - 8) - beta);
    store<f64>(d + at, load<f64>(d + at) - beta);
  }
  for (let b = 0; b < 1 << levels; ++b) {
    const row = boundary(n, b, levels);
    const at = (<usize>row) << 3;
    const block = z + <usize>row * diagonal;
    const size = boundary(n, b + 1, levels) - row;
    const status = solveLeaf(size, d + at, e + at, block, tree.ldz, work);
    if (status != OK) {
      end(tree, status);
      return;
    }
  }
  if (levels == 0) {
    scal(n, tree.grow, d);
    return;
  }
  tree.levels = levels;
  tree.level = levels - 1;
  tree.b = 0;
  startMerge(tree, work);
}

/** Starts merge b of the level. */
function startMerge(tree: Tree, work: usize): void {
  const n = tree.size;
  const level = tree.level;
  const b = tree.b;
  const row = boundary(n, b, level);
  const middle = boundary(n, 2 * b + 1, level + 1);
  const size = boundary(n, b + 1, level) - row;
  const at = (<usize>(tree.row + row)) << 3;
  const beta = load<f64>(tree.e + ((<usize>(tree.row + middle - 1)) << 3));
  const block = tree.z + ((<usize>(tree.row + row) * (<usize>tree.ldz + 1)) << 3);
  mergeRootsStart(size, middle - row, beta, tree.d + at, block, tree.ldz, work);
  enter(tree, mergeRoots.index);
}

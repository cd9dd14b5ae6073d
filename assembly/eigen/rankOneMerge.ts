// One merge of divide and conquer: from the eigenpairs of the two diagonal blocks those of
//
//     diag(Q1, Q2) (diag(D1, D2) + ρ z zᵀ) diag(Q1, Q2)ᵀ,     ρ = 2|β|,
//     √2 z = (last row of Q1, sign(β) · first row of Q2),
//
// which is diag(T1, T2) + |β| v vᵀ with v = (e_last, sign(β) e_first): J. J. M. Cuppen, Numer. Math. 36 (1981)
// 177; J. D. Rutter, LAPACK Working Note 69 (1994). Columns of Q that do not deflate are copied to two
// contiguous matrices, those with nonzeros in the upper rows and those with nonzeros in the lower rows, so
// that the update Q S is two products which skip the zero blocks of diag(Q1, Q2).
import { copyDoubles } from "../kernel/copy";
import { gemm, gemmWorkspace } from "../kernel/gemm";
import { MORE, NOT_CONVERGED, OK } from "../status";
import { clearZeros, deflate, FULL, LOWER, UPPER } from "./deflation";
import { copyColumns, findRoots, findWeights, formVectors, Secular, SECULAR_BYTES } from "./secularTasks";
import { portion } from "./steps";

/** Columns of Q S formed at a time. */
const PANEL: i32 = 512;
const SQRT_HALF: f64 = 0.7071067811865476;

/** Rows of Q S that a step forms at least: fewer would spend more on packing S than on Q. */
const LEAST: i32 = 64;

/** Bytes of the record of a merge under way, at the start of its workspace; what its tasks read follows. */
const MERGE_BYTES: usize = 128;
const RECORD: usize = MERGE_BYTES + SECULAR_BYTES;

// What the next step does: deflation; roots; the corrected coupling; copies of the columns that do not deflate, and of
// those that do; the order of all. Then, a panel at a time, vectors of the secular problem, the upper and the lower
// rows of Q S, and columns to higher places; at last the deflated columns to theirs.
const DEFLATE: i32 = 0;
const ROOTS: i32 = 1;
const WEIGHTS: i32 = 2;
const COPY: i32 = 3;
const SAVE: i32 = 4;
const ORDER: i32 = 5;
const SECULAR: i32 = 6;
const ABOVE: i32 = 7;
const BELOW: i32 = 8;
const RETURN: i32 = 9;
const DONE: i32 = 10;

/** A merge between two of its steps; the vectors are found again from n. */
@unmanaged
class Merge {
  beta: f64;
  rho: f64;
  d: usize;
  z: usize;
  /** Where the next deflated column is saved. */
  saved: usize;
  n: i32;
  n1: i32;
  ldz: i32;
  first: i32;
  last: i32;
  /** Roots, and how many of their columns are upper and full. */
  k: i32;
  upper: i32;
  full: i32;
  /** Columns copied of each shape. */
  toUpper: i32;
  toFull: i32;
  toLower: i32;
  /** Roots begin … to − 1 have vectors still to be formed. */
  begin: i32;
  to: i32;
  next: i32;
  /** Roots, weights, columns or rows done. */
  position: i32;
}

/** Bytes of workspace of a merge of order n or less: 8 n² for the copied columns, and O(n). */
export function rankOneMergeWorkspace(n: i32): usize {
  const panel = min(n, PANEL);
  return RECORD + vectorBytes(n) + (<usize>n * <usize>n + <usize>n * <usize>panel) * 8 + gemmWorkspace(n, panel, n);
}

/** Ten vectors of doubles and five of integers. */
// @ts-ignore: decorator
@inline
function vectorBytes(n: i32): usize {
  return (<usize>n + 2) * (10 * 8 + 5 * 4 + 4) & ~(<usize>15);
}

/**
 * Starts the merge of two solved blocks of orders n1 and n − n1 in steps (steps.ts). On entry d holds their eigenvalues,
 * each block ascending, and the diagonal blocks of z (n×n, column-major, leading dimension ldz) their eigenvectors; beta
 * is the off-diagonal that was torn out. `rankOneMergeRoots` makes d the eigenvalues of the whole, ascending; then
 * `rankOneMergeVectors` makes the columns of z the eigenvectors.
 */
export function rankOneMergeStart(n: i32, n1: i32, beta: f64, d: usize, z: usize, ldz: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.beta = beta;
  merge.rho = 2 * Math.abs(beta);
  merge.d = d;
  merge.z = z;
  merge.n = n;
  merge.n1 = n1;
  merge.ldz = ldz;
  merge.first = 0;
  merge.last = n;
  merge.next = DEFLATE;
  merge.position = 0;
}

/**
 * Between the roots and the vectors: only the columns first ≤ j < last of z will be eigenvectors, the others undefined.
 */
export function rankOneMergeSelect(first: i32, last: i32, work: usize): void {
  const merge = changetype<Merge>(work);
  merge.first = first;
  merge.last = last;
}

/** A step up to the eigenvalues, which are in d when it returns OK; or NOT_CONVERGED. */
export function rankOneMergeRoots(work: usize, budget: f64): i32 {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const n2 = n - n1;
  const d = merge.d;
  const z = merge.z;
  const bytes = <usize>(n + (n & 1)) << 3;
  const row = work + RECORD;
  const poles = row + bytes;
  const signs = poles + bytes;
  const squares = signs + bytes;
  const origin = squares + bytes;
  const tau = origin + bytes;
  const weights = tau + bytes;
  const polesByShape = weights + bytes;
  const weightsByShape = polesByShape + bytes;
  const values = weightsByShape + bytes;
  const order = values + bytes;
  const shape = order + (bytes >> 1);
  const kept = shape + (bytes >> 1);
  const deflated = kept + (bytes >> 1);
  const place = deflated + (bytes >> 1);
  const panel = row + vectorBytes(n);
  const above = panel + <usize>n * <usize>min(n, PANEL) * 8;
  const stride = <usize>merge.ldz << 3;
  const k = merge.k;
  const from = merge.position;
  const secular = changetype<Secular>(work + MERGE_BYTES);
  secular.k = k;
  secular.from = from;
  secular.rho = merge.rho;
  secular.poles = poles;
  secular.signs = signs;
  secular.squares = squares;
  secular.origin = origin;
  secular.tau = tau;
  secular.weights = weights;
  secular.scratch = values;

  if (merge.next == DEFLATE) {
    couple(merge, row);
    const k = deflate(n, n1, d, row, merge.rho, z, merge.ldz, order, shape, kept, deflated);
    let upper = 0;
    let full = 0;
    for (let j = 0; j < k; ++j) {
      const at = <usize>j << 3;
      const column = load<i32>(kept + (<usize>j << 2));
      const x = load<f64>(row + (<usize>column << 3));
      store<f64>(poles + at, load<f64>(d + (<usize>column << 3)));
      store<f64>(signs + at, x);
      store<f64>(squares + at, x * x);
      const s = load<i32>(shape + (<usize>column << 2));
      if (s == UPPER) ++upper;
      else if (s == FULL) ++full;
    }
    merge.k = k;
    merge.upper = upper;
    merge.full = full;
    enter(merge, k > 0 ? ROOTS : SAVE);
    merge.saved = above + (<usize>n1 * <usize>(upper + full) + <usize>n2 * <usize>(k - upper)) * 8;
  } else if (merge.next == ROOTS) {
    const to = from + portion(budget, 20 * <f64>k, 8, k - from);
    secular.to = to;
    if (!findRoots(secular)) return NOT_CONVERGED;
    merge.position = to;
    if (to == k) enter(merge, WEIGHTS);
  } else if (merge.next == WEIGHTS) {
    const to = from + portion(budget, 2 * <f64>k, 8, k - from);
    secular.to = to;
    findWeights(secular);
    merge.position = to;
    if (to == k) {
      merge.toUpper = 0;
      merge.toFull = merge.upper;
      merge.toLower = merge.upper + merge.full;
      enter(merge, COPY);
    }
  } else if (merge.next == COPY) {
    // Columns in the order upper, full, lower: [Q11 Q12] in n1 rows, [Q22 Q23] in n2 rows, then the deflated.
    const below = above + <usize>n1 * <usize>(merge.upper + merge.full) * 8;
    const end = from + portion(budget, 2 * <f64>n, 1, k - from);
    for (let j = from; j < end; ++j) {
      const s = load<i32>(shape + (<usize>load<i32>(kept + (<usize>j << 2)) << 2));
      const to = s == UPPER ? merge.toUpper++ : s == FULL ? merge.toFull++ : merge.toLower++;
      store<i32>(place + (<usize>j << 2), to);
      store<f64>(polesByShape + (<usize>to << 3), load<f64>(poles + (<usize>j << 3)));
      store<f64>(weightsByShape + (<usize>to << 3), load<f64>(weights + (<usize>j << 3)));
    }
    secular.to = end;
    secular.z = z;
    secular.ldz = merge.ldz;
    secular.kept = kept;
    secular.shape = shape;
    secular.place = place;
    secular.above = above;
    secular.below = below;
    secular.n1 = n1;
    secular.n2 = n2;
    secular.upper = merge.upper;
    copyColumns(secular);
    merge.position = end;
    if (end == k) enter(merge, SAVE);
  } else if (merge.next == SAVE) {
    const end = from + portion(budget, 2 * <f64>n, 1, n - k - from);
    for (let j = from; j < end; ++j) {
      const column = load<i32>(deflated + (<usize>j << 2));
      const source = z + <usize>column * stride;
      const s = load<i32>(shape + (<usize>column << 2));
      const rows = s == UPPER ? n1 : s == LOWER ? n2 : n;
      copyDoubles(rows, s == LOWER ? source + (<usize>n1 << 3) : source, merge.saved);
      merge.saved += <usize>rows << 3;
    }
    merge.position = end;
    if (end == n - k) enter(merge, ORDER);
  } else {
    placeAll(n, k, d, deflated, origin, tau, place, order, values);
    merge.saved = above + (<usize>n1 * <usize>(merge.upper + merge.full) + <usize>n2 * <usize>(k - merge.upper)) * 8;
    enter(merge, DONE);
    return OK;
  }
  return MORE;
}

function enter(merge: Merge, next: i32): void {
  merge.next = next;
  merge.position = 0;
}

/** The coupling vector of the two blocks: (last row of Q1, sign(β) first row of Q2)/√2. */
function couple(merge: Merge, row: usize): void {
  const n = merge.n;
  const n1 = merge.n1;
  const stride = <usize>merge.ldz << 3;
  let p = merge.z + (<usize>(n1 - 1) << 3);
  for (let i = 0; i < n1; ++i) {
    store<f64>(row + (<usize>i << 3), SQRT_HALF * load<f64>(p));
    p += stride;
  }
  p += 8;
  const factor = merge.beta < 0 ? -SQRT_HALF : SQRT_HALF;
  for (let i = n1; i < n; ++i) {
    store<f64>(row + (<usize>i << 3), factor * load<f64>(p));
    p += stride;
  }
}

/**
 * Ascending order of roots and deflated values, into d: root j goes to place[j] ≥ j, deflated value j to order[j].
 */
function placeAll(
  n: i32, k: i32, d: usize, deflated: usize, origin: usize, tau: usize, place: usize, order: usize, values: usize,
): void {
  let i = 0;
  let j = 0;
  for (let t = 0; t < n; ++t) {
    const root = i < k ? load<f64>(origin + (<usize>i << 3)) + load<f64>(tau + (<usize>i << 3)) : Infinity;
    const value = j < n - k ? load<f64>(d + (<usize>load<i32>(deflated + (<usize>j << 2)) << 3)) : Infinity;
    if (i < k && root <= value) {
      store<i32>(place + (<usize>i << 2), t);
      store<f64>(values + (<usize>t << 3), root);
      ++i;
    } else {
      store<i32>(order + (<usize>j << 2), t);
      store<f64>(values + (<usize>t << 3), value);
      ++j;
    }
  }
  copyDoubles(n, values, d);
}

/**
 * A step after the eigenvalues. Panels are formed from the last to the first, so that columns can move to higher places
 * at once.
 */
export function rankOneMergeVectors(work: usize, budget: f64): i32 {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const n2 = n - n1;
  const k = merge.k;
  const upper = merge.upper;
  const full = merge.full;
  const ldz = merge.ldz;
  const z = merge.z;
  // As laid out in rankOneMergeRoots.
  const bytes = <usize>(n + (n & 1)) << 3;
  const row = work + RECORD;
  const polesByShape = row + 7 * bytes;
  const weightsByShape = polesByShape + bytes;
  const order = weightsByShape + 2 * bytes;
  const shape = order + (bytes >> 1);
  const deflated = shape + bytes;
  const place = deflated + (bytes >> 1);
  const panel = row + vectorBytes(n);
  const above = panel + <usize>n * <usize>min(n, PANEL) * 8;
  const gemmWork = above + <usize>n * <usize>n * 8;
  const below = above + <usize>n1 * <usize>(upper + full) * 8;
  const stride = <usize>ldz << 3;

  if (merge.next == DONE) {
    // Which roots are wanted.
    let begin = 0;
    while (begin < k && load<i32>(place + (<usize>begin << 2)) < merge.first) ++begin;
    let end = begin;
    while (end < k && load<i32>(place + (<usize>end << 2)) < merge.last) ++end;
    merge.begin = begin;
    merge.to = end;
    enter(merge, begin < end ? SECULAR : RETURN);
  }
  const position = merge.position;
  const to = merge.to;
  const from = max(merge.begin, to - PANEL);
  const width = to - from;
  const target = z + <usize>from * stride;
  if (merge.next == SECULAR) {
    const first = from + position;
    const last = first + portion(budget, 2.5 * <f64>k, 8, to - first);
    const secular = changetype<Secular>(work + MERGE_BYTES);
    secular.polesByShape = polesByShape;
    secular.weightsByShape = weightsByShape;
    secular.panel = panel + <usize>position * <usize>k * 8;
    secular.from = first;
    secular.to = last;
    formVectors(secular);
    merge.position = last - from;
    if (last == to) enter(merge, ABOVE);
    return MORE;
  }
  if (merge.next == ABOVE) {
    const rows = portion(budget, 0.12 * <f64>width * <f64>(upper + full), LEAST, n1 - position);
    const skip = <usize>position << 3;
    gemm(rows, width, upper + full, 1, above + skip, 1, n1, panel, 1, k, 0, target + skip, ldz, gemmWork);
    merge.position += rows;
    if (merge.position == n1) enter(merge, BELOW);
    return MORE;
  }
  if (merge.next == BELOW) {
    const rows = portion(budget, 0.12 * <f64>width * <f64>(k - upper), LEAST, n2 - position);
    const skip = <usize>position << 3;
    const s = panel + (<usize>upper << 3);
    gemm(
      rows, width, k - upper, 1, below + skip, 1, n2, s, 1, k, 0, target + (<usize>n1 << 3) + skip, ldz, gemmWork,
    );
    merge.position += rows;
    if (merge.position < n2) return MORE;
    for (let c = to - 1; c >= from; --c) {
      const t = load<i32>(place + (<usize>c << 2));
      if (t == c) break;
      copyDoubles(n, z + <usize>c * stride, z + <usize>t * stride);
    }
    merge.to = from;
    enter(merge, from > merge.begin ? SECULAR : RETURN);
    return MORE;
  }
  const last = position + portion(budget, 2 * <f64>n, 1, n - k - position);
  for (let j = position; j < last; ++j) {
    const s = load<i32>(shape + (<usize>load<i32>(deflated + (<usize>j << 2)) << 2));
    const rows = s == UPPER ? n1 : s == LOWER ? n2 : n;
    const t = load<i32>(order + (<usize>j << 2));
    if (t >= merge.first && t < merge.last) {
      const column = z + <usize>t * stride;
      copyDoubles(rows, merge.saved, s == LOWER ? column + (<usize>n1 << 3) : column);
      clearZeros(n, n1, column, s);
    }
    merge.saved += <usize>rows << 3;
  }
  merge.position = last;
  return last < n - k ? MORE : OK;
}

/** How much is done, 0 … 1. */
export function rankOneMergeProgress(work: usize): f64 {
  const merge = changetype<Merge>(work);
  const share = <f64>merge.position / <f64>max(1, merge.k);
  if (merge.next == DEFLATE) return 0;
  if (merge.next == ROOTS) return 0.1 * share;
  if (merge.next < SECULAR) return 0.1;
  if (merge.next == RETURN || merge.next == DONE) return merge.next == DONE ? 0.1 : 1;
  const from = max(merge.begin, merge.to - PANEL);
  const rows = (merge.next == ABOVE ? 0 : merge.n1) + (merge.next == SECULAR ? 0 : merge.position);
  const panel = merge.next == SECULAR ? 0 : <f64>rows / <f64>merge.n;
  const left = <f64>(merge.to - merge.begin) - panel * <f64>(merge.to - from);
  return 0.1 + 0.9 * (1 - left / <f64>max(1, merge.k));
}

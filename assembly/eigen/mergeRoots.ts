// The eigenvalues of a merge of divide and conquer (rankOneMerge.ts): deflation, roots of the secular equation, weights
// of its vectors, and copies of the columns that take part.
// Range: T scaled to a norm between 1 and 2, as divideAndConquer.ts does.
import { copyDoubles } from "../kernel/copy";
import { MORE, NOT_CONVERGED, OK } from "../status";
import { deflate, FULL, LOWER, UPPER } from "./deflation";
import {
  COPY, DEFLATE, DONE, enter, Merge, MERGE_BYTES, ORDER, PANEL, RECORD, ROOTS, SAVE, vectorBytes, WEIGHTS,
} from "./mergeRecord";
import { copyColumns, findRoots, findWeights, Secular } from "./secularTasks";
import { portion } from "./steps";

const SQRT_HALF: f64 = 0.7071067811865476;

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

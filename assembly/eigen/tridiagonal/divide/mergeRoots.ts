// The eigenvalues of a merge of divide and conquer (rankOneMerge.ts): deflation, roots of the secular equation, weights
// of its vectors, and copies of the columns that take part.
// Range: T scaled to a norm between 1 and 2, as divideAndConquer.ts does.

import { end, enter, portion } from '../../../job';
import { copy } from '../../../kernel/vectors';
import { NOT_CONVERGED, OK } from '../../../status';
import { COPY_COST, LEAST_OF_ROOTS, ROOT_COST, WEIGHT_COST } from '../../tuning';
import { deflate, FULL, LOWER, UPPER } from './deflation';
import { deflatedOf, Merge } from './mergeRecord';
import { copyColumns, findRoots, findWeights } from './secularTasks';

const SQRT_HALF: f64 = 0.7071067811865476;

/** Step: forms the coupling vector, and finds the columns that take part, and their poles. */
export function deflateColumns(work: usize, _budget: f64): void {
  const merge = changetype<Merge>(work);
  const d = merge.d;
  const row = merge.row;
  couple(merge);
  const k = deflate(
    merge.n,
    merge.n1,
    d,
    row,
    merge.rho,
    merge.z,
    merge.ldz,
    merge.order,
    merge.shape,
    merge.kept,
    merge.deflated,
  );
  let upper = 0;
  let full = 0;
  for (let j = 0; j < k; ++j) {
    const at = (<usize>j) << 3;
    const column = load<i32>(merge.kept + ((<usize>j) << 2));
    const x = load<f64>(row + ((<usize>column) << 3));
    store<f64>(merge.poles + at, load<f64>(d + ((<usize>column) << 3)));
    store<f64>(merge.signs + at, x);
    store<f64>(merge.squares + at, x * x);
    const s = load<i32>(merge.shape + ((<usize>column) << 2));
    if (s == UPPER) ++upper;
    else if (s == FULL) ++full;
  }
  merge.k = k;
  merge.upper = upper;
  merge.full = full;
  merge.saved = deflatedOf(merge);
  enter(merge, k > 0 ? someRoots.index : saveDeflated.index);
}

/** The record, in which the tasks will find their part of the work: from the position reached up to `to`. */
function partOf(merge: Merge, to: i32): Merge {
  merge.partFrom = merge.position;
  merge.partTo = to;
  return merge;
}

function someRoots(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const from = merge.position;
  const k = merge.k;
  const to = from + portion(budget, ROOT_COST * <f64>k, LEAST_OF_ROOTS, k - from);
  if (!findRoots(partOf(merge, to))) {
    end(merge, NOT_CONVERGED);
    return;
  }
  merge.position = to;
  merge.progress = <f64>to / <f64>k;
  if (to == k) enter(merge, someWeights.index);
}

function someWeights(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const from = merge.position;
  const k = merge.k;
  const to = from + portion(budget, WEIGHT_COST * <f64>k, LEAST_OF_ROOTS, k - from);
  findWeights(partOf(merge, to));
  merge.position = to;
  if (to < k) return;
  merge.toUpper = 0;
  merge.toFull = merge.upper;
  merge.toLower = merge.upper + merge.full;
  enter(merge, copyKept.index);
}

/** Step: copies columns in the order upper, full, lower: [Q11 Q12] in n1 rows, [Q22 Q23] in n2 rows. */
function copyKept(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const from = merge.position;
  const k = merge.k;
  const last = from + portion(budget, COPY_COST * <f64>merge.n, 1, k - from);
  for (let j = from; j < last; ++j) {
    const s = load<i32>(merge.shape + ((<usize>load<i32>(merge.kept + ((<usize>j) << 2))) << 2));
    const to = s == UPPER ? merge.toUpper++ : s == FULL ? merge.toFull++ : merge.toLower++;
    store<i32>(merge.place + ((<usize>j) << 2), to);
    store<f64>(merge.polesByShape + ((<usize>to) << 3), load<f64>(merge.poles + ((<usize>j) << 3)));
    store<f64>(merge.weightsByShape + ((<usize>to) << 3), load<f64>(merge.weights + ((<usize>j) << 3)));
  }
  copyColumns(partOf(merge, last));
  merge.position = last;
  if (last == k) enter(merge, saveDeflated.index);
}

/** Step: saves the deflated columns after the others; then the order of all columns. */
function saveDeflated(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const from = merge.position;
  const count = n - merge.k;
  const last = from + portion(budget, COPY_COST * <f64>n, 1, count - from);
  for (let j = from; j < last; ++j) {
    const column = load<i32>(merge.deflated + ((<usize>j) << 2));
    const source = merge.z + ((<usize>column * <usize>merge.ldz) << 3);
    const s = load<i32>(merge.shape + ((<usize>column) << 2));
    const rows = s == UPPER ? n1 : s == LOWER ? n - n1 : n;
    copy(rows, s == LOWER ? source + ((<usize>n1) << 3) : source, merge.saved);
    merge.saved += (<usize>rows) << 3;
  }
  merge.position = last;
  if (last < count) return;
  placeAll(merge);
  merge.saved = deflatedOf(merge);
  end(merge, OK);
}

/** The coupling vector of the two blocks: (last row of Q1, sign(β) first row of Q2)/√2. */
function couple(merge: Merge): void {
  const row = merge.row;
  const n = merge.n;
  const n1 = merge.n1;
  const stride = (<usize>merge.ldz) << 3;
  let p = merge.z + ((<usize>(n1 - 1)) << 3);
  for (let i = 0; i < n1; ++i) {
    store<f64>(row + ((<usize>i) << 3), SQRT_HALF * load<f64>(p));
    p += stride;
  }
  p += 8;
  const factor = merge.beta < 0 ? -SQRT_HALF : SQRT_HALF;
  for (let i = n1; i < n; ++i) {
    store<f64>(row + ((<usize>i) << 3), factor * load<f64>(p));
    p += stride;
  }
}

/** Sorts roots and deflated values into d, ascending: root j goes to place[j] ≥ j, deflated value j to order[j]. */
function placeAll(merge: Merge): void {
  const n = merge.n;
  const k = merge.k;
  const values = merge.values;
  let i = 0;
  let j = 0;
  for (let t = 0; t < n; ++t) {
    const at = (<usize>i) << 3;
    const root = i < k ? load<f64>(merge.origin + at) + load<f64>(merge.tau + at) : Infinity;
    const column = j < n - k ? load<i32>(merge.deflated + ((<usize>j) << 2)) : 0;
    const value = j < n - k ? load<f64>(merge.d + ((<usize>column) << 3)) : Infinity;
    if (i < k && root <= value) {
      store<i32>(merge.place + ((<usize>i) << 2), t);
      store<f64>(values + ((<usize>t) << 3), root);
      ++i;
    } else {
      store<i32>(merge.order + ((<usize>j) << 2), t);
      store<f64>(values + ((<usize>t) << 3), value);
      ++j;
    }
  }
  copy(n, values, merge.d);
}

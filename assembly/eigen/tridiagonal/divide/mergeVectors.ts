// The eigenvectors of a merge of divide and conquer (rankOneMerge.ts): the vectors S of the secular problem, a panel at
// a time; the products Q S, which skip the zero blocks of diag(Q1, Q2); the deflated columns in their places. Panels
// are formed from the last to the first, so that columns can move to higher places at once.
// Range: as for mergeRoots.ts.

import { end, enter, portion } from '../../../job';
import { gemm } from '../../../kernel/gemm/gemm';
import { operands } from '../../../kernel/gemm/operands';
import { copy } from '../../../kernel/vectors';
import { OK } from '../../../status';
import { COPY_COST, LEAST_OF_PRODUCT, LEAST_OF_ROOTS, PRODUCT_COST, VECTOR_COST } from '../../tuning';
import { clearZeros, LOWER, UPPER } from './deflation';
import { belowOf, Merge, panelStart } from './mergeRecord';
import { formVectors } from './secularTasks';

/** Step: selects the roots that are wanted. */
export function selectRoots(work: usize, _budget: f64): void {
  const merge = changetype<Merge>(work);
  const k = merge.k;
  const place = merge.place;
  let begin = 0;
  while (begin < k && load<i32>(place + ((<usize>begin) << 2)) < merge.first) ++begin;
  let last = begin;
  while (last < k && load<i32>(place + ((<usize>last) << 2)) < merge.last) ++last;
  merge.begin = begin;
  merge.to = last;
  enterPanel(merge);
}

/** Makes the panel that ends with root `to` − 1 the next part, or the deflated columns when no panel is left. */
function enterPanel(merge: Merge): void {
  enter(merge, merge.to > merge.begin ? someVectors.index : returnDeflated.index);
}

/** Progress: the roots whose panels are formed, and `rows` rows of the current panel. */
function note(merge: Merge, rows: i32): void {
  const width = <f64>(merge.to - panelStart(merge));
  const left = <f64>(merge.to - merge.begin) - (<f64>rows / <f64>merge.n) * width;
  merge.progress = 1 - left / <f64>max(1, merge.k);
}

function someVectors(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const k = merge.k;
  const from = panelStart(merge) + merge.position;
  const to = from + portion(budget, VECTOR_COST * <f64>k, LEAST_OF_ROOTS, merge.to - from);
  merge.partFrom = from;
  merge.partTo = to;
  formVectors(merge);
  merge.position += to - from;
  if (to == merge.to) enter(merge, upperRows.index);
}

/** Step: some of the upper rows of Q S. */
function upperRows(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const n1 = merge.n1;
  const columns = merge.upper + merge.full;
  const from = panelStart(merge);
  const width = merge.to - from;
  const rows = portion(
    budget,
    PRODUCT_COST * <f64>width * <f64>columns,
    LEAST_OF_PRODUCT,
    n1 - merge.position,
  );
  const skip = (<usize>merge.position) << 3;
  const target = merge.z + ((<usize>from * <usize>merge.ldz) << 3) + skip;
  gemm(
    rows,
    width,
    columns,
    1,
    operands(merge.above + skip, 1, n1, merge.panel, 1, merge.k, merge.products),
    0,
    target,
    merge.ldz,
  );
  merge.position += rows;
  note(merge, merge.position);
  if (merge.position == n1) enter(merge, lowerRows.index);
}

/** Step: some of the lower rows of Q S; after them its columns move to their places. */
function lowerRows(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const n2 = n - n1;
  const k = merge.k;
  const columns = k - merge.upper;
  const from = panelStart(merge);
  const width = merge.to - from;
  const stride = (<usize>merge.ldz) << 3;
  const rows = portion(
    budget,
    PRODUCT_COST * <f64>width * <f64>columns,
    LEAST_OF_PRODUCT,
    n2 - merge.position,
  );
  const skip = (<usize>merge.position) << 3;
  const s = merge.panel + ((<usize>merge.upper) << 3);
  const target = merge.z + <usize>from * stride + ((<usize>n1) << 3) + skip;
  gemm(
    rows,
    width,
    columns,
    1,
    operands(belowOf(merge) + skip, 1, n2, s, 1, k, merge.products),
    0,
    target,
    merge.ldz,
  );
  merge.position += rows;
  note(merge, n1 + merge.position);
  if (merge.position < n2) return;
  for (let c = merge.to - 1; c >= from; --c) {
    const t = load<i32>(merge.place + ((<usize>c) << 2));
    if (t == c) break;
    copy(n, merge.z + <usize>c * stride, merge.z + <usize>t * stride);
  }
  merge.to = from;
  enterPanel(merge);
}

function returnDeflated(work: usize, budget: f64): void {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const from = merge.position;
  const count = n - merge.k;
  const last = from + portion(budget, COPY_COST * <f64>n, 1, count - from);
  for (let j = from; j < last; ++j) {
    const s = load<i32>(merge.shape + ((<usize>load<i32>(merge.deflated + ((<usize>j) << 2))) << 2));
    const rows = s == UPPER ? n1 : s == LOWER ? n - n1 : n;
    const t = load<i32>(merge.order + ((<usize>j) << 2));
    if (t >= merge.first && t < merge.last) {
      const column = merge.z + ((<usize>t * <usize>merge.ldz) << 3);
      copy(rows, merge.saved, s == LOWER ? column + ((<usize>n1) << 3) : column);
      clearZeros(n, n1, column, s);
    }
    merge.saved += (<usize>rows) << 3;
  }
  merge.position = last;
  if (last == count) end(merge, OK);
}

// The eigenvectors of a merge of divide and conquer (rankOneMerge.ts): those of the secular problem, S, a panel at a time;
// the products Q S that skip the zero blocks of diag(Q1, Q2); the deflated columns in their places.
// Range: as of mergeRoots.ts.
import { copyDoubles } from "../kernel/copy";
import { gemm } from "../kernel/gemm";
import { MORE, OK } from "../status";
import { clearZeros, LOWER, UPPER } from "./deflation";
import { ABOVE, BELOW, DONE, enter, Merge, MERGE_BYTES, PANEL, RECORD, RETURN, SECULAR, vectorBytes } from "./mergeRecord";
import { formVectors, Secular } from "./secularTasks";
import { portion } from "./steps";

/** Rows of Q S that a step forms at least: fewer would spend more on packing S than on Q. */
const LEAST: i32 = 64;

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

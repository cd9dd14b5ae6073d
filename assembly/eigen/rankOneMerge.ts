// One merge of divide and conquer: from the eigenpairs of the two diagonal blocks those of
//
//     diag(Q1, Q2) (diag(D1, D2) + ρ z zᵀ) diag(Q1, Q2)ᵀ,     ρ = 2|β|,
//     √2 z = (last row of Q1, sign(β) · first row of Q2),
//
// which is diag(T1, T2) + |β| v vᵀ with v = (e_last, sign(β) e_first): J. J. M. Cuppen, Numer. Math. 36 (1981)
// 177; J. D. Rutter, LAPACK Working Note 69 (1994). Columns of Q that do not deflate are copied to two
// contiguous matrices, those with nonzeros in the upper rows and those with nonzeros in the lower rows, so
// that the update Q S is two products which skip the zero blocks of diag(Q1, Q2).
import { gemm, gemmWorkspace } from "../kernel/gemm";
import { NOT_CONVERGED, OK } from "../status";
import { clearZeros, deflate, FULL, LOWER, UPPER } from "./deflation";
import { secularRoots } from "./secularEquation";
import { secularVectors, secularWeights } from "./secularVectors";

/** Columns of Q S formed at a time. */
const PANEL: i32 = 512;
const SQRT_HALF: f64 = 0.7071067811865476;

/** Bytes of the record of a merge under way, at the start of its workspace. */
const RECORD: usize = 64;

/** A merge between two of its steps; the vectors are found again from n. */
@unmanaged
class Merge {
  d: usize;
  z: usize;
  n: i32;
  n1: i32;
  ldz: i32;
  first: i32;
  last: i32;
  /** Roots, and how many of their columns are upper and full. */
  k: i32;
  upper: i32;
  full: i32;
  /** Roots begin … to − 1 have vectors still to be formed. */
  begin: i32;
  to: i32;
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
 * Starts the merge of two solved blocks of orders n1 and n − n1, up to the roots; `rankOneMergeStep` with the same
 * workspace does the rest. On entry d holds their eigenvalues, each block ascending,
 * and the diagonal blocks of z (n×n, column-major, leading dimension ldz) their eigenvectors; beta is the
 * off-diagonal that was torn out. On exit d ascends and the columns first ≤ j < last of z hold the eigenvectors
 * d[j] of the whole; the other columns are undefined.
 * Returns OK or NOT_CONVERGED.
 */
export function rankOneMergeStart(
  n: i32, n1: i32, beta: f64, d: usize, z: usize, ldz: i32, first: i32, last: i32, work: usize,
): i32 {
  const merge = changetype<Merge>(work);
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
  const columns = panel + <usize>n * <usize>min(n, PANEL) * 8;
  const n2 = n - n1;
  const stride = <usize>ldz << 3;

  // The coupling vector.
  let p = z + (<usize>(n1 - 1) << 3);
  for (let i = 0; i < n1; ++i) {
    store<f64>(row + (<usize>i << 3), SQRT_HALF * load<f64>(p));
    p += stride;
  }
  p += 8;
  const factor = beta < 0 ? -SQRT_HALF : SQRT_HALF;
  for (let i = n1; i < n; ++i) {
    store<f64>(row + (<usize>i << 3), factor * load<f64>(p));
    p += stride;
  }
  const rho = 2 * Math.abs(beta);
  const k = deflate(n, n1, d, row, rho, z, ldz, order, shape, kept, deflated);

  // Roots, and the corrected coupling.
  for (let j = 0; j < k; ++j) {
    const at = <usize>j << 3;
    const from = <usize>load<i32>(kept + (<usize>j << 2)) << 3;
    const x = load<f64>(row + from);
    store<f64>(poles + at, load<f64>(d + from));
    store<f64>(signs + at, x);
    store<f64>(squares + at, x * x);
  }
  if (k > 0) {
    if (secularRoots(0, k, k, poles, squares, rho, origin, tau, values) < 0) return NOT_CONVERGED;
    secularWeights(0, k, k, poles, signs, origin, tau, weights);
  }

  // Columns in the order upper, full, lower: [Q11 Q12] in n1 rows, [Q22 Q23] in n2 rows, then the deflated.
  let upper = 0;
  let full = 0;
  for (let j = 0; j < k; ++j) {
    const s = load<i32>(shape + (<usize>load<i32>(kept + (<usize>j << 2)) << 2));
    if (s == UPPER) ++upper;
    else if (s == FULL) ++full;
  }
  const above = columns;
  const below = above + <usize>n1 * <usize>(upper + full) * 8;
  const rest = below + <usize>n2 * <usize>(k - upper) * 8;
  let toUpper = 0;
  let toFull = upper;
  let toLower = upper + full;
  for (let j = 0; j < k; ++j) {
    const column = load<i32>(kept + (<usize>j << 2));
    const from = z + <usize>column * stride;
    const s = load<i32>(shape + (<usize>column << 2));
    const to = s == UPPER ? toUpper++ : s == FULL ? toFull++ : toLower++;
    if (s != LOWER) copy(n1, from, above + <usize>n1 * <usize>to * 8);
    if (s != UPPER) copy(n2, from + (<usize>n1 << 3), below + <usize>n2 * <usize>(to - upper) * 8);
    store<f64>(polesByShape + (<usize>to << 3), load<f64>(poles + (<usize>j << 3)));
    store<f64>(weightsByShape + (<usize>to << 3), load<f64>(weights + (<usize>j << 3)));
  }
  p = rest;
  for (let j = 0; j < n - k; ++j) {
    const column = load<i32>(deflated + (<usize>j << 2));
    const from = z + <usize>column * stride;
    const s = load<i32>(shape + (<usize>column << 2));
    const rows = s == UPPER ? n1 : s == LOWER ? n2 : n;
    copy(rows, s == LOWER ? from + (<usize>n1 << 3) : from, p);
    p += <usize>rows << 3;
  }

  // Ascending order of roots and deflated values; place[j] is where root j goes, place[j] ≥ j.
  let i = 0;
  let j = 0;
  let begin = 0;
  let end = 0;
  for (let t = 0; t < n; ++t) {
    const root = i < k ? load<f64>(origin + (<usize>i << 3)) + load<f64>(tau + (<usize>i << 3)) : Infinity;
    const value = j < n - k ? load<f64>(d + (<usize>load<i32>(deflated + (<usize>j << 2)) << 3)) : Infinity;
    if (i < k && root <= value) {
      store<i32>(place + (<usize>i << 2), t);
      store<f64>(values + (<usize>t << 3), root);
      ++i;
      if (t < first) begin = i;
      if (t < last) end = i;
    } else {
      store<i32>(order + (<usize>j << 2), t);
      store<f64>(values + (<usize>t << 3), value);
      ++j;
    }
  }
  memory.copy(d, values, <usize>n << 3);

  merge.d = d;
  merge.z = z;
  merge.n = n;
  merge.n1 = n1;
  merge.ldz = ldz;
  merge.first = first;
  merge.last = last;
  merge.k = k;
  merge.upper = upper;
  merge.full = full;
  merge.begin = begin;
  merge.to = end;
  return OK;
}

/**
 * Forms a panel of the vectors, from the last to the first so that columns can move to higher places at once. The step
 * after the last panel puts the deflated columns in their places and returns false: the merge is done.
 */
export function rankOneMergeStep(work: usize): bool {
  const merge = changetype<Merge>(work);
  const n = merge.n;
  const n1 = merge.n1;
  const k = merge.k;
  const upper = merge.upper;
  const full = merge.full;
  const ldz = merge.ldz;
  const z = merge.z;
  // As laid out in rankOneMergeStart.
  const bytes = <usize>(n + (n & 1)) << 3;
  const row = work + RECORD;
  const origin = row + 4 * bytes;
  const tau = origin + bytes;
  const polesByShape = tau + 2 * bytes;
  const weightsByShape = polesByShape + bytes;
  const order = weightsByShape + 2 * bytes;
  const shape = order + (bytes >> 1);
  const deflated = shape + bytes;
  const place = deflated + (bytes >> 1);
  const panel = row + vectorBytes(n);
  const columns = panel + <usize>n * <usize>min(n, PANEL) * 8;
  const gemmWork = columns + <usize>n * <usize>n * 8;
  const n2 = n - n1;
  const stride = <usize>ldz << 3;
  const above = columns;
  const below = above + <usize>n1 * <usize>(upper + full) * 8;
  const to = merge.to;
  if (to > merge.begin) {
    const from = max(merge.begin, to - PANEL);
    const target = z + <usize>from * stride;
    secularVectors(from, to, k, polesByShape, weightsByShape, origin, tau, panel);
    gemm(n1, to - from, upper + full, 1, above, 1, n1, panel, 1, k, 0, target, ldz, gemmWork);
    gemm(
      n2, to - from, k - upper, 1, below, 1, n2, panel + (<usize>upper << 3), 1, k,
      0, target + (<usize>n1 << 3), ldz, gemmWork,
    );
    for (let c = to - 1; c >= from; --c) {
      const t = load<i32>(place + (<usize>c << 2));
      if (t == c) break;
      copy(n, z + <usize>c * stride, z + <usize>t * stride);
    }
    merge.to = from;
    return true;
  }
  let p = below + <usize>n2 * <usize>(k - upper) * 8;
  for (let j = 0; j < n - k; ++j) {
    const s = load<i32>(shape + (<usize>load<i32>(deflated + (<usize>j << 2)) << 2));
    const rows = s == UPPER ? n1 : s == LOWER ? n2 : n;
    const t = load<i32>(order + (<usize>j << 2));
    if (t >= merge.first && t < merge.last) {
      const target = z + <usize>t * stride;
      copy(rows, p, s == LOWER ? target + (<usize>n1 << 3) : target);
      clearZeros(n, n1, target, s);
    }
    p += <usize>rows << 3;
  }
  return false;
}

/** How much of the vectors is formed, 0 … 1. */
export function rankOneMergeProgress(work: usize): f64 {
  const merge = changetype<Merge>(work);
  return merge.k == 0 ? 1 : 1 - <f64>merge.to / <f64>merge.k;
}

// @ts-ignore: decorator
@inline
function copy(n: i32, from: usize, to: usize): void {
  memory.copy(to, from, <usize>n << 3);
}

// How many eigenvalues of a symmetric band matrix A lie below s: the signs of the leading minors d_r of A − s change as often
// (Jacobi, Sylvester). A − s is brought to triangular form row by row, by Gaussian elimination with interchanges inside the band (G. Peters
// and J. H. Wilkinson, Computer J. 12 (1969) 398): after row r
//     rows 0 … r of A − s are P L U,   d_r = (−1)^p Π u_jj,   p the number of interchanges.
// Each computed minor is the exact minor of a matrix that differs from A − s by rounding, relative to ‖A − s‖. Rows of U are dropped as
// soon as no later row needs them, so that the memory grows with the square of the width and not with the order.
// Range: ‖A‖ between 1e-100 and 1e100; the count is right when no eigenvalue is within rounding, width · ulp · ‖A‖, of s.
import { end, Job, portion, recordBytes, start } from '../job';
import { axpy, swap } from '../kernel/vectors';
import { OK } from '../status';
import { MULTIPLICATION } from './tuning';

@unmanaged
class Inertia extends Job {
  /** The matrix, in compressed rows, all within `width` of the diagonal. */
  n: i32;
  width: i32;
  indptr: usize;
  indices: usize;
  data: usize;
  shift: f64;
  /** Rows of U, 2·width + 1 elements each from the diagonal on, row j in slot j mod (width + 1); behind them the current row. */
  rows: usize;
  /** Whether the last minor is negative. */
  negative: i32;
  /** Changes of sign so far. */
  below: i32;
}

/** Bytes of workspace. */
export function inertiaWorkspace(width: i32): usize {
  return recordBytes<Inertia>() + (((<usize>width + 2) * (((<usize>width) << 1) + 2)) << 3);
}

/** Starts a job that counts the eigenvalues below `shift`; `inertiaBelow` is its result. */
export function inertiaStart(
  n: i32,
  width: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  shift: f64,
  work: usize,
): void {
  const it = changetype<Inertia>(work);
  it.n = n;
  it.width = width;
  it.indptr = indptr;
  it.indices = indices;
  it.data = data;
  it.shift = shift;
  it.rows = work + recordBytes<Inertia>();
  it.negative = 0;
  it.below = 0;
  start(it, rows.index);
}

/** The eigenvalues below the shift, once the job has ended. */
export function inertiaBelow(work: usize): i32 {
  return changetype<Inertia>(work).below;
}

/** Step: eliminates some rows. */
function rows(work: usize, budget: f64): void {
  const it = changetype<Inertia>(work);
  const width = <f64>it.width;
  // A row is combined with `width` others, over one and a half times the width on average.
  const cost = (1 + 1.5 * width * width) * MULTIPLICATION;
  const to = it.position + portion(budget, cost, 1, it.n - it.position);
  for (; it.position < to; ++it.position) {
    const before = it.negative;
    eliminate(it, it.position);
    if (it.negative != before) it.below++;
  }
  it.progress = <f64>it.position / <f64>it.n;
  if (it.position == it.n) end(it, OK);
}

/** Makes row r a row of U; it may be interchanged with any row before it that reaches its columns. */
function eliminate(it: Inertia, r: i32): void {
  const width = it.width;
  const stride = (((<usize>width) << 1) + 2) << 3;
  const places = width + 1;
  const first = max(0, r - width);
  const last = min(it.n - 1, r + width);
  // Column j of the current row is at `row` + 8j.
  const start = it.rows + <usize>places * stride;
  const row = start - ((<usize>first) << 3);
  memory.fill(start, 0, stride);
  let p = load<u32>(it.indptr + ((<usize>r) << 2));
  const end = load<u32>(it.indptr + ((<usize>(r + 1)) << 2));
  for (; p < end; ++p) {
    const j = load<u32>(it.indices + ((<usize>p) << 2));
    store<f64>(row + ((<usize>j) << 3), load<f64>(it.data + ((<usize>p) << 3)));
  }
  const diagonal = row + ((<usize>r) << 3);
  store<f64>(diagonal, load<f64>(diagonal) - it.shift);
  for (let j = first; j < r; ++j) {
    const own = row + ((<usize>j) << 3);
    const x = load<f64>(own);
    if (x == 0) continue;
    const pivot = it.rows + <usize>(j % places) * stride;
    const u = load<f64>(pivot);
    let ratio = x / u;
    if (abs(x) > abs(u)) {
      swap(last - j + 1, own, pivot);
      ratio = u / x;
      // The sign changes with the interchange, and again if the new pivot differs in sign.
      it.negative ^= 1 ^ i32(u < 0) ^ i32(x < 0);
    }
    axpy(last - j, -ratio, pivot + 8, own + 8);
  }
  const u = load<f64>(diagonal);
  it.negative ^= i32(u < 0);
  const place = it.rows + <usize>(r % places) * stride;
  memory.fill(place, 0, stride);
  memory.copy(place, diagonal, (<usize>(last - r + 1)) << 3);
}

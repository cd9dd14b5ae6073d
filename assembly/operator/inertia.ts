// How many eigenvalues of a symmetric band matrix A lie below s: the signs of the leading minors d_r of A − s change as often
// (Jacobi, Sylvester). Row after row is brought into a triangle by Gaussian elimination with interchanges inside the band (G. Peters
// and J. H. Wilkinson, Computer J. 12 (1969) 398): after row r
//     rows 0 … r of A − s are P L U,   d_r = (−1)^p Π u_jj,   p the number of interchanges.
// Each computed minor is the exact one of a matrix that differs from A − s by rounding, relative to ‖A − s‖. Rows of U that no later
// row uses are forgotten, so that the memory needed grows with the square of the width, whatever the order.
// Range: ‖A‖ between 1e-100 and 1e100; the count is right when no eigenvalue is within rounding, width · ulp · ‖A‖, of s.
import { recordBytes } from '../job';
import { axpy, swap } from '../kernel/vectors';

/** How far it has come. */
@unmanaged
class Inertia {
  /** The matrix, in compressed rows, all within `width` of the diagonal. */
  n: i32;
  width: i32;
  indptr: usize;
  indices: usize;
  data: usize;
  shift: f64;
  /** Rows of U, 2·width + 1 elements from the diagonal on, row j in place j mod (width + 1); then the row under way. */
  rows: usize;
  row: i32;
  /** Whether the minor of the rows so far is negative. */
  negative: i32;
  /** Changes of sign. */
  below: i32;
}

/** Bytes of the record. */
export function inertiaBytes(): usize {
  return recordBytes<Inertia>();
}

/** Bytes of the rows that it works on. */
export function inertiaWorkspace(width: i32): usize {
  return ((<usize>width + 2) * (((<usize>width) << 1) + 2)) << 3;
}

/** Begins; `rows`: bytes of workspace. */
export function inertiaStart(
  record: usize,
  n: i32,
  width: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  shift: f64,
  rows: usize,
): void {
  const it = changetype<Inertia>(record);
  it.n = n;
  it.width = width;
  it.indptr = indptr;
  it.indices = indices;
  it.data = data;
  it.shift = shift;
  it.rows = rows;
  it.row = 0;
  it.negative = 0;
  it.below = 0;
}

/** `count` rows more, or all that are left; the eigenvalues below s of the leading part that has been seen. */
export function inertiaRows(record: usize, count: i32): i32 {
  const it = changetype<Inertia>(record);
  const to = min(it.n, it.row + count);
  for (; it.row < to; ++it.row) {
    const before = it.negative;
    eliminate(it, it.row);
    if (it.negative != before) it.below++;
  }
  return it.below;
}

/** Row r becomes one of U; the rows it is interchanged with are those before it that reach its columns. */
function eliminate(it: Inertia, r: i32): void {
  const width = it.width;
  const stride = (((<usize>width) << 1) + 2) << 3;
  const places = width + 1;
  const first = max(0, r - width);
  const last = min(it.n - 1, r + width);
  // Of column j, at `row` + 8j.
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
      // The interchange is a sign, and so is another pivot.
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

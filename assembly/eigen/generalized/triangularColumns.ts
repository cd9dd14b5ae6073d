// X := op(L) X or op(L)⁻¹ X with a small triangle and eight columns of X at a time, two in a register: every sum of a column
// waits for the one before it, and eight columns wait together.
// Range and bits: as the same column by column (triangular.ts): each operation is the same, in the same order.

/** Flags of `kind`, to be added: the inverse, and the conjugate transpose. */
export const INVERSE: i32 = 1;
export const ADJOINT: i32 = 2;

/** Whether rows are processed from the first to the last. */
@inline
export function isAscending(kind: i32): bool {
  return ((kind & INVERSE) != 0) != ((kind & ADJOINT) != 0);
}

/** Columns of X at a time: sums in four registers, and four loads for a load of L. */
export const STRIP_COLUMNS: i32 = 8;
/** Bytes of a row of the eight columns. */
const STRIP_ROW: usize = 64;

/** The address of element i. */
@inline
export function at(x: usize, i: i32): usize {
  return x + ((<usize>i) << 3);
}

/** Eight real columns of X (n rows, leading dimension ldx); work: n rows of 64 bytes. */
export function realColumns(kind: i32, n: i32, l: usize, ldl: i32, x: usize, ldx: i32, work: usize): void {
  gather(n, x, ldx, work);
  if ((kind & ADJOINT) != 0) dotRows(kind, n, l, ldl, work);
  else addRows(kind, n, l, ldl, work);
  scatter(n, x, ldx, work);
}

/** The columns row by row. */
function gather(n: i32, x: usize, ldx: i32, work: usize): void {
  for (let j = 0; j < STRIP_COLUMNS; ++j) {
    const column = x + ((<usize>j * <usize>ldx) << 3);
    for (let i = 0; i < n; ++i) store<f64>(at(work, j) + <usize>i * STRIP_ROW, load<f64>(at(column, i)));
  }
}

function scatter(n: i32, x: usize, ldx: i32, work: usize): void {
  for (let j = 0; j < STRIP_COLUMNS; ++j) {
    const column = x + ((<usize>j * <usize>ldx) << 3);
    for (let i = 0; i < n; ++i) store<f64>(at(column, i), load<f64>(at(work, j) + <usize>i * STRIP_ROW));
  }
}

/** Lᵀ or its inverse: each row is a pivot times itself, and a sum over the rows after it. */
function dotRows(kind: i32, n: i32, l: usize, ldl: i32, work: usize): void {
  const inverse = (kind & INVERSE) != 0;
  for (let t = 0; t < n; ++t) {
    const k = inverse ? n - 1 - t : t;
    const lk = l + ((<usize>k * <usize>ldl) << 3);
    const row = work + <usize>k * STRIP_ROW;
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    for (let i = k + 1; i < n; ++i) {
      const a = v128.load_splat<f64>(at(lk, i));
      const y = work + <usize>i * STRIP_ROW;
      s0 = f64x2.add(s0, f64x2.mul(a, v128.load(y)));
      s1 = f64x2.add(s1, f64x2.mul(a, v128.load(y, 16)));
      s2 = f64x2.add(s2, f64x2.mul(a, v128.load(y, 32)));
      s3 = f64x2.add(s3, f64x2.mul(a, v128.load(y, 48)));
    }
    const pivot = v128.load_splat<f64>(at(lk, k));
    finish(inverse, pivot, row, s0);
    finish(inverse, pivot, row + 16, s1);
    finish(inverse, pivot, row + 32, s2);
    finish(inverse, pivot, row + 48, s3);
  }
}

/** (y − sum)/pivot, or pivot y + sum, in place of the y at `row`. */
@inline
function finish(inverse: bool, pivot: v128, row: usize, sum: v128): void {
  const y = v128.load(row);
  const z = inverse ? f64x2.div(f64x2.sub(y, sum), pivot) : f64x2.add(f64x2.mul(pivot, y), sum);
  v128.store(row, z);
}

/** L or its inverse: each row is added to the rows after it. */
function addRows(kind: i32, n: i32, l: usize, ldl: i32, work: usize): void {
  const inverse = (kind & INVERSE) != 0;
  for (let t = 0; t < n; ++t) {
    const k = inverse ? t : n - 1 - t;
    const lk = l + ((<usize>k * <usize>ldl) << 3);
    const row = work + <usize>k * STRIP_ROW;
    const pivot = v128.load_splat<f64>(at(lk, k));
    const y0 = added(inverse, pivot, v128.load(row));
    const y1 = added(inverse, pivot, v128.load(row, 16));
    const y2 = added(inverse, pivot, v128.load(row, 32));
    const y3 = added(inverse, pivot, v128.load(row, 48));
    for (let i = k + 1; i < n; ++i) {
      const a = v128.load_splat<f64>(at(lk, i));
      const z = work + <usize>i * STRIP_ROW;
      v128.store(z, f64x2.add(v128.load(z), f64x2.mul(a, y0)));
      v128.store(z, f64x2.add(v128.load(z, 16), f64x2.mul(a, y1)), 16);
      v128.store(z, f64x2.add(v128.load(z, 32), f64x2.mul(a, y2)), 32);
      v128.store(z, f64x2.add(v128.load(z, 48), f64x2.mul(a, y3)), 48);
    }
    v128.store(row, solved(inverse, pivot, y0));
    v128.store(row, solved(inverse, pivot, y1), 16);
    v128.store(row, solved(inverse, pivot, y2), 32);
    v128.store(row, solved(inverse, pivot, y3), 48);
  }
}

/** What is multiplied by L and added to the rows after it: the row y, or for the inverse −y/pivot. */
@inline
function added(inverse: bool, pivot: v128, y: v128): v128 {
  return inverse ? f64x2.neg(f64x2.div(y, pivot)) : y;
}

/** What the row itself becomes. */
@inline
function solved(inverse: bool, pivot: v128, y: v128): v128 {
  return inverse ? f64x2.neg(y) : f64x2.mul(pivot, y);
}

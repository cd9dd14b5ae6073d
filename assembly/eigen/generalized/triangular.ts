// X := op(L) X or op(L)⁻¹ X with L lower triangular, real diagonal, op(L) = L or Lᴴ, and X := X L⁻ᴴ, real or in two planes:
// the triangle is halved down to order 16, so that nearly all of the work is products,
//
//     L = [L₁ 0; L₂₁ L₂]:   L⁻¹X: X₁ := L₁⁻¹X₁, X₂ := L₂⁻¹(X₂ − L₂₁X₁), and so on
//
// (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 8.1: each column of the solution belongs
// to a triangle that differs from L by n ulp of each element; inverting the diagonal blocks would lose
// that, so they are not inverted).
// Range: no quotient may overflow: the drivers scale B to a unit diagonal. Columns of X are independent and every
// element is the same sums in the same order, however the columns are divided among calls.
import { operands } from '../../kernel/gemm/operands';
import { axpy } from '../../kernel/vectors';
import { addProduct } from './planeProduct';
import { ADJOINT, at, INVERSE, isAscending, realColumns, STRIP_COLUMNS } from './triangularColumns';

/** Order from which a triangle is halved. Not measured by itself: below it packing would cost more than it saves. */
export const LEAST_HALVED: i32 = 16;

/** Order of the first half of n, a multiple of 16. */
@inline
export function half(n: i32): i32 {
  return ((n + 2 * LEAST_HALVED - 1) / (2 * LEAST_HALVED)) * LEAST_HALVED;
}

/**
 * X (n×m, leading dimension ldx) := op(L) X, where L (n×n, ldl) is read on and below its diagonal. `plane`: bytes
 * between real and imaginary parts of L and of X, 0 for real ones. work: as for `gemm` with an n×m result of depth n.
 */
export function triangularLeft(
  kind: i32,
  n: i32,
  m: i32,
  l: usize,
  ldl: i32,
  x: usize,
  ldx: i32,
  plane: usize,
  work: usize,
): void {
  if (n <= LEAST_HALVED) {
    let j = 0;
    if (plane == 0) {
      for (; j + STRIP_COLUMNS <= m; j += STRIP_COLUMNS)
        realColumns(kind, n, l, ldl, x + ((<usize>j * <usize>ldx) << 3), ldx, work);
    }
    for (; j < m; ++j) {
      const column = x + ((<usize>j * <usize>ldx) << 3);
      if (plane == 0) realColumn(kind, n, l, ldl, column);
      else complexColumn(kind, n, l, ldl, column, plane);
    }
    return;
  }
  const n1 = half(n);
  const n2 = n - n1;
  const low = x + ((<usize>n1) << 3);
  const below = l + ((<usize>n1) << 3);
  const corner = l + ((<usize>n1 * <usize>(ldl + 1)) << 3);
  const ascending = isAscending(kind);
  if (ascending) triangularLeft(kind, n1, m, l, ldl, x, ldx, plane, work);
  else triangularLeft(kind, n2, m, corner, ldl, low, ldx, plane, work);
  const alpha = (kind & INVERSE) != 0 ? -1.0 : 1.0;
  if ((kind & ADJOINT) != 0)
    addProduct(n1, m, n2, alpha, operands(below, ldl, 1, low, 1, ldx, work), plane, -1, 1, x, ldx);
  else addProduct(n2, m, n1, alpha, operands(below, 1, ldl, x, 1, ldx, work), plane, 1, 1, low, ldx);
  if (ascending) triangularLeft(kind, n2, m, corner, ldl, low, ldx, plane, work);
  else triangularLeft(kind, n1, m, l, ldl, x, ldx, plane, work);
}

function realColumn(kind: i32, n: i32, l: usize, ldl: i32, x: usize): void {
  const inverse = (kind & INVERSE) != 0;
  for (let t = 0; t < n; ++t) {
    const k = isAscending(kind) ? t : n - 1 - t;
    const lk = l + ((<usize>k * <usize>ldl) << 3);
    const pivot = load<f64>(at(lk, k));
    let y = load<f64>(at(x, k));
    if ((kind & ADJOINT) != 0) {
      let sum = 0.0;
      for (let i = k + 1; i < n; ++i) sum += load<f64>(at(lk, i)) * load<f64>(at(x, i));
      store<f64>(at(x, k), inverse ? (y - sum) / pivot : pivot * y + sum);
      continue;
    }
    if (inverse) y = -(y / pivot);
    for (let i = k + 1; i < n; ++i) store<f64>(at(x, i), load<f64>(at(x, i)) + load<f64>(at(lk, i)) * y);
    store<f64>(at(x, k), inverse ? -y : pivot * y);
  }
}

function complexColumn(kind: i32, n: i32, l: usize, ldl: i32, x: usize, plane: usize): void {
  const inverse = (kind & INVERSE) != 0;
  for (let t = 0; t < n; ++t) {
    const k = isAscending(kind) ? t : n - 1 - t;
    const lk = l + ((<usize>k * <usize>ldl) << 3);
    const pivot = load<f64>(at(lk, k));
    let y = load<f64>(at(x, k));
    let z = load<f64>(at(x, k) + plane);
    if ((kind & ADJOINT) != 0) {
      let re = 0.0;
      let im = 0.0;
      for (let i = k + 1; i < n; ++i) {
        const a = load<f64>(at(lk, i));
        const b = load<f64>(at(lk, i) + plane);
        const u = load<f64>(at(x, i));
        const v = load<f64>(at(x, i) + plane);
        re += a * u + b * v;
        im += a * v - b * u;
      }
      store<f64>(at(x, k), inverse ? (y - re) / pivot : pivot * y + re);
      store<f64>(at(x, k) + plane, inverse ? (z - im) / pivot : pivot * z + im);
      continue;
    }
    if (inverse) {
      y = -(y / pivot);
      z = -(z / pivot);
    }
    for (let i = k + 1; i < n; ++i) {
      const a = load<f64>(at(lk, i));
      const b = load<f64>(at(lk, i) + plane);
      const p = at(x, i);
      store<f64>(p, load<f64>(p) + (a * y - b * z));
      store<f64>(p + plane, load<f64>(p + plane) + (a * z + b * y));
    }
    store<f64>(at(x, k), inverse ? -y : pivot * y);
    store<f64>(at(x, k) + plane, inverse ? -z : pivot * z);
  }
}

/** X (m×n, ldx) := X L⁻ᴴ with L n×n; work: as for `gemm` with an m×n result of depth n. */
export function solveRight(
  m: i32,
  n: i32,
  l: usize,
  ldl: i32,
  x: usize,
  ldx: i32,
  plane: usize,
  work: usize,
): void {
  if (m <= 0) return;
  if (n <= LEAST_HALVED) {
    for (let j = 0; j < n; ++j) solveColumn(m, j, l, ldl, x, ldx, plane);
    return;
  }
  const n1 = half(n);
  const right = x + ((<usize>n1 * <usize>ldx) << 3);
  const below = l + ((<usize>n1) << 3);
  solveRight(m, n1, l, ldl, x, ldx, plane, work);
  addProduct(m, n - n1, n1, -1, operands(x, 1, ldx, below, ldl, 1, work), plane, 1, -1, right, ldx);
  solveRight(m, n - n1, l + ((<usize>n1 * <usize>(ldl + 1)) << 3), ldl, right, ldx, plane, work);
}

/** Column j of the solution, when the columns before are done. */
function solveColumn(m: i32, j: i32, l: usize, ldl: i32, x: usize, ldx: i32, plane: usize): void {
  const xj = x + ((<usize>j * <usize>ldx) << 3);
  const row = at(l, j);
  for (let k = 0; k < j; ++k) {
    const xk = x + ((<usize>k * <usize>ldx) << 3);
    const ljk = row + ((<usize>k * <usize>ldl) << 3);
    subtractColumn(m, ljk, xk, xj, plane);
  }
  const pivot = load<f64>(row + ((<usize>j * <usize>ldl) << 3));
  divide(m, xj, pivot);
  if (plane != 0) divide(m, xj + plane, pivot);
}

/** y −= x c̄ on m numbers, where c is the one number at `c`. */
export function subtractColumn(m: i32, c: usize, x: usize, y: usize, plane: usize): void {
  const re = load<f64>(c);
  axpy(m, -re, x, y);
  if (plane == 0) return;
  const im = load<f64>(c + plane);
  axpy(m, -im, x + plane, y);
  axpy(m, -re, x + plane, y + plane);
  axpy(m, im, x, y + plane);
}

function divide(m: i32, x: usize, by: f64): void {
  const end = at(x, m);
  for (; x < end; x += 8) store<f64>(x, load<f64>(x) / by);
}

// Cholesky's factorization A = L Lᵀ of a symmetric positive definite matrix in panels: columns that follow one another, each from the
// panel's first row down to the last row that any of them has. A panel is column-major, `rows` doubles a column. Its first `width` rows are
// its diagonal block, of which only the lower triangle is read.
// Between panels, src/operator/bath/panels.ts subtracts products. The factor is that of a matrix within the order times ulp of |L||L|ᵀ of
// A (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 10.1). Range: entries and pivots whose products and
// quotients neither over- nor underflow.
import { axpy, dot } from '../kernel/vectors';
import { get, set } from '../numeric/elements';

@inline
function column(panel: usize, rows: i32, j: i32): usize {
  return panel + ((<usize>j * <usize>rows) << 3);
}

/** Factorizes a panel, from which the products of all panels before it have been subtracted; returns the first pivot that is not positive, or −1. */
export function panelFactor(rows: i32, width: i32, panel: usize): i32 {
  for (let j = 0; j < width; ++j) {
    const own = column(panel, rows, j);
    const from = (<usize>j) << 3;
    for (let k = 0; k < j; ++k) {
      const before = column(panel, rows, k);
      axpy(rows - j, -get(before, j), before + from, own + from);
    }
    const pivot = get(own, j);
    if (!(pivot > 0)) return j;
    const root = Math.sqrt(pivot);
    set(own, j, root);
    for (let i = j + 1; i < rows; ++i) set(own, i, get(own, i) / root);
  }
  return -1;
}

/** A panel's part of x := L⁻¹ x: solves for its own unknowns, with which x begins, and subtracts them from the `rows` − `width` after them. */
export function panelForward(rows: i32, width: i32, panel: usize, x: usize): void {
  for (let j = 0; j < width; ++j) {
    const own = column(panel, rows, j);
    const value = get(x, j) / get(own, j);
    set(x, j, value);
    const after = (<usize>(j + 1)) << 3;
    axpy(rows - j - 1, -value, own + after, x + after);
  }
}

/** A panel's part of x := L⁻ᵀ x: solves for its own unknowns once all after them are known. */
export function panelBackward(rows: i32, width: i32, panel: usize, x: usize): void {
  for (let j = width - 1; j >= 0; --j) {
    const own = column(panel, rows, j);
    const after = (<usize>(j + 1)) << 3;
    set(x, j, (get(x, j) - dot(rows - j - 1, own + after, x + after)) / get(own, j));
  }
}

// Cholesky's factorization A = L Lᵀ of a symmetric positive definite matrix in panels: columns that follow one another, each from the
// panel's first row down to the last row that any of them has. A panel is column-major, `rows` doubles a column. Its first `width` rows are
// its diagonal block, of which only the lower triangle is read.
// Between panels, src/operator/bath/panels.ts subtracts products. The factor is that of a matrix within the order times ulp of |L||L|ᵀ of
// A (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 10.1). Of a Laplacian, whose rows sum to 0 and whose entries beside the
// diagonal are not positive, what is left after each step is one again: its pivot is what its column sums to below, so that nothing is ever
// subtracted from anything of its own sign, and every entry of L has its digits (W. K. Grassmann, M. I. Taksar, D. P. Heyman, Oper. Res. 33
// (1985) 1107; A. S. Alfa, J. Xue, Q. Ye, Math. Comp. 71 (2002) 217). Range: entries and pivots whose products and quotients neither over-
// nor underflow.
import { axpy, dot } from '../kernel/vectors';
import { get, set } from '../numeric/elements';

@inline
function column(panel: usize, rows: i32, j: i32): usize {
  return panel + ((<usize>j * <usize>rows) << 3);
}

/**
 * Factorizes a panel, from which the products of all panels before it have been subtracted; returns the first pivot that is not above
 * `floor`, or −1. The diagonal of a Laplacian is not read.
 */
export function panelFactor(rows: i32, width: i32, panel: usize, laplacian: bool, floor: f64): i32 {
  for (let j = 0; j < width; ++j) {
    const own = column(panel, rows, j);
    const from = (<usize>j) << 3;
    for (let k = 0; k < j; ++k) {
      const before = column(panel, rows, k);
      axpy(rows - j, -get(before, j), before + from, own + from);
    }
    const pivot = laplacian ? -sumBelow(rows, own, j) : get(own, j);
    if (!(pivot > floor)) return j;
    const root = Math.sqrt(pivot);
    set(own, j, root);
    for (let i = j + 1; i < rows; ++i) set(own, i, get(own, i) / root);
  }
  return -1;
}

/** The sum of a column's entries below row j, from the first to the last. */
function sumBelow(rows: i32, own: usize, j: i32): f64 {
  let sum: f64 = 0;
  for (let i = j + 1; i < rows; ++i) sum += get(own, i);
  return sum;
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

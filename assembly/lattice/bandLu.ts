// P A = L U of a band matrix with partial pivoting, and x := A⁻¹ x. Row interchanges widen the upper half of the band to
// twice its width. G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §4.3.5.
// Element (i, j), −2b ≤ i − j ≤ b for half-width b, is at (2b + i − j) + j·(3b + 1): L lies below the diagonal, and its
// columns are not interchanged afterwards.
// Range: as for bandLdl.ts; the interchanges bound the growth of elements.
import { axpy } from '../kernel/vectors';

/** Bytes of the band: n columns of 3b + 1 doubles. */
export function bandLuBytes(n: i32, b: i32): usize {
  return (<usize>n * (<usize>b * 3 + 1)) << 3;
}

/**
 * LU in place; the first b places of each column are zero on entry. pivots: n i32. Pivots below `least` become `least`.
 */
export function bandLu(n: i32, b: i32, ab: usize, pivots: usize, least: f64): void {
  const down = (<usize>b * 3 + 1) << 3;
  const across = down - 8; // the same row, one column on
  let diagonal = ab + ((<usize>b) << 4);
  let reach = 0;
  for (let j = 0; j < n; ++j) {
    const rows = min(b, n - 1 - j);
    let p = 0;
    let largest = abs(load<f64>(diagonal));
    for (let i = 1; i <= rows; ++i) {
      const candidate = abs(load<f64>(diagonal + ((<usize>i) << 3)));
      if (candidate > largest) {
        largest = candidate;
        p = i;
      }
    }
    store<i32>(pivots + ((<usize>j) << 2), p);
    reach = max(reach, min(n - 1, j + b + p));
    const columns = reach - j;
    if (p != 0) {
      let row = diagonal;
      for (let c = 0; c <= columns; ++c) {
        const other = row + ((<usize>p) << 3);
        const value = load<f64>(row);
        store<f64>(row, load<f64>(other));
        store<f64>(other, value);
        row += across;
      }
    }
    if (largest < least) store<f64>(diagonal, least);
    const inverse = 1 / load<f64>(diagonal);
    for (let i = 1; i <= rows; ++i) {
      const at = diagonal + ((<usize>i) << 3);
      store<f64>(at, inverse * load<f64>(at));
    }
    let target = diagonal;
    for (let c = 0; c < columns; ++c) {
      target += across;
      const value = load<f64>(target);
      if (value != 0) axpy(rows, -value, diagonal + 8, target + 8);
    }
    diagonal += down;
  }
}

/** x := A⁻¹ x with the factors of `bandLu`. */
export function bandLuSolve(n: i32, b: i32, ab: usize, pivots: usize, x: usize): void {
  const down = (<usize>b * 3 + 1) << 3;
  let diagonal = ab + ((<usize>b) << 4);
  for (let j = 0; j < n; ++j) {
    const at = x + ((<usize>j) << 3);
    const other = at + ((<usize>load<i32>(pivots + ((<usize>j) << 2))) << 3);
    const value = load<f64>(other);
    store<f64>(other, load<f64>(at));
    store<f64>(at, value);
    if (value != 0) axpy(min(b, n - 1 - j), -value, diagonal + 8, at + 8);
    diagonal += down;
  }
  for (let j = n - 1; j >= 0; --j) {
    diagonal -= down;
    const at = x + ((<usize>j) << 3);
    const value = load<f64>(at) / load<f64>(diagonal);
    store<f64>(at, value);
    const rows = min(2 * b, j);
    const back = (<usize>rows) << 3;
    if (value != 0) axpy(rows, -value, diagonal - back, at - back);
  }
}

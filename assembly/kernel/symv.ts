// y := y + A x with A symmetric, only its lower triangle read: each element serves y_i += a_ij x_j and
// y_j += a_ij x_i, so the triangle crosses the memory bus once. Four columns a pass, eight rows a turn (symvColumns).
import { symvColumns } from '../generated/kernels';

/** Columns [from, to) of the lower triangle of A (n×n, leading dimension lda) and their mirror images. */
export function symvLower(n: i32, from: i32, to: i32, a: usize, lda: i32, x: usize, y: usize): void {
  const column = (<usize>lda) << 3;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const row = (<usize>j) << 3;
    symvColumns(n - j - 4, a + <usize>j * column + row, column, x + row, y + row);
  }
  for (; j < to; ++j) {
    const d = a + <usize>j * column;
    const xj = load<f64>(x + ((<usize>j) << 3));
    let sum = load<f64>(d + ((<usize>j) << 3)) * xj;
    for (let i = j + 1; i < n; ++i) {
      const aij = load<f64>(d + ((<usize>i) << 3));
      const yi = y + ((<usize>i) << 3);
      sum += aij * load<f64>(x + ((<usize>i) << 3));
      store<f64>(yi, load<f64>(yi) + aij * xj);
    }
    const yj = y + ((<usize>j) << 3);
    store<f64>(yj, load<f64>(yj) + sum);
  }
}

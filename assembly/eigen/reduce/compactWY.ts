// H_0 H_1 … H_{b−1} = I − V T Vᵀ: the compact WY form of a block of reflectors (R. Schreiber and C. Van Loan, SIAM J.
// Sci. Stat. Comput. 10 (1989) 53).
// Range: 1 ≤ ‖v‖² ≤ 2 with tau ‖v‖² = 2 to rounding, or tau = 0, as householder.ts makes them: no element of T is above
// 5ᵇ, in practice above 10; what underflows is negligible beside the 1 in each v.
import { axpy, copy } from '../../kernel/vectors';

/** V with its unit diagonal and the zeros above it, rows×width, packed. */
export function unpackReflectors(rows: i32, width: i32, a: usize, lda: i32, v: usize): void {
  for (let j = 0; j < width; ++j) {
    const row = (<usize>j) << 3;
    memory.fill(v, 0, row);
    store<f64>(v + row, 1);
    copy(rows - j - 1, a + row + 8, v + row + 8);
    v += (<usize>rows) << 3;
    a += (<usize>lda) << 3;
  }
}

/**
 * Upper triangular T of the compact WY form from the lower triangle of G = VᵀV: T_jj = tau_j, T_{0:j,j} = −tau_j
 * T_{0:j,0:j} (G_{j,0:j})ᵀ. The part below the diagonal of T is zero.
 */
export function triangularFactor(n: i32, g: usize, tau: usize, t: usize, ld: i32): void {
  const column = (<usize>ld) << 3;
  for (let j = 0; j < n; ++j) {
    const tj = t + <usize>j * column;
    const factor = load<f64>(tau + ((<usize>j) << 3));
    memory.fill(tj, 0, column);
    for (let i = 0; i < j; ++i) {
      axpy(i + 1, -factor * load<f64>(g + <usize>i * column + ((<usize>j) << 3)), t + <usize>i * column, tj);
    }
    store<f64>(tj + ((<usize>j) << 3), factor);
  }
}

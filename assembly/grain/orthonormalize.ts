// Modified Gram–Schmidt, twice, of a block already orthogonal to everything before it: V = Q R, Q overwrites V. "Twice
// is enough" (L. Giraud et al., Numer. Math. 101 (2005) 87) unless a column is dependent to rounding.
// Range: each column may have a norm of 1e-290 … 1e300, and keeps its digits whatever the norms of the others are.

import { norm2 } from '../kernel/norm2';
import { axpy, dot } from '../kernel/vectors';

/**
 * Starts with column `from`; the columns before it are orthonormal already.
 * @param r added to: `columns` × `columns`, column-major, upper triangular
 * @param least a column whose norm, after projection, is no more than this counts as dependent too
 * @returns the first dependent column, or −1; its projected vector stays in V, and the norm of
 *   that is on the diagonal of r
 */
export function orthonormalizeFrom(d: i32, from: i32, columns: i32, least: f64, v: usize, r: usize): i32 {
  const stride = (<usize>d) << 3;
  for (let j = from; j < columns; ++j) {
    const own = v + <usize>j * stride;
    const before = norm2(d, own);
    for (let pass = 0; pass < 2; ++pass) {
      for (let i = 0; i < j; ++i) {
        const other = v + <usize>i * stride;
        const t = dot(d, other, own);
        axpy(d, -t, other, own);
        const at = r + ((<usize>(i + j * columns)) << 3);
        store<f64>(at, load<f64>(at) + t);
      }
    }
    const norm = norm2(d, own);
    store<f64>(r + ((<usize>(j + j * columns)) << 3), norm);
    if (!(norm > max(1e-10 * before, least))) return j;
    for (let q: usize = 0; q < stride; q += 8) store<f64>(own + q, load<f64>(own + q) / norm);
  }
  return -1;
}

/** Norms |W_k − E_k Z_k| of the residuals of `columns` eigenpairs; W = H Z, |H| between 1e-140 and 1e140. */
export function residualNorms(d: i32, columns: i32, w: usize, z: usize, energies: usize, out: usize): void {
  for (let k = 0; k < columns; ++k) {
    const e = load<f64>(energies + ((<usize>k) << 3));
    let sum: f64 = 0;
    for (let i = 0; i < d; ++i) {
      const r = load<f64>(w) - e * load<f64>(z);
      sum += r * r;
      w += 8;
      z += 8;
    }
    store<f64>(out + ((<usize>k) << 3), Math.sqrt(sum));
  }
}

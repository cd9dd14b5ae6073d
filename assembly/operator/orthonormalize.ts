// Modified Gram–Schmidt, twice, of a block already orthogonal to everything before it: V = Q R, Q overwrites V. "Twice
// is enough" (L. Giraud et al., Numer. Math. 101 (2005) 87) unless a column is dependent to rounding.
// Range: each column may have a norm of 1e-290 … 1e300, and keeps its digits whatever the norms of the others are.
import { norm2 } from '../kernel/norm2';
import { axpy, dot } from '../kernel/vectors';
import { Complex, elementShift, Plain } from './entries';
import { addPairs, dotPairs } from './pairs';

/**
 * Starts with column `from`; the columns before it are orthonormal already.
 * @param r added to: `columns` × `columns`, column-major, upper triangular
 * @param least a column whose norm, after projection, is no more than this counts as dependent too
 * @returns the first dependent column, or −1; its projected vector stays in V, and the norm of
 *   that is on the diagonal of r
 */
export function orthonormalizeFrom(d: i32, from: i32, columns: i32, least: f64, v: usize, r: usize): i32 {
  return orthonormalize<Plain>(d, from, columns, least, v, r, 0);
}

/** The same for complex columns of n pairs; r has pairs too, and `work` 16 bytes. */
export function orthonormalizePairs(
  n: i32,
  from: i32,
  columns: i32,
  least: f64,
  v: usize,
  r: usize,
  work: usize,
): i32 {
  return orthonormalize<Complex>(n, from, columns, least, v, r, work);
}

function orthonormalize<T>(
  n: i32,
  from: i32,
  columns: i32,
  least: f64,
  v: usize,
  r: usize,
  work: usize,
): i32 {
  const doubles = sizeof<T>() == 1 ? n : 2 * n;
  const stride = (<usize>doubles) << 3;
  for (let j = from; j < columns; ++j) {
    const own = v + <usize>j * stride;
    const before = norm2(doubles, own);
    for (let pass = 0; pass < 2; ++pass) {
      for (let i = 0; i < j; ++i) {
        const at = r + ((<usize>(i + j * columns)) << elementShift<T>());
        subtract<T>(n, v + <usize>i * stride, own, at, work);
      }
    }
    const norm = norm2(doubles, own);
    store<f64>(r + ((<usize>(j + j * columns)) << elementShift<T>()), norm);
    if (!(norm > max(1e-10 * before, least))) return j;
    for (let q: usize = 0; q < stride; q += 8) store<f64>(own + q, load<f64>(own + q) / norm);
  }
  return -1;
}

/** Subtracts from `own` its part along `other`, of length 1, and adds that to the element of r at `at`. */
@inline
function subtract<T>(n: i32, other: usize, own: usize, at: usize, work: usize): void {
  if (sizeof<T>() == 1) {
    const t = dot(n, other, own);
    axpy(n, -t, other, own);
    store<f64>(at, load<f64>(at) + t);
  } else {
    dotPairs(n, other, own, work);
    const re = load<f64>(work);
    const im = load<f64>(work, 8);
    addPairs(n, -re, -im, other, own);
    store<f64>(at, load<f64>(at) + re);
    store<f64>(at, load<f64>(at, 8) + im, 8);
  }
}

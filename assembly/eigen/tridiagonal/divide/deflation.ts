// Deflation of D + ρ z zᵀ: eigenpairs of D that are already eigenpairs of the sum up to rounding.
// Q (D + ρ z zᵀ) Qᵀ stays the same within the tolerance while plane rotations of Q's columns put zeros into z (J. J. M.
// Cuppen, Numer. Math. 36 (1981) 177; J. J. Dongarra and D. C. Sorensen, SIAM J. Sci. Stat. Comput. 8 (1987) s139). The
// criteria are those of LAPACK's dlaed2.
// Range: |D| + ρ of order 1, as divideAndConquer.ts scales it, ‖z‖ ≤ 1, smaller elements of any size. The sum is
// perturbed by at most 4 eps of max(|D|, |z|). The elements that remain have ρ |z_i| and gaps above that, so that none
// of their squares can underflow.
import { amax, rot } from '../../../kernel/vectors';
import { EPS } from '../../../numeric/constants';

/** Shapes of a column of Q: zeros below, no known zeros, zeros above. */
export const UPPER: i32 = 0;
export const FULL: i32 = 1;
export const LOWER: i32 = 2;

/**
 * Deflates D + ρ z zᵀ (order n, ρ > 0) where d[0 … n1) and d[n1 … n) ascend and the eigenvectors Q of the two blocks
 * are columns of `q`: the first n1 have only their upper n1 rows, the others only their lower rows (the rest is not
 * read; it is cleared in columns that become FULL). On exit `kept` lists the k columns that take part in the secular
 * equation, with d strictly ascending, and `deflated` the others, d ascending; `shape` gives the zeros of each column;
 * z and d are changed where columns were rotated. `order`: workspace of n integers. Returns k.
 */
export function deflate(
  n: i32,
  n1: i32,
  d: usize,
  z: usize,
  rho: f64,
  q: usize,
  ldq: i32,
  order: usize,
  shape: usize,
  kept: usize,
  deflated: usize,
): i32 {
  mergeOrder(n, n1, d, order);
  for (let i = 0; i < n; ++i) store<i32>(shape + ((<usize>i) << 2), i < n1 ? UPPER : LOWER);
  const tolerance = 4 * EPS * max(amax(n, d), amax(n, z));
  let k = 0;
  let out = 0;
  let previous = -1;
  for (let t = 0; t < n; ++t) {
    const next = load<i32>(order + ((<usize>t) << 2));
    const dn = d + ((<usize>next) << 3);
    const zn = z + ((<usize>next) << 3);
    if (rho * Math.abs(load<f64>(zn)) <= tolerance) {
      insert(d, deflated, out++, next);
      continue;
    }
    if (previous >= 0) {
      const dp = d + ((<usize>previous) << 3);
      const zp = z + ((<usize>previous) << 3);
      const norm = Math.sqrt(load<f64>(zn) * load<f64>(zn) + load<f64>(zp) * load<f64>(zp));
      const c = load<f64>(zn) / norm;
      const s = -load<f64>(zp) / norm;
      const gap = load<f64>(dn) - load<f64>(dp);
      if (Math.abs(gap * c * s) <= tolerance) {
        store<f64>(zn, norm);
        store<f64>(zp, 0);
        rotateColumns(n, n1, q, ldq, shape, previous, next, c, s);
        const x = load<f64>(dp);
        const y = load<f64>(dn);
        store<f64>(dp, x * c * c + y * s * s);
        store<f64>(dn, x * s * s + y * c * c);
        insert(d, deflated, out++, previous);
      } else {
        store<i32>(kept + ((<usize>k) << 2), previous);
        ++k;
      }
    }
    previous = next;
  }
  if (previous >= 0) {
    store<i32>(kept + ((<usize>k) << 2), previous);
    ++k;
  }
  return k;
}

/** The permutation that merges the ascending runs d[0 … n1) and d[n1 … n). */
function mergeOrder(n: i32, n1: i32, d: usize, order: usize): void {
  let i = 0;
  let j = n1;
  for (let t = 0; t < n; ++t) {
    const first = j >= n || (i < n1 && load<f64>(d + ((<usize>i) << 3)) <= load<f64>(d + ((<usize>j) << 3)));
    store<i32>(order + ((<usize>t) << 2), first ? i++ : j++);
  }
}

/** Inserts column i into the ascending list of `count` deflated columns, from its end. */
function insert(d: usize, list: usize, count: i32, i: i32): void {
  const value = load<f64>(d + ((<usize>i) << 3));
  let p = list + ((<usize>count) << 2);
  while (p > list && load<f64>(d + ((<usize>load<i32>(p - 4)) << 3)) > value) {
    store<i32>(p, load<i32>(p - 4));
    p -= 4;
  }
  store<i32>(p, i);
}

/** [q_i q_j] := [q_i q_j] [c −s; s c] on the rows where either column can be nonzero. */
function rotateColumns(
  n: i32,
  n1: i32,
  q: usize,
  ldq: i32,
  shape: usize,
  i: i32,
  j: i32,
  c: f64,
  s: f64,
): void {
  const si = load<i32>(shape + ((<usize>i) << 2));
  const sj = load<i32>(shape + ((<usize>j) << 2));
  let x = q + ((<usize>i * <usize>ldq) << 3);
  let y = q + ((<usize>j * <usize>ldq) << 3);
  if (si != sj) {
    clearZeros(n, n1, x, si);
    clearZeros(n, n1, y, sj);
    store<i32>(shape + ((<usize>i) << 2), FULL);
    store<i32>(shape + ((<usize>j) << 2), FULL);
    rot(n, x, y, c, s);
  } else if (si == LOWER) {
    x += (<usize>n1) << 3;
    y += (<usize>n1) << 3;
    rot(n - n1, x, y, c, s);
  } else {
    rot(si == UPPER ? n1 : n, x, y, c, s);
  }
}

/** Stores the zeros that the shape of a column implies. */
export function clearZeros(n: i32, n1: i32, column: usize, shape: i32): void {
  if (shape == UPPER) memory.fill(column + ((<usize>n1) << 3), 0, (<usize>(n - n1)) << 3);
  else if (shape == LOWER) memory.fill(column, 0, (<usize>n1) << 3);
}

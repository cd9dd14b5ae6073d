// A = Q T Qᵀ in lanes, column by column, and then Q itself, in place of A: Householder's reduction without blocks
// (LAPACK's dsytd2 and dorg2l),
//
//     H_k = 1 − τ v vᵀ,   p = A v,   w = τ p − ½ τ² (pᵀv) v,   A −= v wᵀ + w vᵀ,   Q = H_0 H_1 … H_{n−3}.
//
// Range: entries up to 4. A column whose squares underflow, but which is not zero, is reported, because its reflector
// would lack digits (householder.ts lifts such columns).
import { fma } from '../../fma';
import { BOTH, choose, clear, Pair, refuse, SMALL_SQUARE, zero } from './pair';

/** T into d and e, the reflectors into A and tau. A matrix with a column that is too small is given up. */
export function reducePair(pair: Pair): void {
  const n = pair.n;
  const column = <usize>n * BOTH;
  const diagonal = column + BOTH;
  let refused = zero();
  for (let k = 0; k < n - 2; ++k) {
    const at = <usize>k * BOTH;
    const corner = pair.a + <usize>k * diagonal;
    const m = n - k - 1;
    v128.store(pair.d + at, v128.load(corner));
    const v = corner + BOTH;
    refused = v128.or(refused, reflector(m, v, pair.e + at, pair.tau + at));
    const tau = v128.load(pair.tau + at);
    if (!v128.any_true(f64x2.ne(tau, zero()))) continue;
    product(m, corner + diagonal, column, v, pair.w);
    combine(m, tau, v, pair.w);
    update(m, corner + diagonal, column, v, pair.w);
  }
  const last = <usize>(n - 2) * BOTH;
  const corner = pair.a + <usize>(n - 2) * diagonal;
  v128.store(pair.d + last, v128.load(corner));
  v128.store(pair.e + last, v128.load(corner + BOTH));
  v128.store(pair.d + last + BOTH, v128.load(corner + diagonal));
  refuse(pair, refused);
}

/** The reflector of the m elements at x, which become v with v_0 = 1; its β and τ. A column of zeros has τ = 0. */
function reflector(m: i32, x: usize, beta: usize, tau: usize): v128 {
  const alpha = v128.load(x);
  const end = x + <usize>m * BOTH;
  let tail = zero();
  for (let p = x + BOTH; p < end; p += BOTH) tail = fma(v128.load(p), v128.load(p), tail);
  const small = f64x2.lt(tail, f64x2.splat(SMALL_SQUARE));
  let refused = zero();
  if (v128.any_true(small)) {
    let rest = zero();
    for (let p = x + BOTH; p < end; p += BOTH) rest = f64x2.pmax(rest, f64x2.abs(v128.load(p)));
    refused = v128.and(small, f64x2.ne(rest, zero()));
  }
  const norm = f64x2.sqrt(fma(alpha, alpha, tail));
  const head = choose(f64x2.ge(alpha, zero()), f64x2.neg(norm), norm);
  v128.store(beta, choose(small, alpha, head));
  v128.store(tau, v128.andnot(f64x2.div(f64x2.sub(head, alpha), head), small));
  const factor = v128.andnot(f64x2.div(f64x2.splat(1), f64x2.sub(alpha, head)), small);
  v128.store(x, f64x2.splat(1));
  for (let p = x + BOTH; p < end; p += BOTH) v128.store(p, f64x2.mul(v128.load(p), factor));
  return refused;
}

/** w = A v with the lower triangle of order m at `a`, two columns at a time. */
function product(m: i32, a: usize, column: usize, v: usize, w: usize): void {
  clear(w, <usize>m * BOTH);
  let j = 0;
  for (; j < m - 1; j += 2) {
    const at = <usize>j * BOTH;
    let p = a + <usize>j * (column + BOTH);
    let q = p + column;
    const v0 = v128.load(v + at);
    const v1 = v128.load(v + at, BOTH);
    const below = v128.load(p, BOTH);
    let t0 = fma(v128.load(p), v0, f64x2.mul(below, v1));
    let t1 = fma(v128.load(q, BOTH), v1, f64x2.mul(below, v0));
    for (let i = at + 2 * BOTH, end = <usize>m * BOTH; i < end; i += BOTH) {
      const x = v128.load(p, 2 * BOTH);
      const y = v128.load(q, 2 * BOTH);
      const u = v128.load(v + i);
      v128.store(w + i, fma(x, v0, fma(y, v1, v128.load(w + i))));
      t0 = fma(x, u, t0);
      t1 = fma(y, u, t1);
      p += BOTH;
      q += BOTH;
    }
    v128.store(w + at, f64x2.add(v128.load(w + at), t0));
    v128.store(w + at, f64x2.add(v128.load(w + at, BOTH), t1), BOTH);
  }
  if (j < m) {
    const at = <usize>j * BOTH;
    v128.store(w + at, fma(v128.load(a + <usize>j * (column + BOTH)), v128.load(v + at), v128.load(w + at)));
  }
}

/** w := τ w − ½ τ² (wᵀv) v. */
function combine(m: i32, tau: v128, v: usize, w: usize): void {
  const end = <usize>m * BOTH;
  let sum = zero();
  for (let i: usize = 0; i < end; i += BOTH) sum = fma(v128.load(w + i), v128.load(v + i), sum);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(-0.5), f64x2.mul(tau, tau)), sum);
  for (let i: usize = 0; i < end; i += BOTH) {
    v128.store(w + i, fma(half, v128.load(v + i), f64x2.mul(tau, v128.load(w + i))));
  }
}

/** A −= v wᵀ + w vᵀ in the lower triangle, two columns at a time. */
function update(m: i32, a: usize, column: usize, v: usize, w: usize): void {
  const end = <usize>m * BOTH;
  let j: usize = 0;
  for (; j + BOTH < end; j += 2 * BOTH) {
    const v0 = f64x2.neg(v128.load(v + j));
    const w0 = f64x2.neg(v128.load(w + j));
    const v1 = f64x2.neg(v128.load(v + j, BOTH));
    const w1 = f64x2.neg(v128.load(w + j, BOTH));
    // Columns j and j + 1, from row j on; the element above the diagonal is not read.
    let p = a + (j / BOTH) * column + j;
    v128.store(p, fma(v128.load(v + j), w0, fma(v128.load(w + j), v0, v128.load(p))));
    for (let i = j + BOTH; i < end; i += BOTH) {
      p += BOTH;
      const x = v128.load(v + i);
      const y = v128.load(w + i);
      v128.store(p, fma(x, w0, fma(y, v0, v128.load(p))));
      v128.store(p + column, fma(x, w1, fma(y, v1, v128.load(p + column))));
    }
  }
  if (j < end) {
    const p = a + (j / BOTH) * column + j;
    const w0 = f64x2.neg(v128.load(w + j));
    const v0 = f64x2.neg(v128.load(v + j));
    v128.store(p, fma(v128.load(v + j), w0, fma(v128.load(w + j), v0, v128.load(p))));
  }
}

/** Q in place of the reflectors, from the last to the first; column k of A, which held v_k, then takes what is left of Q. */
export function formOrthogonal(pair: Pair): void {
  const n = pair.n;
  const column = <usize>n * BOTH;
  const one = f64x2.splat(1);
  unitColumn(n, n - 1, pair.a);
  for (let k = n - 3; k >= 0; --k) {
    const m = <usize>(n - k - 1);
    const v = pair.a + (<usize>k * <usize>(n + 1) + 1) * BOTH;
    const corner = v + column;
    const tau = v128.load(pair.tau + <usize>k * BOTH);
    for (let j: usize = 1; j < m; ++j) reflect(m * BOTH, v, tau, corner + j * column);
    clear(pair.a + <usize>(k + 1) * column, <usize>(k + 1) * BOTH);
    v128.store(corner, f64x2.sub(one, tau));
    const minus = f64x2.neg(tau);
    for (let i = BOTH; i < m * BOTH; i += BOTH) v128.store(corner + i, f64x2.mul(minus, v128.load(v + i)));
  }
  unitColumn(n, 0, pair.a);
}

function unitColumn(n: i32, j: i32, a: usize): void {
  const column = a + <usize>j * <usize>n * BOTH;
  clear(column, <usize>n * BOTH);
  v128.store(column + <usize>j * BOTH, f64x2.splat(1));
}

/** q := q − τ v (vᵀq), where the first element of q is zero. */
@inline
function reflect(bytes: usize, v: usize, tau: v128, q: usize): void {
  let sum = zero();
  for (let i = BOTH; i < bytes; i += BOTH) sum = fma(v128.load(v + i), v128.load(q + i), sum);
  const factor = f64x2.neg(f64x2.mul(tau, sum));
  v128.store(q, factor);
  for (let i = BOTH; i < bytes; i += BOTH) v128.store(q + i, fma(factor, v128.load(v + i), v128.load(q + i)));
}

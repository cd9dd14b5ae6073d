// T = S diag(d) Sᵀ in lanes by implicitly shifted QL, as in qrSweeps.ts, and Z = Q S at the same time: while the next
// rotation waits for a square root and a quotient, the last one is applied to two columns of Z. Both matrices wait for
// each other at each eigenvalue; a matrix whose off-diagonal is negligible there rests, and one that is cut off earlier joins
// the sweep where its part begins.
// Range: ‖T‖ between 1 and some n, to which load.ts scales it. A matrix in which underflow could cost digits, or that takes
// more than SWEEPS_PER_ROW sweeps a row, is reported.
import { fma } from '../../fma';
import { EPS2, SAFE_MIN } from '../../numeric/constants';
import { SWEEPS_PER_ROW } from '../tridiagonal/cap';
import { BOTH, choose, gather, Pair, refuse, SMALL_SQUARE, zero } from './pair';

/**
 * Turns T so that it grows downwards, as QL likes it best, and keeps it and its squares for refine.ts. A matrix
 * with an off-diagonal that is too small is given up.
 */
export function turnPair(pair: Pair): void {
  const n = pair.n;
  const last = <usize>(n - 1) * BOTH;
  const turned = f64x2.lt(f64x2.abs(v128.load(pair.d + last)), f64x2.abs(v128.load(pair.d)));
  if (v128.any_true(turned)) {
    reverse(turned, n, pair.d, BOTH, 1);
    reverse(turned, n - 1, pair.e, BOTH, 1);
    if (pair.vectors) reverse(turned, n, pair.a, <usize>n * BOTH, n);
  }
  v128.store(pair.e + last, zero());
  let refused = zero();
  for (let i: usize = 0; i <= last; i += BOTH) {
    const x = v128.load(pair.e + i);
    const square = f64x2.mul(x, x);
    v128.store(pair.squares + i, square);
    v128.store(pair.diagonal + i, v128.load(pair.d + i));
    const small = v128.and(f64x2.lt(square, f64x2.splat(SMALL_SQUARE)), f64x2.ne(x, zero()));
    refused = v128.or(refused, small);
  }
  refuse(pair, refused);
}

/** Reverses, where the mask holds, the order of `count` vectors of `rows` elements, each `step` bytes after the one before. */
function reverse(mask: v128, count: i32, x: usize, step: usize, rows: i32): void {
  let y = x + <usize>(count - 1) * step;
  for (; x < y; x += step, y -= step) {
    for (let i: usize = 0; i < <usize>rows * BOTH; i += BOTH) {
      const u = v128.load(x + i);
      const v = v128.load(y + i);
      v128.store(x + i, choose(mask, v, u));
      v128.store(y + i, choose(mask, u, v));
    }
  }
}

/**
 * Makes the next sweep. Returns false when there is none: d then holds the eigenvalues and Z the vectors, in no order. A
 * matrix that needs too many sweeps, or in which rotations underflow, is given up.
 */
export function sweepPair(pair: Pair): bool {
  const n = pair.n;
  let m = zero();
  let active = m;
  for (; pair.row < n - 1; ++pair.row) {
    m = scan(pair, pair.row);
    active = f64x2.gt(m, f64x2.splat(<f64>pair.row));
    if (v128.any_true(active)) break;
  }
  if (pair.row >= n - 1) return false;
  const sweeps = f64x2.add(v128.load(pair.sweeps), v128.and(active, f64x2.splat(1)));
  v128.store(pair.sweeps, sweeps);
  const over = f64x2.gt(sweeps, f64x2.splat(<f64>(SWEEPS_PER_ROW * n)));
  if (v128.any_true(over)) {
    refuse(pair, over);
    for (let i = pair.row; i < n; ++i) {
      const at = pair.e + <usize>i * BOTH;
      v128.store(at, v128.andnot(v128.load(at), over));
    }
  } else sweep(pair, pair.row, m, active);
  return true;
}

/** The first row from l on after which T is cut off, as a double; the negligible element there becomes zero. */
function scan(pair: Pair, l: i32): v128 {
  const n = pair.n;
  const eps2 = f64x2.splat(EPS2);
  const least = f64x2.splat(SAFE_MIN);
  let m = f64x2.splat(<f64>(n - 1));
  let found = zero();
  let here = f64x2.mul(eps2, f64x2.abs(v128.load(pair.d + <usize>l * BOTH)));
  for (let i = l; i < n - 1; ++i) {
    const at = <usize>i * BOTH;
    const size = f64x2.abs(v128.load(pair.d + at, BOTH));
    const x = v128.load(pair.e + at);
    const small = f64x2.le(f64x2.mul(x, x), fma(here, size, least));
    if (v128.any_true(small)) {
      const fresh = v128.andnot(small, found);
      v128.store(pair.e + at, v128.andnot(x, fresh));
      m = choose(fresh, f64x2.splat(<f64>i), m);
      found = v128.or(found, small);
      if (i64x2.all_true(found)) break;
    }
    here = f64x2.mul(eps2, size);
  }
  return m;
}

/** A sweep from row m of each matrix up to row l, where m > l. */
function sweep(pair: Pair, l: i32, m: v128, active: v128): void {
  const d = pair.d;
  const e = pair.e;
  const at = <usize>l * BOTH;
  const m0 = <i32>f64x2.extract_lane(m, 0);
  const m1 = <i32>f64x2.extract_lane(m, 1);
  const head = v128.load(d + at);
  const el = v128.load(e + at);
  const tail = gather(d + <usize>m0 * BOTH, d + <usize>m1 * BOTH + 8);
  const g = f64x2.div(f64x2.sub(v128.load(d + at, BOTH), head), f64x2.add(el, el));
  let r = f64x2.sqrt(fma(g, g, f64x2.splat(1)));
  r = choose(f64x2.lt(r, f64x2.splat(Infinity)), r, f64x2.abs(g));
  r = choose(f64x2.ge(g, zero()), r, f64x2.neg(r));
  const chain = pair.chain;
  v128.store(chain, f64x2.add(f64x2.sub(tail, head), f64x2.div(el, f64x2.add(g, r))));
  v128.store(chain, f64x2.splat(1), BOTH);
  v128.store(chain, f64x2.splat(1), 2 * BOTH);
  v128.store(chain, zero(), 3 * BOTH);
  const lower = max(m0, m1);
  const upper = min(m0, m1);
  let refused = zero();
  if (upper < lower) {
    refused = rotateOne(pair, lower, upper, f64x2.gt(m, f64x2.splat(<f64>upper)));
  }
  // The matrix at rest has upper = l.
  if (upper > l) refused = v128.or(refused, rotateBoth(pair, upper, l));
  v128.store(d + at, choose(active, f64x2.sub(head, v128.load(chain, 3 * BOTH)), head));
  v128.store(e + at, choose(active, v128.load(chain), el));
  // Whole elements are stored: a load of one that was stored by halves would wait.
  const e0 = e + <usize>m0 * BOTH;
  const e1 = e + <usize>m1 * BOTH;
  v128.store(e0, f64x2.replace_lane(v128.load(e0), 0, 0));
  v128.store(e1, f64x2.replace_lane(v128.load(e1), 1, 0));
  if (v128.any_true(refused)) refuse(pair, v128.and(refused, active));
}

/** The rotations of rows from − 1 … to of both matrices. */
function rotateBoth(pair: Pair, from: i32, to: i32): v128 {
  return rotations(pair, from, to, zero(), false);
}

/** The rotations of rows from − 1 … to of the one where the mask holds; nothing changes in the other. */
function rotateOne(pair: Pair, from: i32, to: i32, mask: v128): v128 {
  return rotations(pair, from, to, mask, true);
}

@inline
function rotations(pair: Pair, from: i32, to: i32, mask: v128, masked: bool): v128 {
  const chain = pair.chain;
  const bytes = <usize>pair.n * BOTH;
  const vectors = pair.vectors;
  const one = f64x2.splat(1);
  let g = v128.load(chain);
  let c = v128.load(chain, BOTH);
  let s = v128.load(chain, 2 * BOTH);
  let p = v128.load(chain, 3 * BOTH);
  let refused = zero();
  let d = pair.d + <usize>(from - 1) * BOTH;
  let e = pair.e + <usize>(from - 1) * BOTH;
  let z = pair.a + <usize>(from - 1) * bytes;
  let below = v128.load(d, BOTH);
  for (let i = from; i > to; --i) {
    const x = v128.load(e);
    const f = f64x2.mul(s, x);
    const b = f64x2.mul(c, x);
    const square = fma(f, f, f64x2.mul(g, g));
    let r = f64x2.sqrt(square);
    let c1 = f64x2.div(g, r);
    let s1 = f64x2.div(f, r);
    const small = f64x2.lt(square, f64x2.splat(SMALL_SQUARE));
    if (v128.any_true(small)) {
      // The unit rotation, which is exact where f = 0.
      r = choose(small, g, r);
      c1 = choose(small, one, c1);
      s1 = v128.andnot(s1, small);
      refused = v128.or(refused, v128.and(small, f64x2.ne(f, zero())));
    }
    const above = v128.load(d);
    const rest = f64x2.sub(below, p);
    const t = fma(f64x2.sub(above, rest), s1, f64x2.mul(f64x2.add(c1, c1), b));
    const p1 = f64x2.mul(s1, t);
    const g1 = f64x2.sub(f64x2.mul(c1, t), b);
    const next = f64x2.add(rest, p1);
    if (masked) {
      v128.store(e, choose(mask, r, v128.load(e, BOTH)), BOTH);
      v128.store(d, choose(mask, next, below), BOTH);
      g = choose(mask, g1, g);
      c = choose(mask, c1, one);
      s = choose(mask, s1, one);
      p = v128.and(p1, mask);
      s1 = v128.and(s1, mask);
    } else {
      v128.store(e, r, BOTH);
      v128.store(d, next, BOTH);
      g = g1;
      c = c1;
      s = s1;
      p = p1;
    }
    below = above;
    if (vectors) {
      const minus = f64x2.neg(s1);
      for (let q = z, end = z + bytes; q < end; q += BOTH) {
        const u = v128.load(q);
        const v = v128.load(q + bytes);
        v128.store(q, fma(c, u, f64x2.mul(minus, v)));
        v128.store(q + bytes, fma(c, v, f64x2.mul(s1, u)));
      }
    }
    d -= BOTH;
    e -= BOTH;
    z -= bytes;
  }
  v128.store(chain, g);
  v128.store(chain, c, BOTH);
  v128.store(chain, s, 2 * BOTH);
  v128.store(chain, p, 3 * BOTH);
  return v128.and(refused, masked ? mask : f64x2.eq(one, one));
}

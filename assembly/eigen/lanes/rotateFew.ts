// Vᵀ A V → diagonal by plane rotations as in rotations.ts, of pairs of order 2, 3 and 4, with the same bits. There planes and loops go
// by the order; here they are constants, so that no loop, no counter and no address is left between square roots and quotients.
// Range: that of rotations.ts.
import { BOTH, Pair } from './pair';
import { cosineOf, counts, gapOf, lacksDigits, settle, squareOf, tangentOf, turnElement } from './rotations';

/** Bytes from A or V to element (i, j). */
@inline
function at(n: i32, i: i32, j: i32): usize {
  return <usize>(j * n + i) * BOTH;
}

/** Row r of the columns p and q of A, of which the lower triangle is stored. */
@inline
function turnRow(n: i32, r: i32, p: i32, q: i32, c: v128, s: v128, minus: v128, a: usize): void {
  if (r == p || r == q || r >= n) return;
  turnElement(c, s, minus, a + at(n, max(r, p), min(r, p)), a + at(n, max(r, q), min(r, q)));
}

/** Row r of the columns p and q of V. */
@inline
function turnVectors(n: i32, r: i32, p: i32, q: i32, c: v128, s: v128, minus: v128, v: usize): void {
  if (r < n) turnElement(c, s, minus, v + at(n, r, p), v + at(n, r, q));
}

/** The rotation of rotatePair in the plane of p < q. */
@inline
function rotate(n: i32, p: i32, q: i32, pair: Pair): void {
  const a = pair.a;
  const x = v128.load(a + at(n, q, p));
  const dp = v128.load(a + at(n, p, p));
  const dq = v128.load(a + at(n, q, q));
  const g = gapOf(dp, dq);
  const square = squareOf(x, dp, dq);
  const lost = lacksDigits(square, x);
  const good = v128.andnot(counts(x, dp, dq), lost);
  const r = f64x2.sqrt(square);
  const t = tangentOf(x, g, r, good);
  const c = cosineOf(g, r, good);
  const s = f64x2.mul(t, c);
  const minus = f64x2.neg(s);
  settle(pair, a + at(n, p, p), a + at(n, q, q), a + at(n, q, p), x, t, good, lost);
  turnRow(n, 0, p, q, c, s, minus, a);
  turnRow(n, 1, p, q, c, s, minus, a);
  turnRow(n, 2, p, q, c, s, minus, a);
  turnRow(n, 3, p, q, c, s, minus, a);
  if (!pair.vectors) return;
  turnVectors(n, 0, p, q, c, s, minus, pair.v);
  turnVectors(n, 1, p, q, c, s, minus, pair.v);
  turnVectors(n, 2, p, q, c, s, minus, pair.v);
  turnVectors(n, 3, p, q, c, s, minus, pair.v);
}

/** The lanes in which the rotation in the plane of p < q would turn or give up something. */
@inline
function stirs(n: i32, p: i32, q: i32, a: usize): v128 {
  const x = v128.load(a + at(n, q, p));
  const dp = v128.load(a + at(n, p, p));
  const dq = v128.load(a + at(n, q, q));
  return v128.or(counts(x, dp, dq), lacksDigits(squareOf(x, dp, dq), x));
}

/** `rests` of a pair of order 2 to 4. */
export function restsFew(n: i32, pair: Pair): bool {
  const a = pair.a;
  if (n == 2) return !v128.any_true(stirs(2, 0, 1, a));
  if (n == 3) {
    return !v128.any_true(v128.or(v128.or(stirs(3, 1, 2, a), stirs(3, 0, 2, a)), stirs(3, 0, 1, a)));
  }
  const first = v128.or(v128.or(stirs(4, 0, 3, a), stirs(4, 1, 2, a)), stirs(4, 1, 3, a));
  const second = v128.or(v128.or(stirs(4, 0, 2, a), stirs(4, 2, 3, a)), stirs(4, 0, 1, a));
  return !v128.any_true(v128.or(first, second));
}

/** The rotation in a plane, p + 8 q as planeOf has it, of a pair of order 2 to 4. */
export function rotateFew(n: i32, plane: i32, pair: Pair): void {
  if (n == 3) {
    if (plane == 1 + 8 * 2) rotate(3, 1, 2, pair);
    else if (plane == 0 + 8 * 2) rotate(3, 0, 2, pair);
    else rotate(3, 0, 1, pair);
  } else if (n == 2) rotate(2, 0, 1, pair);
  else {
    if (plane == 0 + 8 * 3) rotate(4, 0, 3, pair);
    else if (plane == 1 + 8 * 2) rotate(4, 1, 2, pair);
    else if (plane == 1 + 8 * 3) rotate(4, 1, 3, pair);
    else if (plane == 0 + 8 * 2) rotate(4, 0, 2, pair);
    else if (plane == 2 + 8 * 3) rotate(4, 2, 3, pair);
    else rotate(4, 0, 1, pair);
  }
}

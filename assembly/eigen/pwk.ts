// Eigenvalues of a symmetric tridiagonal T by the square-root-free QL and QR of Pal, Walker and Kahan (LAPACK's
// dsterf; B. N. Parlett, The Symmetric Eigenvalue Problem, 8.15): the rotations enter only through c², s² and e².
import { NOT_CONVERGED, OK } from "../status";
import { EPS2, SAFE_MIN } from "./qr";
import { blockScale, rescale } from "./tridiagonalBlock";

/**
 * Eigenvalues of T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed. At most maxIterations
 * sweeps in all; the number made is left as i32 at work (4 bytes).
 */
export function tridiagonalEigenvalues(n: i32, d: usize, e: usize, work: usize, maxIterations: i32): i32 {
  let left = maxIterations;
  let begin = 0;
  let status = OK;
  while (begin < n && status == OK) {
    let end = begin;
    while (end < n - 1 && !negligible(d, e, end)) ++end;
    if (end > begin) {
      const scale = blockScale(begin, end, d, e);
      if (scale != 1) rescale(begin, end, d, e, scale);
      for (let i = begin; i < end; ++i) set(e, i, get(e, i) * get(e, i));
      const down = abs(get(d, end)) < abs(get(d, begin));
      left = down ? qrBlock(begin, end, d, e, left) : qlBlock(begin, end, d, e, left);
      if (scale != 1) for (let i = begin; i <= end; ++i) set(d, i, get(d, i) / scale);
      if (left < 0) status = NOT_CONVERGED;
    }
    begin = end + 1;
  }
  store<i32>(work, maxIterations - max(left, 0));
  if (status == OK) sort(n, d);
  return status;
}

// @ts-ignore: decorator
@inline
function get(p: usize, i: i32): f64 {
  return load<f64>(p + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function set(p: usize, i: i32, x: f64): void {
  store<f64>(p + (<usize>i << 3), x);
}

function negligible(d: usize, e: usize, i: i32): bool {
  const x = abs(get(e, i));
  return x == 0 || x <= 1.1102230246251565e-16 * sqrt(abs(get(d, i))) * sqrt(abs(get(d, i + 1)));
}

// @ts-ignore: decorator
@inline
function small(d: usize, e: usize, i: i32): bool {
  return get(e, i) <= EPS2 * abs(get(d, i) * get(d, i + 1)) + SAFE_MIN;
}

/** sigma, Wilkinson's shift of the corner (p, √e2, next). */
function shift(p: f64, e2: f64, next: f64): f64 {
  const root = sqrt(e2);
  const g = (next - p) / (2 * root);
  let r = sqrt(g * g + 1);
  if (!(r < Infinity)) r = abs(g);
  return p - root / (g + (g >= 0 ? r : -r));
}

function qlBlock(l: i32, end: i32, d: usize, e: usize, left: i32): i32 {
  while (l <= end) {
    let m = l;
    while (m < end && !small(d, e, m)) ++m;
    if (m < end) set(e, m, 0);
    if (m == l) {
      ++l;
      continue;
    }
    if (--left < 0) return -1;
    const sigma = shift(get(d, l), get(e, l), get(d, l + 1));
    let c = 1.0;
    let s = 0.0;
    let gamma = get(d, m) - sigma;
    let p = gamma * gamma;
    for (let i = m - 1; i >= l; --i) {
      const b = get(e, i);
      const r = p + b;
      if (i != m - 1) set(e, i + 1, s * r);
      const oldC = c;
      const oldGamma = gamma;
      c = p / r;
      s = b / r;
      const alpha = get(d, i);
      gamma = c * (alpha - sigma) - s * oldGamma;
      set(d, i + 1, oldGamma + (alpha - gamma));
      p = c != 0 ? (gamma * gamma) / c : oldC * b;
    }
    set(e, l, s * p);
    set(d, l, sigma + gamma);
  }
  return left;
}

function qrBlock(begin: i32, l: i32, d: usize, e: usize, left: i32): i32 {
  while (l >= begin) {
    let m = l;
    while (m > begin && !small(d, e, m - 1)) --m;
    if (m > begin) set(e, m - 1, 0);
    if (m == l) {
      --l;
      continue;
    }
    if (--left < 0) return -1;
    const sigma = shift(get(d, l), get(e, l - 1), get(d, l - 1));
    let c = 1.0;
    let s = 0.0;
    let gamma = get(d, m) - sigma;
    let p = gamma * gamma;
    for (let i = m; i < l; ++i) {
      const b = get(e, i);
      const r = p + b;
      if (i != m) set(e, i - 1, s * r);
      const oldC = c;
      const oldGamma = gamma;
      c = p / r;
      s = b / r;
      const alpha = get(d, i + 1);
      gamma = c * (alpha - sigma) - s * oldGamma;
      set(d, i, oldGamma + (alpha - gamma));
      p = c != 0 ? (gamma * gamma) / c : oldC * b;
    }
    set(e, l - 1, s * p);
    set(d, l, sigma + gamma);
  }
  return left;
}

/** Heapsort: n log n whatever the order, in place. */
function sort(n: i32, d: usize): void {
  for (let start = (n >> 1) - 1; start >= 0; --start) sift(d, start, n);
  for (let last = n - 1; last > 0; --last) {
    const x = get(d, last);
    set(d, last, get(d, 0));
    set(d, 0, x);
    sift(d, 0, last);
  }
}

function sift(d: usize, root: i32, n: i32): void {
  const x = get(d, root);
  while (true) {
    let child = 2 * root + 1;
    if (child >= n) break;
    if (child + 1 < n && get(d, child + 1) > get(d, child)) ++child;
    if (get(d, child) <= x) break;
    set(d, root, get(d, child));
    root = child;
  }
  set(d, root, x);
}

// A V = V T + β_m v_m e_{m−1}ᵀ: the Lanczos recursion without re-orthogonalization. For each eigenvalue of A that the
// start vector overlaps with, T has a cluster of copies whose weights add up to the true weight (A. Greenbaum, Lin.
// Alg. Appl. 113, 7 (1989)); the recursion is C. C. Paige's stable variant, J. Inst. Maths Applics 10, 373 (1972).
// A is a diagonal plus two off-diagonals at distances k and k + 1: a planar lattice in diagonal order.
// Range: ‖A‖ between 1e-120 and 1e120, so that a β² of 1e-30 ‖A‖² does not underflow; lattices have 4e-9 … 5e9.

import { end, Job, portion, recordBytes, start } from '../job';
import { scal } from '../kernel/vectors';
import { laneSum } from '../numeric/lanes';
import { OK } from '../status';
import { LANCZOS_COST } from './tuning';

/** A step whose β falls below this share of ‖A‖ has exhausted the start vector. */
const EXHAUSTED: f64 = 1e-15;

/** y := A x − c u with A = diag(v) + a at distance k + b at distance k + 1; returns x·y. y must be neither x nor u. */
function applyLess(n: i32, k: i32, v: usize, a: usize, b: usize, x: usize, c: f64, u: usize, y: usize): f64 {
  let sum: f64 = 0;
  let i = 0;
  const near = (<usize>k) << 3;
  const far = near + 8;
  const head = min(n, k + 1);
  const body = n - k - 1;
  // Rows that lack a lower or an upper neighbour are computed one by one, the others in pairs.
  for (; i < n; ++i) {
    if (i >= head && i + 2 <= body) break;
    const yi = rowLess(n, k, i, v, a, b, x, c, u);
    store<f64>(y + ((<usize>i) << 3), yi);
    sum += yi * load<f64>(x + ((<usize>i) << 3));
  }
  const factor = f64x2.splat(c);
  let pair = f64x2.splat(0);
  for (; i + 2 <= body; i += 2) {
    const o = (<usize>i) << 3;
    const xi = v128.load(x + o);
    let s = f64x2.sub(f64x2.mul(v128.load(v + o), xi), f64x2.mul(factor, v128.load(u + o)));
    s = f64x2.add(s, f64x2.mul(v128.load(a + o - near), v128.load(x + o - near)));
    s = f64x2.add(s, f64x2.mul(v128.load(b + o - far), v128.load(x + o - far)));
    s = f64x2.add(s, f64x2.mul(v128.load(a + o), v128.load(x + o + near)));
    s = f64x2.add(s, f64x2.mul(v128.load(b + o), v128.load(x + o + far)));
    v128.store(y + o, s);
    pair = f64x2.add(pair, f64x2.mul(s, xi));
  }
  sum += laneSum(pair);
  for (; i < n; ++i) {
    const yi = rowLess(n, k, i, v, a, b, x, c, u);
    store<f64>(y + ((<usize>i) << 3), yi);
    sum += yi * load<f64>(x + ((<usize>i) << 3));
  }
  return sum;
}

/** One element of A x − c u. */
function rowLess(n: i32, k: i32, i: i32, v: usize, a: usize, b: usize, x: usize, c: f64, u: usize): f64 {
  const o = (<usize>i) << 3;
  const near = (<usize>k) << 3;
  let s = load<f64>(v + o) * load<f64>(x + o) - c * load<f64>(u + o);
  if (i >= k) s += load<f64>(a + o - near) * load<f64>(x + o - near);
  if (i >= k + 1) s += load<f64>(b + o - near - 8) * load<f64>(x + o - near - 8);
  if (i + k < n) s += load<f64>(a + o) * load<f64>(x + o + near);
  if (i + k + 1 < n) s += load<f64>(b + o) * load<f64>(x + o + near + 8);
  return s;
}

/** y := y − alpha x; returns ‖y‖². */
function subtractAndSquare(n: i32, alpha: f64, x: usize, y: usize): f64 {
  const factor = f64x2.splat(alpha);
  let pair = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const o = (<usize>i) << 3;
    const s = f64x2.sub(v128.load(y + o), f64x2.mul(factor, v128.load(x + o)));
    v128.store(y + o, s);
    pair = f64x2.add(pair, f64x2.mul(s, s));
  }
  let sum = laneSum(pair);
  for (; i < n; ++i) {
    const o = (<usize>i) << 3;
    const s = load<f64>(y + o) - alpha * load<f64>(x + o);
    store<f64>(y + o, s);
    sum += s * s;
  }
  return sum;
}

/** State of a recursion between two steps; v_{j−1}, v_j and the next vector take turns in the memory after it. */
@unmanaged
export class Recursion extends Job {
  /** Results: steps done, and whether the start vector is exhausted. */
  steps: i32;
  exhausted: i32;
  n: i32;
  k: i32;
  /** The step at which the job ends. */
  to: i32;
  v: usize;
  a: usize;
  b: usize;
  norm: f64;
  alpha: usize;
  beta: usize;
}

/** Bytes of workspace of a recursion. */
export function lanczosWorkspace(n: i32): usize {
  return recordBytes<Recursion>() + <usize>n * 24;
}

/**
 * Prepares a recursion that starts from the unit vector of row `origin`. v: n; a: n − k; b: n − k − 1 doubles, readable
 * up to n; norm: a bound on ‖A‖. Each step j stores alpha[j] = T_jj and beta[j] = T_{j+1,j}.
 */
export function lanczosStart(
  n: i32,
  k: i32,
  v: usize,
  a: usize,
  b: usize,
  norm: f64,
  origin: i32,
  alpha: usize,
  beta: usize,
  work: usize,
): void {
  const recursion = changetype<Recursion>(work);
  memory.fill(work, 0, lanczosWorkspace(n));
  recursion.n = n;
  recursion.k = k;
  recursion.v = v;
  recursion.a = a;
  recursion.b = b;
  recursion.norm = norm;
  recursion.alpha = alpha;
  recursion.beta = beta;
  store<f64>(vectorAt(recursion, 1) + ((<usize>origin) << 3), 1);
  end(recursion, OK);
}

/**
 * Makes a job of the steps up to `to`; it ends earlier when the start vector is exhausted,
 * and the last beta[j] is then 0.
 */
export function lanczosContinue(to: i32, work: usize): void {
  const recursion = changetype<Recursion>(work);
  recursion.to = to;
  start(recursion, recurSome.index);
}

@inline
function vectorAt(recursion: Recursion, turn: i32): usize {
  return changetype<usize>(recursion) + recordBytes<Recursion>() + ((<usize>recursion.n) << 3) * (turn % 3);
}

function recurSome(work: usize, budget: f64): void {
  const recursion = changetype<Recursion>(work);
  const n = recursion.n;
  const from = recursion.steps;
  const to = recursion.exhausted
    ? from
    : from + portion(budget, LANCZOS_COST * <f64>n, 1, recursion.to - from);
  const alpha = recursion.alpha;
  const beta = recursion.beta;
  let lastBeta = from == 0 ? 0 : load<f64>(beta + ((<usize>(from - 1)) << 3));
  let j = from;
  for (; j < to && !recursion.exhausted; ++j) {
    const previous = vectorAt(recursion, j);
    const current = vectorAt(recursion, j + 1);
    const next = vectorAt(recursion, j + 2);
    const at = (<usize>j) << 3;
    const aj = applyLess(
      n,
      recursion.k,
      recursion.v,
      recursion.a,
      recursion.b,
      current,
      lastBeta,
      previous,
      next,
    );
    store<f64>(alpha + at, aj);
    lastBeta = sqrt(subtractAndSquare(n, aj, current, next));
    recursion.exhausted = lastBeta <= EXHAUSTED * recursion.norm;
    store<f64>(beta + at, recursion.exhausted ? 0 : lastBeta);
    if (!recursion.exhausted) scal(n, 1 / lastBeta, next);
  }
  recursion.steps = j;
  recursion.progress = <f64>j / <f64>recursion.to;
  if (j == recursion.to || recursion.exhausted) end(recursion, OK);
}

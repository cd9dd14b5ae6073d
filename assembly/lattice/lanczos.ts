// A V = V T + β_m v_m e_{m−1}ᵀ: the Lanczos recursion without re-orthogonalization. Its T has, for each eigenvalue of
// A that the start vector sees, a cluster of copies whose weights add up to the true weight (A. Greenbaum, Lin. Alg.
// Appl. 113, 7 (1989)); the recursion is C. C. Paige's stable variant, J. Inst. Maths Applics 10, 373 (1972).
// A is a diagonal plus two off-diagonals at distances k and k + 1: a planar lattice in diagonal order.
// Range: ‖A‖ between 1e-120 and 1e120, so that a β² of 1e-30 ‖A‖² does not underflow: lattices have 4e-9 … 5e9.
import { scal } from '../kernel/vectors';
import { heapSort } from '../numeric/sort';

/** A step whose β falls below this share of ‖A‖ has exhausted the start vector. */
const EXHAUSTED: f64 = 1e-15;

/** y := A x − c u with A = diag(v) + a at distance k + b at distance k + 1, and returns x·y. y ≠ x, u. */
function applyLess(n: i32, k: i32, v: usize, a: usize, b: usize, x: usize, c: f64, u: usize, y: usize): f64 {
  let sum: f64 = 0;
  let i = 0;
  const near = (<usize>k) << 3;
  const far = near + 8;
  const head = min(n, k + 1);
  const body = n - k - 1;
  // Rows without both lower or both upper neighbours go one by one, the others in pairs.
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
  sum += f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
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

/** y := y − alpha x, and returns ‖y‖². */
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
  let sum = f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
  for (; i < n; ++i) {
    const o = (<usize>i) << 3;
    const s = load<f64>(y + o) - alpha * load<f64>(x + o);
    store<f64>(y + o, s);
    sum += s * s;
  }
  return sum;
}

/** Bytes of workspace of `lanczos`: three vectors. */
export function lanczosWorkspace(n: i32): usize {
  return <usize>n * 24;
}

/** Prepares `work` for a recursion that starts from the unit vector of row `origin`. */
export function lanczosStart(n: i32, origin: i32, work: usize): void {
  memory.fill(work, 0, lanczosWorkspace(n));
  store<f64>(work + ((<usize>n) << 3) + ((<usize>origin) << 3), 1);
}

/**
 * Continues the recursion from step `from` to step `to`: fills alpha[j] = T_jj and beta[j] = T_{j+1,j} and returns the
 * number of steps done, fewer than `to` when the start vector is exhausted (beta[j] is then 0). norm: a bound on ‖A‖.
 * v: n; a: n − k; b: n − k − 1 doubles, readable up to n. `work` keeps the state between calls.
 */
export function lanczos(
  n: i32,
  k: i32,
  v: usize,
  a: usize,
  b: usize,
  norm: f64,
  from: i32,
  to: i32,
  alpha: usize,
  beta: usize,
  work: usize,
): i32 {
  const bytes = (<usize>n) << 3;
  // v_{j−1}, v_j and the next vector take turns in three places.
  let previous = work + bytes * (from % 3);
  let current = work + bytes * ((from + 1) % 3);
  let next = work + bytes * ((from + 2) % 3);
  let lastBeta = from == 0 ? 0 : load<f64>(beta + ((<usize>(from - 1)) << 3));
  for (let j = from; j < to; ++j) {
    const aj = applyLess(n, k, v, a, b, current, lastBeta, previous, next);
    store<f64>(alpha + ((<usize>j) << 3), aj);
    lastBeta = sqrt(subtractAndSquare(n, aj, current, next));
    if (lastBeta <= EXHAUSTED * norm) {
      store<f64>(beta + ((<usize>j) << 3), 0);
      return j + 1;
    }
    store<f64>(beta + ((<usize>j) << 3), lastBeta);
    scal(n, 1 / lastBeta, next);
    const oldest = previous;
    previous = current;
    current = next;
    next = oldest;
  }
  return to;
}

/** Weight ratio z² below which an unconverged pair beside a heavier one is taken for a copy on its way to it. */
const COPY_SHARE: f64 = 1e-8;

/**
 * Sorts the m Ritz pairs (values d, first and last row z and l of the eigenvector matrix of T) and merges copies.
 * Pairs within `width` of their neighbour form a cluster, whose weights z² add and whose heaviest member gives the
 * value. A cluster is resolved when it has several members or a residual betaLast·|l| ≤ `tolerance`; any other within
 * `halo` of a neighbour 10⁴ times larger in z joins that one. Resolved clusters with z > `negligible` go to the front
 * of d and z (z ≥ 0); their number is returned, and √(Σ z²) over the unresolved ones is stored at `rest`.
 */
export function resolveSpectrum(
  m: i32,
  d: usize,
  z: usize,
  l: usize,
  betaLast: f64,
  tolerance: f64,
  width: f64,
  halo: f64,
  negligible: f64,
  rest: usize,
): i32 {
  heapSort(m, d, z, l);
  // Clusters to the front: value in d, weight in z, l = 1 when resolved, else 0.
  let clusters = 0;
  for (let i = 0; i < m; ) {
    let weight: f64 = 0;
    let heaviest: f64 = -1;
    let value: f64 = 0;
    let members = 0;
    let resolved = false;
    let position = load<f64>(d + ((<usize>i) << 3));
    for (; i < m; ++i) {
      const o = (<usize>i) << 3;
      const di = load<f64>(d + o);
      if (di - position > width) break;
      position = di;
      const zi = abs(load<f64>(z + o));
      weight += zi * zi;
      if (zi > heaviest) {
        heaviest = zi;
        value = di;
      }
      if (betaLast * abs(load<f64>(l + o)) <= tolerance) resolved = true;
      ++members;
    }
    const t = (<usize>clusters) << 3;
    store<f64>(d + t, value);
    store<f64>(z + t, weight);
    store<f64>(l + t, resolved || members > 1 ? 1 : 0);
    ++clusters;
  }
  let count = 0;
  let left: f64 = 0;
  for (let i = 0; i < clusters; ++i) {
    const o = (<usize>i) << 3;
    const value = load<f64>(d + o);
    const weight = load<f64>(z + o);
    if (load<f64>(l + o) != 0) continue;
    const below = i > 0 && value - load<f64>(d + o - 8) < halo && weight < COPY_SHARE * load<f64>(z + o - 8);
    const above =
      i + 1 < clusters && load<f64>(d + o, 8) - value < halo && weight < COPY_SHARE * load<f64>(z + o, 8);
    if (!below && !above) left += weight;
  }
  // Second pass: compaction, once no neighbour is needed any more.
  for (let i = 0; i < clusters; ++i) {
    const o = (<usize>i) << 3;
    const weight = load<f64>(z + o);
    if (load<f64>(l + o) == 0 || weight <= negligible * negligible) continue;
    const t = (<usize>count) << 3;
    store<f64>(d + t, load<f64>(d + o));
    store<f64>(z + t, sqrt(weight));
    ++count;
  }
  store<f64>(rest, sqrt(left));
  return count;
}

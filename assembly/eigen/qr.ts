// T = Z diag(d) Zᵀ by implicitly shifted QL and QR with Wilkinson's shift, chased from the better-graded end of each
// unreduced block (LAPACK's dsteqr; G. H. Golub and C. F. Van Loan, Matrix Computations, 8.3). The rotations of many
// sweeps are kept and applied to Z together, see rotationSweeps.ts.
import { NOT_CONVERGED, OK } from "../status";
import {
  applySweeps, applySweepsWorkspace, recordSweep, sweepCapacity, sweepRecordsBytes, sweepRotationsBytes,
} from "./rotationSweeps";
import { blockScale, rescale, sortEigenpairs } from "./tridiagonalBlock";

export const EPS: f64 = 1.1102230246251565e-16;
export const EPS2: f64 = EPS * EPS;
export const SAFE_MIN: f64 = 2.2250738585072014e-308;

/** Bytes of workspace of `tridiagonalQr`. */
export function tridiagonalQrWorkspace(n: i32, vectors: bool): usize {
  return vectors ? 64 + sweepRotationsBytes(n) + sweepRecordsBytes(n) + applySweepsWorkspace(n) : 64;
}

// Offsets in the state at the start of the workspace.
const COUNT: usize = 4; // sweeps recorded
const USED: usize = 8; // rotations recorded

/**
 * Eigenvalues of the symmetric tridiagonal T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed.
 * With vectors, Z (nrows × n, leading dimension ldz) is multiplied from the right by the eigenvectors of T:
 * Z = 1 gives those of T, Z = Q those of Q T Qᵀ. At most maxIterations sweeps in all (LAPACK allows 30 n); the number
 * made is left as i32 at work. NOT_CONVERGED leaves d unsorted with the block that failed still coupled.
 */
export function tridiagonalQr(
  n: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, vectors: bool, work: usize, maxIterations: i32,
): i32 {
  store<i32>(work, 0, COUNT);
  store<i32>(work, 0, USED);
  let left = maxIterations;
  let begin = 0;
  let status = OK;
  while (begin < n && status == OK) {
    let end = begin;
    while (end < n - 1 && !negligible(d, e, end)) ++end;
    if (end < n - 1) store<f64>(e + (<usize>end << 3), 0);
    if (end > begin) {
      const scale = blockScale(begin, end, d, e);
      if (scale != 1) rescale(begin, end, d, e, scale);
      const down = abs(get(d, end)) < abs(get(d, begin));
      left = down
        ? qrBlock(begin, end, d, e, z, ldz, nrows, n, vectors, work, left)
        : qlBlock(begin, end, d, e, z, ldz, nrows, n, vectors, work, left);
      if (scale != 1) rescale(begin, end, d, e, 1 / scale);
      if (left < 0) status = NOT_CONVERGED;
    }
    begin = end + 1;
  }
  store<i32>(work, maxIterations - max(left, 0));
  if (vectors) flush(n, z, ldz, nrows, work);
  if (status == OK) sortEigenpairs(n, d, z, ldz, vectors ? nrows : 0);
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

/** Whether e_i can be dropped: e_i² ≤ eps² |d_i d_{i+1}|, which keeps small eigenvalues of graded T. */
function negligible(d: usize, e: usize, i: i32): bool {
  const x = abs(get(e, i));
  if (x == 0) return true;
  const a = sqrt(abs(get(d, i)));
  const b = sqrt(abs(get(d, i + 1)));
  return x <= EPS * a * b;
}

/** The same inside a scaled block, where squares are safe. */
// @ts-ignore: decorator
@inline
function small(d: usize, e: usize, i: i32): bool {
  const x = get(e, i);
  return x * x <= EPS2 * abs(get(d, i)) * abs(get(d, i + 1)) + SAFE_MIN;
}

// c and s of the rotation with c f + s g = r, −s f + c g = 0: three results, so a small record in the state.
const C: usize = 16;
const S: usize = 24;

// @ts-ignore: decorator
@inline
function rotation(f: f64, g: f64, work: usize): f64 {
  if (g == 0) {
    store<f64>(work, 1, C);
    store<f64>(work, 0, S);
    return f;
  }
  const size = max(abs(f), abs(g));
  let r: f64;
  if (size > 1e-140 && size < 1e140) r = sqrt(f * f + g * g);
  else {
    const u = f / size;
    const v = g / size;
    r = size * sqrt(u * u + v * v);
  }
  store<f64>(work, f / r, C);
  store<f64>(work, g / r, S);
  return r;
}

/** Room for another sweep of the full length, applying what is there when it is short. */
function room(n: i32, z: usize, ldz: i32, nrows: i32, work: usize): usize {
  if (load<i32>(work, USED) + n > sweepCapacity(n)) flush(n, z, ldz, nrows, work);
  return work + 64 + (<usize>load<i32>(work, USED) << 4);
}

function note(n: i32, work: usize, count: i32, first: i32, step: i32): void {
  const index = load<i32>(work, COUNT);
  recordSweep(work + 64 + sweepRotationsBytes(n), index, count, first, step);
  store<i32>(work, index + 1, COUNT);
  store<i32>(work, load<i32>(work, USED) + count, USED);
}

function flush(n: i32, z: usize, ldz: i32, nrows: i32, work: usize): void {
  const rotations = work + 64;
  const records = rotations + sweepRotationsBytes(n);
  const panel = records + sweepRecordsBytes(n);
  applySweeps(nrows, n, z, ldz, load<i32>(work, COUNT), records, rotations, panel);
  store<i32>(work, 0, COUNT);
  store<i32>(work, 0, USED);
}

/** QL on rows l … end: eigenvalues settle at l. Returns the sweeps left, −1 when they ran out. */
function qlBlock(
  l: i32, end: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, n: i32, vectors: bool, work: usize, left: i32,
): i32 {
  while (l <= end) {
    let m = l;
    while (m < end && !small(d, e, m)) ++m;
    if (m < end) set(e, m, 0);
    const p0 = get(d, l);
    if (m == l) {
      ++l;
      continue;
    }
    if (--left < 0) return -1;
    const g0 = vectors ? room(n, z, ldz, nrows, work) : 0;
    const el = get(e, l);
    let g = (get(d, l + 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = g0;
    for (let i = m - 1; i >= l; --i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, work);
      c = load<f64>(work, C);
      s = load<f64>(work, S);
      if (i != m - 1) set(e, i + 1, r);
      g = get(d, i + 1) - p;
      r = (get(d, i) - g) * s + 2 * c * b;
      p = s * r;
      set(d, i + 1, g + p);
      g = c * r - b;
      if (vectors) {
        store<f64>(at, c);
        store<f64>(at, -s, 8);
        at += 16;
      }
    }
    set(d, l, p0 - p);
    set(e, l, g);
    if (vectors) note(n, work, m - l, m, -1);
  }
  return left;
}

/** QR on rows begin … l: eigenvalues settle at l, the lower end. */
function qrBlock(
  begin: i32, l: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, n: i32, vectors: bool, work: usize,
  left: i32,
): i32 {
  while (l >= begin) {
    let m = l;
    while (m > begin && !small(d, e, m - 1)) --m;
    if (m > begin) set(e, m - 1, 0);
    const p0 = get(d, l);
    if (m == l) {
      --l;
      continue;
    }
    if (--left < 0) return -1;
    const g0 = vectors ? room(n, z, ldz, nrows, work) : 0;
    const el = get(e, l - 1);
    let g = (get(d, l - 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = g0;
    for (let i = m; i < l; ++i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, work);
      c = load<f64>(work, C);
      s = load<f64>(work, S);
      if (i != m) set(e, i - 1, r);
      g = get(d, i) - p;
      r = (get(d, i + 1) - g) * s + 2 * c * b;
      p = s * r;
      set(d, i, g + p);
      g = c * r - b;
      if (vectors) {
        store<f64>(at, c);
        store<f64>(at, s, 8);
        at += 16;
      }
    }
    set(d, l, p0 - p);
    set(e, l - 1, g);
    if (vectors) note(n, work, l - m, m, 1);
  }
  return left;
}

// T = Z diag(d) Zᵀ by implicitly shifted QL and QR with Wilkinson's shift, chased from the better-graded end of each
// unreduced block (LAPACK's dsteqr; G. H. Golub and C. F. Van Loan, Matrix Computations, 8.3). The rotations of many
// sweeps are kept and applied to Z together, see rotationSweeps.ts.
import { teamSize } from "../kernel/team";
import { MORE, NOT_CONVERGED, OK } from "../status";
import {
  applySweeps, applySweepsWorkspace, recordSweep, sweepCapacity, sweepRecordsBytes, sweepRotationsBytes,
} from "./rotationSweeps";
import { portion } from "./steps";
import { blockScale, EPS, negligible, rescale, selectEigenpairs, selectionCost } from "./tridiagonalBlock";

export const EPS2: f64 = EPS * EPS;
export const SAFE_MIN: f64 = 2.2250738585072014e-308;

/** Bytes of the record of an iteration under way, at the start of its workspace. */
const RECORD: usize = 128;

/** Bytes of workspace of `tridiagonalQr`. */
export function tridiagonalQrWorkspace(n: i32, vectors: bool): usize {
  return vectors ? RECORD + sweepRotationsBytes(n) + sweepRecordsBytes(n) + applySweepsWorkspace(n) : RECORD;
}

// What the next step does: find the next block, sweep over it, apply the sweeps to Z, sort.
const FIND: i32 = 0;
const SWEEP: i32 = 1;
const APPLY: i32 = 2;
const SORT: i32 = 3;
const DONE: i32 = 4;

/** An iteration between two of its steps. */
@unmanaged
class Iteration {
  /** Sweeps made. */
  sweeps: i32;
  /** Sweeps and rotations that wait to be applied to Z. */
  count: i32;
  used: i32;
  /** Sweeps still allowed. */
  left: i32;
  /** c and s of the last rotation. */
  c: f64;
  s: f64;
  /** Scale of the block at work. */
  scale: f64;
  d: usize;
  e: usize;
  z: usize;
  n: i32;
  ldz: i32;
  nrows: i32;
  vectors: i32;
  allowed: i32;
  /** The block at work, whether QR (down) or QL, and the row where an eigenvalue settles next. */
  begin: i32;
  end: i32;
  down: i32;
  l: i32;
  next: i32;
  /** What comes after APPLY. */
  after: i32;
  /** Rows of Z to which the sweeps are applied, or places that are sorted. */
  position: i32;
  status: i32;
}

/**
 * Eigenvalues of the symmetric tridiagonal T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed.
 * With vectors, Z (nrows × n, leading dimension ldz) is multiplied from the right by the eigenvectors of T:
 * Z = 1 gives those of T, Z = Q those of Q T Qᵀ. At most maxIterations sweeps in all (LAPACK allows 30 n); the number
 * made is left as i32 at work. NOT_CONVERGED leaves d unsorted with the block that failed still coupled.
 */
export function tridiagonalQr(
  n: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, vectors: bool, work: usize, maxIterations: i32,
): i32 {
  tridiagonalQrStart(n, d, e, z, ldz, nrows, vectors, work, maxIterations);
  let status = MORE;
  while (status == MORE) status = tridiagonalQrStep(work, Infinity);
  return status;
}

/** Starts `tridiagonalQr` in steps (steps.ts). */
export function tridiagonalQrStart(
  n: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, vectors: bool, work: usize, maxIterations: i32,
): void {
  const x = changetype<Iteration>(work);
  x.sweeps = 0;
  x.count = 0;
  x.used = 0;
  x.left = maxIterations;
  x.d = d;
  x.e = e;
  x.z = z;
  x.n = n;
  x.ldz = ldz;
  x.nrows = nrows;
  x.vectors = vectors;
  x.allowed = maxIterations;
  x.begin = 0;
  x.end = 0;
  x.next = FIND;
  x.position = 0;
  x.status = OK;
}

/** The next block of T, some sweeps over it, some rows of Z, or some places in order. */
export function tridiagonalQrStep(work: usize, budget: f64): i32 {
  const x = changetype<Iteration>(work);
  if (x.next == FIND) findBlock(x);
  else if (x.next == SWEEP) {
    if (x.down ? qr(x, work, budget) : ql(x, work, budget)) {
      if (x.scale != 1) rescale(x.begin, x.end, x.d, x.e, 1 / x.scale);
      if (x.left < 0) x.status = NOT_CONVERGED;
      x.begin = x.end + 1;
      x.next = FIND;
    }
  } else if (x.next == APPLY) apply(x, work, budget);
  else if (x.next == SORT) {
    const rows = x.vectors ? x.nrows : 0;
    const to = x.position + portion(budget, selectionCost(x.n, rows), 1, max(0, x.n - 1 - x.position));
    selectEigenpairs(x.n, x.position, to, x.d, x.z, x.ldz, rows);
    x.position = to;
    if (to >= x.n - 1) x.next = DONE;
  }
  return x.next == DONE ? x.status : MORE;
}

/** How much of the work is done, 0 … 1: sweeps grow shorter as eigenvalues settle. */
export function tridiagonalQrProgress(work: usize): f64 {
  const x = changetype<Iteration>(work);
  if (x.next == DONE) return 1;
  if (x.begin >= x.n || x.next == SORT) return 0.99;
  const inside = x.next == FIND ? 0 : x.down ? x.end - x.l : x.l - x.begin;
  const left = 1 - <f64>(x.begin + inside) / <f64>x.n;
  return 0.98 * (1 - left * left);
}

/** The next block without negligible off-diagonals; behind the last one what is left to apply and to sort. */
function findBlock(x: Iteration): void {
  const n = x.n;
  const d = x.d;
  const e = x.e;
  let begin = x.begin;
  while (begin < n && x.status == OK) {
    let end = begin;
    while (end < n - 1 && !negligible(d, e, end)) ++end;
    if (end < n - 1) store<f64>(e + (<usize>end << 3), 0);
    if (end > begin) {
      const scale = blockScale(begin, end, d, e);
      if (scale != 1) rescale(begin, end, d, e, scale);
      x.begin = begin;
      x.end = end;
      x.scale = scale;
      x.down = abs(get(d, end)) < abs(get(d, begin));
      x.l = x.down ? end : begin;
      x.next = SWEEP;
      return;
    }
    begin = end + 1;
  }
  x.begin = n;
  x.sweeps = x.allowed - max(x.left, 0);
  x.position = 0;
  x.after = x.status == OK ? SORT : DONE;
  x.next = x.count > 0 ? APPLY : x.after;
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

/** `negligible` inside a scaled block, where squares are safe. */
// @ts-ignore: decorator
@inline
function small(d: usize, e: usize, i: i32): bool {
  const x = get(e, i);
  return x * x <= EPS2 * abs(get(d, i)) * abs(get(d, i + 1)) + SAFE_MIN;
}

/** c and s of the rotation with c f + s g = r, −s f + c g = 0 go to the record: three results. */
// @ts-ignore: decorator
@inline
function rotation(f: f64, g: f64, x: Iteration): f64 {
  if (g == 0) {
    x.c = 1;
    x.s = 0;
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
  x.c = f / r;
  x.s = g / r;
  return r;
}

/** Whether a sweep of the full length may not fit any more: then those that wait are applied first. */
function isFull(x: Iteration): bool {
  if (!x.vectors || x.used + x.n <= sweepCapacity(x.n)) return false;
  x.position = 0;
  x.after = SWEEP;
  x.next = APPLY;
  return true;
}

function note(x: Iteration, work: usize, count: i32, first: i32, step: i32): void {
  recordSweep(work + RECORD + sweepRotationsBytes(x.n), x.count, count, first, step);
  ++x.count;
  x.used += count;
}

/** The sweeps that wait on some rows of Z. */
function apply(x: Iteration, work: usize, budget: f64): void {
  const rotations = work + RECORD;
  const records = rotations + sweepRotationsBytes(x.n);
  const panel = records + sweepRecordsBytes(x.n);
  const left = x.nrows - x.position;
  let rows = portion(budget, 0.7 * <f64>x.used, 16 * teamSize(), left);
  if (rows < left) rows &= ~15;
  applySweeps(rows, x.n, x.z + (<usize>x.position << 3), x.ldz, x.count, records, rotations, panel);
  x.position += rows;
  if (x.position < x.nrows) return;
  x.count = 0;
  x.used = 0;
  x.position = 0;
  x.next = x.after;
}

/** Nominal nanoseconds of a rotation of T. */
const ROTATION: f64 = 15;

/** QL on rows l … end: eigenvalues settle at l. Returns whether the block is done; x.left < 0 when sweeps ran out. */
function ql(x: Iteration, work: usize, budget: f64): bool {
  const d = x.d;
  const e = x.e;
  const end = x.end;
  const vectors = x.vectors != 0;
  let spent = 0.0;
  let l = x.l;
  while (l <= end) {
    let m = l;
    while (m < end && !small(d, e, m)) ++m;
    if (m < end) set(e, m, 0);
    const p0 = get(d, l);
    if (m == l) {
      ++l;
      continue;
    }
    x.l = l;
    if (spent > budget || isFull(x)) return false;
    spent += ROTATION * <f64>(m - l);
    if (--x.left < 0) return true;
    const el = get(e, l);
    let g = (get(d, l + 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = work + RECORD + (<usize>x.used << 4);
    for (let i = m - 1; i >= l; --i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, x);
      c = x.c;
      s = x.s;
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
    if (vectors) note(x, work, m - l, m, -1);
  }
  return true;
}

/** QR on rows begin … l: eigenvalues settle at l, the lower end. As `ql`. */
function qr(x: Iteration, work: usize, budget: f64): bool {
  const d = x.d;
  const e = x.e;
  const begin = x.begin;
  const vectors = x.vectors != 0;
  let spent = 0.0;
  let l = x.l;
  while (l >= begin) {
    let m = l;
    while (m > begin && !small(d, e, m - 1)) --m;
    if (m > begin) set(e, m - 1, 0);
    const p0 = get(d, l);
    if (m == l) {
      --l;
      continue;
    }
    x.l = l;
    if (spent > budget || isFull(x)) return false;
    spent += ROTATION * <f64>(l - m);
    if (--x.left < 0) return true;
    const el = get(e, l - 1);
    let g = (get(d, l - 1) - p0) / (2 * el);
    let r = sqrt(g * g + 1);
    if (!(r < Infinity)) r = abs(g);
    g = get(d, m) - p0 + el / (g + (g >= 0 ? r : -r));
    let s = 1.0;
    let c = 1.0;
    let p = 0.0;
    let at = work + RECORD + (<usize>x.used << 4);
    for (let i = m; i < l; ++i) {
      const ei = get(e, i);
      const f = s * ei;
      const b = c * ei;
      r = rotation(g, f, x);
      c = x.c;
      s = x.s;
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
    if (vectors) note(x, work, l - m, m, 1);
  }
  return true;
}

// Vᵀ A V → diagonal by plane rotations, row-cyclic with thresholds: H. Rutishauser, Numer. Math. 9 (1966) 1.
// Each rotation makes a_pq zero exactly; the sum of squares off the diagonal falls by 2 a_pq².
// Range: entries up to 2^980. Products underflow only where they are negligible beside the largest entry; tiny entries
// keep a small relative error down to 2^-980 of the largest entry.
import { end, recordBytes, start } from '../../job';
import { EPS } from '../../numeric/constants';
import { NOT_CONVERGED, OK } from '../../status';
import { EARLY_SWEEPS, earlyThreshold, MOST_SWEEPS, Rotations, sweepProgress } from './cyclic';
import { tangent } from './tangent';

/** State of an iteration between two steps. */
@unmanaged
class TwoSided extends Rotations {
  threshold: f64;
  a: usize;
  v: usize;
  /** The next pair; p = n − 1 when the sweep is over. */
  p: i32;
  q: i32;
  /** Whether the sweep has rotated anything. */
  busy: i32;
}

/** Bytes of workspace of `jacobiStart`. */
@inline
export function jacobiWorkspace(): usize {
  return recordBytes<TwoSided>();
}

/**
 * Starts to transform the symmetric A (n×n column-major, contiguous, both triangles) to the diagonal matrix of its
 * eigenvalues, in no order, as a job. If v ≠ 0, v (n×n, contiguous) receives the eigenvectors. An entry is left
 * alone when |a_pq| ≤ eps √|a_pp a_qq|, so that small eigenvalues of scaled diagonally dominant A have small
 * relative errors (J. Demmel and K. Veselić, SIAM J. Matrix Anal. Appl. 13 (1992) 1204). At most MOST_SWEEPS sweeps.
 * work: jacobiWorkspace() bytes.
 */
export function jacobiStart(n: i32, a: usize, v: usize, work: usize): void {
  const column = (<usize>n) << 3;
  if (v != 0) {
    memory.fill(v, 0, <usize>n * column);
    for (let i = 0; i < n; ++i) store<f64>(v + <usize>i * (column + 8), 1);
  }
  const sweep = changetype<TwoSided>(work);
  sweep.sweeps = 0;
  sweep.n = n;
  sweep.a = a;
  sweep.v = v;
  sweep.busy = n > 1;
  sweep.p = n;
  start(sweep, rotateSome.index);
}

/** Step: some rotations of a sweep. */
function rotateSome(work: usize, budget: f64): void {
  const sweep = changetype<TwoSided>(work);
  const n = sweep.n;
  const a = sweep.a;
  const v = sweep.v;
  const column = (<usize>n) << 3;
  let spent = 0.0;
  while (true) {
    if (sweep.p >= n - 1) {
      if (sweep.p == n - 1) ++sweep.sweeps;
      if (!sweep.busy || sweep.sweeps >= MOST_SWEEPS) {
        end(sweep, sweep.busy ? NOT_CONVERGED : OK);
        return;
      }
      sweep.threshold = sweep.sweeps < EARLY_SWEEPS ? earlyThreshold(n, offDiagonalSum(n, a)) : 0;
      sweep.busy = sweep.threshold > 0;
      sweep.p = 0;
      sweep.q = 1;
      spent += <f64>n * <f64>n;
    }
    const threshold = sweep.threshold;
    for (let p = sweep.p; p < n - 1; ++p) {
      for (let q = p == sweep.p ? sweep.q : p + 1; q < n; ++q) {
        if (spent > budget) {
          sweep.p = p;
          sweep.q = q;
          sweep.progress = sweepProgress(<f64>sweep.sweeps + <f64>p / <f64>n);
          return;
        }
        const ap = a + <usize>p * column;
        const aq = a + <usize>q * column;
        const x = load<f64>(aq + ((<usize>p) << 3));
        const size = abs(x);
        if (size <= threshold) continue;
        const app = load<f64>(ap + ((<usize>p) << 3));
        const aqq = load<f64>(aq + ((<usize>q) << 3));
        if (size <= EPS * sqrt(abs(app)) * sqrt(abs(aqq))) continue;
        sweep.busy = true;
        spent += 8 * <f64>n;
        const t = tangent(app, aqq, x);
        const c = 1 / sqrt(1 + t * t);
        const s = t * c;
        rotateColumns(n, ap, aq, s, s / (1 + c));
        store<f64>(ap + ((<usize>p) << 3), app - t * x);
        store<f64>(aq + ((<usize>q) << 3), aqq + t * x);
        store<f64>(aq + ((<usize>p) << 3), 0);
        store<f64>(ap + ((<usize>q) << 3), 0);
        mirror(n, a, column, p, q);
        if (v != 0) rotateColumns(n, v + <usize>p * column, v + <usize>q * column, s, s / (1 + c));
      }
    }
    sweep.p = n - 1;
  }
}

function offDiagonalSum(n: i32, a: usize): f64 {
  let sum = 0.0;
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < j; ++i) sum += abs(load<f64>(a + ((<usize>j * <usize>n + <usize>i) << 3)));
  }
  return sum;
}

/** x := c x − s y, y := s x + c y with τ = s/(1 + c): in this form small rotations make small rounding errors. */
function rotateColumns(n: i32, x: usize, y: usize, s: f64, tau: f64): void {
  const ss = f64x2.splat(s);
  const tt = f64x2.splat(tau);
  let i = 0;
  for (; i < (n & ~1); i += 2) {
    const u = v128.load(x);
    const w = v128.load(y);
    v128.store(x, f64x2.sub(u, f64x2.mul(ss, f64x2.add(w, f64x2.mul(tt, u)))));
    v128.store(y, f64x2.add(w, f64x2.mul(ss, f64x2.sub(u, f64x2.mul(tt, w)))));
    x += 16;
    y += 16;
  }
  if (i < n) {
    const u = load<f64>(x);
    const w = load<f64>(y);
    store<f64>(x, u - s * (w + tau * u));
    store<f64>(y, w + s * (u - tau * w));
  }
}

/** Copies columns p and q to rows p and q. */
function mirror(n: i32, a: usize, column: usize, p: i32, q: i32): void {
  let x = a + <usize>p * column;
  let y = a + <usize>q * column;
  let row = a;
  const op = (<usize>p) << 3;
  const oq = (<usize>q) << 3;
  for (let j = 0; j < n; ++j) {
    store<f64>(row + op, load<f64>(x));
    store<f64>(row + oq, load<f64>(y));
    x += 8;
    y += 8;
    row += column;
  }
}

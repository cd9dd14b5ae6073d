// Vᵀ A V → diagonal by plane rotations, row-cyclic with thresholds: H. Rutishauser, Numer. Math. 9 (1966) 1.
// Each rotation makes a_pq zero exactly; the sum of squares off the diagonal falls by 2 a_pq².
import { NOT_CONVERGED, OK } from "../status";
import { sortEigenpairs } from "./tridiagonalBlock";

const EPS: f64 = 1.1102230246251565e-16;

/**
 * Eigenvalues of the symmetric A (n×n column-major, contiguous, both triangles, destroyed) ascending into d. With
 * vectors, v (n×n, contiguous) receives the eigenvectors. An entry is left alone when |a_pq| ≤ eps √|a_pp a_qq|, so
 * small eigenvalues of scaled diagonally dominant A come out accurate relative to themselves (J. Demmel and
 * K. Veselić, SIAM J. Matrix Anal. Appl. 13 (1992) 1204). At most maxSweeps sweeps; their number as i32 at work.
 */
export function jacobi(n: i32, a: usize, d: usize, v: usize, vectors: bool, work: usize, maxSweeps: i32): i32 {
  const column = <usize>n << 3;
  if (vectors) {
    memory.fill(v, 0, <usize>n * column);
    for (let i = 0; i < n; ++i) store<f64>(v + <usize>i * (column + 8), 1);
  }
  let size = 0.0;
  for (let i: usize = 0; i < <usize>n * column; i += 8) size = max(size, abs(load<f64>(a + i)));
  // Below this an entry is nothing even beside a zero diagonal.
  const floor = size * EPS * EPS;
  let sweep = 0;
  let busy = n > 1 && size > 0;
  for (; busy && sweep < maxSweeps; ++sweep) {
    // Early sweeps leave small entries for later: they are cheaper once the large ones are gone.
    const threshold = sweep < 3 ? (0.2 * offDiagonalSum(n, a)) / (<f64>n * <f64>n) : 0;
    busy = sweep < 3 && threshold > 0;
    for (let p = 0; p < n - 1; ++p) {
      for (let q = p + 1; q < n; ++q) {
        const ap = a + <usize>p * column;
        const aq = a + <usize>q * column;
        const x = load<f64>(aq + (<usize>p << 3));
        const size = abs(x);
        if (size <= threshold || size <= floor) continue;
        const app = load<f64>(ap + (<usize>p << 3));
        const aqq = load<f64>(aq + (<usize>q << 3));
        if (size <= EPS * sqrt(abs(app)) * sqrt(abs(aqq))) continue;
        busy = true;
        const theta = (aqq - app) / (2 * x);
        const root = abs(theta) < 1e150 ? sqrt(1 + theta * theta) : abs(theta);
        const t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + root);
        const c = 1 / sqrt(1 + t * t);
        const s = t * c;
        rotateColumns(n, ap, aq, s, s / (1 + c));
        store<f64>(ap + (<usize>p << 3), app - t * x);
        store<f64>(aq + (<usize>q << 3), aqq + t * x);
        store<f64>(aq + (<usize>p << 3), 0);
        store<f64>(ap + (<usize>q << 3), 0);
        mirror(n, a, column, p, q);
        if (vectors) rotateColumns(n, v + <usize>p * column, v + <usize>q * column, s, s / (1 + c));
      }
    }
  }
  store<i32>(work, sweep);
  for (let i = 0; i < n; ++i) store<f64>(d + (<usize>i << 3), load<f64>(a + <usize>i * (column + 8)));
  sortEigenpairs(n, d, v, n, vectors ? n : 0);
  return busy ? NOT_CONVERGED : OK;
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
  const op = <usize>p << 3;
  const oq = <usize>q << 3;
  for (let j = 0; j < n; ++j) {
    store<f64>(row + op, load<f64>(x));
    store<f64>(row + oq, load<f64>(y));
    x += 8;
    y += 8;
    row += column;
  }
}

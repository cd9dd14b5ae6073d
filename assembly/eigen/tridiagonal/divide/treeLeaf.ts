// T = Z diag(d) Zᵀ of a leaf of divide and conquer (divideAndConquer.ts): a rotation for order 2, else QR.
// Range: as for qr.ts; for order 2 blocks of norm 1e-150 … 1e150, with b of any size below it.
import { OK } from '../../../status';
import { SWEEPS_PER_ROW } from '../cap';
import { tridiagonalQr } from '../qr';

/** Eigenvalues, ascending, into d and eigenvectors into z (n×n, leading dimension ldz); e is destroyed. */
export function solveLeaf(n: i32, d: usize, e: usize, z: usize, ldz: i32, work: usize): i32 {
  if (n == 2) {
    solveTwo(d, load<f64>(e), z, (<usize>ldz) << 3);
    return OK;
  }
  for (let j = 0; j < n; ++j) {
    const column = z + ((<usize>j * <usize>ldz) << 3);
    memory.fill(column, 0, (<usize>n) << 3);
    store<f64>(column + ((<usize>j) << 3), 1);
  }
  return n == 1 ? OK : tridiagonalQr(n, d, e, z, ldz, n, true, work, SWEEPS_PER_ROW * n);
}

/** Eigenpairs of [d0 b; b d1] by one Jacobi rotation. */
function solveTwo(d: usize, b: f64, z: usize, stride: usize): void {
  const d0 = load<f64>(d);
  const d1 = load<f64>(d, 8);
  const theta = (d1 - d0) / (2 * b);
  const t = b == 0 ? 0 : copysign<f64>(1 / (Math.abs(theta) + Math.sqrt(theta * theta + 1)), theta);
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const x = d0 - t * b;
  const y = d1 + t * b;
  const ordered = x <= y;
  const zx = ordered ? z : z + stride;
  const zy = ordered ? z + stride : z;
  store<f64>(d, ordered ? x : y);
  store<f64>(d, ordered ? y : x, 8);
  store<f64>(zx, c);
  store<f64>(zx, -s, 8);
  store<f64>(zy, s);
  store<f64>(zy, c, 8);
}

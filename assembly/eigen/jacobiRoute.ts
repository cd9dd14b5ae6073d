// A = Z diag(d) Zᵀ by Jacobi's rotations: small matrices two-sided, larger ones one-sided on a Cholesky factor, shifted
// where A is not positive definite.
import { dot } from "../kernel/dot";
import { OK } from "../status";
import { jacobi } from "./jacobi";
import { jacobiOneSided } from "./jacobiOneSided";
import { mirrorTriangle } from "./mirror";
import { pivotedCholesky } from "./pivotedCholesky";
import { sortEigenpairs } from "./tridiagonalBlock";

/** Order up to which indefinite matrices are rotated on both sides: no shift, so nothing is lost to it. */
const TWO_SIDED: i32 = 32;
const SWEEPS: i32 = 60;
const POWER_STEPS: i32 = 12;
const SHIFTS: i32 = 40;

/** Bytes of workspace of `jacobiRoute`. */
export function jacobiRouteWorkspace(n: i32): usize {
  return 64 + ((<usize>n + 8) << 3) * 4;
}

/**
 * Eigenvalues of A (n×n, contiguous, both triangles, destroyed; entries of moderate size) ascending into d, with
 * vectors eigenvectors into z. The number of sweeps is left as i32 at work.
 */
export function jacobiRoute(n: i32, a: usize, vectors: bool, d: usize, z: usize, work: usize): i32 {
  const row = (<usize>n + 8) << 3;
  const diagonal = work + 64;
  const squares = diagonal + row;
  const perm = squares + row;
  const scratch = perm + row;
  const step = (<usize>n + 1) << 3;
  for (let i = 0; i < n; ++i) store<f64>(diagonal + (<usize>i << 3), load<f64>(a + <usize>i * step));
  let shift = 0.0;
  let factored = pivotedCholesky(n, a, 0, perm);
  if (!factored) {
    restore(n, a, diagonal);
    if (n <= TWO_SIDED) return jacobi(n, a, d, z, vectors, work, SWEEPS);
    shift = 1.05 * normEstimate(n, a, squares, scratch);
    if (shift == 0) return jacobi(n, a, d, z, vectors, work, SWEEPS);
    for (let k = 0; k < SHIFTS && !factored; ++k) {
      factored = pivotedCholesky(n, a, shift, perm);
      if (factored) break;
      restore(n, a, diagonal);
      shift *= 1.25;
    }
    if (!factored) return jacobi(n, a, d, z, vectors, work, SWEEPS);
  }
  for (let j = 1; j < n; ++j) memory.fill(a + ((<usize>j * <usize>n) << 3), 0, <usize>j << 3);
  const status = jacobiOneSided(n, a, squares, work, SWEEPS);
  for (let j = 0; j < n; ++j) {
    const x = a + ((<usize>j * <usize>n) << 3);
    const square = dot(n, x, x);
    store<f64>(d + (<usize>j << 3), square - shift);
    if (!vectors) continue;
    const scale = 1 / sqrt(square);
    const target = z + ((<usize>j * <usize>n) << 3);
    for (let i = 0; i < n; ++i) {
      const to = load<i32>(perm + (<usize>i << 2));
      store<f64>(target + (<usize>to << 3), scale * load<f64>(x + (<usize>i << 3)));
    }
  }
  sortEigenpairs(n, d, z, n, vectors ? n : 0);
  return status;
}

/** A again, from its upper triangle and its diagonal. */
function restore(n: i32, a: usize, diagonal: usize): void {
  const step = (<usize>n + 1) << 3;
  mirrorTriangle(n, a, true);
  for (let i = 0; i < n; ++i) store<f64>(a + <usize>i * step, load<f64>(diagonal + (<usize>i << 3)));
}

/** A lower estimate of ‖A‖₂ by a few power steps from a vector of uneven entries. */
function normEstimate(n: i32, a: usize, x: usize, y: usize): f64 {
  for (let i = 0; i < n; ++i) store<f64>(x + (<usize>i << 3), 1 + 0.5 * <f64>((i * 7919) % 13) / 13);
  let norm = 0.0;
  for (let k = 0; k < POWER_STEPS; ++k) {
    const size = sqrt(dot(n, x, x));
    if (size == 0) return norm;
    for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(x + i, load<f64>(x + i) / size);
    for (let i = 0; i < n; ++i) store<f64>(y + (<usize>i << 3), dot(n, a + ((<usize>i * <usize>n) << 3), x));
    norm = max(norm, sqrt(dot(n, y, y)));
    memory.copy(x, y, <usize>n << 3);
  }
  return norm;
}

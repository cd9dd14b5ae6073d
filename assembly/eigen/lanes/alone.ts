// A = Z diag(d) Zᵀ for one small matrix in one call, without a record and without steps: at the lowest orders those, and
// crossing the border to JavaScript once for each, take longer than the decomposition.
// Range: that of decomposeLanes.ts; what it does not decompose is refused, and left to symmetric.ts.
import { isRotated } from '../tuning';
import { decomposeLanes, lanesWorkspace, sweepsOfLane } from './decomposeLanes';
import { rotateAlone } from './rotateAlone';
import { goesInLanes } from './route';

/** Bytes of workspace of `symmetricAlone`, for an order up to LANES_TO. */
export function symmetricAloneWorkspace(n: i32): usize {
  return lanesWorkspace(n);
}

/**
 * Decomposes the matrix at a (n×n column-major, contiguous, the upper triangle read if `upper`, otherwise the lower one; it is not
 * changed) with the bits of `symmetricEigenStart`: eigenvalues ascending to d, unless z = 0 vectors to the columns of z. Returns the
 * number of sweeps, or −1 where it did nothing.
 */
export function symmetricAlone(
  n: i32,
  a: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  work: usize,
): i32 {
  if (!goesInLanes(n, method)) return -1;
  if (isRotated(n)) return rotateAlone(n, a, upper, d, z, work);
  if (decomposeLanes(n, 1, a, upper, d, z, work) != 0) return -1;
  return sweepsOfLane(n, 0, work);
}

// A_k = Z_k diag(d_k) Z_kᵀ for many small matrices in one call: nothing crosses the border between two of them.
// Range: as of symmetric.ts, each matrix by itself.
import { finish } from '../job';
import { OK } from '../status';
import { symmetricEigenStart } from './symmetric';
import { Decomposition } from './symmetricRecord';

/**
 * The decomposition of symmetric.ts of `count` matrices stored one after another at a, with their values at d and,
 * unless z = 0, vectors at z. statuses (count × i32) receives the status of each; the record of the last, at work, the
 * number of sweeps of all. Workspace as for one. Returns OK or the status of the last that failed.
 */
export function symmetricEigenBatch(
  n: i32,
  count: i32,
  a: usize,
  upper: bool,
  method: i32,
  d: usize,
  z: usize,
  statuses: usize,
  work: usize,
): i32 {
  const row = (<usize>n) << 3;
  const matrix = <usize>n * row;
  let sweeps = 0;
  let worst = OK;
  for (let k = 0; k < count; ++k) {
    symmetricEigenStart(n, a, upper, method, d, z, work);
    const status = finish(work);
    sweeps += changetype<Decomposition>(work).sweeps;
    store<i32>(statuses + ((<usize>k) << 2), status);
    if (status != OK) worst = status;
    a += matrix;
    d += row;
    if (z != 0) z += matrix;
  }
  changetype<Decomposition>(work).sweeps = sweeps;
  return worst;
}

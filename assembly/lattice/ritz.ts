// The spectral measure of the start vector after m Lanczos steps: merges Ritz pairs that are copies of one, and selects
// those that have converged (lanczos.ts).
// Range: as for lanczos.ts.
import { heapSort } from '../numeric/sort';

/**
 * Weight ratio z² below which an unconverged pair near a heavier one is taken for a copy that
 * has not yet converged to it.
 */
const COPY_SHARE: f64 = 1e-8;

/**
 * Sorts the m Ritz pairs (values d, first and last row z and l of the eigenvector matrix of T) and merges copies. Pairs
 * within `width` of their neighbour form a cluster, whose weights z² add and whose heaviest member gives the value. A
 * cluster is resolved when it has several members or a residual betaLast·|l| ≤ `tolerance`; any other cluster within
 * `halo` of a neighbour 10⁴ times larger in z is merged with that neighbour. Resolved clusters with z > `negligible` go
 * to the front of d and z (z ≥ 0); their number is returned, and √(Σ z²) over the unresolved ones is stored at `rest`.
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
  // Moves clusters to the front: value in d, weight in z, l = 1 when resolved, else 0.
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
  // Second pass: compaction, after the last comparison of neighbours.
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

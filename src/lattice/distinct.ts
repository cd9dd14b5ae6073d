// A lower bound on η_tot from fewer Lanczos steps than would resolve any single orbital: energy intervals that do not
// overlap, each with a weight of the origin's spectral measure μ = Σ |φ_n|² δ(E − E_n) that it has at least.
//
// Grouping. The mean-field map is Φ(T) = Σ_n F(|φ_n|²) with F(w) = ψ(log(g0 √w) + T/2), increasing in w. For every T,
// F(w)/w falls with w, since d log η/d log g ≤ 1 and so d log ψ/d log g < 2; hence F(v + w) ≤ F(v) + F(w), and orbitals
// taken together as one with the sum of their weights, or less, lower Φ and with it the least root of T = Φ(T).
// So disjoint intervals I_k with μ(I_k) ≥ w_k give Φ(T) ≥ Σ_k F(w_k), whatever orbitals lie in them.
//
// Weights. Let x_1 < … < x_m be the Ritz values of m steps, z_k the first and l_k the last component of the eigenvectors
// of T_m, ρ_k = β_m |l_k| the residuals.
// (a) Chebyshev, Markov and Stieltjes: μ((x_{i−1}, x_{j+1})) ≥ z_i² + … + z_j² (G. Szegő, Orthogonal Polynomials, 3.41).
// (b) A Ritz vector y of residual ρ has ‖y‖ ≤ ρ/h outside [x − h, x + h], so that √μ([x − h, x + h]) ≥ z − ρ/h.
// In floating point T_m belongs to a measure whose atoms are clusters around the energies, with the same weights
// (A. Greenbaum, Lin. Alg. Appl. 113, 7 (1989)): Ritz values closer than WIDTH are one, intervals of (b) keep that
// distance, and weights are lowered by the absolute error that `lanczos` has.

import type { Runtime } from '../wasm/runtime.js';
import { checkStatus } from '../wasm/status.js';
import type { Lattice } from './model.js';

/** Share of ‖H‖ within which Ritz values are copies of one. */
const WIDTH = 1e-10;
/** Share of the distance to the next Ritz value that an interval of (b) may reach. */
const REACH = 0.4;

/** One Ritz value, or copies of it: lowest and highest, √Σz², and the copy that (b) uses. */
interface Cluster {
  low: number;
  high: number;
  z: number;
  center: number;
  half: number;
  share: number;
}

/** Copies together; of the copies, (b) takes the one with the largest z whose interval is [x − 2ρ/z, x + 2ρ/z]. */
function clusters(
  d: Float64Array,
  z: Float64Array,
  l: Float64Array,
  betaLast: number,
  width: number,
): Cluster[] {
  const found: Cluster[] = [];
  for (let i = 0; i < d.length; ) {
    const cluster = { low: d[i], high: d[i], z: 0, center: 0, half: Number.POSITIVE_INFINITY, share: 0 };
    let weight = 0;
    for (; i < d.length && d[i] - cluster.high <= width; ++i) {
      cluster.high = d[i];
      const x = Math.abs(z[i]);
      weight += x * x;
      if (x > cluster.share) {
        cluster.share = x;
        cluster.center = d[i];
        cluster.half = (2 * betaLast * Math.abs(l[i])) / x;
      }
    }
    cluster.z = Math.sqrt(weight);
    found.push(cluster);
  }
  return found;
}

/** √w_k of as many disjoint intervals as there are: the one that ends first is taken, then the next beyond it. */
function disjointWeights(found: readonly Cluster[], width: number, error: number): Float64Array {
  const weights: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < found.length; ++k) {
    const { low, high, z, center, half, share } = found[k];
    const before = k > 0 ? found[k - 1].high : Number.NEGATIVE_INFINITY;
    const after = k + 1 < found.length ? found[k + 1].low : Number.POSITIVE_INFINITY;
    const reach = half + width;
    if (reach <= REACH * Math.min(low - before, after - high) && center - reach >= end) {
      if (share / 2 > error) {
        weights.push(share / 2 - error);
        end = center + reach;
      }
    } else if (before >= end && z > error) {
      weights.push(z - error);
      end = after;
    }
  }
  return Float64Array.from(weights);
}

/** √w_k of disjoint energy intervals after `steps` steps from the origin, in order of energy: fewer than orbitals. */
export function distinctWeights(
  runtime: Runtime,
  lattice: Lattice,
  steps: number,
  error: number,
): Float64Array {
  const exports = runtime.wasm;
  const { n, potential, near, far, norm } = lattice;
  const { radius } = lattice.model;
  return runtime.scope((arena) => {
    const v = arena.put(potential);
    const a = arena.put(near);
    const b = arena.put(far);
    const d = arena.f64(steps);
    const e = arena.f64(steps);
    const z = arena.f64(steps);
    const l = arena.f64(steps);
    const work = arena.bytes(exports.lanczosWorkspace(n));
    exports.lanczosStart(n, (n - 1) / 2, work);
    const done = exports.lanczos(n, radius, v, a, b, norm, 0, steps, d, e, work);
    const betaLast = arena.view(e, done)[done - 1];
    arena.view(z, done).fill(0)[0] = 1;
    arena.view(l, done).fill(0)[done - 1] = 1;
    checkStatus(exports.golubWelsch(done, d, e, z, l), 'the spectral measure of the origin');
    exports.sortSpectrum(done, d, z, l);
    const width = WIDTH * norm;
    const found = clusters(arena.view(d, done), arena.view(z, done), arena.view(l, done), betaLast, width);
    return disjointWeights(found, width, error);
  });
}

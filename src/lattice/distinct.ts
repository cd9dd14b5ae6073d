// A lower bound on η_tot from fewer Lanczos steps than any single orbital needs: energy intervals that do not overlap,
// each with a lower bound on its weight in the origin's spectral measure μ = Σ |φ_n|² δ(E − E_n).
//
// Grouping. The mean-field map is Φ(T) = Σ_n F(|φ_n|²) with F(w) = ψ(log(g0 √w) + T/2), increasing in w. For every T,
// F(w)/w falls with w, since d log η/d log g ≤ 1 and so d log ψ/d log g < 2; hence F(v + w) ≤ F(v) + F(w). So orbitals
// replaced by a single one with the sum of their weights, or less, lower Φ and with it the least root of T = Φ(T).
// So disjoint intervals I_k with μ(I_k) ≥ w_k give Φ(T) ≥ Σ_k F(w_k), whatever orbitals lie in them.
//
// Weights. Let x_1 < … < x_m be the Ritz values of m steps, z_k the first and l_k the last component of the eigenvectors
// of T_m, ρ_k = β_m |l_k| the residuals.
// (a) Chebyshev, Markov and Stieltjes: μ((x_{i−1}, x_{j+1})) ≥ z_i² + … + z_j² (G. Szegő, Orthogonal Polynomials, 3.41).
// (b) A Ritz vector y of residual ρ has ‖y‖ ≤ ρ/h outside [x − h, x + h], so that √μ([x − h, x + h]) ≥ z − ρ/h.
// In floating point T_m belongs to a measure whose atoms are clusters around the energies, with the same weights (A.
// Greenbaum, Lin. Alg. Appl. 113, 7 (1989)). So Ritz values closer than COPIES are merged, intervals of (b) keep that
// distance, and weights are lowered by the absolute error of `lanczos`. Grouping stays in TypeScript: it is one pass
// over m Ritz values with + − × / and √ alone, against m² operations for the eigenvalues.

import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { COPIES, goOn, startRecursion } from './lanczos.js';
import type { Lattice } from './model.js';
import { ritzMeasure } from './originMeasure.js';
import { RECURSED } from './tuning.js';

/** Largest half-width of an interval of (b), as a share of the distance to the next Ritz value. */
const REACH = 0.4;

/** A Ritz value with its copies: the lowest and the highest, √Σz², and the copy that (b) uses. */
interface Cluster {
  low: number;
  high: number;
  z: number;
  center: number;
  half: number;
  share: number;
}

/** Merges copies; (b) uses the copy with the largest z whose interval is [x − 2ρ/z, x + 2ρ/z]. */
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

/**
 * √w_k of as many disjoint intervals as possible: the interval that ends first is taken, then the next one beyond it.
 */
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

/**
 * √w_k of disjoint energy intervals after `steps` steps from the origin, in order of energy;
 * there are fewer than orbitals.
 */
export function distinctWeights(
  runtime: Runtime,
  lattice: Lattice,
  steps: number,
  error: number,
  budget: number,
): Steps<Float64Array> {
  return runtime.steps(function* (arena) {
    const recursion = startRecursion(runtime, arena, lattice, steps);
    const [z, l] = [arena.f64(steps), arena.f64(steps)];
    yield* share(goOn(runtime, arena, recursion, steps, budget), 0, RECURSED);
    const { alpha: d, beta: e, steps: m } = recursion;
    const betaLast = arena.view(e, m)[m - 1];
    yield* share(ritzMeasure(runtime, arena, { n: m, d, e, z, l }, budget), RECURSED, 1);
    runtime.wasm.sortSpectrum(m, d, z, l);
    const width = COPIES * lattice.norm;
    const found = clusters(arena.view(d, m), arena.view(z, m), arena.view(l, m), betaLast, width);
    return disjointWeights(found, width, error);
  });
}

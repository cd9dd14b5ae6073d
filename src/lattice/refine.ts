// Orbitals close in energy: a backward error E of the reductions turns orbital k towards orbital j by an angle of about
// |E_jk / (E_j − E_k)|, so that |φ_k| is wrong by that share of φ_j. Where this may exceed the promised error the
// orbital is computed again, by itself, from residuals in twice the precision (assembly/lattice/refineOrbital).

import { RECORD_REFINED_ENERGY, RECORD_REFINED_PHI } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { Status } from '../wasm/status.js';
import type { Steps } from '../wasm/steps.js';
import type { Lattice } from './model.js';
import type { Measure } from './originMeasure.js';
import { MIXED_PAIRS, REFINED_WORK } from './tuning.js';

/** ‖E‖/‖H‖ for the matrix H + E whose exact orbitals the reductions give. */
const BACKWARD_ERROR = 2 ** -50;
/** An orbital is computed again when mixing may change its |φ| by more than this. */
const TOLERATED = 5e-14;
/** Error of a refined |φ|, times √N: the rounding of the vector and of its norm. */
const REFINED_ERROR = 2e-16;
/**
 * Distance of the shift from the orbital's energy: SHIFT times the gap to the nearest other orbital, but at least
 * LEAST_SHIFT times ‖H‖, well above the error of the energy, as long as that is below MOST_SHIFT times the gap.
 */
const SHIFT = 2 ** -20;
const LEAST_SHIFT = 2 ** -40;
const MOST_SHIFT = 2 ** -10;
/** Changes of an energy, as a share of ‖H‖ and of the gap, beyond which another orbital was found. */
const OTHER = 2 ** -42;
const OTHER_OF_GAP = 2 ** -2;
/** Gap, as a share of ‖H‖, below which orbitals are not refined: their energies no longer distinguish them. */
const LEAST_GAP = 2 ** -50;
/** Error of Σ|φ|² = 1 beyond which all refinements are undone: only a part of some cluster was separated. */
const WEIGHT_ERROR = 1e-13;
/** The error of each |φ| that rounding may cause by mixing (assembly/lattice/mixing). `norm`: a bound on ‖H‖. */
export function mixingErrors(
  runtime: Runtime,
  norm: number,
  { energies, phi0 }: Pick<Measure, 'energies' | 'phi0'>,
): Steps<Float64Array> {
  const n = phi0.length;
  return runtime.steps(function* (arena) {
    const [e, z, errors] = [arena.put(energies), arena.put(phi0), arena.f64(n)];
    const rows = Math.max(1, Math.floor(MIXED_PAIRS / n));
    for (let from = 0; from < n; from += rows) {
      const to = Math.min(n, from + rows);
      runtime.wasm.mixingErrors(n, from, to, BACKWARD_ERROR * norm, e, z, errors);
      yield to / n;
    }
    return arena.take(errors, n);
  });
}

/**
 * Computes again, in place, every |φ| that mixing may have changed by more than `tolerated`, and returns the remaining
 * errors by mixing. Orbitals whose gap is of the order of the rounding of ‖H‖ are not refined, and keep their error. On
 * lattices of R > 25 at most 8e8 / (N (R + 1)²) orbitals are refined, those with the largest errors.
 */
export function* refineMixed(
  runtime: Runtime,
  lattice: Lattice,
  measure: Measure,
  tolerated = TOLERATED,
): Steps<Float64Array> {
  const { n, potential, near, far, norm } = lattice;
  const { radius } = lattice.model;
  const { energies, phi0 } = measure;
  const errors = yield* mixingErrors(runtime, norm, measure);
  const most = Math.floor(REFINED_WORK / (n * (radius + 1) * (radius + 1)));
  const chosen = Array.from(errors.keys())
    .filter((k) => errors[k] > tolerated)
    .sort((i, j) => errors[j] - errors[i] || i - j)
    .slice(0, most);
  if (chosen.length === 0) return errors;
  const before = energies.slice();
  const mixed = phi0.slice();
  yield* runtime.steps(function* (arena) {
    const v = arena.put(potential);
    const a = arena.put(near);
    const b = arena.put(far);
    const work = arena.bytes(runtime.wasm.refineOrbitalWorkspace(n, radius) >>> 0);
    for (const k of chosen) {
      yield undefined;
      const below = k > 0 ? before[k] - before[k - 1] : norm;
      const above = k + 1 < before.length ? before[k + 1] - before[k] : norm;
      // The shift lies away from the nearer neighbour.
      const gap = Math.min(below, above);
      if (gap < LEAST_GAP * norm) continue;
      const distance = Math.min(MOST_SHIFT * gap, Math.max(SHIFT * gap, LEAST_SHIFT * norm));
      const shift = before[k] + (below < above ? distance : -distance);
      const status = runtime.wasm.refineOrbital(n, radius, v, a, b, norm, (n - 1) / 2, shift, work);
      const [energy] = arena.view(work + RECORD_REFINED_ENERGY, 1);
      const [phi] = arena.view(work + RECORD_REFINED_PHI, 1);
      const other = Math.min(OTHER * norm, OTHER_OF_GAP * gap);
      if (status !== Status.ok || Math.abs(energy - before[k]) > other) continue;
      energies[k] = energy;
      phi0[k] = phi;
      errors[k] = REFINED_ERROR * Math.sqrt(n);
    }
  });
  if (Math.abs(phi0.reduce((sum, x) => sum + x * x, -1)) > WEIGHT_ERROR) {
    energies.set(before);
    phi0.set(mixed);
    return yield* mixingErrors(runtime, norm, measure);
  }
  return errors;
}

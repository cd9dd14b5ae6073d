// Couplings from the Lanczos recursion that starts at the origin: m steps give the spectral measure of the origin
// where orbitals are localized, m being found by doubling until what is unresolved is below the wanted resolution.

import type { Runtime } from '../wasm/runtime.js';
import { checkStatus } from '../wasm/status.js';
import type { Steps } from '../wasm/steps.js';
import type { Lattice } from './model.js';

/** Shares of ‖H‖: residual of a converged pair, distance of copies, reach of copies on their way. */
const RESIDUAL = 1e-7;
const WIDTH = 1e-10;
const HALO = 1e-6;
/** Resolved orbitals are listed down to this |φ|, whatever the resolution asked for. */
export const LISTED = 1e-14;
const FIRST_STEPS = 240;

export interface Measure {
  /** Orbital energies, ascending. */
  energies: Float64Array;
  /** |φ| at the origin for each energy. */
  phi0: Float64Array;
  /** √(Σ|φ|²) over all that was not resolved. */
  rest: number;
  /** Lanczos steps; for other methods the number of sites. */
  steps: number;
}

/**
 * Takes steps until what is unresolved has √(Σ|φ|²) ≤ resolution in two looks with 30 % more steps between them, or returns null when `maxSteps` do not suffice.
 */
export function lanczosMeasure(
  runtime: Runtime,
  lattice: Lattice,
  resolution: number,
  maxSteps: number,
): Steps<Measure | null> {
  const { n, potential, near, far, norm } = lattice;
  const { radius } = lattice.model;
  return runtime.steps(function* (arena) {
    const v = arena.put(potential);
    const a = arena.put(near);
    const b = arena.put(far);
    const alpha = arena.f64(maxSteps);
    const beta = arena.f64(maxSteps);
    const d = arena.f64(maxSteps);
    const e = arena.f64(maxSteps);
    const z = arena.f64(maxSteps);
    const l = arena.f64(maxSteps);
    const rest = arena.f64(1);
    const work = arena.bytes(runtime.wasm.lanczosWorkspace(n));
    runtime.wasm.lanczosStart(n, (n - 1) / 2, work);
    let from = 0;
    // The first count that resolves enough is confirmed by a second look with more steps.
    let confirmed = false;
    for (let to = Math.min(FIRST_STEPS, maxSteps); ; to = Math.min(maxSteps, Math.ceil(1.3 * to))) {
      const { wasm } = runtime;
      const done = wasm.lanczos(n, radius, v, a, b, norm, from, to, alpha, beta, work);
      from = done;
      const betaLast = arena.view(beta + 8 * (done - 1), 1)[0];
      arena.view(d, done).set(arena.view(alpha, done));
      arena.view(e, done).set(arena.view(beta, done));
      arena.view(z, done).fill(0)[0] = 1;
      arena.view(l, done).fill(0)[done - 1] = 1;
      checkStatus(wasm.golubWelsch(done, d, e, z, l), 'the spectral measure of the origin');
      const count = wasm.resolveSpectrum(
        done,
        d,
        z,
        l,
        betaLast,
        RESIDUAL * norm,
        WIDTH * norm,
        HALO * norm,
        LISTED,
        rest,
      );
      const left = arena.view(rest, 1)[0];
      const exhausted = done < to || betaLast === 0;
      if ((left <= resolution && confirmed) || exhausted) {
        return { energies: arena.take(d, count), phi0: arena.take(z, count), rest: left, steps: done };
      }
      confirmed = left <= resolution;
      if (to === maxSteps) return null;
      yield done / maxSteps;
    }
  });
}

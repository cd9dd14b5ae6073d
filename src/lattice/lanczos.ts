// Couplings from the Lanczos recursion that starts at the origin: m steps give the spectral measure of the origin where
// orbitals are localized. m grows by 30 % at a time until the unresolved weight is below the wanted resolution.

import { RECORD_LANCZOS_EXHAUSTED, RECORD_LANCZOS_STEPS } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { Lattice } from './model.js';
import { type Measure, ritzMeasure } from './originMeasure.js';
import { FIRST_STEPS, MORE_STEPS } from './tuning.js';

/** Ritz values within this share of ‖H‖ are copies of one value. */
export const COPIES = 1e-10;
/** Shares of ‖H‖: residual of a converged pair; distance within which an unconverged pair is taken for a copy. */
const RESIDUAL = 1e-7;
const HALO = 1e-6;
/** Resolved orbitals are returned down to this |φ|, whatever resolution was asked for. */
export const LISTED = 1e-14;

/** The recursion from the origin, at addresses: `steps` of it are done, with T in alpha and beta. */
interface Recursion {
  alpha: number;
  beta: number;
  work: number;
  steps: number;
  exhausted: boolean;
}

/** A recursion that can go on to `most` steps. */
export function startRecursion(runtime: Runtime, arena: Arena, lattice: Lattice, most: number): Recursion {
  const { n, potential, near, far, norm } = lattice;
  const v = arena.put(potential);
  const a = arena.put(near);
  const b = arena.put(far);
  const alpha = arena.f64(most);
  const beta = arena.f64(most);
  const work = arena.bytes(runtime.wasm.lanczosWorkspace(n) >>> 0);
  const { radius } = lattice.model;
  runtime.wasm.lanczosStart(n, radius, v, a, b, norm, (n - 1) / 2, alpha, beta, work);
  return { alpha, beta, work, steps: 0, exhausted: false };
}

/** Takes the steps up to `to`, or fewer if the start vector is exhausted. */
export function* goOn(
  runtime: Runtime,
  arena: Arena,
  recursion: Recursion,
  to: number,
  budget: number,
): Steps<void> {
  const { work } = recursion;
  runtime.wasm.lanczosContinue(to, work);
  yield* jobSteps(runtime, work, budget);
  const result = (offset: number) => arena.viewI32(work + offset, 1)[0];
  recursion.steps = result(RECORD_LANCZOS_STEPS);
  recursion.exhausted = result(RECORD_LANCZOS_EXHAUSTED) !== 0;
}

/**
 * Takes steps until the unresolved orbitals have √(Σ|φ|²) ≤ resolution in two tests with 30 % more steps between them;
 * null when `most` steps do not suffice.
 */
export function lanczosMeasure(
  runtime: Runtime,
  lattice: Lattice,
  resolution: number,
  most: number,
  budget: number,
): Steps<Measure | null> {
  const { norm } = lattice;
  return runtime.steps(function* (arena) {
    const recursion = startRecursion(runtime, arena, lattice, most);
    const { alpha, beta } = recursion;
    const [d, e, z, l] = [arena.f64(most), arena.f64(most), arena.f64(most), arena.f64(most)];
    const rest = arena.f64(1);
    // The first number of steps that resolves enough is confirmed by a second test with more steps.
    let confirmed = false;
    for (let to = Math.min(FIRST_STEPS, most); ; to = Math.min(most, Math.ceil(MORE_STEPS * to))) {
      const before = recursion.steps;
      yield* share(goOn(runtime, arena, recursion, to, budget), before / most, to / most);
      const m = recursion.steps;
      const betaLast = arena.view(beta + 8 * (m - 1), 1)[0];
      arena.view(d, m).set(arena.view(alpha, m));
      arena.view(e, m).set(arena.view(beta, m));
      yield* share(ritzMeasure(runtime, arena, { n: m, d, e, z, l }, budget), to / most, to / most);
      const [tolerance, width, halo] = [RESIDUAL * norm, COPIES * norm, HALO * norm];
      const { wasm } = runtime;
      const count = wasm.resolveSpectrum(m, d, z, l, betaLast, tolerance, width, halo, LISTED, rest);
      const left = arena.view(rest, 1)[0];
      if ((left <= resolution && confirmed) || recursion.exhausted) {
        return { energies: arena.take(d, count), phi0: arena.take(z, count), rest: left, steps: m };
      }
      confirmed = left <= resolution;
      if (to === most) return null;
      yield m / most;
    }
  });
}

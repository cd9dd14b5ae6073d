// Couplings and labels from the full matrix of eigenvectors: for small lattices, for maps,
// and to check the other methods.

import { eighOfSteps } from '../eigen/eighOf.js';
import { ConvergenceError } from '../wasm/errors.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { LocalMeasure } from './local.js';
import type { Lattice } from './model.js';
import { LOGARITHMS, SOLVED } from './tuning.js';

/** Every orbital of a lattice: its energy, ascending, its components at all sites, one orbital after another, and its site. */
export interface Orbitals {
  energies: Float64Array;
  vectors: Float64Array;
  /** The assignment of orbitals to sites that maximizes Π|φ_{n,n}|. */
  site: Int32Array;
}

export function* denseOrbitals(runtime: Runtime, lattice: Lattice, budget: number): Steps<Orbitals> {
  const { n, potential, near, far } = lattice;
  const { radius } = lattice.model;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i + i * n] = potential[i];
    if (i + radius < n) a[i + radius + i * n] = a[i + (i + radius) * n] = near[i];
    if (i + radius + 1 < n) a[i + radius + 1 + i * n] = a[i + (i + radius + 1) * n] = far[i];
  }
  const solver = eighOfSteps(runtime, a, n, { vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, 0, SOLVED);
  if (!convergence.converged) throw new ConvergenceError('the orbitals of the lattice did not converge');
  const site = yield* share(assignSites(runtime, vectors, n, budget), SOLVED, 1);
  return { energies: values, vectors, site };
}

/** |φ| of every orbital at a site. */
export function componentsAt({ energies, vectors }: Orbitals, place: number): Float64Array {
  return energies.map((_, k) => Math.abs(vectors[place + k * energies.length]));
}

/** Every orbital at the origin. */
export function* denseMeasure(runtime: Runtime, lattice: Lattice, budget: number): Steps<LocalMeasure> {
  const { n } = lattice;
  const orbitals = yield* denseOrbitals(runtime, lattice, budget);
  const { energies, site } = orbitals;
  return { energies, phi0: componentsAt(orbitals, (n - 1) / 2), site, rest: 0, steps: n };
}

/** The site of each orbital, a permutation. The gain of an assignment is log|φ|, but never less than log 1e-300. */
function assignSites(runtime: Runtime, vectors: Float64Array, n: number, budget: number): Steps<Int32Array> {
  return runtime.steps(function* (arena) {
    const gain = arena.f64(n * n);
    const site = arena.i32(n);
    const work = arena.bytes(runtime.wasm.assignWorkspace(n) >>> 0);
    for (let from = 0; from < n * n; from += LOGARITHMS) {
      if (from > 0) yield undefined;
      const some = Math.min(LOGARITHMS, n * n - from);
      const at = gain + 8 * from;
      const view = arena.view(at, some);
      for (let i = 0; i < some; ++i) view[i] = Math.max(1e-300, Math.abs(vectors[from + i]));
      runtime.wasm.logVector(some, at, at);
    }
    runtime.wasm.assignStart(n, gain, site, work);
    yield* jobSteps(runtime, work, budget);
    return arena.viewI32(site, n).slice();
  });
}

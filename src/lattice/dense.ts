// Couplings and labels from the full matrix of eigenvectors: for small lattices, for maps,
// and to check the other methods.

import { eighOfSteps } from '../eigen/eighOf.js';
import { ConvergenceError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { LocalMeasure } from './local.js';
import type { Lattice } from './model.js';

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
  const { values, vectors, convergence } = yield* eighOfSteps(runtime, a, n, { vectors: true }, budget);
  if (!convergence.converged) throw new ConvergenceError('the orbitals of the lattice did not converge');
  return { energies: values, vectors, site: assignSites(runtime, vectors, n) };
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
function assignSites(runtime: Runtime, vectors: Float64Array, n: number): Int32Array {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const gain = arena.f64(n * n);
    const site = arena.i32(n);
    const work = arena.bytes(wasm.assignWorkspace(n));
    const view = arena.view(gain, n * n);
    for (let i = 0; i < n * n; ++i) view[i] = Math.max(1e-300, Math.abs(vectors[i]));
    wasm.logVector(n * n, gain, gain);
    wasm.assign(n, gain, site, work);
    return arena.viewI32(site, n).slice();
  });
}

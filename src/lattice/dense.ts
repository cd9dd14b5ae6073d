// Couplings and labels from the whole eigenvector matrix: for small lattices, for maps, and as a check on the others.
import type { Runtime } from '../core/runtime.js';
import { eigh } from '../eigen/eigh.js';
import type { CoreBindings } from '../wasm/bindings.js';
import { assignSites } from './labels.js';
import type { LocalMeasure } from './local.js';
import type { Lattice } from './model.js';

/** Every orbital with its label: the assignment of orbitals to sites that maximizes Π|φ_{n,n}|. */
export function denseMeasure(runtime: Runtime, lattice: Lattice): LocalMeasure {
  const { n, potential, near, far } = lattice;
  const { radius } = lattice.model;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i + i * n] = potential[i];
    if (i + radius < n) a[i + radius + i * n] = a[i + (i + radius) * n] = near[i];
    if (i + radius + 1 < n) a[i + radius + 1 + i * n] = a[i + (i + radius + 1) * n] = far[i];
  }
  const { values, vectors } = eigh(runtime, a, n);
  const origin = (n - 1) / 2;
  const phi0 = Float64Array.from(values, (_, k) => Math.abs(vectors[origin + k * n]));
  return { energies: values, phi0, site: assignSites(logarithms(runtime, vectors), n), rest: 0, steps: n };
}

/** log|x| of every element, at least log 1e-300. */
function logarithms(runtime: Runtime, x: Float64Array): Float64Array {
  const { logVector } = runtime.exports<CoreBindings>();
  return runtime.scope((arena) => {
    const at = arena.f64(x.length);
    const view = arena.view(at, x.length);
    for (let i = 0; i < x.length; ++i) view[i] = Math.max(1e-300, Math.abs(x[i]));
    logVector(x.length, at, at);
    return arena.take(at, x.length);
  });
}

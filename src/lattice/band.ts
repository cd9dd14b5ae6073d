// Couplings at any disorder: in diagonal order H is a band matrix of half-width R + 1; it is reduced to tridiagonal
// form together with the unit vector of the origin, and Golub–Welsch gives the weights.

import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { Lattice } from './model.js';
import { type Measure, originMeasure } from './originMeasure.js';
import { REDUCED } from './tuning.js';

/** Every orbital; |φ| has an absolute error of some ulp of 1. Memory: 16 N (R + 1) bytes. */
export function bandMeasure(runtime: Runtime, lattice: Lattice, budget: number): Steps<Measure> {
  const { n, potential, near, far } = lattice;
  const { radius } = lattice.model;
  const width = radius + 1;
  return runtime.steps(function* (arena) {
    const bytes = runtime.wasm.bandBytes(n, width) >>> 0;
    const ab = arena.bytes(bytes);
    const d = arena.f64(n);
    const e = arena.f64(n);
    const z = arena.f64(n);
    const l = arena.f64(n);
    const work = arena.bytes(runtime.wasm.bandTridiagonalizeWorkspace(width) >>> 0);
    const band = arena.view(ab, bytes / 8).fill(0);
    for (let i = 0; i < n; ++i) {
      band[i * 2 * width] = potential[i];
      band[i * 2 * width + radius] = near[i];
      band[i * 2 * width + width] = far[i];
    }
    arena.view(z, n).fill(0)[(n - 1) / 2] = 1;
    arena.view(l, n).fill(0);
    runtime.wasm.bandTridiagonalizeStart(n, width, ab, d, e, z, work);
    yield* share(jobSteps(runtime, work, budget), 0, REDUCED);
    yield* share(originMeasure(runtime, arena, { n, d, e, z, l }, budget), REDUCED, 1);
    runtime.wasm.sortSpectrum(n, d, z, l);
    const phi0 = arena.take(z, n);
    for (let i = 0; i < n; ++i) phi0[i] = Math.abs(phi0[i]);
    return { energies: arena.take(d, n), phi0, rest: 0, steps: n };
  });
}

// The spectral measure of the origin from a tridiagonal matrix T: the eigenvalues of T, and the first and the last
// components of its eigenvectors (assembly/lattice/golubWelsch).

import { jobSteps } from '../wasm/jobs.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { checkStatus } from '../wasm/status.js';
import type { Steps } from '../wasm/steps.js';

/** The orbitals of a lattice that a method finds. */
export interface Measure {
  /** Orbital energies, ascending. */
  energies: Float64Array;
  /** |φ| at the origin for each energy. */
  phi0: Float64Array;
  /** √(Σ|φ|²) over all orbitals that were not resolved. */
  rest: number;
  /** Number of Lanczos steps; for other methods the number of sites. */
  steps: number;
}

/** Addresses of a T of order n (diagonal d, off-diagonal e) and of two row vectors. */
interface Tridiagonal {
  n: number;
  d: number;
  e: number;
  z: number;
  l: number;
}

/** Stores the eigenvalues in d, in no order, and multiplies the rows by the eigenvectors. */
export function* originMeasure(
  runtime: Runtime,
  arena: Arena,
  { n, d, e, z, l }: Tridiagonal,
  budget: number,
): Steps<void> {
  const work = arena.bytes(runtime.wasm.golubWelschWorkspace() >>> 0);
  runtime.wasm.golubWelschStart(n, d, e, z, l, work);
  checkStatus(yield* jobSteps(runtime, work, budget), 'the spectral measure of the origin');
}

/** The same of the T of a Lanczos recursion from the origin: z gets the first components of its eigenvectors, l the last ones. */
export function* ritzMeasure(runtime: Runtime, arena: Arena, of: Tridiagonal, budget: number): Steps<void> {
  arena.view(of.z, of.n).fill(0)[0] = 1;
  arena.view(of.l, of.n).fill(0)[of.n - 1] = 1;
  yield* originMeasure(runtime, arena, of, budget);
}

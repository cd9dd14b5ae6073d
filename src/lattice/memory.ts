// The most WebAssembly memory that the couplings of a lattice take, known before the computation begins.

import { eighBytes, fastestMethod } from '../eigen/memory.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Lattice } from './model.js';

/** Spare bytes: blocks are aligned, and each method has a few of them. */
const SLACK = 1 << 12;

/**
 * The most bytes that any of `methods` takes; they run one after the other, and each frees what it took. `steps`: the
 * largest number of Lanczos steps.
 */
export function latticeBytes(
  runtime: Runtime,
  { n, model: { radius } }: Pick<Lattice, 'n'> & { model: { radius: number } },
  methods: readonly ('dense' | 'local' | 'lanczos' | 'band')[],
  steps: number,
): number {
  const wasm = runtime.wasm;
  const width = radius + 1;
  const bytes = {
    dense: () =>
      Math.max(
        eighBytes(runtime, n, fastestMethod(n), true),
        8 * n * n + 4 * n + (wasm.assignWorkspace(n) >>> 0),
      ),
    local: () => 36 * n + (wasm.localizedWorkspace(radius, 2 * radius) >>> 0),
    lanczos: () => 24 * n + 48 * steps + wasm.lanczosWorkspace(n),
    band: () => (wasm.bandBytes(n, width) >>> 0) + 32 * n + (wasm.bandTridiagonalizeWorkspace(width) >>> 0),
  };
  // Orbitals near in energy are refined afterwards, except those of `local`.
  const refine = methods.some((method) => method !== 'local')
    ? 24 * n + (wasm.refineOrbitalWorkspace(n, radius) >>> 0)
    : 0;
  return Math.max(refine, ...methods.map((method) => bytes[method]())) + SLACK;
}

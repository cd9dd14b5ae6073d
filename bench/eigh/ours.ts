// This package's solvers.
import type { Core } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { best, type Solver } from './solver.js';

export function ours(core: Core, version: string, methods: readonly Method[] = methodNames): Solver[] {
  const label = core.build === 'simd' ? '' : `, ${core.build}`;
  return methods.map((method) => ({
    name: `emft ${method}${label}`,
    kind: 'ours',
    version,
    exponent: 3,
    async time(a, n) {
      const { seconds, runs, result } = await best(() => core.eigh(a, n, { method }));
      return { seconds, runs, values: result.values, vectors: result.vectors };
    },
  }));
}

/** Eigenvalues alone. */
export function oursValues(core: Core, version: string): Solver {
  return {
    name: 'emft, values only',
    kind: 'ours',
    version,
    exponent: 3,
    async time(a, n) {
      const { seconds, runs, result } = await best(() => core.eigh(a, n, { vectors: false }));
      return { seconds, runs, values: result.values };
    },
  };
}

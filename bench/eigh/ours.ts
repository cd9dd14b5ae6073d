// This package's solvers.
import type { Core, Eigh } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { best, type Problem, type Solver } from './solver.js';

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

/** Complex Hermitian matrices, and A x = λ B x. */
export function oursOfFamily(core: Core, version: string): Solver[] {
  const of = (name: string, problem: Problem, solve: (a: Float64Array, n: number) => Eigh): Solver => ({
    name,
    problem,
    kind: 'ours',
    version,
    exponent: 3,
    async time(a, n) {
      const { seconds, runs, result } = await best(() => solve(a, n));
      return { seconds, runs, values: result.values };
    },
  });
  return [
    of('emft eighComplex', 'hermitian', (a, n) => core.eighComplex(a, n)),
    of('emft eigh with b', 'generalized', (ab, n) =>
      core.eigh(ab.subarray(0, n * n), n, { b: ab.subarray(n * n) }),
    ),
  ];
}

// This package's solvers.
import { readFileSync } from 'node:fs';
import type { Core } from 'emft';
import { type Method, methodNames } from 'emft/check';
import type { Solver } from '../../web/src/lab/solver.js';

export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

const label = (core: Core) => (core.build === 'simd' ? '' : `, ${core.build}`);

export function ours(core: Core, methods: readonly Method[] = methodNames): Solver[] {
  const { build, threads } = core;
  const about = { kind: 'ours' as const, version: `${version}, ${build}`, threads };
  return methods.map((method) => ({
    name: `emft ${method}${label(core)}`,
    ...about,
    solve: (a, n) => core.eigh(a, n, { method }),
  }));
}

/** The solvers for eigenvalues alone, for complex Hermitian matrices, and for A x = λ B x. */
export function oursOfFamily(core: Core): Solver[] {
  const { build, threads } = core;
  const about = { kind: 'ours' as const, version: `${version}, ${build}`, threads };
  return [
    {
      name: `emft, values only${label(core)}`,
      ...about,
      valuesOnly: true,
      solve: (a, n) => core.eigh(a, n, { vectors: false }),
    },
    {
      name: `emft eighComplex${label(core)}`,
      ...about,
      problem: 'hermitian',
      solve: (a, n) => core.eighComplex(a, n),
    },
    {
      name: `emft eigh with b${label(core)}`,
      ...about,
      problem: 'generalized',
      prepare: (ab, n) => [ab.slice(0, n * n), ab.slice(n * n)],
      solve: ([a, b]: [Float64Array, Float64Array], n) => core.eigh(a, n, { b }),
    },
  ];
}

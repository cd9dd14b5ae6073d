// A core that lies in a way that is asked for: what the torture has to notice.
import type { Core, Eigh, EighOptions } from 'emft';

/** Spoils the result of eigh. */
type Lie = (result: Eigh, n: number, options: EighOptions) => void;

export const lies: Readonly<Record<string, Lie>> = {
  'an eigenvalue off by 1e-12': ({ values }, n) => {
    if (n > 0) values[n - 1] += 1e-12;
  },
  'a value that is NaN': ({ values }, n) => {
    if (n > 0) values[0] = Number.NaN;
  },
  'an infinite value': ({ values }, n) => {
    if (n > 0) values[n - 1] = Number.POSITIVE_INFINITY;
  },
  'values in the wrong order': ({ values }) => void values.reverse(),
  'a vector of another length': ({ vectors }, n) => {
    for (let i = 0; i < n && vectors.length > 0; ++i) vectors[i] *= 1 + 1e-12;
  },
  'the same vector twice': ({ vectors }, n) => {
    if (vectors.length > 0) vectors.copyWithin(n, 0, n);
  },
  'a vector of zeros': ({ vectors }, n) => void vectors.fill(0, 0, n),
  'no convergence': ({ convergence }) => {
    convergence.converged = false;
  },
  'other values without vectors': ({ values }, n, { vectors }) => {
    if (vectors === false && n > 0) values[n - 1] *= 1 + 1e-12;
  },
  'another last bit in a range': ({ values }, _, { range }) => {
    if (range && values.length > 0) values[0] *= 1 + 2 ** -52;
  },
  'another last bit from the upper triangle': ({ vectors }, _, { uplo }) => {
    if (uplo === 'U' && vectors.length > 0)
      vectors[0] = vectors[0] === 0 ? 5e-324 : vectors[0] * (1 + 2 ** -52);
  },
};

/** Like `core`, but for what `lie` does to every result of eigh. */
export function faulty(core: Core, lie: Lie): Core {
  return {
    ...core,
    build: core.build,
    threads: core.threads,
    eigh(a: Float64Array, n: number, options: EighOptions = {}): Eigh {
      const result = core.eigh(a, n, options);
      lie(result, n, options);
      return result;
    },
  } as Core;
}

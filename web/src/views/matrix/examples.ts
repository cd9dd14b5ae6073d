// The matrices that the view can start from, by the names they have in its URL.
import type { Core } from 'emft';
import { FAMILIES } from '../../lab/matrices.js';

/** What a person calls each of them. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  huckel: 'Hückel ring',
  path: 'Laplacian of a path',
  wilkinson: 'Wilkinson W+',
  goe: 'random, real (GOE)',
  gue: 'random, complex (GUE)',
  flux: 'ring around a magnetic flux',
};

/** Examples that a seed is drawn for. */
export const isRandom = (example: string): boolean => example === 'goe' || example === 'gue';

/** Row by row, of a complex matrix in pairs. */
interface Made {
  a: Float64Array;
  complex: boolean;
}

const real = (a: Float64Array): Made => ({ a, complex: false });

/** D − A of the path 0 – 1 – … – n − 1: two on the diagonal but at the ends, −1 beside it. */
function path(n: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i + 1 < n; ++i) {
    a[i * n + i] += 1;
    a[(i + 1) * n + i + 1] += 1;
    a[i * n + i + 1] = a[(i + 1) * n + i] = -1;
  }
  return a;
}

/** (S + iT)/√2 of a symmetric S of GOE and an antisymmetric T: the mean of |a_ij|² is 1/(n + 1), and the spectrum about −2 … 2. */
function gue(core: Core, n: number, seed: number): Float64Array {
  const s = core.goe(n, { seed, stream: n });
  const t = core.normals({ seed, stream: n + 1 }, n * n);
  const width = 1 / Math.sqrt(n + 1);
  const a = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    a[2 * (i * n + i)] = s[i * n + i] * Math.SQRT1_2;
    for (let j = 0; j < i; ++j) {
      const [re, im] = [s[i * n + j] * Math.SQRT1_2, width * t[i * n + j] * Math.SQRT1_2];
      a.set([re, im], 2 * (i * n + j));
      a.set([re, -im], 2 * (j * n + i));
    }
  }
  return a;
}

/** −e^{±iφ/n} between neighbours on a ring, φ = 1: the fluxless degeneracies of the Hückel ring are gone. */
function flux(n: number): Float64Array {
  const a = new Float64Array(2 * n * n);
  const [c, s] = [Math.cos(1 / n), Math.sin(1 / n)];
  for (let i = 0; i < n; ++i) {
    const j = (i + 1) % n;
    const [there, back] = [2 * (i * n + j), 2 * (j * n + i)];
    a[there] -= c;
    a[there + 1] -= s;
    a[back] -= c;
    a[back + 1] += s;
  }
  return a;
}

export function example(core: Core, name: string, n: number, seed: number): Made {
  if (name === 'path') return real(path(n));
  if (name === 'gue') return { a: gue(core, n, seed), complex: true };
  if (name === 'flux') return { a: flux(n), complex: true };
  return real(FAMILIES[name].make(core, n, seed));
}
